// SPDX-License-Identifier: GPL-2.0
/* xlat-lab demo: the matrix demo.cfg, then its recordings compared. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "demo.h"
#include "matrix.h"
#include "lab/run/record_job.h"
#include "user/analysis/analyse.h"
#include "user/analysis/compare.h"
#include "user/format/file.h"
#include "user/format/replace.h"

enum { PATH_SIZE = 4096, LOSSY = 4 };

/* The first recording of each cell and source, in the table's order. */
struct demo {
	const struct matrix *matrix;
	const char **label;
	char (*from)[PATH_SIZE], (*to)[PATH_SIZE];
	struct run *run;
	struct report *report;
	size_t count;
};

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "demo: %s: %s\n", what, why);
	return 1;
}

static void add(struct demo *demo, const struct matrix_cell *cell,
		const char *source)
{
	char boot[MATRIX_PATH], run[RECORD_NAME];
	const struct plan_cell *plan = cell->plan;
	const char *out = demo->matrix->out;
	size_t n = demo->count++;

	matrix_boot_path(boot, cell, 1);
	record_name(run, source, 1);
	snprintf(demo->from[n], PATH_SIZE, "%s/%s/%s.xlat", out, boot, run);
	snprintf(demo->to[n], PATH_SIZE, "%s/%s-%s.xlat", out, plan->name,
		 source);
	demo->label[n] = *plan->what ? plan->what : plan->name;
}

/* All cells' first source, then their second. Cells that were not run have
 * none. */
static void add_all(struct demo *demo)
{
	const struct matrix *m = demo->matrix;
	char source[RECORD_NAME];
	bool found = true;
	int which;
	size_t n;

	for (which = 0; found; which++)
		for (n = 0, found = false; n < m->plan.count; n++) {
			const struct matrix_cell *cell = &m->cells[n];

			if (!(cell->kept || cell->boot) ||
			    record_source(&cell->plan->settings, which, source))
				continue;
			add(demo, cell, source);
			found = true;
		}
}

static bool make_room(struct demo *demo)
{
	size_t n, rows = 0;
	char source[RECORD_NAME];
	int which;

	for (n = 0; n < demo->matrix->plan.count; n++)
		for (which = 0; !record_source(
			&demo->matrix->plan.cells[n].settings, which, source);
		     which++)
			rows++;
	demo->label = calloc(rows + 1, sizeof(*demo->label));
	demo->from = calloc(rows + 1, sizeof(*demo->from));
	demo->to = calloc(rows + 1, sizeof(*demo->to));
	demo->run = calloc(rows + 1, sizeof(*demo->run));
	demo->report = calloc(rows + 1, sizeof(*demo->report));
	return demo->label && demo->from && demo->to && demo->run &&
	       demo->report;
}

static void free_all(struct demo *demo)
{
	size_t n;

	for (n = 0; demo->report && n < demo->count; n++)
		report_free(&demo->report[n]);
	for (n = 0; demo->run && n < demo->count; n++)
		run_free(&demo->run[n]);
	free(demo->label);
	free(demo->from);
	free(demo->to);
	free(demo->run);
	free(demo->report);
}

static int read_all(struct demo *demo)
{
	size_t n;
	int error;

	for (n = 0; n < demo->count; n++) {
		error = file_read(demo->from[n], &demo->run[n]);
		if (error)
			return complain(demo->from[n], error == -EBADMSG ?
					"no recording of xlat" :
					strerror(-error));
		free(demo->run[n].name);
		demo->run[n].name = strdup(demo->to[n]);
		if (!demo->run[n].name)
			return complain("compare", strerror(ENOMEM));
	}
	return 0;
}

static int analyse_all(struct demo *demo)
{
	const struct stats_options options = {
		.warmup = compare_warmup(demo->run, demo->count),
	};
	const struct report_summary *total;
	enum report_verdict verdict;
	int error;
	size_t n;

	for (n = 0; n < demo->count; n++) {
		error = analyse_run(&demo->run[n], &options, &demo->report[n]);
		if (error == -ENOMEM)
			return complain("compare", strerror(ENOMEM));
		if (error) {
			complain(demo->from[n], analyse_refusal(&demo->run[n],
								&verdict));
			return LOSSY;
		}
		total = &demo->report[n].total;
		if (total->verdict == REPORT_LOSSLESS)
			continue;
		fprintf(stderr, "demo: %s: %s: %s\n", demo->from[n],
			report_verdict_name(total->verdict), total->why);
		return LOSSY;
	}
	return 0;
}

