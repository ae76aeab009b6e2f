// SPDX-License-Identifier: GPL-2.0
/* xlat-lab run: one job in one virtual machine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "usage.h"
#include "lab/run/dom0_job.h"
#include "lab/machine/lock.h"
#include "lab/plan/number.h"
#include "lab/run/launch.h"
#include "lab/machine/tail.h"

static const char help[] =
"usage: xlat-lab run -s SCENARIO -j JOB -o DIRECTORY [OPTION]...\n"
"Run the job (syntax: lab/init/job.h) in a virtual machine; what it\n"
"leaves in /tmp/out comes to DIRECTORY, with console.log.\n"
"       xlat-lab run -s SCENARIO --bare GUEST -o DIRECTORY [OPTION]...\n"
"  -s, --scenario NAME      see below\n"
"  -j, --job FILE           what to run in the guest that is measured\n"
"  -J, --dom0-job FILE      in a domU scenario: what dom0 runs before the\n"
"                           domU's await-dom0 returns\n"
"  -f, --file HOST[:GUEST]  copy a file to the measured guest (default /NAME)\n"
"  -F, --dom0-file HOST[:GUEST]  in a domU scenario: copy a file to dom0\n"
"  -m, --module NAME        first load this module of Debian's kernel\n"
"  -o, --output DIRECTORY   made if absent\n"
"  -t, --limit SECONDS      of wall clock (600)\n"
"      --stall SECONDS      of processor time without a sign of life (300)\n"
"      --no-icount          real time instead of the instruction clock\n"
"      --cpus N             (4)\n"
"      --memory MB          of the machine; in a Xen scenario dom0 and the\n"
"                           domU get no more (the scenario's)\n"
"      --bare GUEST         measure in this bare-metal guest instead of Linux:\n"
"                           no job, and --append is all of its options\n"
"      --gic 2|3            another GIC than the scenario's\n"
"      --trace FILE         write which instructions lie before each sample\n"
"      --tracer FILE        QEMU's plugin for this (build/bin/xlat-trace.so)\n"
"      --dtb FILE           another device tree than the machine's own\n"
"      --append TEXT        more kernel options; may be repeated\n"
"      --linux DIRECTORY    another unpacked root for Linux and its modules\n"
"      --xen FILE           another hypervisor than the unpacked one\n"
"      --xen-tools DIRECTORY  another unpacked root for Xen and its tools\n"
"      --xen-append TEXT    more of Xen's options; may be repeated\n"
"      --parts DIRECTORY    (build/parts)\n"
"      --init FILE          (build/bin/lab-init)\n"
"Examples:\n"
"  xlat-lab run -s native -j JOB -o build/one\n"
"  xlat-lab run -s native --bare build/guest/xlat-guest -o build/bare\n"
"Exit status: 0 good; 1 the job went wrong, or it could not be run; 2 wrong\n"
"usage; 5 the machine was lost (3 tries if it stalled): neither pass nor fail.\n"
"Scenarios:\n";

enum {
	STALL = 256, NO_ICOUNT, CPUS, BARE, APPEND, GIC, XEN, XEN_TOOLS,
	XEN_APPEND, PARTS, INIT, DTB, LINUX, MEMORY, TRACE, TRACER
};

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "scenario", required_argument, NULL, 's' },
	{ "job", required_argument, NULL, 'j' },
	{ "dom0-job", required_argument, NULL, 'J' },
	{ "file", required_argument, NULL, 'f' },
	{ "dom0-file", required_argument, NULL, 'F' },
	{ "module", required_argument, NULL, 'm' },
	{ "output", required_argument, NULL, 'o' },
	{ "limit", required_argument, NULL, 't' },
	{ "stall", required_argument, NULL, STALL },
	{ "no-icount", no_argument, NULL, NO_ICOUNT },
	{ "cpus", required_argument, NULL, CPUS },
	{ "memory", required_argument, NULL, MEMORY },
	{ "bare", required_argument, NULL, BARE },
	{ "dtb", required_argument, NULL, DTB },
	{ "append", required_argument, NULL, APPEND },
	{ "gic", required_argument, NULL, GIC },
	{ "trace", required_argument, NULL, TRACE },
	{ "tracer", required_argument, NULL, TRACER },
	{ "linux", required_argument, NULL, LINUX },
	{ "xen", required_argument, NULL, XEN },
	{ "xen-tools", required_argument, NULL, XEN_TOOLS },
	{ "xen-append", required_argument, NULL, XEN_APPEND },
	{ "parts", required_argument, NULL, PARTS },
	{ "init", required_argument, NULL, INIT },
	{ NULL, 0, NULL, 0 },
};

enum { MAX_SECONDS = 86400, MAX_CPUS = 8 /* GICv2 */, MAX_MEMORY = 65536 };

