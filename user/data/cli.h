/* SPDX-License-Identifier: MIT */
/*
 * Command lines: options from a table, CPU lists, durations. Pure: nothing
 * is printed, messages are returned.
 */
#ifndef XLAT_CLI_H
#define XLAT_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct cli_option - one option; a table ends with one that has no @name
 * @key: its short letter, or a number from 256 where it has none
 * @name: long name
 * @argument: what it takes, for the help ("TIME"); NULL: nothing
 * @help: one line; NULL: works, but is not shown
 */
struct cli_option {
	int key;
	const char *name;
	const char *argument;
	const char *help;
};

#define CLI_END		(-1)
#define CLI_ERROR	'?'

/**
 * struct cli - a command line being read; initialise with cli_start()
 * @value: argument of the option last returned
 * @index: once %CLI_END was returned: of the first operand in argv
 * @message: what is wrong, after %CLI_ERROR
 */
struct cli {
	int argc;
	char **argv;
	const struct cli_option *options;
	const char *value;
	int index;
	char message[160];
};

/** cli_start() - argv[0] is the command's name and is skipped */
void cli_start(struct cli *cli, int argc, char **argv,
	       const struct cli_option *options);

/**
 * cli_next() - the next option, wherever it stands among the operands
 *
 * Return: its key; %CLI_END; or %CLI_ERROR with cli->message set.
 */
int cli_next(struct cli *cli);

/**
 * struct cli_cpus - a set of CPU numbers
 * @word: bit n % 64 of word n / 64 is CPU n
 */
#define CLI_CPUS_MAX	8192u
struct cli_cpus {
	uint64_t word[CLI_CPUS_MAX / 64];
};

/**
 * cli_parse_cpus() - "0,2-5", as the kernel writes lists; "all" sets every bit
 *
 * Return: 0; -EINVAL no list, or an empty one; -ERANGE too great a number.
 */
int cli_parse_cpus(const char *text, struct cli_cpus *cpus);

/** cli_cpus_has() - is CPU @cpu in the set? */
bool cli_cpus_has(const struct cli_cpus *cpus, unsigned int cpu);

/** CLI_CPUS_TEXT: bytes in which every list of CPUs fits */
#define CLI_CPUS_TEXT	20480

/**
 * cli_format_cpus() - the shortest list; returns @text
 *
 * A list that does not fit ends after a whole number with ",...", which
 * cli_parse_cpus() refuses.
 */
char *cli_format_cpus(const struct cli_cpus *cpus, char *text, size_t size);

/**
 * cli_parse_duration() - "500us", "1.5ms", "10s", "2h": ns us ms s m h d
 * @text: a decimal number and a unit
 * @unit_ns: what a number without unit counts, ns; 0: a unit must be given
 * @out_ns: rounded to the nearest ns
 *
 * Return: 0; -EINVAL no duration; -ERANGE over 2^63 ns.
 */
int cli_parse_duration(const char *text, uint64_t unit_ns, uint64_t *out_ns);

/** cli_parse_number() - a whole decimal number up to @max; 0 or -EINVAL, -ERANGE */
int cli_parse_number(const char *text, uint64_t max, uint64_t *out);

#endif /* XLAT_CLI_H */
