// SPDX-License-Identifier: MIT
/*
 * xlat-read report: one run.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd.h"
#include "analyse.h"
#include "document.h"
#include "limit.h"
#include "user/analysis/analyse.h"

#define LIMITS_MAX	16

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

static const struct cli_option options[] = {
	{ 'H', "histogram", NULL, "show the histogram" },
	{ KEY_WHAT, "what", "WHAT", "lateness (default) or interval" },
	{ 'W', "warm-up", "N", "call the first N samples of a CPU cold" },
	{ KEY_PER_CPU, "per-cpu", NULL, "list every CPU, however many" },
	{ KEY_FORMAT, "format", "FORMAT", "text (default), json or csv" },
	{ KEY_JSON, "json", "FILE",
	  "also write the JSON document to FILE; -: to stdout, and no text" },
	{ KEY_FAIL_ABOVE, "fail-above", "VALUE",
	  "exit 3 if MAX is above VALUE (500, 5us, 300insn)" },
	{ KEY_MAX_AVG, "max-avg", "VALUE", "exit 3 if AVG is above VALUE" },
	{ KEY_LIMIT, "limit", "NAME=VALUE",
	  "exit 3 if NAME is above VALUE: avg, min, max, warm_max, p50 to p99.999" },
	{ KEY_WIDTH, "width", "COLUMNS", "of the terminal" },
	{ 0 },
};

/* struct limit - a statistic that must not be above @value */
struct limit {
	enum report_statistic statistic;
	const char *text;
};

struct request {
	struct stats_options stats;
	struct report_view view;
	enum analysis_format format;
	const char *json;
	struct limit limit[LIMITS_MAX];
	size_t limit_count;
	const char *path;
};

static int terminal_width(void)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return columns && atoi(columns) > 0 ? atoi(columns) : 80;
}

/* @text in the report's unit; NAN: no value, or of the other unit. */
static double value_in_unit(const char *text, enum report_unit unit)
{
	static const struct {
		const char *suffix;
		enum report_unit unit;
		double factor;
	} suffixes[] = {
		{ "ns", REPORT_NS, 1 },
		{ "us", REPORT_NS, 1e3 },
		{ "ms", REPORT_NS, 1e6 },
		{ "s", REPORT_NS, 1e9 },
		{ "insn", REPORT_INSN, 1 },
	};
	char *end;
	double value = strtod(text, &end);
	size_t i;

	if (end == text)
		return NAN;
	if (!*end)
		return value;
	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (!strcmp(end, suffixes[i].suffix) && suffixes[i].unit == unit)
			return value * suffixes[i].factor;
	return NAN;
}

static int add_limit(struct request *r, enum report_statistic statistic,
		     const char *text)
{
	if (r->limit_count == LIMITS_MAX)
		return cmd_complain(EXIT_USAGE, "more than %d limits", LIMITS_MAX);
	if (isnan(value_in_unit(text, REPORT_NS)) &&
	    isnan(value_in_unit(text, REPORT_INSN)))
		return cmd_complain(EXIT_USAGE,
				    "limit %s: a number, alone or with ns, us, ms, s or insn",
				    text);
	r->limit[r->limit_count++] = (struct limit) { statistic, text };
	return EXIT_GOOD;
}

static int add_named_limit(struct request *r, const char *text)
{
	const char *value;
	enum report_statistic statistic = limit_split(text, &value);

	if (statistic != REPORT_STATISTICS)
		return add_limit(r, statistic, value);
	return cmd_complain(EXIT_USAGE,
			    "--limit %s: NAME=VALUE with avg, min, max, warm_max or p50 to p99.999",
			    text);
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

static int take_option(struct request *r, int key, const struct cli *cli)
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
		r->json = cli->value;
		return EXIT_GOOD;
	case KEY_FAIL_ABOVE:
		return add_limit(r, REPORT_MAX, cli->value);
	case KEY_MAX_AVG:
		return add_limit(r, REPORT_AVG, cli->value);
	case KEY_LIMIT:
		return add_named_limit(r, cli->value);
	case KEY_WIDTH:
		return set_width(cli->value, &r->view.width);
	default:
		return cmd_complain(EXIT_USAGE, "report: %s", cli->message);
	}
}

static int take_file(struct request *r, char *const *file, int count)
{
	int code;

	if (count != 1)
		return cmd_complain(EXIT_USAGE,
				    "report: give one file (xlat-read report FILE)");
	r->path = *file;
	code = document_choose("report", r->json, &r->format);
	return code ? code : document_spare("report", r->json, file, 1);
}