static int copy_bytes(const char *path, FILE *to)
{
	FILE *from = fopen(path, "re");
	char bytes[8192];
	size_t n;
	int error;

	if (!from)
		return -errno;
	while ((n = fread(bytes, 1, sizeof(bytes), from)) > 0)
		if (fwrite(bytes, 1, n, to) != n)
			break;
	error = ferror(from) || ferror(to) ? -EIO : 0;
	fclose(from);
	return error;
}

/* from NULL: the comparison */
static int write_file(const char *path, const char *from,
		      const struct comparison *comparison)
{
	struct replacement r;
	int error = replace_begin(&r, path);

	if (error)
		return complain(path, strerror(-error));
	error = from ? copy_bytes(from, r.file) :
		       render_comparison_json(r.file, comparison);
	if (error)
		replace_drop(&r);
	else
		error = replace_end(&r, false);
	return error ? complain(path, strerror(-error)) : 0;
}

static int write_all(const struct demo *demo,
		     const struct comparison *comparison)
{
	char path[PATH_SIZE];
	size_t n;
	int failed = 0;

	for (n = 0; !failed && n < demo->count; n++)
		failed = write_file(demo->to[n], demo->from[n], NULL);
	snprintf(path, sizeof(path), "%s/compare.json", demo->matrix->out);
	return failed ? failed : write_file(path, NULL, comparison);
}

static void print_where(const struct demo *demo)
{
	const char *out = demo->matrix->out, *source = "";
	size_t n;

	printf("\nDetails (percentiles, confidence intervals, set-ups):\n");
	for (n = 0; n < demo->count; n++) {
		if (!strcmp(source, demo->report[n].source))
			continue;
		source = demo->report[n].source;
		printf("  %s compare %s/*-%s.xlat\n",
		       demo->matrix->inputs.reader, out, source);
	}
	printf("All in one file: %s/compare.json\n"
	       "Consoles, and what Xen said: %s/cells/CELL/boot-1/\n", out, out);
}

static int compare_all(const struct demo *demo)
{
	struct comparison c;
	int status = compare_reports(demo->report, demo->count, &c) ?
		     complain("compare", strerror(ENOMEM)) : 0;

	if (!status && c.refusals.count)
		status = complain("not comparable", c.refusals.line[0]);
	if (!status)
		status = write_all(demo, &c);
	if (!status) {
		demo_table(stdout, &c, demo->label);
		print_where(demo);
	}
	comparison_free(&c);
	return status;
}

/* What was there before stays until all of the new is known to be good. */
static int compare(const struct matrix *matrix)
{
	struct demo demo = { .matrix = matrix };
	int status = make_room(&demo) ? 0 :
		     complain("compare", strerror(ENOMEM));

	if (!status) {
		add_all(&demo);
		status = read_all(&demo);
	}
	if (!status)
		status = analyse_all(&demo);
	if (!status)
		status = compare_all(&demo);
	free_all(&demo);
	return status;
}

static const char help[] =
"usage: xlat-lab demo [OPTION]... [FILE]\n"
"Run the smallest matrix (lab/matrix/demo.cfg), then compare its recordings.\n"
"A cell that is done, with the same settings and files, is not run again.\n"
"  -o, --output DIRECTORY    (build/demo)\n"
"  -p, --parts DIRECTORY     (build/parts)\n"
"  -j, --jobs N              virtual machines at a time (2)\n"
"      --init FILE           the guests' PID 1 (build/bin/lab-init)\n"
"      --module FILE         (build/bin/arm64/xlat.ko)\n"
"      --guest-reader FILE   (build/bin/arm64/xlat-read)\n"
"      --reader FILE         named in the output (build/bin/xlat-read)\n"
"Other options are those of xlat-lab matrix.\n"
"Examples:\n"
"  xlat-lab demo -o build/demo\n"
"  xlat-lab demo --list\n"
"Exit status: 0 good; 1 a cell failed, or a file could not be read or written;\n"
"2 wrong usage, or a mistake in FILE; 4 a recording is not lossless.\n";

int cmd_demo(int argc, char *argv[])
{
	struct matrix_request r = {
		.jobs = 2, .help = help,
		.matrix = { .file = "lab/matrix/demo.cfg",
			    .out = "build/demo", .inputs = CELL_INPUTS },
	};
	int status = matrix_command(&r, argc, argv);

	if (!status && !r.ended && !r.list && !r.needs && !r.only)
		status = compare(&r.matrix);
	matrix_request_free(&r);
	return status;
}
