// SPDX-License-Identifier: GPL-2.0
/* xlat-lab matrix: run the cells that a matrix file describes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "matrix.h"
#include "usage.h"
#include "lab/machine/lock.h"
#include "lab/run/needs.h"
#include "lab/plan/number.h"
#include "lab/machine/tail.h"
#include "user/data/table.h"

static const char help[] =
"usage: xlat-lab matrix [OPTION]... [FILE]\n"
"Run the cells that a matrix file describes (lab/matrix/*.cfg;\n"
"default.cfg explains them). A cell that is done, with the same settings,\n"
"hypervisor, kernel, emulator, images and jobs, is not run again.\n"
"  -o, --output DIRECTORY    (build/lab)\n"
"  -j, --jobs N              virtual machines at a time (2)\n"
"      --only CELL           run this cell alone, even if it is done\n"
"      --hypervisor NAME     run all cells that have Xen on this Xen, not on the\n"
"                            file's. NAME is debian-4.17, debian-4.20, or a\n"
"                            directory of build/xen with a file xen. The name\n"
"                            of a Xen 4.20 begins with 4.20-\n"
"      --list                say what would be run, run nothing\n"
"      --needs               say what make has to build for FILE, run nothing\n"
"      --check-options       refuse wrong options, do nothing else\n"
"      --tries N             if a machine stalls, start it up to N times in all;\n"
"                            N is 1 to 3 (3)\n"
"  -p, --parts DIRECTORY     (build/parts)\n"
"      --xen DIRECTORY       has NAME/xen for each hypervisor NAME (build/xen)\n"
"      --bare-metal FILE     the bare-metal guest (build/guest/xlat-guest)\n"
"      --arinc653 FILE       sets ARINC653's schedule (build/bin/lab-arinc653)\n"
"      --init FILE           the guests' PID 1 (build/bin/lab-init)\n"
"      --module FILE         (build/bin/arm64/xlat.ko)\n"
"      --modules DIRECTORY   has KERNEL/xlat.ko for other kernels (build/bin)\n"
"      --guest-reader FILE   (build/bin/arm64/xlat-read)\n"
"      --reader FILE         accepted and ignored\n"
"Examples:\n"
"  xlat-lab matrix --list lab/matrix/quick.cfg\n"
"  xlat-lab matrix --only native --tries 1 -o build/one lab/matrix/quick.cfg\n"
"  xlat-lab matrix --hypervisor 4.17-mine -o build/mine lab/matrix/gate.cfg\n"
"Exit status: 0 all that could be run is done; 1 some cell failed, nothing\n"
"could be run, or a file could not be read; 2 wrong usage, or a mistake in the\n"
"matrix file.\n";

enum { ONLY = 256, LIST, NEEDS, TRIES, XEN, BARE_METAL, INIT, MODULE,
       GUEST_READER, READER, HYPERVISOR, MODULES, ARINC653, CHECK_OPTIONS };

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "output", required_argument, NULL, 'o' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "only", required_argument, NULL, ONLY },
	{ "hypervisor", required_argument, NULL, HYPERVISOR },
	{ "list", no_argument, NULL, LIST },
	{ "needs", no_argument, NULL, NEEDS },
	{ "check-options", no_argument, NULL, CHECK_OPTIONS },
	{ "tries", required_argument, NULL, TRIES },
	{ "parts", required_argument, NULL, 'p' },
	{ "xen", required_argument, NULL, XEN },
	{ "bare-metal", required_argument, NULL, BARE_METAL },
	{ "arinc653", required_argument, NULL, ARINC653 },
	{ "init", required_argument, NULL, INIT },
	{ "module", required_argument, NULL, MODULE },
	{ "modules", required_argument, NULL, MODULES },
	{ "guest-reader", required_argument, NULL, GUEST_READER },
	{ "reader", required_argument, NULL, READER },
	{ NULL, 0, NULL, 0 },
};

static int take(struct matrix_request *r, int option)
{
	struct cell_inputs *inputs = &r->matrix.inputs;

	switch (option) {
	case 'o': r->matrix.out = optarg; return 0;
	case 'j': return number_parse(optarg, 1, 64, &r->jobs);
	case ONLY: r->only = optarg; return 0;
	case HYPERVISOR: r->hypervisor = optarg; return 0;
	case LIST: r->list = true; return 0;
	case NEEDS: r->needs = true; return 0;
	case CHECK_OPTIONS: r->ended = true; return 0;
	case TRIES: return number_parse(optarg, 1, VM_TRIES, &inputs->tries);
	case 'p': inputs->parts_dir = optarg; return 0;
	case XEN: inputs->xen_dir = optarg; return 0;
	case BARE_METAL: inputs->bare_metal = optarg; return 0;
	case ARINC653: inputs->arinc653 = optarg; return 0;
	case INIT: inputs->init = optarg; return 0;
	case MODULE: inputs->module = optarg; return 0;
	case MODULES: inputs->modules_dir = optarg; return 0;
	case GUEST_READER: inputs->guest_reader = optarg; return 0;
	case READER: inputs->reader = optarg; return 0;	/* for demo */
	}
	return 2;
}

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "lab: %s: %s\n", what, why);
	return 1;
}

