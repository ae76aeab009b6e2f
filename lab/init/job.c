// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "dom0.h"
#include "domu.h"
#include "job.h"
#include "spin.h"

enum { ANY = -1 };

struct line {
	bool must;
	const char *out;
	int expect;
	char **argv;
};

static int job_log = 1;

static bool take_prefix(struct line *line, const char *name)
{
	if (!line->argv[0] || strcmp(line->argv[0], name))
		return false;
	line->argv++;
	return true;
}

static const char *take_value(struct line *line)
{
	return line->argv[0] ? *line->argv++ : "";
}

static void take_prefixes(struct line *line)
{
	line->must = take_prefix(line, "must");
	if (take_prefix(line, "out"))
		line->out = take_value(line);
	if (take_prefix(line, "expect"))
		line->expect = atoi(take_value(line));
	if (take_prefix(line, "any"))
		line->expect = ANY;
}

static int open_output(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "/tmp/out/%s", name);
	return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int run_program(const struct line *line)
{
	int out = line->out ? open_output(line->out) : job_log;
	int status;

	if (out < 0)
		return -1;
	status = command_run(line->argv, out);
	if (line->out)
		close(out);
	return status;
}

static int number_of(const struct line *line, int n)
{
	int i;

	for (i = 0; i <= n; i++)
		if (!line->argv[i])
			return 0;
	return atoi(line->argv[n]);
}

/* The default: the first domU. */
static int domain_of(const struct line *line, int n)
{
	int domain = number_of(line, n);

	return domain ? domain : 1;
}

static int release_domu(const struct line *line)
{
	return dom0_release(domain_of(line, 1), number_of(line, 2));
}

static int await_dom0(const struct line *line)
{
	return domu_await_dom0(number_of(line, 1), number_of(line, 2));
}

static int say_recorded(const struct line *line)
{
	(void)line;
	return domu_say_recorded();
}

static int await_recorded(const struct line *line)
{
	return dom0_await_recorded(domain_of(line, 2), number_of(line, 1));
}

static int await_domu(const struct line *line)
{
	return dom0_await_domu(domain_of(line, 2), number_of(line, 1));
}

static int await_gone(const struct line *line)
{
	return dom0_await_gone(domain_of(line, 2), number_of(line, 1));
}

static int spin(const struct line *line)
{
	return spin_start(line->argv[1] ? line->argv[1] : "");
}

static int end_spin(const struct line *line)
{
	(void)line;
	return spin_end();
}

/* Commands of init itself return 0, -1 with errno, or the verdict of a domU. */
static const struct {
	const char *name;
	int (*run)(const struct line *line);
} own[] = {
	{ "release-domu", release_domu },
	{ "await-dom0", await_dom0 },
	{ "say-recorded", say_recorded },
	{ "await-recorded", await_recorded },
	{ "await-domu", await_domu },
	{ "await-gone", await_gone },
	{ "spin", spin },
	{ "spin-end", end_spin },
};

static int run_one(const struct line *line)
{
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!strcmp(line->argv[0], own[i].name))
			return own[i].run(line);
	return run_program(line);
}

static int run_line(char *text, bool *stop)
{
	char *argv[COMMAND_WORDS];
	struct line line = { .argv = argv };
	int status, words = command_split(text, argv);

	if (!words)
		return 0;
	if (words < 0) {
		dprintf(job_log, "job: malformed line\n");
		return 1;
	}
	take_prefixes(&line);
	if (!line.argv[0])
		return 1;
	status = run_one(&line);
	if (status == line.expect || (status >= 0 && line.expect == ANY))
		return 0;
	dprintf(job_log, "job: %s: exit %d, wanted %d%s%s\n", line.argv[0],
		status, line.expect, status < 0 ? ": " : "",
		status < 0 ? strerror(errno) : "");
	*stop = line.must;
	return 1;
}

int job_run(const char *path, enum role role)
{
	FILE *f = fopen(path, "re");
	bool stop = false;
	char text[4096];
	int wrong = 0;

	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
	if (role != ROLE_DOMU)
		job_log = open_output("log");
	if (!f || job_log < 0) {
		if (f)
			fclose(f);
		return 1;
	}
	while (!stop && fgets(text, sizeof(text), f)) {
		text[strcspn(text, "\n")] = '\0';
		if (text[0] == '#')
			continue;
		dprintf(job_log, "+ %s\n", text);
		wrong += run_line(text, &stop);
	}
	fclose(f);
	return wrong;
}
