// SPDX-License-Identifier: MIT
/* Command lines: options from a table, CPU lists, durations. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

#define OPTIONS_MAX	64

void cli_start(struct cli *cli, int argc, char **argv,
	       const struct cli_option *options)
{
	memset(cli, 0, sizeof(*cli));
	cli->argc = argc;
	cli->argv = argv;
	cli->options = options;
	optind = 0;	/* makes glibc forget an earlier command line */
	opterr = 0;
}

/* A leading ":" makes getopt_long() return ':' for a missing argument. */
static void make_tables(const struct cli_option *options, char *letters,
			struct option *names)
{
	*letters++ = ':';
	for (; options->name; options++, names++) {
		*names = (struct option) {
			.name = options->name,
			.has_arg = options->argument ? required_argument :
						       no_argument,
			.val = options->key,
		};
		if (options->key >= 256)
			continue;
		*letters++ = (char)options->key;
		if (options->argument)
			*letters++ = ':';
	}
	*letters = '\0';
	memset(names, 0, sizeof(*names));
}

static int refuse(struct cli *cli, int key)
{
	const char *text = optind > 0 ? cli->argv[optind - 1] : "";

	if (key == ':')
		snprintf(cli->message, sizeof(cli->message),
			 "option '%s' needs a value", text);
	else if (optopt && optopt < 256 && isprint(optopt) &&
		 strncmp(text, "--", 2))
		snprintf(cli->message, sizeof(cli->message),
			 "unknown option '-%c'", optopt);
	else if (optopt)
		snprintf(cli->message, sizeof(cli->message),
			 "option '%s' takes no value", text);
	else
		snprintf(cli->message, sizeof(cli->message),
			 "unknown or ambiguous option '%s'", text);
	return CLI_ERROR;
}

int cli_next(struct cli *cli)
{
	char letters[2 * OPTIONS_MAX + 2];
	struct option names[OPTIONS_MAX + 1];
	int key;

	make_tables(cli->options, letters, names);
	key = getopt_long(cli->argc, cli->argv, letters, names, NULL);
	cli->value = optarg;
	cli->index = optind;
	return key == ':' || key == '?' ? refuse(cli, key) : key;
}

int cli_parse_number(const char *text, uint64_t max, uint64_t *out)
{
	unsigned long long value;
	char *end;

	if (!isdigit((unsigned char)*text))
		return -EINVAL;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (*end)
		return -EINVAL;
	if (errno || value > max)
		return -ERANGE;
	*out = value;
	return 0;
}

/* Reads one number at *text and moves *text past it. */
static int take_cpu(const char **text, unsigned long *cpu)
{
	char *end;

	if (!isdigit((unsigned char)**text))
		return -EINVAL;
	*cpu = strtoul(*text, &end, 10);
	*text = end;
	return *cpu < CLI_CPUS_MAX ? 0 : -ERANGE;
}

static int take_range(const char **text, struct cli_cpus *cpus)
{
	unsigned long first = 0, last;
	int error = take_cpu(text, &first);

	last = first;
	if (!error && **text == '-') {
		++*text;
		error = take_cpu(text, &last);
	}
	if (error)
		return error;
	if (last < first)
		return -EINVAL;
	for (; first <= last; first++)
		cpus->word[first / 64] |= 1ULL << (first % 64);
	return 0;
}

int cli_parse_cpus(const char *text, struct cli_cpus *cpus)
{
	int error;

	if (!strcmp(text, "all")) {
		memset(cpus, 0xff, sizeof(*cpus));
		return 0;
	}
	memset(cpus, 0, sizeof(*cpus));
	for (;;) {
		error = take_range(&text, cpus);
		if (error || !*text)
			return error;
		if (*text++ != ',')
			return -EINVAL;
	}
}

bool cli_cpus_has(const struct cli_cpus *cpus, unsigned int cpu)
{
	return cpu < CLI_CPUS_MAX && (cpus->word[cpu / 64] >> (cpu % 64) & 1);
}

/* Returns the last CPU of the range that begins with @cpu. */
static unsigned int range_end(const struct cli_cpus *cpus, unsigned int cpu)
{
	while (cli_cpus_has(cpus, cpu + 1))
		cpu++;
	return cpu;
}

#define CUT	",..."

char *cli_format_cpus(const struct cli_cpus *cpus, char *text, size_t size)
{
	size_t used = 0, whole = 0;
	unsigned int cpu, last;

	if (size)
		text[0] = '\0';
	for (cpu = 0; cpu < CLI_CPUS_MAX && used < size; cpu = last + 1) {
		last = cpu;
		if (!cli_cpus_has(cpus, cpu))
			continue;
		if (used + sizeof(CUT) <= size)
			whole = used;
		last = range_end(cpus, cpu);
		used += (size_t)snprintf(text + used, size - used,
					 last > cpu ? "%s%u-%u" : "%s%u",
					 used ? "," : "", cpu, last);
	}
	if (size && used >= size)
		snprintf(text + whole, size - whole, "%s", whole ? CUT :
			 &CUT[1]);
	return text;
}

static const struct {
	const char *name;
	uint64_t ns;
} unit[] = {
	{ "ns", 1 },
	{ "us", 1000 },
	{ "ms", 1000000 },
	{ "s", 1000000000 },
	{ "m", 60000000000 },
	{ "h", 3600000000000 },
	{ "d", 86400000000000 },
};

static uint64_t unit_of(const char *text, uint64_t bare)
{
	if (!*text)
		return bare;
	for (size_t i = 0; i < sizeof(unit) / sizeof(unit[0]); i++) {
		if (!strcmp(text, unit[i].name))
			return unit[i].ns;
	}
	return 0;
}

/* Further digits of a fraction are accepted, but do not change the value. */
#define SCALE_MAX	1000000000000000000ULL

/* Adds decimal digits exactly: no floating point, no intermediate rounding. */
int cli_parse_duration(const char *text, uint64_t unit_ns, uint64_t *out_ns)
{
	unsigned __int128 value = 0, scale = 1;
	bool fraction = false;
	uint64_t ns;

	if (!isdigit((unsigned char)*text))
		return -EINVAL;
	for (; isdigit((unsigned char)*text) || (*text == '.' && !fraction);
	     text++) {
		if (*text == '.') {
			fraction = true;
			continue;
		}
		if (scale >= SCALE_MAX)
			continue;
		if (value > UINT64_MAX / 10) {
			if (!fraction)
				return -ERANGE;
			continue;
		}
		value = value * 10 + (unsigned int)(*text - '0');
		if (fraction)
			scale *= 10;
	}
	ns = unit_of(text, unit_ns);
	if (!ns)
		return -EINVAL;
	value = (value * ns + scale / 2) / scale;
	if (value > INT64_MAX)
		return -ERANGE;
	*out_ns = (uint64_t)value;
	return 0;
}
