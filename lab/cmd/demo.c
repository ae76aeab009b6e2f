// SPDX-License-Identifier: GPL-2.0
/* xlat-lab demo: the smallest matrix, and its runs compared. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "command.h"
#include "demo.h"
#include "lab/machine/lanes.h"
#include "lab/machine/lock.h"
#include "lab/plan/number.h"
#include "lab/plan/plan_load.h"
#include "lab/run/cell_boot.h"
#include "lab/machine/tail.h"

static void run_cell(size_t task, void *data)
{
	struct demo *demo = data;
	size_t n = demo->order[task];
	const struct plan_cell *cell = &demo->plan.cells[n];
	char out[4096];

	snprintf(out, sizeof(out), "%s/%s", demo->out, cell->name);
	cell_boot(cell, 1, &demo->inputs, out, &demo->outcomes[n]);
}

static void print_end(const struct cell_outcome *o, int status)
{
	if (WIFSIGNALED(status))
		printf("LOST: its process was killed by signal %d\n",
		       WTERMSIG(status));
	else if (o->error)
		printf("not started: %s: %s\n", o->culprit,
		       strerror(-o->error));
	else if (o->vm.end != VM_DONE)
		printf("LOST: %s, %d tries\n", vm_end_name(o->vm.end),
		       o->vm.tries);
	else
		printf("%s (%.0f s, %d %s)\n",
		       o->vm.verdict ? "FAILED" : "recorded", o->vm.seconds,
		       o->vm.tries, o->vm.tries == 1 ? "try" : "tries");
}

static void print_progress(int task, const int *status, double seconds,
			   void *data)
{
	const struct demo *demo = data;
	const struct plan_cell *cell;
	struct cell_outcome *o;

	if (task < 0) {
		printf("demo: %4.0f s  ...\n", seconds);
		fflush(stdout);
		return;
	}
	cell = &demo->plan.cells[demo->order[task]];
	o = &demo->outcomes[demo->order[task]];
	printf("demo: %4.0f s  %-14s ", seconds, cell->name);
	if (!status) {
		printf("started: %s\n", cell->what);
	} else {
		if (*status)
			o->error = -ECHILD;
		print_end(o, *status);
	}
	fflush(stdout);
}

static void show_failure(const struct demo *demo, size_t n)
{
	char path[4096];

	fprintf(stderr, "demo: %s failed\n", demo->plan.cells[n].name);
	snprintf(path, sizeof(path), "%s/%s", demo->out,
		 demo->plan.cells[n].name);
	tail_print_logs(stderr, path);
}

static int show_failures(const struct demo *demo)
{
	const struct cell_outcome *o;
	int failed = 0;
	size_t n;

	for (n = 0; n < demo->plan.count; n++) {
		o = &demo->outcomes[n];
		if (!o->error && o->vm.end == VM_DONE && !o->vm.verdict)
			continue;
		show_failure(demo, n);
		failed = 1;
	}
	return failed;
}

static int complain(const char *what, int error)
{
	fprintf(stderr, "demo: %s: %s\n", what, strerror(error));
	return 1;
}

static int record_all(struct demo *demo)
{
	struct lanes lanes = {
		.count = demo->plan.count, .at_a_time = (size_t)demo->at_a_time,
		.progress_every_s = 15, .run = run_cell,
		.progress = print_progress,
		.data = demo,
	};
	int error;
	size_t n;

	demo->outcomes = mmap(NULL, demo->plan.count * sizeof(*demo->outcomes),
			      PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (demo->outcomes == MAP_FAILED)
		return complain("mmap", errno);
	for (n = 0; n < demo->plan.count; n++)
		demo->outcomes[n].error = -ECHILD;
	error = lanes_run(&lanes);
	if (error)
		return complain("fork", -error);
	return show_failures(demo);
}

static int run_demo(struct demo *demo)
{
	int error = parts_find(&demo->inputs.parts, demo->inputs.parts_dir);

	if (error) {
		fprintf(stderr, "demo: %s: no parts there: make parts\n",
			demo->inputs.parts_dir);
		return 1;
	}
	error = lock_directory(demo->out);
	if (error) {
		fprintf(stderr, "demo: %s: %s\n", demo->out,
			lock_strerror(error));
		return 1;
	}
	demo->order = plan_order(&demo->plan);
	if (!demo->order)
		return complain("plan", ENOMEM);
	setvbuf(stdout, NULL, _IOLBF, 0);
	demo_forget(demo);
	if (record_all(demo))
		return 1;
	return demo_table(demo);
}

enum { INIT = 256, MODULE, GUEST_READER, READER };

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "output", required_argument, NULL, 'o' },
	{ "parts", required_argument, NULL, 'p' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "init", required_argument, NULL, INIT },
	{ "module", required_argument, NULL, MODULE },
	{ "guest-reader", required_argument, NULL, GUEST_READER },
	{ "reader", required_argument, NULL, READER },
	{ NULL, 0, NULL, 0 },
};

static const char help[] =
"usage: xlat-lab demo [OPTION]...\n"
"  -o, --output DIRECTORY    (build/demo)\n"
"  -p, --parts DIRECTORY     (build/parts)\n"
"  -j, --jobs N              virtual machines at a time (2)\n"
"      --init FILE           the guests' PID 1 (build/bin/lab-init)\n"
"      --module FILE         (build/bin/arm64/xlat.ko)\n"
"      --guest-reader FILE   (build/bin/arm64/xlat-read)\n"
"      --reader FILE         (build/bin/xlat-read)\n";

static int take(struct demo *demo, int option)
{
	switch (option) {
	case 'o': demo->out = optarg; return 0;
	case 'p': demo->inputs.parts_dir = optarg; return 0;
	case 'j': return number_parse(optarg, 1, 64, &demo->at_a_time);
	case INIT: demo->inputs.init = optarg; return 0;
	case MODULE: demo->inputs.module = optarg; return 0;
	case GUEST_READER: demo->inputs.guest_reader = optarg; return 0;
	case READER: demo->inputs.reader = optarg; return 0;
	}
	return 2;
}

static int wrong_usage(void)
{
	fprintf(stderr, "demo: wrong usage (try --help)\n");
	return 2;
}

int cmd_demo(int argc, char *argv[])
{
	struct demo demo = {
		.out = "build/demo", .at_a_time = 2,
		.matrix = "lab/matrix/demo.cfg",
		.inputs = CELL_INPUTS,
	};
	int option, status;

	while ((option = getopt_long(argc, argv, "ho:p:j:", options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (take(&demo, option))
			return wrong_usage();
	}
	if (optind < argc)
		return wrong_usage();
	status = plan_load(&demo.plan, demo.matrix);
	return status ? status : run_demo(&demo);
}