static bool is_to_run(const struct matrix_cell *cell)
{
	return cell->chosen && !cell->kept && !cell->status;
}

/* An earlier cell that is going to be run, and is the same. */
static void find_same(const struct matrix *m, struct matrix_cell *cell)
{
	struct matrix_cell *one;

	if (!is_to_run(cell))
		return;
	for (one = m->cells; one < cell && !cell->same; one++)
		if (is_to_run(one) && !one->same &&
		    !strcmp(one->key, cell->key))
			cell->same = one;
}

/* Boots in the directory of a cell that is run again are about to go. */
static bool loses_boots(const struct matrix *m, const struct matrix_cell *cell)
{
	size_t n;

	for (n = 0; n < m->plan.count; n++)
		if (&m->cells[n] != cell && is_to_run(&m->cells[n]) &&
		    !strcmp(m->cells[n].plan->name, cell->owner))
			return true;
	return false;
}

/* Of cells that are all looked at: which are run, and which of them once. */
static void choose(const struct matrix *m)
{
	size_t n;

	for (n = 0; n < m->plan.count; n++)
		if (m->cells[n].kept && loses_boots(m, &m->cells[n]))
			m->cells[n].kept = false;
	for (n = 0; n < m->plan.count; n++)
		find_same(m, &m->cells[n]);
}

/* Is all there that a cell's key is of? */
static bool is_unpacked_and_built(struct cell_inputs *inputs)
{
	const char *const built[] = { inputs->init, inputs->module,
				      inputs->guest_reader };
	size_t n;

	for (n = 0; n < sizeof(built) / sizeof(built[0]); n++)
		if (access(built[n], R_OK))
			return false;
	return !parts_find(&inputs->parts, inputs->parts_dir);
}

/* Print the name of each cell, and what is to be said of it. */
static void print_list(size_t rows, const void *source,
		       void (*row)(const void *, size_t, struct table_row *))
{
	const struct table table = {
		.rows = rows, .columns = 2, .keys = 1, .gap = 2,
		.words = { true, true }, .row = row, .source = source,
	};

	table_print(stdout, &table);
}

static bool is_left_out(const struct matrix_request *r,
			const struct plan_cell *cell)
{
	return r->only && strcmp(r->only, cell->name);
}

static void add_planned(const void *source, size_t n, struct table_row *row)
{
	const struct matrix_request *r = source;
	const struct plan_cell *cell = &r->matrix.plan.cells[n];

	table_cell(row, "%s", cell->name);
	table_cell(row, "%s%s", *cell->not_measurable ? "boards-only: " :
		   is_left_out(r, cell) ? "left out by --only" : "to run",
		   cell->not_measurable);
}

/* Of the file alone: which cells can be run, or are done, is not known. */
static int list_plan(const struct matrix_request *r)
{
	const struct plan *plan = &r->matrix.plan;
	const struct plan_cell *cell;
	double seconds = 0;
	size_t n;

	for (n = 0; n < plan->count; n++) {
		cell = &plan->cells[n];
		if (!is_left_out(r, cell) && !*cell->not_measurable)
			seconds += plan_cost(cell) *
				   settings_number(&cell->settings, SET_BOOTS);
	}
	print_list(plan->count, r, add_planned);
	printf("%zu cells; to run: about %.0f min of one machine\n"
	       "Not all parts are unpacked and built: which cells are done "
	       "is not known.\n", plan->count, seconds / 60);
	return 0;
}

