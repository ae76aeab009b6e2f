// SPDX-License-Identifier: MIT
/*
 * xlat-read --histogram: record to a file, report that file. There is no
 * other path from interrupt to number.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "user/format/file.h"
#include "user/format/last_act.h"

#define OPTIONS_MAX	64
#define FIRST_KEY	1000

/**
 * struct words - a command line being made
 */
struct words {
	char *argv[OPTIONS_MAX + 4];
	int argc;
};

/**
 * struct live - options of both commands in one table
 * @options: the table; a letter that both use for different things is
 *	record's
 * @to_record: by index in @options: record knows it
 * @to_report: likewise
 * @owned: the words that were made here, of both command lines
 */
struct live {
	struct cli_option options[OPTIONS_MAX + 1];
	bool to_record[OPTIONS_MAX];
	bool to_report[OPTIONS_MAX];
	size_t count;
	struct words record;
	struct words report;
	struct words owned;
	bool output_given;
	const char *path;
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

/* Keys that are no letters are numbered anew, so that they do not collide. */
static void merge(struct live *live, const struct cli_option *from, bool *known)
{
	for (; from->name; from++) {
		size_t at = find_name(live, from->name);

		if (at == OPTIONS_MAX)
			return;
		known[at] = true;
		if (at < live->count)
			continue;
		live->options[at] = *from;
		if (from->key >= 256 || has_letter(live, from->key))
			live->options[at].key = FIRST_KEY + (int)at;
		live->count++;
	}
}

static void add_word(struct words *words, char *word)
{
	if (words->argc < OPTIONS_MAX + 3)
		words->argv[words->argc++] = word;
}

static void hand_on(struct live *live, size_t at, const char *value)
{
	const char *name = live->options[at].name;
	char *word;

	if (asprintf(&word, value ? "--%s=%s" : "--%s", name, value) < 0)
		abort();
	add_word(&live->owned, word);
	if (live->to_record[at])
		add_word(&live->record, word);
	if (live->to_report[at])
		add_word(&live->report, word);
	if (!strcmp(name, "output")) {
		live->output_given = true;
		live->path = strchr(word, '=') + 1;
	}
}

static int parse(struct live *live, int argc, char **argv)
{
	struct cli cli;
	int key;

	if (argc > OPTIONS_MAX)
		return cmd_complain(EXIT_USAGE,
				    "too many options; see 'xlat-read --help'");
	merge(live, record_command.options, live->to_record);
	merge(live, report_command.options, live->to_report);
	add_word(&live->record, "record");
	add_word(&live->report, "report");
	cli_start(&cli, argc, argv, live->options);
	while ((key = cli_next(&cli)) != CLI_END) {
		size_t at = 0;

		if (key == CLI_ERROR)
			return cmd_complain(EXIT_USAGE,
					    "%s; see 'xlat-read --help'",
					    cli.message);
		while (live->options[at].key != key)
			at++;
		if (!strcmp(live->options[at].name, "source") &&
		    !strcmp(cli.value, "all"))
			return cmd_complain(EXIT_USAGE,
				"--source all makes one file each: use 'xlat-read record', then report or compare");
		hand_on(live, at, cli.value);
	}
	if (cli.index < argc)
		return cmd_complain(EXIT_USAGE,
				    "unknown subcommand '%s'; see 'xlat-read --help'",
				    argv[cli.index]);
	return EXIT_GOOD;
}

static int make_temporary(struct live *live)
{
	const char *directory = getenv("TMPDIR");
	char *word;
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
	live->path = live->temporary;
	cmd_call(live->path, "this run");
	if (asprintf(&word, "--output=%s", live->path) < 0)
		abort();
	add_word(&live->owned, word);
	add_word(&live->record, word);
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

/* An older recording that is still there under its name is not this run. */
static bool recorded(const struct live *live, const struct stat *before)
{
	struct stat now;

	if (stat(live->path, &now) || !S_ISREG(now.st_mode))
		return false;
	if (before->st_size && before->st_dev == now.st_dev &&
	    before->st_ino == now.st_ino)
		return false;
	return holds_samples(live->path);
}

/* From here on the temporary file may hold hours: nobody loses its name. */
static void announce(const struct live *live)
{
	char words[LAST_ACT_SIZE];

	last_act_unlink(NULL);
	if (!live->temporary[0])
		return;
	snprintf(words, sizeof(words),
		 "xlat-read: note: the recording is kept: %s\n",
		 live->temporary);
	last_act_say(words);
	signal(SIGPIPE, SIG_IGN);	/* an error of write(), then */
}

static int report(struct live *live)
{
	int code;

	announce(live);
	code = cmd_report(live->report.argc, live->report.argv);
	last_act_say(NULL);
	if ((code == EXIT_FAILED || code == EXIT_USAGE) &&
	    live->temporary[0] && holds_samples(live->temporary)) {
		fprintf(stderr, "xlat-read: note: the recording is kept: %s\n",
			live->temporary);
		live->temporary[0] = '\0';
	}
	return code;
}

/* What was recorded is reported, even where recording found something wrong. */
static int record_and_report(struct live *live)
{
	int code = live->output_given ? EXIT_GOOD : make_temporary(live);
	struct stat before = { 0 };
	int reported;

	if (code)
		return code;
	add_word(&live->report, (char *)live->path);
	code = cmd_report_check(live->report.argc, live->report.argv);
	if (code)
		return code;
	if (stat(live->path, &before))
		before.st_size = 0;
	code = cmd_record(live->record.argc, live->record.argv);
	if (code == EXIT_USAGE ||
	    (code == EXIT_FAILED && !recorded(live, &before)))
		return code;
	reported = report(live);
	return cmd_worse(code, reported);
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
	if (live->temporary[0])
		unlink(live->temporary);
	while (live->owned.argc)
		free(live->owned.argv[--live->owned.argc]);
	free(live);
	return code;
}
