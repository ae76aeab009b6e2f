// SPDX-License-Identifier: MIT
/*
 * xlat-read --histogram: records to a file and reports that file. All numbers
 * come from a file.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "record.h"
#include "report.h"
#include "user/format/file.h"
#include "user/format/last_act.h"

#define OPTIONS_MAX	64
#define FIRST_KEY	1000

/**
 * struct live - the options of record and report in one table, parsed once
 * @options: the table; if both commands use a letter for different options, the
 *	letter belongs to record
 * @record_key: for each of @options: its key in record, or 0 if it has none
 * @report_key: the same for report
 * @temporary: path of the temporary file, or empty if --output was given
 */
struct live {
	struct cli_option options[OPTIONS_MAX + 1];
	int record_key[OPTIONS_MAX];
	int report_key[OPTIONS_MAX];
	size_t count;
	struct request record;
	struct report_request report;
	char temporary[4096];
};

static size_t find_name(const struct live *live, const char *name)
{
	size_t i;

	for (i = 0; i < live->count; i++) {
		if (!strcmp(live->options[i].name, name))
			break;
	}
	return i;
}

static bool has_letter(const struct live *live, int key)
{
	for (size_t i = 0; i < live->count; i++) {
		if (live->options[i].key == key)
			return true;
	}
	return false;
}

/* A key that is not a letter gets a new number, so that no two are equal. */
static void merge(struct live *live, const struct cli_option *from, int *keys)
{
	for (; from->name; from++) {
		size_t at = find_name(live, from->name);

		if (at == OPTIONS_MAX)
			return;
		keys[at] = from->key;
		if (at < live->count)
			continue;
		live->options[at] = *from;
		if (from->key >= 256 || has_letter(live, from->key))
			live->options[at].key = FIRST_KEY + (int)at;
		live->count++;
	}
}

/* Pass one option to each command that has it. */
static int take_option(struct live *live, const struct cli *cli, size_t at)
{
	int code = EXIT_GOOD;

	if (live->record_key[at])
		code = record_take_option(&live->record, cli,
					  live->record_key[at]);
	if (!code && live->report_key[at])
		code = report_take_option(&live->report, cli,
					  live->report_key[at]);
	return code;
}

static int parse(struct live *live, int argc, char **argv)
{
	struct cli cli;
	int key, code;

	record_begin(&live->record);
	report_begin(&live->report);
	merge(live, record_options, live->record_key);
	merge(live, report_options, live->report_key);
	cli_start(&cli, argc, argv, live->options);
	while ((key = cli_next(&cli)) != CLI_END) {
		size_t at = 0;

		if (key == CLI_ERROR)
			return cmd_complain(EXIT_USAGE,
					    "%s; see 'xlat-read --help'",
					    cli.message);
		while (live->options[at].key != key)
			at++;
		code = take_option(live, &cli, at);
		if (code)
			return code;
	}
	if (cli.index < argc)
		return cmd_complain(EXIT_USAGE,
				    "unknown subcommand '%s'; see 'xlat-read --help'",
				    argv[cli.index]);
	if (live->record.source == SOURCE_ALL)
		return cmd_complain(EXIT_USAGE,
			"--source all makes one file each: use 'xlat-read record', then report or compare");
	return EXIT_GOOD;
}

static int make_temporary(struct live *live)
{
	const char *directory = getenv("TMPDIR");
	int fd;

	snprintf(live->temporary, sizeof(live->temporary),
		 "%s/xlat-XXXXXX.xlat", directory ? directory : "/tmp");
	fd = mkstemps(live->temporary, 5);
	if (fd < 0) {
		int error = errno;

		live->temporary[0] = '\0';
		return cmd_complain(EXIT_FAILED,
			"cannot make a temporary file: %s: give -o FILE or set TMPDIR",
			strerror(error));
	}
	close(fd);
	last_act_unlink(live->temporary);
	live->record.output = live->temporary;
	cmd_call(live->temporary, "this run");
	return EXIT_GOOD;
}

static bool holds_samples(const char *path)
{
	struct run run;
	bool any = false;

	if (!file_read(path, &run)) {
		for (size_t i = 0; i < run.cpu_count; i++)
			any |= run.cpus[i].sample_count > 0;
	}
	run_free(&run);
	return any;
}

/* Was this run recorded? An older file of the same name does not count. */
static bool recorded(const struct live *live, const struct stat *before)
{
	struct stat now;

	if (stat(live->record.output, &now) || !S_ISREG(now.st_mode))
		return false;
	if (before->st_size && before->st_dev == now.st_dev &&
	    before->st_ino == now.st_ino)
		return false;
	return holds_samples(live->record.output);
}

/*
 * The temporary file may now contain hours of data. From now on a signal that
 * ends the program prints its path, and does not remove it.
 */
static void keep(void *arg)
{
	const struct live *live = arg;
	char words[LAST_ACT_SIZE];

	last_act_unlink(NULL);
	if (!live->temporary[0])
		return;
	snprintf(words, sizeof(words),
		 "xlat-read: note: the recording is kept: %s\n",
		 live->temporary);
	last_act_say(words);
	signal(SIGPIPE, SIG_IGN);	/* write() fails instead */
}

static int report(struct live *live)
{
	int code;

	code = report_run(&live->report);
	if ((code == EXIT_FAILED || code == EXIT_USAGE) &&
	    live->temporary[0] && holds_samples(live->temporary)) {
		fprintf(stderr, "xlat-read: note: the recording is kept: %s\n",
			live->temporary);
		live->temporary[0] = '\0';
	}
	return code;
}

/* Report the recorded samples even if the recording ended with an error. */
static int record_and_report(struct live *live)
{
	struct stat before = { 0 };
	char *path;
	int code = live->record.output ? EXIT_GOOD : make_temporary(live);

	if (code)
		return code;
	path = (char *)live->record.output;
	code = report_take_file(&live->report, &path, 1);
	if (!code)
		code = record_check(&live->record);
	if (code)
		return code;
	if (stat(path, &before))
		before.st_size = 0;
	live->record.ended = keep;
	live->record.ended_arg = live;
	code = record_run(&live->record);
	if (code == EXIT_USAGE ||
	    (code == EXIT_FAILED && !recorded(live, &before)))
		return code;
	return cmd_worse(code, report(live));
}

int cmd_live(int argc, char **argv)
{
	struct live *live = calloc(1, sizeof(*live));
	int code;

	if (!live)
		return cmd_complain(EXIT_FAILED, "no memory");
	code = parse(live, argc, argv);
	if (!code)
		code = record_and_report(live);
	last_act_say(NULL);
	if (live->temporary[0])
		unlink(live->temporary);
	record_end(&live->record);
	free(live);
	return code;
}
