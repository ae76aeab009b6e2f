// SPDX-License-Identifier: MIT
/*
 * xlat-read report: reports one run.
 */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd.h"
#include "analyse.h"
#include "document.h"
#include "report.h"
#include "user/analysis/analyse.h"

enum {
	KEY_FAIL_ABOVE = 256,
	KEY_MAX_AVG,
	KEY_LIMIT,
	KEY_WHAT,
	KEY_FORMAT,
	KEY_JSON,
	KEY_PER_CPU,
	KEY_WIDTH,
};

const struct cli_option report_options[] = {
	{ 'H', "histogram", NULL, "show the histogram" },
	{ KEY_WHAT, "what", "WHAT", "lateness (default) or interval" },
	{ 'W', "warm-up", "N", "call the first N samples of a CPU cold" },
	{ KEY_PER_CPU, "per-cpu", NULL, "list every CPU, even if there are many" },
	{ KEY_FORMAT, "format", "FORMAT", "text (default), json or csv" },
	{ KEY_JSON, "json", "FILE",
	  "also write the JSON document to FILE; -: to stdout, and no text" },
	{ KEY_FAIL_ABOVE, "fail-above", "VALUE",
	  "exit 3 if MAX is above VALUE (500, 5us, 300insn)" },
	{ KEY_MAX_AVG, "max-avg", "VALUE", "exit 3 if AVG is above VALUE" },
	{ KEY_LIMIT, "limit", "NAME=VALUE",
	  "exit 3 if NAME is above VALUE: " LIMIT_NAMES },
	{ KEY_WIDTH, "width", "COLUMNS", "of the terminal" },
	{ 0 },
};

static int terminal_width(void)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return columns && atoi(columns) > 0 ? atoi(columns) : 80;
}

static int add_limit(struct report_request *r, int subject, const char *text)
{
	if (r->limit_count == REPORT_LIMITS_MAX)
		return cmd_complain(EXIT_USAGE, "more than %d limits", REPORT_LIMITS_MAX);
	return limit_set(subject, text, &r->limit[r->limit_count++]);
}

static int add_named_limit(struct report_request *r, const char *text)
{
	const char *value;
	int subject = limit_split(text, &value);

	if (subject != LIMIT_SUBJECTS)
		return add_limit(r, subject, value);
	return cmd_complain(EXIT_USAGE, "--limit %s: NAME=VALUE with "
			    LIMIT_NAMES, text);
}

static int set_width(const char *text, int *width)
{
	uint64_t number;

	if (cli_parse_number(text, 1000, &number))
		return cmd_complain(EXIT_USAGE, "--width %s: a number of columns",
				    text);
	*width = (int)number;
	return EXIT_GOOD;
}

int report_take_option(struct report_request *r, const struct cli *cli, int key)
{
	switch (key) {
	case 'H':
		r->view.histogram = true;
		return EXIT_GOOD;
	case 'W':
		return analysis_warmup(cli->value, &r->stats.warmup);
	case KEY_WHAT:
		return analysis_what(cli->value, &r->stats.what);
	case KEY_PER_CPU:
		r->view.per_cpu = true;
		return EXIT_GOOD;
	case KEY_FORMAT:
		return analysis_format(cli->value, &r->format);
	case KEY_JSON:
		return document_take("report", cli->value, &r->json);
	case KEY_FAIL_ABOVE:
		return add_limit(r, REPORT_MAX, cli->value);
	case KEY_MAX_AVG:
		return add_limit(r, REPORT_AVG, cli->value);
	case KEY_LIMIT:
		return add_named_limit(r, cli->value);
	case KEY_WIDTH:
		return set_width(cli->value, &r->view.width);
	default:
		return cmd_usage("report", "%s", cli->message);
	}
}

int report_take_file(struct report_request *r, char *const *file, int count)
{
	int code;

	if (count != 1)
		return cmd_usage("report", "give one file");
	r->path = *file;
	code = document_choose("report", r->json, &r->format);
	return code ? code : document_spare("report", r->json, file, 1);
}

