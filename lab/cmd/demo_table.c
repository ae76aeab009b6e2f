// SPDX-License-Identifier: GPL-2.0
/* The demo's end: all runs beside each other, and what they say. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "demo.h"
#include "lab/machine/program.h"
#include "lab/run/cell_collect.h"
#include "lab/run/record_job.h"

enum { RUNS = 16, PATH_SIZE = 4096 };

static const char published[] =
"\nPublished in 2017, on a board (Zynq UltraScale+ MPSoC, 4 x Cortex-A53,\n"
"GICv2), in NANOSECONDS:\n"
"                                                AVG   MIN   MAX  WARM_MAX\n"
"  native                                  about 300     -     -         -\n"
"  Xen 4.9-unstable, pinned, no DEBUG           4850  4810  7030      4980\n"
"  the same with vwfi=native                    1850  1680  2650      1950\n";

static const char meaning[] =
"\nThe table above counts INSTRUCTIONS from the moment a timer was due to its\n"
"handler, on an emulated 4 x Cortex-A53 with GICv2. It shows how much longer\n"
"the code path is in a guest of Xen, and that much of it is the wake-up of a\n"
"vCPU whose WFI was trapped (vwfi=trap): the order of 2017, and its rough\n"
"proportions. It cannot show nanoseconds: an instruction count knows nothing\n"
"of caches, memory or pipelines, and weighs an access to the GIC, or a trap to\n"
"Xen, like an add. dom0's and the domUs' `phys' rows are a physical timer that\n"
"Xen emulates in software; native `phys' is the hardware's: one name, two\n"
"mechanisms, told apart in each row.\n"
"\nEach recording began after all other vCPUs had slept for 2 s: 2,000 samples a\n"
"CPU, one every 1009 us, with 20 us of seeded dither.\n"
"\nNo sample is left out, so MAX holds what is rare. xen-domu-vwfi `phys': where\n"
"a vCPU never sleeps, Xen's scheduler has a timer every 10 ms, and a deadline\n"
"that falls into the 50 us after it is programmed late on purpose (Xen's option\n"
"timer_slop; with timer_slop=0 these samples vanish). The single ones elsewhere:\n"
"the kernel's own housekeeping on another vCPU; all share one clock here.\n";

struct paths {
	char text[RUNS][PATH_SIZE];
	size_t count;
};

static int complain(const char *what, const char *on, int status)
{
	fprintf(stderr, "demo: %s %s: exit status %d\n", what, on, status);
	return 1;
}

/* Both sources of every cell, in the order of recording. */
static const char *const demo_sources[] = { "hrtimer", "phys", NULL };

static void run_path(char *path, const struct demo *demo, size_t n,
		     const char *source)
{
	const char *name = demo->plan.cells[n].name;

	snprintf(path, PATH_SIZE, "%s/%s-%s.xlat", demo->out, name, source);
}

static int collect(const struct demo *demo, size_t n)
{
	const struct plan_cell *cell = &demo->plan.cells[n];
	char from[2 * PATH_SIZE], to[PATH_SIZE], run[RECORD_NAME], why[256];
	char directory[PATH_SIZE];
	const char *const *source;

	snprintf(directory, sizeof(directory), "%s/%s", demo->out, cell->name);
	if (cell_collect(cell, directory, why)) {
		fprintf(stderr, "demo: %s: %s\n", cell->name, why);
		return 1;
	}
	for (source = demo_sources; *source; source++) {
		record_name(run, *source, 1);
		snprintf(from, sizeof(from), "%s/%s.xlat", directory, run);
		run_path(to, demo, n, *source);
		if (rename(from, to)) {
			perror(from);
			return 1;
		}
	}
	return 0;
}

void demo_forget(const struct demo *demo)
{
	char path[PATH_SIZE];
	const char *const *source;
	size_t n;

	for (n = 0; n < demo->plan.count; n++) {
		for (source = demo_sources; *source; source++) {
			run_path(path, demo, n, *source);
			unlink(path);
		}
		snprintf(path, sizeof(path), "%s/%s", demo->out,
			 demo->plan.cells[n].name);
		vm_forget(path);
	}
	snprintf(path, sizeof(path), "%s/compare.json", demo->out);
	unlink(path);
}

static int collect_all(const struct demo *demo)
{
	int failed = 0;
	size_t n;

	for (n = 0; !failed && n < demo->plan.count; n++)
		failed = collect(demo, n);
	return failed;
}

/* Native first: all others are compared to it. */
static void name_runs(struct paths *paths, const struct demo *demo,
		      const char *wanted)
{
	const char *const *source;
	size_t n;

	paths->count = 0;
	for (source = demo_sources; *source; source++)
		for (n = 0; n < demo->plan.count; n++)
			if (!wanted || !strcmp(wanted, *source))
				run_path(paths->text[paths->count++], demo, n,
					 *source);
}

static int compare(const struct demo *demo, const char *source,
		   const char *format, const char *output)
{
	const char *argv[RUNS + 8] = { demo->inputs.reader, "compare", "--format",
				       format };
	struct paths paths;
	int status;
	size_t n;

	name_runs(&paths, demo, source);
	for (n = 0; n < paths.count; n++)
		argv[4 + n] = paths.text[n];
	status = program_run(argv, output);
	return status ? complain("compare", source ? source : "all", status) :
			0;
}

static int compare_all(const struct demo *demo)
{
	char json[PATH_SIZE];
	const char *const *source;
	int failed;

	snprintf(json, sizeof(json), "%s/compare.json", demo->out);
	failed = compare(demo, NULL, "json", json);
	for (source = demo_sources; !failed && *source; source++) {
		printf("\nSource %s\n", *source);
		failed = compare(demo, *source, "text", NULL);
	}
	return failed;
}

static void print_tries(const struct demo *demo)
{
	int lost = 0;
	size_t n;

	for (n = 0; n < demo->plan.count; n++) {
		if (demo->outcomes[n].vm.tries == 1)
			continue;
		printf("  %s: %d tries (its lost consoles are kept)\n",
		       demo->plan.cells[n].name, demo->outcomes[n].vm.tries);
		lost += demo->outcomes[n].vm.tries - 1;
	}
	printf("Virtual machines lost and started again: %d\n", lost);
}

int demo_table(const struct demo *demo)
{
	if (collect_all(demo) || compare_all(demo))
		return 1;
	fputs(published, stdout);
	fputs(meaning, stdout);
	printf("\n");
	print_tries(demo);
	printf("Emulator: QEMU %s; all parts: %s/versions\n",
	       demo->inputs.parts.qemu_version, demo->inputs.parts_dir);
	printf("Recordings: %s/*.xlat; comparison: %s/compare.json; consoles and what\n"
	       "Xen said of pinning and options: %s/SCENARIO/\n", demo->out,
	       demo->out, demo->out);
	return 0;
}
