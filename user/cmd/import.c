// SPDX-License-Identifier: MIT
/* xlat-read import: reads the lines of "xlat-read send" from a console log. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "import_names.h"
#include "user/format/replace.h"
#include "user/format/textline.h"
#include "user/record/import.h"

#define PATH_SIZE	4096

enum { OPT_HOST_ENV = 256, OPT_RUN };

static const struct cli_option options[] = {
	{ 'o', "output", "FILE", "write the run to FILE; default: each run to NAME.xlat" },
	{ OPT_RUN, "run", "NAME", "only the run of this name; default: all" },
	{ OPT_HOST_ENV, "host-env", "FILE",
	  "attach what 'xlat-read env' said in dom0" },
	{ 0 },
};

struct request {
	const char *output;
	const char *run;
	const char *log;
	json_t *host;
};

static int parse(struct request *r, int argc, char **argv)
{
	char why[IMPORT_WORDS];
	struct cli cli;
	int key;

	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		if (key == CLI_ERROR)
			return cmd_usage("import", "%s", cli.message);
		if (key == 'o')
			r->output = cli.value;
		if (key == OPT_RUN)
			r->run = cli.value;
		if (key != OPT_HOST_ENV)
			continue;
		json_decref(r->host);
		r->host = import_host(cli.value, why);
		if (!r->host)
			return cmd_complain(EXIT_FAILED,
				"--host-env %s: not the output of 'xlat-read env': %s",
				cli.value, why);
	}
	if (cli.index != argc - 1)
		return cmd_usage("import", "give one console log");
	r->log = argv[cli.index];
	if (r->output && !cmd_is_stdin(r->log) && replace_same(r->output, r->log))
		return cmd_usage("import", "-o %s is the log itself", r->output);
	return EXIT_GOOD;
}

static int read_log(const char *path, struct textline_log *log)
{
	int error = import_log(path, log);

	return error ? cmd_complain_file(path, error) : EXIT_GOOD;
}

static bool is_wanted(const struct textline_run *run, const struct request *r)
{
	return !run->superseded && (!r->run || !strcmp(run->name, r->run));
}

/* Write the complete file, with the host's document, then rename it. */
static int write_file(const char *path, const struct textline_run *run,
		      json_t *host)
{
	char old[REPLACE_OLD_SIZE];
	int error = import_write(path, run, host, old);

	if (error == -EBADMSG || error == -EPROTONOSUPPORT)
		return cmd_complain_file(path, error);
	if (error)
		return cmd_complain(EXIT_FAILED, "cannot write %s: %s", path,
				    strerror(-error));
	if (*old)
		cmd_note("there was a %s: it is %s now", path, old);
	return EXIT_GOOD;
}

static int say_run(const char *path, const struct textline_run *run)
{
	char text[IMPORT_WORDS];

	if (!import_describe(run, text))
		return cmd_complain(run->refused ? EXIT_FAILED : EXIT_DAMAGED,
				    "%s: %s", path, text);
	cmd_say("%s: %s", path, text);
	return EXIT_GOOD;
}

static int import_run(const struct textline_run *run, const char *stem,
		      const struct request *r)
{
	char path[PATH_SIZE];
	int code = EXIT_GOOD;

	if (r->output)
		snprintf(path, sizeof(path), "%s", r->output);
	else
		snprintf(path, sizeof(path), "%s.xlat", stem);
	if (replace_same(path, r->log))
		return cmd_usage("import", "%s is the log itself: give another -o",
				 path);
	if (!import_is_empty(run))
		code = write_file(path, run, r->host);
	return code ? code : say_run(path, run);
}

static size_t count_wanted(const struct textline_log *log,
			   const struct request *r)
{
	size_t wanted = 0;

	for (size_t i = 0; i < log->count; i++)
		wanted += is_wanted(&log->runs[i], r);
	return wanted;
}

static const char *list_names(const struct textline_log *log, char *text,
			      size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < log->count && used < size; i++) {
		if (log->runs[i].superseded)
			continue;
		used += (size_t)snprintf(text + used, size - used, "%s%s",
			used ? ", " : "",
			log->runs[i].name[0] ? log->runs[i].name : "(unnamed)");
	}
	return text;
}

static void say_superseded(const struct textline_log *log)
{
	size_t n = 0;

	for (size_t i = 0; i < log->count; i++)
		n += log->runs[i].superseded;
	if (n)
		cmd_note("%zu more of the log were sent again, and arrived intact: left out",
			 n);
}

static int import_wanted(const struct textline_log *log,
			 const struct request *r)
{
	char **stems = import_names(log);
	int code = EXIT_GOOD;

	if (!stems)
		return cmd_complain(EXIT_FAILED, "no memory");
	for (size_t i = 0; i < log->count; i++) {
		if (is_wanted(&log->runs[i], r))
			code = cmd_worse(code,
					 import_run(&log->runs[i], stems[i], r));
	}
	import_names_free(stems, log->count);
	return code;
}

/* A bare-metal guest that stopped says why, for example the missing INTID. */
static int complain_empty(const struct textline_log *log, const char *path)
{
	const char *reason = log->stop.reason;

	return cmd_complain(EXIT_FAILED,
		"%s: no intact line of 'xlat-read send' in it (%" PRIu64 " damaged)%s%s",
		cmd_called(path), log->damaged,
		*reason ? "; the guest stopped: " : "", reason);
}

static int import_runs(const struct textline_log *log, const struct request *r)
{
	size_t wanted = count_wanted(log, r);
	char names[512];

	if (!log->count)
		return complain_empty(log, r->log);
	if (*log->stop.reason)
		cmd_note("%s: the guest stopped: %s", cmd_called(r->log),
			 log->stop.reason);
	if (!wanted)
		return cmd_complain(EXIT_FAILED, "%s: no run '%s'; it has: %s",
			cmd_called(r->log), r->run, list_names(log, names, sizeof(names)));
	if (wanted > 1 && r->output)
		return cmd_usage("import",
			"%s holds %zu such runs (%s): choose with --run, or leave out -o",
			cmd_called(r->log), wanted, list_names(log, names, sizeof(names)));
	say_superseded(log);
	return import_wanted(log, r);
}

static int cmd_import(int argc, char **argv)
{
	struct request request = { 0 };
	struct textline_log log = { 0 };
	int code = parse(&request, argc, argv);

	if (!code)
		code = read_log(request.log, &log);
	if (!code)
		code = import_runs(&log, &request);
	textline_free(&log);
	json_decref(request.host);
	return code;
}

const struct command import_command = {
	.name = "import",
	.arguments = "LOG",
	.summary = "write the recordings in a console log to files",
	.options = options,
	.examples =
		"  xlat-read import console.log                  each to NAME.xlat\n"
		"  xlat-read import --run a -o a.xlat console.log\n",
	.run = cmd_import,
};
