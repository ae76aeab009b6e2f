// SPDX-License-Identifier: GPL-2.0
/* xlat-lab report: what a matrix measured. */
#include <stdio.h>
#include <string.h>
#include <errno.h>

#include "command.h"
#include "usage.h"
#include "lab/study/json.h"
#include "lab/study/read.h"
#include "lab/study/report.h"

enum { DAMAGED = 4, READER = 256, MARKDOWN, JSON };

struct request {
	const char *directory;
	const char *markdown;
	const char *json;
	int quiet;
};

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "report: %s: %s\n", what, why);
	return 1;
}

/* The file gets its name when it is complete. */
static int write_file(const char *path, const struct page *page,
		      const struct study_results *results)
{
	char temporary[4096];
	FILE *out;
	int error = 0;

	snprintf(temporary, sizeof(temporary), "%s.new", path);
	out = fopen(temporary, "w");
	if (!out)
		return complain(temporary, strerror(errno));
	if (page)
		page_print_markdown(out, page);
	else
		error = study_json(out, results);
	error |= ferror(out);
	error |= fclose(out);
	if (error || rename(temporary, path)) {
		complain(path, strerror(errno));
		remove(temporary);
		return 1;
	}
	return 0;
}

static int write_all(const struct request *r,
		     const struct study_results *results)
{
	char markdown[4096], json[4096];
	struct page page = { 0 };
	int failed;

	snprintf(markdown, sizeof(markdown), "%s/report.md", r->directory);
	snprintf(json, sizeof(json), "%s/lab.json", r->directory);
	study_report(&page, results);
	failed = write_file(r->markdown ? r->markdown : markdown, &page, NULL);
	failed |= write_file(r->json ? r->json : json, NULL, results);
	if (!r->quiet)
		page_print_text(stdout, &page);
	if (!r->quiet && !failed)
		printf("\nThe report: %s; for programs: %s\n",
		       r->markdown ? r->markdown : markdown,
		       r->json ? r->json : json);
	page_free(&page);
	if (fflush(stdout))
		failed |= complain("standard output", strerror(errno));
	return failed;
}

/* Name each recording that is not lossless; its row says so too. */
static int name_losses(const struct study *study)
{
	size_t i, j;
	int code = 0;

	for (i = 0; i < study->count; i++)
		for (j = 0; j < study->cells[i].run_count; j++) {
			const struct study_run *run = &study->cells[i].runs[j];

			if (run->lossless)
				continue;
			fprintf(stderr, "report: %s: %s: %s: set aside\n",
				run->file, run->verdict, run->why);
			code = DAMAGED;
		}
	return code;
}

static int report(const struct request *r)
{
	struct study_results results;
	char why[STUDY_WHY];
	struct study study;
	int code;

	if (study_read(&study, r->directory, why)) {
		fprintf(stderr, "report: %s\n", why);
		return 1;
	}
	study_results_find(&results, &study);
	code = write_all(r, &results);
	if (!code)
		code = name_losses(&study);
	study_results_free(&results);
	study_free(&study);
	return code;
}

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "reader", required_argument, NULL, READER },
	{ "markdown", required_argument, NULL, MARKDOWN },
	{ "json", required_argument, NULL, JSON },
	{ NULL, 0, NULL, 0 },
};

static const char help[] =
"usage: xlat-lab report [OPTION]... DIRECTORY\n"
"Report what a matrix measured: in the terminal, as Markdown and as JSON.\n"
"      --markdown FILE       (DIRECTORY/report.md)\n"
"      --json FILE           (DIRECTORY/lab.json)\n"
"      --reader FILE         accepted and ignored\n"
"  -q, --quiet               nothing in the terminal\n"
"Examples:\n"
"  xlat-lab report build/lab\n"
"  xlat-lab report -q --json lab.json build/lab-quick\n"
"Exit status: 0 good; 1 the report could not be made; 2 wrong usage; 4 some\n"
"recordings are not lossless: they are named and set aside.\n";

int cmd_study_report(int argc, char *argv[])
{
	struct request r = { 0 };
	int option;

	while ((option = usage_next(argc, argv, "hq", options)) != -1)
		switch (option) {
		case 'h': fputs(help, stdout); return 0;
		case 'q': r.quiet = 1; break;
		case READER: break;
		case MARKDOWN: r.markdown = optarg; break;
		case JSON: r.json = optarg; break;
		default: return usage_wrong_option("report", argv, "hq");
		}
	if (argc - optind != 1)
		return usage_wrong("report", "needs one DIRECTORY", "");
	r.directory = argv[optind];
	return report(&r);
}