/* What is known of each cell before anything is run. */
static int prepare(struct matrix_request *r)
{
	struct matrix *m = &r->matrix;
	struct matrix_cell *cell;
	char culprit[4096];
	size_t n;
	int error = 0;

	m->cells = calloc(m->plan.count, sizeof(*m->cells));
	if (!m->cells)
		return complain(m->file, strerror(ENOMEM));
	for (n = 0; !error && n < m->plan.count; n++) {
		cell = &m->cells[n];
		cell->plan = &m->plan.cells[n];
		cell->boots = settings_number(&cell->plan->settings, SET_BOOTS);
		cell->chosen = !r->only || !strcmp(r->only, cell->plan->name);
		if (*cell->plan->not_measurable) {
			cell->status = "boards-only";
			snprintf(cell->why, sizeof(cell->why), "%s",
				 cell->plan->not_measurable);
		} else if (!cell_can_run(cell->plan, &m->inputs, cell->why)) {
			cell->status = "not-run";
		} else {
			error = matrix_key(m, cell, culprit);
		}
		cell->kept = !cell->status && !error &&
			     matrix_is_done(m, cell) && !r->only;
	}
	if (error)
		return complain(culprit, strerror(-error));
	choose(m);
	return 0;
}

/* What "make lab" makes before it runs the cell ("make guest"); NULL: nothing. */
static const char *made_before(const struct matrix_cell *cell)
{
	const char *make = strstr(cell->why, ": make ");

	return make && cell->chosen && cell->status &&
	       !strcmp(cell->status, "not-run") ? make + strlen(": ") : NULL;
}

static void add_listed(const void *source, size_t n, struct table_row *row)
{
	const struct matrix *m = source;
	const struct matrix_cell *cell = &m->cells[n];
	const char *make = made_before(cell);

	table_cell(row, "%s", cell->plan->name);
	if (make)
		table_cell(row, "to run, after: %.*s", (int)strcspn(make, ","),
			   make);
	else
		table_cell(row, "%s%s%s",
			   cell->kept ? "done" :
			   cell->status ? cell->status :
			   cell->same ? "the same as" :
			   cell->chosen ? "to run" : "left out by --only",
			   cell->same ? " " : *cell->why ? ": " : "",
			   cell->same ? cell->same->plan->name : cell->why);
}

static int list(const struct matrix *m)
{
	const struct matrix_cell *cell;
	double seconds = 0;
	size_t n;

	for (n = 0; n < m->plan.count; n++) {
		cell = &m->cells[n];
		if (made_before(cell) || (is_to_run(cell) && !cell->same))
			seconds += plan_cost(cell->plan) * cell->boots;
	}
	print_list(m->plan.count, m, add_listed);
	printf("%zu cells; to run: about %.0f min of one machine\n",
	       m->plan.count, seconds / 60);
	return 0;
}

static int make_directories(const struct matrix *m)
{
	char path[4096];
	int error = lock_directory(m->out);

	if (error)
		return complain(m->out, lock_strerror(error));
	snprintf(path, sizeof(path), "%s/cells", m->out);
	if (mkdir(path, 0755) && errno != EEXIST)
		return complain(path, strerror(errno));
	return 0;
}

/* Cells that cannot be run are rows too, with the reason. */
static int write_absent(const struct matrix *m)
{
	int failed = 0;
	size_t n;

	for (n = 0; !failed && n < m->plan.count; n++)
		if (m->cells[n].status && m->cells[n].chosen)
			failed = matrix_write_cell(m, &m->cells[n]);
	return failed;
}

static void show_failure(const struct matrix *m,
			 const struct matrix_cell *cell)
{
	char name[MATRIX_PATH], path[4096];
	int n;

	printf("lab: %s failed: %s\n", cell->plan->name, cell->why);
	for (n = 1; n <= cell->boots; n++) {
		if (!*cell->boot[n - 1].outcome.why)
			continue;
		matrix_boot_path(name, cell, n);
		snprintf(path, sizeof(path), "%s/%s", m->out, name);
		tail_print_logs(stdout, path);
		return;
	}
}