void report_begin(struct report_request *r)
{
	*r = (struct report_request) {
		.stats.warmup = STATS_WARMUP_RECORDED,
		.view.width = terminal_width(),
	};
}

/* Print a JSON document with the verdict if no report could be made. */
static int render_refusal(FILE *out, const struct run *run)
{
	struct environment environment;
	enum report_verdict verdict;
	const char *why = analyse_refusal(run, &verdict);

	(void)environment_read(run->environment, &environment);
	return render_refusal_json(out, run->name, &environment, verdict, why);
}

/* In the functions below, @report is NULL if no report could be made. */
static int render_document(FILE *out, const struct report_request *r,
			   const struct run *run, const struct report *report)
{
	return report ? render_report_json(out, report, &r->view) :
			render_refusal(out, run);
}

static int render(const struct report_request *r, const struct run *run,
		  const struct report *report)
{
	if (r->format == ANALYSIS_JSON)
		return render_document(stdout, r, run, report);
	if (!report)
		return 0;
	if (r->format == ANALYSIS_CSV)
		return render_report_csv(stdout, report, &r->view);
	render_report_text(stdout, report, &r->view);
	return 0;
}

static int put_document(const struct report_request *r, const struct run *run,
			const struct report *report)
{
	struct document document;
	int code = document_begin(&document, r->json);

	if (code || !document.out)
		return code;
	return document_end(&document, render_document(document.out, r, run,
						       report));
}

/* Write the FILE of --json first, because stdout may end with SIGPIPE. */
static int put_output(const struct report_request *r, const struct run *run,
		      const struct report *report)
{
	int written = put_document(r, run, report);
	int code = analysis_end(render(r, run, report));

	return code ? code : written;
}

/* Wrong usage hides an exceeded limit, and an exceeded limit hides damage. */
static int exit_code_of(const struct report_request *r,
			const struct report *report)
{
	int code = report->total.verdict == REPORT_LOSSLESS ? EXIT_GOOD :
		   EXIT_DAMAGED;
	size_t i;

	for (i = 0; i < r->limit_count; i++) {
		int one = limit_check(&r->limit[i], report);

		if (one == EXIT_USAGE)
			return one;
		if (one)
			code = one;
	}
	return code;
}

static int report_on(const struct report_request *r, const struct run *run,
		     struct report *report)
{
	int code = analysis_report(run, &r->stats, report);
	int failed;

	if (code && code != EXIT_DAMAGED)
		return code;
	failed = put_output(r, run, code ? NULL : report);
	if (failed || code)
		return failed ? failed : code;
	return exit_code_of(r, report);
}

int report_run(const struct report_request *r)
{
	struct report report = { 0 };
	struct run run = { 0 };
	int code;

	code = analysis_read(r->path, &run);
	if (!code)
		code = report_on(r, &run, &report);
	report_free(&report);
	run_free(&run);
	return code;
}

static int parse(struct report_request *r, int argc, char **argv)
{
	struct cli cli;
	int key, code;

	report_begin(r);
	cli_start(&cli, argc, argv, report_options);
	while ((key = cli_next(&cli)) != CLI_END) {
		code = report_take_option(r, &cli, key);
		if (code)
			return code;
	}
	return report_take_file(r, argv + cli.index, argc - cli.index);
}

static int cmd_report(int argc, char **argv)
{
	struct report_request request;
	int code = parse(&request, argc, argv);

	return code ? code : report_run(&request);
}

const struct command report_command = {
	.name = "report",
	.arguments = "FILE",
	.summary = "print statistics of a recording, and check that no sample is missing",
	.options = report_options,
	.examples =
		"  xlat-read report --histogram a.xlat\n"
		"  xlat-read report --json=a.json a.xlat     the text here, JSON in a.json\n"
		"  xlat-read report --json=- a.xlat | jq .max\n",
	.run = cmd_report,
};