struct request {
	struct scenario scenario;
	const char *parts;
	const char *linux_root, *xen, *xen_tools, *bare;
	struct recipe_domain domains[2];
	struct scenario_options o;
};

static int print_help(void)
{
	const struct scenario_name *s;

	fputs(help, stdout);
	for (s = scenario_names; s->name; s++)
		printf("  %-16s %s\n", s->name, s->what);
	return 0;
}

static int wrong(const char *what, const char *value)
{
	return usage_wrong("xlat-lab run", what, value);
}

static char *read_text(const char *path)
{
	char *text = calloc(1, 65536);
	FILE *f = fopen(path, "re");
	size_t n = f && text ? fread(text, 1, 65535, f) : 0;

	if (!f || !text || n == 65535) {
		fprintf(stderr, "xlat-lab run: %s: %s\n", path,
			f ? "too long" : strerror(errno));
		exit(1);
	}
	fclose(f);
	return text;
}

static int add_file(struct recipe *recipe, char *argument)
{
	char *colon = strchr(argument, ':');
	char *base = strrchr(argument, '/');
	size_t n = 0;

	while (n < RECIPE_FILES && recipe->files[n].name)
		n++;
	if (n == RECIPE_FILES)
		return wrong("too many files: ", argument);
	if (colon)
		*colon = '\0';
	recipe->files[n].host_path = argument;
	recipe->files[n].name = colon ? colon + 1 : base ? base + 1 : argument;
	return 0;
}

static int add_module(struct recipe *recipe, const char *name)
{
	size_t n = 0;

	while (n < RECIPE_MODULES && recipe->modules[n])
		n++;
	if (n == RECIPE_MODULES)
		return wrong("too many modules: ", name);
	recipe->modules[n] = name;
	return 0;
}

static int take_number(int max, int *value)
{
	return number_parse(optarg, 1, max, value) ?
	       wrong("not a number in range: ", optarg) : 0;
}

static int add_words(const char **words, const char *more)
{
	char *text;

	if (asprintf(&text, "%s%s%s", *words ? *words : "", *words ? " " : "",
		     more) < 0)
		return wrong("no memory for ", more);
	*words = text;
	return 0;
}

/*
 * A busy host can stop the machine for seconds. Linux then warns of stalled
 * CPUs, and such a warning is a failure of the job.
 */
static int use_real_time(struct request *r)
{
	r->o.icount = false;
	return add_words(&r->o.append,
			 "nosoftlockup rcupdate.rcu_cpu_stall_suppress=1");
}

static int take(struct request *r, int option)
{
	switch (option) {
	case 's':
		return scenario_find(&r->scenario, optarg) ?
		       wrong("unknown scenario ", optarg) : 0;
	case 'j': r->o.recipe.job = read_text(optarg); return 0;
	case 'J': r->o.dom0.job = read_text(optarg); return 0;
	case 'f': return add_file(&r->o.recipe, optarg);
	case 'F': return add_file(&r->o.dom0, optarg);
	case 'm': return add_module(&r->o.recipe, optarg);
	case 'o': r->o.out = optarg; return 0;
	case 't': return take_number(MAX_SECONDS, &r->o.limit_s);
	case STALL: return take_number(MAX_SECONDS, &r->o.stall_s);
	case NO_ICOUNT: return use_real_time(r);
	case CPUS: return take_number(MAX_CPUS, &r->o.cpus);
	case MEMORY: return take_number(MAX_MEMORY, &r->o.memory_mb);
	case BARE: r->bare = optarg; return 0;
	case APPEND: return add_words(&r->o.append, optarg);
	case GIC:
		return number_parse(optarg, 2, 3, &r->o.gic) ?
		       wrong("neither 2 nor 3: ", optarg) : 0;
	case DTB: r->o.dtb = optarg; return 0;
	case TRACE: r->o.trace = optarg; return 0;
	case TRACER: r->o.tracer = optarg; return 0;
	case LINUX: r->linux_root = optarg; return 0;
	case XEN_TOOLS: r->xen_tools = optarg; return 0;
	case XEN: r->xen = optarg; return 0;
	case XEN_APPEND: return add_words(&r->o.xen_append, optarg);
	case PARTS: r->parts = optarg; return 0;
	case INIT: r->o.recipe.init = optarg; return 0;
	}
	return USAGE_WRONG;
}

