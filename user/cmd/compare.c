// SPDX-License-Identifier: MIT
/*
 * xlat-read compare: compares several runs.
 */
#include <stdlib.h>

#include "cmd.h"
#include "analyse.h"
#include "document.h"
#include "limit.h"
#include "user/analysis/compare.h"

#define GATES_MAX	16

enum {
	KEY_WHAT = 256,
	KEY_FORMAT,
	KEY_JSON,
	KEY_FORCE,
	KEY_LIMIT,
};

static const struct cli_option options[] = {
	{ KEY_WHAT, "what", "WHAT", "lateness (default) or interval" },
	{ 'W', "warm-up", "N",
	  "call the first N samples of a CPU cold; default: the greatest recorded" },
	{ KEY_FORMAT, "format", "FORMAT", "text (default), json or csv" },
	{ KEY_JSON, "json", "FILE",
	  "also write the JSON document to FILE; -: to stdout, and no text" },
	{ KEY_FORCE, "force", NULL,
	  "compare different or unknown units, or core clocks more than 2 % apart" },
	{ KEY_LIMIT, "limit", "NAME=+N%",
	  "exit 3 if NAME (avg, p99, missed) is more than N % above the baseline's" },
	{ 0 },
};

struct request {
	struct stats_options stats;
	enum analysis_format format;
	const char *json;
	bool force;
	struct gate gate[GATES_MAX];
	size_t gate_count;
	char **path;
	size_t count;
};

static int add_gate(struct request *r, const char *text)
{
	if (r->gate_count == GATES_MAX)
		return cmd_complain(EXIT_USAGE, "more than %d limits", GATES_MAX);
	return gate_parse(text, &r->gate[r->gate_count++]);
}

static int take_option(struct request *r, int key, const struct cli *cli)
{
	switch (key) {
	case 'W':
		return analysis_warmup(cli->value, &r->stats.warmup);
	case KEY_WHAT:
		return analysis_what(cli->value, &r->stats.what);
	case KEY_FORMAT:
		return analysis_format(cli->value, &r->format);
	case KEY_JSON:
		return document_take("compare", cli->value, &r->json);
	case KEY_FORCE:
		r->force = true;
		return EXIT_GOOD;
	case KEY_LIMIT:
		return add_gate(r, cli->value);
	default:
		return cmd_usage("compare", "%s", cli->message);
	}
}

static int check_operands(const struct request *r)
{
	size_t i, streams = 0;

	if (r->count < 2)
		return cmd_usage("compare", "give two files or more");
	for (i = 0; i < r->count; i++)
		streams += cmd_is_stdin(r->path[i]);
	if (streams > 1)
		return cmd_usage("compare",
				 "-, the standard input, can be read once: give files for the others");
	return EXIT_GOOD;
}

static int parse(struct request *r, int argc, char **argv)
{
	struct cli cli;
	int key, code;

	*r = (struct request) { .stats.warmup = STATS_WARMUP_RECORDED };
	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		code = take_option(r, key, &cli);
		if (code)
			return code;
	}
	r->path = argv + cli.index;
	r->count = (size_t)(argc - cli.index);
	code = check_operands(r);
	if (!code)
		code = document_choose("compare", r->json, &r->format);
	return code ? code : document_spare("compare", r->json, r->path,
					    r->count);
}

static int analyse(struct request *r, struct run *runs, struct report *reports)
{
	size_t i;
	int code;

	for (i = 0; i < r->count; i++) {
		code = analysis_read(r->path[i], &runs[i]);
		if (code)
			return code;
	}
	if (r->stats.warmup == STATS_WARMUP_RECORDED)
		r->stats.warmup = compare_warmup(runs, r->count);
	for (i = 0; i < r->count; i++) {
		code = analysis_report(&runs[i], &r->stats, &reports[i]);
		if (code)
			return code;
	}
	return EXIT_GOOD;
}

static int render(const struct request *r, const struct comparison *c)
{
	switch (r->format) {
	case ANALYSIS_JSON:
		return render_comparison_json(stdout, c);
	case ANALYSIS_CSV:
		return render_comparison_csv(stdout, c);
	default:
		render_comparison_text(stdout, c);
		return 0;
	}
}

static int put_document(const struct request *r, const struct comparison *c)
{
	struct document document;
	int code = document_begin(&document, r->json);

	if (code || !document.out)
		return code;
	return document_end(&document, render_comparison_json(document.out, c));
}

/* Write the FILE of --json first, because stdout may end with SIGPIPE. */
static int put_output(const struct request *r, const struct comparison *c)
{
	int written = put_document(r, c);
	int code = analysis_end(render(r, c));

	return code ? code : written;
}

/* Print the warnings for CSV, which cannot contain them. */
static void warn(const struct request *r, const struct comparison *c)
{
	size_t i;

	for (i = 0; r->format == ANALYSIS_CSV && i < c->warnings.count; i++)
		cmd_complain(EXIT_GOOD, "warning: %s", c->warnings.line[i]);
}

static int worst(const struct report *reports, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (reports[i].total.verdict != REPORT_LOSSLESS)
			return EXIT_DAMAGED;
	return EXIT_GOOD;
}

/* An exceeded limit hides damage, as in report. */
static int exit_code_of(const struct request *r, const struct comparison *c,
			const struct report *reports)
{
	int code = worst(reports, r->count);
	size_t i;

	for (i = 0; i < r->gate_count; i++)
		if (gate_check(&r->gate[i], c))
			code = EXIT_LIMIT;
	return code;
}

static int compare(const struct request *r, const struct report *reports)
{
	struct comparison c;
	int code = EXIT_GOOD;
	size_t i;

	if (compare_reports(reports, r->count, &c))
		code = cmd_complain(EXIT_FAILED, "compare: not enough memory");
	for (i = 0; !code && !r->force && i < c.refusals.count; i++)
		cmd_complain(EXIT_FAILED, "not comparable: %s (--force does it anyway)",
			     c.refusals.line[i]);
	if (!code && !r->force && c.refusals.count)
		code = EXIT_FAILED;
	if (!code) {
		warn(r, &c);
		code = put_output(r, &c);
	}
	if (!code)
		code = exit_code_of(r, &c, reports);
	comparison_free(&c);
	return code;
}

static int cmd_compare(int argc, char **argv)
{
	struct request request;
	struct report *reports;
	struct run *runs;
	size_t i;
	int code;

	code = parse(&request, argc, argv);
	if (code)
		return code;
	reports = calloc(request.count, sizeof(*reports));
	runs = calloc(request.count, sizeof(*runs));
	if (!reports || !runs)
		code = cmd_complain(EXIT_FAILED, "compare: not enough memory");
	if (!code)
		code = analyse(&request, runs, reports);
	if (!code)
		code = compare(&request, reports);
	for (i = 0; reports && runs && i < request.count; i++) {
		report_free(&reports[i]);
		run_free(&runs[i]);
	}
	free(reports);
	free(runs);
	return code;
}

const struct command compare_command = {
	.name = "compare",
	.arguments = "FILE FILE...",
	.summary = "compare recordings, and warn where they are not comparable",
	.options = options,
	.examples =
		"  xlat-read compare native.xlat xen.xlat\n"
		"  xlat-read compare --json=c.json --limit p99=+5% a.xlat b.xlat\n",
	.run = cmd_compare,
};