static int parse(struct request *r, int argc, char **argv)
{
	struct cli cli;
	int key, code;

	*r = (struct request) {
		.stats.warmup = STATS_WARMUP_RECORDED,
		.view.width = terminal_width(),
	};
	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		code = take_option(r, key, &cli);
		if (code)
			return code;
	}
	return take_file(r, argv + cli.index, argc - cli.index);
}

/* Programs get a document even where there is no report. */
static int render_refusal(FILE *out, const struct run *run)
{
	struct environment environment;
	enum report_verdict verdict;
	const char *why = analyse_refusal(run, &verdict);

	(void)environment_read(run->environment, &environment);
	return render_refusal_json(out, run->name, &environment, verdict, why);
}

/* From here on: no @report, it was refused. */
static int render_document(FILE *out, const struct request *r,
			   const struct run *run, const struct report *report)
{
	return report ? render_report_json(out, report, &r->view) :
			render_refusal(out, run);
}

static int render(const struct request *r, const struct run *run,
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

static int put_document(const struct request *r, const struct run *run,
			const struct report *report)
{
	struct document document;
	int code = document_begin(&document, r->json);

	if (code || !document.out)
		return code;
	return document_end(&document, render_document(document.out, r, run,
						       report));
}

/* The file first: nobody who stops reading the other takes it away. */
static int put_output(const struct request *r, const struct run *run,
		      const struct report *report)
{
	int written = put_document(r, run, report);
	int code = analysis_end(render(r, run, report));

	return code ? code : written;
}

/* A limit that cannot be checked is not kept. */
static int check_limit(const struct limit *limit, const struct report *report)
{
	const struct report_value *v = &report->total.value[limit->statistic];
	const char *name = report_statistic_name(limit->statistic);
	double most = value_in_unit(limit->text, report->unit);

	if (isnan(most))
		return cmd_complain(EXIT_USAGE, "limit %s: %s is in %s",
				    limit->text, report->name,
				    report_unit_name(report->unit));
	if (!v->known)
		return cmd_complain(EXIT_LIMIT,
				    "%s: %s is not known (%llu values do not support it), so it is not within %s",
				    report->name, name,
				    (unsigned long long)report->total.values,
				    limit->text);
	if (v->value <= most)
		return EXIT_GOOD;
	return cmd_complain(EXIT_LIMIT, "%s: %s is %.*f %s, above the limit of %s",
			    report->name, name,
			    report->decimals + (limit->statistic == REPORT_AVG),
			    v->value, report_unit_short(report->unit), limit->text);
}

/* Usage comes before limits, limits before damage. */
static int judge(const struct request *r, const struct report *report)
{
	int code = report->total.verdict == REPORT_LOSSLESS ? EXIT_GOOD :
		   EXIT_DAMAGED;
	size_t i;

	for (i = 0; i < r->limit_count; i++) {
		int one = check_limit(&r->limit[i], report);

		if (one == EXIT_USAGE)
			return one;
		if (one)
			code = one;
	}
	return code;
}

static int report_run(const struct request *r, const struct run *run,
		      struct report *report)
{
	int code = analysis_report(run, &r->stats, report);
	int failed;

	if (code && code != EXIT_DAMAGED)
		return code;
	failed = put_output(r, run, code ? NULL : report);
	if (failed || code)
		return failed ? failed : code;
	return judge(r, report);
}

int cmd_report_check(int argc, char **argv)
{
	struct request request;

	return parse(&request, argc, argv);
}

int cmd_report(int argc, char **argv)
{
	struct request request;
	struct report report = { 0 };
	struct run run = { 0 };
	int code;

	code = parse(&request, argc, argv);
	if (code)
		return code;
	code = analysis_read(request.path, &run);
	if (!code)
		code = report_run(&request, &run, &report);
	report_free(&report);
	run_free(&run);
	return code;
}

const struct command report_command = {
	.name = "report",
	.arguments = "FILE",
	.summary = "analyse one run and prove its account",
	.options = options,
	.examples =
		"  xlat-read report --histogram a.xlat\n"
		"  xlat-read report --json=a.json a.xlat     the text here, JSON in a.json\n"
		"  xlat-read report --json=- a.xlat | jq .max\n",
	.run = cmd_report,
};