static int exit_status(const struct request *r, const struct vm_result *result)
{
	char path[4096];

	printf("%s: %s", r->scenario.name, vm_end_name(result->end));
	if (result->end == VM_DONE)
		printf(", verdict %d", result->verdict);
	printf(", %.1f s", result->seconds);
	if (result->tries > 1)
		printf(", try %d", result->tries);
	printf("\n");
	if (result->end == VM_DONE && !result->verdict)
		return 0;
	snprintf(path, sizeof(path), "%s/console.log", r->o.out);
	printf("end of %s:\n", path);
	tail_print(stdout, path, 30);
	if (result->end == VM_DONE || result->end == VM_ERROR)
		return 1;
	return 5;
}

/* The kernel, the hypervisor and its tools, if others than the unpacked ones. */
static int find_others(struct request *r)
{
	const char *culprit = r->linux_root;
	int error = 0;

	if (r->linux_root)
		error = parts_use_linux(&r->o.parts, r->linux_root);
	if (r->xen_tools && !error) {
		culprit = r->xen_tools;
		error = parts_use_xen(&r->o.parts, r->xen_tools);
	}
	if (r->xen && !error) {
		culprit = r->xen;
		error = access(r->xen, R_OK) ? -errno :
			parts_use_hypervisor(&r->o.parts, r->xen);
	}
	if (error)
		fprintf(stderr, "xlat-lab run: %s: %s\n", culprit,
			strerror(-error));
	return error;
}

/* The domain of that guest, or all of a machine: options are its alone. */
static void take_bare(struct request *r)
{
	r->domains[0] = (struct recipe_domain){
		"domu", 1, 64, "domu.kernel", r->bare, NULL,
		r->o.append ? r->o.append : "",
		dom0_job_is_pinned(&r->scenario) ? "2" : NULL, NULL,
	};
	r->o.bare = r->domains;
	r->o.append = NULL;
}

static int run_job(struct request *r)
{
	struct vm_result result;
	char culprit[4096];
	int error = parts_find(&r->o.parts, r->parts);

	if (error) {
		fprintf(stderr, "xlat-lab run: %s: no parts there: make parts\n",
			r->parts);
		return 1;
	}
	if (find_others(r))
		return 1;
	error = lock_directory(r->o.out);
	if (error) {
		fprintf(stderr, "xlat-lab run: %s: %s\n", r->o.out,
			lock_strerror(error));
		return 1;
	}
	if (r->bare)
		take_bare(r);
	error = launch_scenario(&r->scenario, &r->o, &result, culprit);
	if (error) {
		fprintf(stderr, "xlat-lab run: %s: %s\n", culprit,
			strerror(-error));
		return 1;
	}
	return exit_status(r, &result);
}

int cmd_run(int argc, char *argv[])
{
	struct request r = {
		.parts = "build/parts",
		.o = { .recipe = { .init = "build/bin/lab-init" },
		       .tracer = "build/bin/xlat-trace.so",
		       .icount = true, .limit_s = 600, .stall_s = 300 },
	};
	static const char letters[] = "hs:j:J:f:F:m:o:t:";
	int option, status = 0;

	while (!status && (option = usage_next(argc, argv, letters,
					       options)) != -1) {
		if (option == 'h')
			return print_help();
		if (option == '?')
			return usage_wrong_option("xlat-lab run", argv,
						  letters);
		status = take(&r, option);
	}
	if (status)
		return status;
	if (optind < argc)
		return wrong("unexpected ", argv[optind]);
	if (!r.scenario.name[0] || !r.o.recipe.job == !r.bare || !r.o.out)
		return wrong("needs --scenario, --output, and --job or --bare",
			     "");
	status = run_job(&r);
	parts_free(&r.o.parts);
	return status;
}