static void list_tries(const struct matrix_cell *cell)
{
	int n, tries;

	for (n = 0; cell->boot && !cell->same && n < cell->boots; n++) {
		tries = cell->boot[n].outcome.vm.tries;
		if (tries > 1)
			printf("lab: %s, boot %d: %d tries (its lost consoles "
			       "are kept)\n", cell->plan->name, n + 1, tries);
	}
}

static int summary(const struct matrix *m)
{
	size_t n, done = 0, kept = 0, failed = 0, absent = 0;
	const struct matrix_cell *cell;

	for (n = 0; n < m->plan.count; n++) {
		cell = &m->cells[n];
		if (!cell->chosen)
			continue;
		list_tries(cell);
		if (cell->kept) {
			kept++;
		} else if (cell->boot && !strcmp(cell->status, "failed")) {
			failed++;
			if (!cell->same)
				show_failure(m, cell);
		} else if (cell->boot) {
			done++;
		} else {
			printf("lab: %s: %s: %s\n", cell->plan->name,
			       cell->status, cell->why);
			absent++;
		}
	}
	printf("lab: %zu cells done, %zu were done before, %zu failed, "
	       "%zu not run; %s/plan.json\n", done, kept, failed, absent,
	       m->out);
	return failed || !(done + kept);
}

static int run_matrix(struct matrix_request *r)
{
	struct matrix *m = &r->matrix;
	int failed;

	if (r->list && !is_unpacked_and_built(&m->inputs))
		return list_plan(r);
	if (parts_find(&m->inputs.parts, m->inputs.parts_dir))
		return complain(m->inputs.parts_dir,
				"no parts there: make parts");
	failed = prepare(r);
	if (failed)
		return failed;
	if (r->list)
		return list(m);
	setvbuf(stdout, NULL, _IOLBF, 0);
	failed = make_directories(m);
	if (!failed)
		failed = matrix_write_plan(m);
	if (!failed)
		failed = write_absent(m);
	if (!failed)
		failed = matrix_run(m, r->jobs);
	return failed ? failed : summary(m);
}

static int use_hypervisor(struct matrix_request *r)
{
	char message[512];

	if (!r->hypervisor || !plan_use_hypervisor(&r->matrix.plan,
						   r->hypervisor, message))
		return 0;
	fprintf(stderr, "lab: %s\n", message);
	return 2;
}

static int take_options(struct matrix_request *r, int argc, char *argv[])
{
	static const char letters[] = "ho:j:p:";
	int option;

	while ((option = usage_next(argc, argv, letters, options)) != -1) {
		if (option == 'h') {
			fputs(r->help, stdout);
			r->ended = true;
			return 0;
		}
		if (take(r, option))
			return usage_wrong_option("lab", argv, letters);
	}
	if (optind < argc)
		r->matrix.file = argv[optind++];
	return optind < argc ?
	       usage_wrong("lab", "unexpected ", argv[optind]) : 0;
}

int matrix_command(struct matrix_request *r, int argc, char *argv[])
{
	struct matrix *m = &r->matrix;
	int status = take_options(r, argc, argv);

	if (status || r->ended)
		return status;
	status = plan_load(&m->plan, m->file);
	if (!status)
		status = use_hypervisor(r);
	if (status)
		return status;
	if (r->only && !plan_find(&m->plan, r->only))
		return usage_wrong("lab", "there is no cell ", r->only);
	if (r->needs)
		return needs_print(&m->plan, r->only, stdout) ?
		       complain(m->file, strerror(ENOMEM)) : 0;
	return run_matrix(r);
}

void matrix_request_free(struct matrix_request *r)
{
	free(r->matrix.cells);
	r->matrix.cells = NULL;
	plan_free(&r->matrix.plan);
	parts_free(&r->matrix.inputs.parts);
}

int cmd_matrix(int argc, char *argv[])
{
	struct matrix_request r = {
		.jobs = 2, .help = help,
		.matrix = { .file = "lab/matrix/default.cfg",
			    .out = "build/lab", .inputs = CELL_INPUTS },
	};
	int status = matrix_command(&r, argc, argv);

	matrix_request_free(&r);
	return status;
}
