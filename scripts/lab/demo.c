// SPDX-License-Identifier: GPL-2.0
/* xlat-lab demo: record four scenarios, two at a time, and compare them. */
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
#include "demo_job.h"
#include "lanes.h"
#include "lock.h"
#include "number.h"
#include "scenario.h"
#include "tail.h"

enum { LIMIT_S = 900, STALL_S = 300 };

/* The longest first, so that two lanes end at about the same time. */
static const size_t order[] = { 2, 3, 1, 0 };

const struct demo_scenario demo_scenarios[] = {
	{ "native", "2,3" },
	{ "xen-dom0", "0,1" },
	{ "xen-domu", "0,1" },
	{ "xen-domu-vwfi", "0,1" },
};

size_t demo_count(void)
{
	return sizeof(demo_scenarios) / sizeof(demo_scenarios[0]);
}

static int make_directory(const char *path)
{
	return mkdir(path, 0755) && errno != EEXIST ? -errno : 0;
}

static void run_scenario(size_t task, void *data)
{
	struct demo *demo = data;
	const struct demo_scenario *d = &demo_scenarios[order[task]];
	const struct scenario *s = scenario_find(d->name);
	struct demo_outcome *outcome = &demo->outcomes[order[task]];
	char out[4096], job[8192], emulator[256];
	int error;
	struct scenario_options o = {
		.parts = demo->parts, .out = out, .icount = true,
		.limit_s = LIMIT_S, .stall_s = STALL_S,
		.recipe = {
			.init = demo->init, .job = job,
			.files = { { "/xlat.ko", demo->module },
				   { "/xlat-read", demo->guest_reader } },
		},
		.dom0 = {
			.job = demo_dom0_job,
			.files = { { "/xlat-read", demo->guest_reader } },
		},
	};

	snprintf(out, sizeof(out), "%s/%s", demo->out, d->name);
	snprintf(emulator, sizeof(emulator), "QEMU %s",
		 demo->parts.qemu_version);
	snprintf(outcome->culprit, sizeof(outcome->culprit), "%s", out);
	error = make_directory(out);
	if (!error)
		error = demo_job(job, sizeof(job), s, d->cpus, emulator);
	if (!error)
		error = scenario_run(s, &o, &outcome->vm, outcome->culprit);
	outcome->error = error;		/* last: it is not an error by now */
}

static void tell_end(const struct demo_outcome *o, int status)
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

static void tell(int task, const int *status, double seconds, void *data)
{
	const struct demo *demo = data;
	const struct demo_scenario *d;
	struct demo_outcome *o;

	if (task < 0) {
		printf("demo: %4.0f s  ...\n", seconds);
		fflush(stdout);
		return;
	}
	d = &demo_scenarios[order[task]];
	o = &demo->outcomes[order[task]];
	printf("demo: %4.0f s  %-14s ", seconds, d->name);
	if (!status) {
		printf("started: %s\n", scenario_find(d->name)->what);
	} else {
		if (*status)
			o->error = -ECHILD;
		tell_end(o, *status);
	}
	fflush(stdout);
}

static void show_failure(const struct demo *demo, size_t n)
{
	static const char *const files[] = {
		"console.log", "log", "guest-domu.log", "lab.log",
	};
	char path[4096];
	struct stat st;
	size_t i;

	fprintf(stderr, "demo: %s failed\n", demo_scenarios[n].name);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s/%s", demo->out,
			 demo_scenarios[n].name, files[i]);
		if (stat(path, &st) || !st.st_size)
			continue;
		fprintf(stderr, "end of %s:\n", path);
		tail_print(stderr, path, 15);
	}
}

static int show_failures(const struct demo *demo)
{
	const struct demo_outcome *o;
	int failed = 0;
	size_t n;

	for (n = 0; n < demo_count(); n++) {
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
		.count = demo_count(), .at_a_time = (size_t)demo->at_a_time,
		.tell_every_s = 15, .run = run_scenario, .tell = tell,
		.data = demo,
	};
	int error;
	size_t n;

	demo->outcomes = mmap(NULL, demo_count() * sizeof(*demo->outcomes),
			      PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (demo->outcomes == MAP_FAILED)
		return complain("mmap", errno);
	for (n = 0; n < demo_count(); n++)
		demo->outcomes[n].error = -ECHILD;
	error = lanes_run(&lanes);
	if (error)
		return complain("fork", -error);
	return show_failures(demo);
}

static int run(struct demo *demo)
{
	int error = parts_find(&demo->parts, demo->parts_dir);

	if (error) {
		fprintf(stderr, "demo: %s: no parts there: make parts\n",
			demo->parts_dir);
		return 1;
	}
	error = lock_directory(demo->out);
	if (error) {
		fprintf(stderr, "demo: %s: %s\n", demo->out,
			lock_strerror(error));
		return 1;
	}
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
	case 'p': demo->parts_dir = optarg; return 0;
	case 'j': return number_parse(optarg, 1, 64, &demo->at_a_time);
	case INIT: demo->init = optarg; return 0;
	case MODULE: demo->module = optarg; return 0;
	case GUEST_READER: demo->guest_reader = optarg; return 0;
	case READER: demo->reader = optarg; return 0;
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
		.out = "build/demo", .parts_dir = "build/parts",
		.init = "build/bin/lab-init",
		.module = "build/bin/arm64/xlat.ko",
		.guest_reader = "build/bin/arm64/xlat-read",
		.reader = "build/bin/xlat-read", .at_a_time = 2,
	};
	int option;

	while ((option = getopt_long(argc, argv, "ho:p:j:", options,
				     NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (take(&demo, option))
			return wrong_usage();
	}
	return optind < argc ? wrong_usage() : run(&demo);
}
