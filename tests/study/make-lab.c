// SPDX-License-Identifier: GPL-2.0
/*
 * make-lab DIRECTORY [HOW]: makes a lab directory with made-up recordings, in
 * the layout of the runner. It is the same on every machine. None of its
 * numbers was measured.
 *
 * HOW contains some of these words: "gate": only the cells of a gate; "longer":
 * the path of the cell "today" is 200 instructions longer in the rarer of its
 * two modes; "shorter": 200 shorter there; "shifted": 0.4 % of its samples are
 * in the other mode and nothing is longer; "lossy": one of its recordings lost
 * samples; "ns": it has no instruction clock.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/grid.h"
#include "tests/synthetic.h"

enum { BOOTS = 2, PHASES = 2, COUNT = 2650, TEXT = 4096 };

/* Lateness in instructions: @base; one in ten has 660 more, some @slop more. */
struct cell {
	const char *name;
	const char *load;
	const char *centre;
	const char *factor;
	const char *level;
	const char *status;
	const char *why;
	int base;
	int slop;
	const char *settings;
	int count;
};

#define DONE	"done", ""
#define BARE	" guest=bare-metal idle=wfi kernel=none"
#define NATIVE	" machine=native hypervisor=none pinning=no"
#define GOOD	" pinning=yes vwfi=native"
#define FORWARD	" hypervisor=4.17-forward cntp=native xen_options=vcntp=native"

static const struct cell cells[] = {
	{ "native", "idle", NULL, NULL, NULL, DONE, 440, 0,
	  NATIVE " source=hrtimer+phys", 0 },
	{ "native-bare", "idle", NULL, NULL, NULL, DONE, 60, 0, NATIVE BARE, 0 },
	{ "today", "idle", "today", NULL, NULL, DONE, 5700, 0, "", 0 },
	{ "today-vwfi", "idle", "today", "vwfi", "native", DONE, 1900, 46000,
	  " vwfi=native", 0 },
	{ "today-pinned", "idle", "today", "pinning", "yes", DONE, 5700, 0,
	  " pinning=yes", 0 },
	{ "today-null", "idle", "today", "scheduler", "null", DONE, 5400, 0,
	  " scheduler=null", 0 },
	{ "today-rtds", "idle", "today", "scheduler", "rtds", "failed",
	  "boot 1: the virtual machine was lost", 0, 0, " scheduler=rtds", 0 },
	{ "today-caches", "idle", "today", "xen_options", "llc-coloring=on",
	  "boards-only", "one instruction clock knows no caches", 0, 0,
	  " xen_options=llc-coloring=on", 0 },
	{ "caches", "idle", NULL, NULL, NULL, "boards-only",
	  "an instruction count knows nothing of them", 0, 0, "", 0 },
	{ "today-debug", "idle", "today", "debug", "yes", DONE, 7200, 0,
	  " debug=yes", 300 },
	{ "today-slop0", "idle", "today", "timer_slop", "0", DONE, 5690, 0,
	  " timer_slop=0", 0 },
	{ "today-arinc653", "idle", "today", "scheduler", "arinc653", NULL, "",
	  0, 0, " scheduler=arinc653", 0 },
	{ "today-contended", "contended", "today", NULL, NULL, DONE, 21000, 0,
	  " competitor=domain", 0 },
	{ "today-contended-pinned", "contended", "today", "pinning", "yes",
	  DONE, 9000, 0, " competitor=domain pinning=yes", 0 },
	{ "today-contended-vwfi", "contended", "today", "vwfi", "native",
	  "not-run", "time was up", 0, 0, " competitor=domain vwfi=native", 0 },
	{ "today-spinner", "spinner", "today", NULL, NULL, DONE, 1800, 0,
	  " competitor=spinner", 0 },
	{ "today-spinner-vwfi", "spinner", "today", "vwfi", "native", DONE,
	  1800, 0, " competitor=spinner vwfi=native", 0 },
	{ "recommended", "idle", "recommended", NULL, NULL, DONE, 1400, 0,
	  GOOD FORWARD, 0 },
	{ "recommended-trap", "idle", "recommended", "vwfi", "trap", DONE, 5100,
	  0, GOOD FORWARD " vwfi=trap", 0 },
	{ "recommended-emulated", "idle", "recommended", "cntp", "trap", DONE,
	  1950, 46000, GOOD FORWARD " cntp=trap", 0 },
	{ "recommended-virtual", "idle", "recommended", "source", "virt", DONE,
	  1420, 0, GOOD FORWARD " source=virt", 0 },
	{ "recommended-hrtimer", "idle", "recommended", "source", "hrtimer",
	  DONE, 1700, 0, GOOD FORWARD " source=hrtimer", 0 },
	{ "recommended-bare", "idle", "recommended", "guest", "bare-metal",
	  DONE, 820, 0, GOOD FORWARD BARE, 0 },
	{ "bare-trap", "idle", NULL, NULL, NULL, DONE, 4300, 0,
	  GOOD FORWARD BARE " vwfi=trap", 0 },
	{ "bare-emulated", "idle", NULL, NULL, NULL, DONE, 1300, 46000,
	  GOOD FORWARD BARE " cntp=trap", 0 },
	{ "lead-20us", "idle", NULL, NULL, NULL, DONE, 24000, 0,
	  GOOD BARE " period=20us dither=0", 300 },
	{ "lead-100us", "idle", NULL, NULL, NULL, DONE, 1310, 0,
	  GOOD BARE " period=100us dither=0", 300 },
	{ "lead-10ms", "idle", NULL, NULL, NULL, DONE, 1300, 0,
	  GOOD BARE " period=10ms dither=0", 300 },
	{ "today-shift3", "idle", "today", "icount_shift", "3", DONE, 5700, 0,
	  " icount_shift=3", 300 },
	{ "today-vwfi-shift3", "idle", "today", "vwfi", "native", DONE, 1900, 0,
	  " icount_shift=3 vwfi=native", 300 },
	{ "today-null-shift3", "idle", "today", "scheduler", "null", DONE, 5690,
	  0, " icount_shift=3 scheduler=null", 300 },
};

enum { CELLS = sizeof(cells) / sizeof(cells[0]) };

static const char defaults[] =
	"machine=xen hypervisor=debian-4.17 xen_options= scheduler=credit2"
	" scheduler_parameters= pinning=no vwfi=trap debug=no timer_slop=50000"
	" cntp=trap domain=domu vcpus=1 guest=linux kernel=debian-6.1"
	" source=phys idle=shallow competitor=none period=1009us dither=20us"
	" phases=2 samples=2650 boots=2 warm_up=100 icount_shift=0 limit=300";

static struct {
	const struct cell *cell;
	uint64_t seed;
	int longer;
	uint64_t moved;
} now;

static int64_t lateness(uint32_t cpu, uint64_t i)
{
	const struct cell *c = now.cell;
	int64_t late = c->base + (int64_t)xlat_draw(now.seed + cpu, i, 12);
	bool second = i % 10 == 9;

	if (now.moved && i % now.moved == 3)
		second = !second;
	if (i < 3)
		late += 900;
	if (second)
		late += 660 + now.longer;
	if (c->slop && i % 499 == 200)
		late += c->slop;
	return late;
}

static int64_t scaled(uint32_t cpu, uint64_t i)
{
	return 8 * lateness(cpu, i);
}

/* The last word with a key is the valid one. */
static const char *setting(const struct cell *c, const char *key)
{
	static char answers[16][256];
	static int at;
	char all[TEXT], *word, *rest = NULL, *is, *value;

	at = (at + 1) % 16;
	value = answers[at];
	*value = '\0';

	snprintf(all, sizeof(all), "%s%s", defaults, c->settings);
	for (word = strtok_r(all, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		is = strchr(word, '=');
		*is = '\0';
		if (!strcmp(word, key))
			snprintf(value, sizeof(answers[0]), "%s", is + 1);
	}
	return value;
}

static bool has_value(const struct cell *c, const char *key, const char *value)
{
	return !strcmp(setting(c, key), value);
}

static void fail(const char *path)
{
	fprintf(stderr, "make-lab: %s: %s\n", path, strerror(errno));
	exit(1);
}

static void make_directory(const char *path)
{
	if (mkdir(path, 0755) && errno != EEXIST)
		fail(path);
}

static const char *mechanism(const struct cell *c, const char *source)
{
	if (has_value(c, "machine", "native"))
		return "ppi";
	if (strcmp(source, "phys"))
		return "virtual";
	return has_value(c, "cntp", "native") ? "forwarded" : "emulated";
}

static uint64_t period(const struct cell *c)
{
	uint64_t value = strtoull(setting(c, "period"), NULL, 10);

	return value * (strstr(setting(c, "period"), "ms") ? 1000000 : 1000);
}

static void write_run(const struct cell *c, const char *source,
		      const char *path, bool lossy, bool instructions)
{
	struct synthetic s = synthetic_defaults();
	bool slow = has_value(c, "icount_shift", "3");
	char environment[512];
	struct run run;

	snprintf(environment, sizeof(environment),
		 "{\"scenario\": \"%s\", \"mechanism\": \"%s\","
		 " \"instructions\": %s, \"insn_shift\": %d}", c->name,
		 mechanism(c, source), instructions ? "true" : "false", slow ? 3 : 0);
	s.environment = environment;
	s.first_cpu = 0;
	s.cpu_count = 1;
	s.count = c->count ? (uint64_t)c->count : COUNT;
	s.period_ticks = period(c);
	s.lateness = slow ? scaled : lateness;
	s.loop_ticks = slow ? 800000 : 100000;
	s.source = !strcmp(source, "hrtimer") ? XLAT_SOURCE_HRTIMER :
		   !strcmp(source, "virt") ? XLAT_SOURCE_VIRT :
					     XLAT_SOURCE_PHYS;
	s.stage = !strcmp(source, "hrtimer") ? XLAT_STAGE_T2 : XLAT_STAGE_T1;
	s.lost_from = lossy ? 200 : 0;
	s.lost = lossy ? 17 : 0;
	synthetic_run(&s, &run);
	if (synthetic_write(&run, path))
		fail(path);
	run_free(&run);
}

static void write_settings(FILE *out, const struct cell *c)
{
	char all[TEXT], *word, *rest = NULL;
	const char *comma = "";

	snprintf(all, sizeof(all), "%s", defaults);
	fprintf(out, " \"settings\": {");
	for (word = strtok_r(all, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		*strchr(word, '=') = '\0';
		fprintf(out, "%s\"%s\": \"%s\"", comma, word,
			!strcmp(word, "source") && strchr(setting(c, word), '+') ?
			"hrtimer phys" : setting(c, word));
		comma = ", ";
	}
	fprintf(out, "},\n");
}

static void write_readback(FILE *out, const struct cell *c)
{
	const char *qemu = "QEMU 10.0.0 (example)";
	bool native = has_value(c, "machine", "native");

	fprintf(out, "   \"readback\": {");
	if (native)
		fprintf(out, "\"xen_version\": null, \"xen_build\": null,"
			" \"xen_commandline\": null, \"scheduler\": null,"
			" \"pinning\": null, \"debug\": null,");
	else
		fprintf(out, "\"xen_version\": \"4.17.0\", \"xen_build\": \"%s\","
			" \"xen_commandline\": \"vwfi=%s timer_slop=%s %s\","
			" \"scheduler\": \"%s\", \"pinning\": \"%s\","
			" \"debug\": \"%s\",", setting(c, "hypervisor"),
			setting(c, "vwfi"), setting(c, "timer_slop"),
			setting(c, "xen_options"), setting(c, "scheduler"),
			setting(c, "pinning"),
			has_value(c, "debug", "yes") ? "y" : "n");
	if (has_value(c, "guest", "linux"))
		fprintf(out, " \"kernel\": \"6.1.0-example #1\",");
	else
		fprintf(out, " \"kernel\": \"none (xlat-guest 0.1.0)\",");
	fprintf(out, " \"qemu\": \"%s\"}}", qemu);
}

/* The recordings of one source. Linux records one source after the other. */
static void write_source(FILE *out, const char *to, const struct cell *c,
			 int boot, const char *source, const char *how)
{
	char name[256], path[TEXT];
	bool special = !strcmp(c->name, "today");
	int phase;

	for (phase = 1; phase <= PHASES; phase++) {
		now.cell = c;
		now.seed = (uint64_t)((c - cells) * 100 + boot * 10 + phase);
		now.longer = !special ? 0 : strstr(how, "longer") ? 200 :
			     strstr(how, "shorter") ? -200 : 0;
		now.moved = special && strstr(how, "shifted") ? 250 : 0;
		snprintf(name, sizeof(name), "cells/%s/boot-%d/%s-phase-%d.xlat",
			 c->name, boot, source, phase);
		snprintf(path, sizeof(path), "%s/%s", to, name);
		write_run(c, source, path, special && strstr(how, "lossy") &&
			  boot == 1 && phase == 2,
			  !special || !strstr(how, "ns"));
		fprintf(out, "%s\"%s\"", phase > 1 ? ", " : "", name);
	}
}

static void write_boot(FILE *out, const char *to, const struct cell *c,
		       int boot, const char *how)
{
	const char *source = setting(c, "source");
	char path[TEXT];

	snprintf(path, sizeof(path), "%s/cells/%s/boot-%d", to, c->name, boot);
	make_directory(path);
	fprintf(out, "%s  { \"dir\": \"cells/%s/boot-%d\", \"status\": \"done\","
		" \"tries\": %d, \"seconds\": 21.3,\n   \"runs\": [",
		boot > 1 ? ",\n" : "", c->name, boot,
		!strcmp(c->name, "today") && boot == 2 ? 2 : 1);
	if (!strncmp(source, "hrtimer+", 8)) {
		write_source(out, to, c, boot, "hrtimer", how);
		fprintf(out, ", ");
		source += 8;
	}
	write_source(out, to, c, boot, source, how);
	fprintf(out, "],\n");
	write_readback(out, c);
}

static const char *quoted(const char *text)
{
	static char answer[8][256];
	static int at;

	if (!text)
		return "null";
	at = (at + 1) % 8;
	snprintf(answer[at], sizeof(answer[at]), "\"%s\"", text);
	return answer[at];
}

static void write_cell(const char *to, const struct cell *c, const char *how)
{
	char path[TEXT];
	FILE *out;
	int boot;

	snprintf(path, sizeof(path), "%s/cells/%s", to, c->name);
	make_directory(path);
	if (!c->status)
		return;		/* the runner has not reached it */
	strcat(path, "/cell.json");
	out = fopen(path, "w");
	if (!out)
		fail(path);
	fprintf(out, "{\"cell\": \"%s\", \"key\": \"0\", \"load\": \"%s\",\n"
		" \"centre\": %s, \"factor\": %s, \"level\": %s,\n"
		" \"status\": \"%s\", \"why\": \"%s\",\n", c->name, c->load,
		quoted(c->centre), quoted(c->factor), quoted(c->level),
		c->status, c->why);
	write_settings(out, c);
	fprintf(out, " \"boots\": [\n");
	for (boot = 1; boot <= BOOTS && !strcmp(c->status, "done"); boot++)
		write_boot(out, to, c, boot, how);
	fprintf(out, "]}\n");
	if (fclose(out))
		fail(path);
}

static bool is_wanted(const struct cell *c, const char *how)
{
	return !strstr(how, "gate") || !strncmp(c->name, "native", 6) ||
	       !strcmp(c->name, "today") || !strcmp(c->name, "recommended-bare");
}

int main(int argc, char *argv[])
{
	const char *how = argc > 2 ? argv[2] : "", *comma = "";
	char path[TEXT];
	FILE *plan;
	size_t i;

	if (argc < 2)
		return 2;
	make_directory(argv[1]);
	snprintf(path, sizeof(path), "%s/cells", argv[1]);
	make_directory(path);
	snprintf(path, sizeof(path), "%s/plan.json", argv[1]);
	plan = fopen(path, "w");
	if (!plan)
		fail(path);
	fprintf(plan, "{\"matrix\": \"example\", \"file\": \"example.cfg\", \"cells\": [");
	for (i = 0; i < CELLS; i++) {
		if (!is_wanted(&cells[i], how))
			continue;
		fprintf(plan, "%s\"%s\"", comma, cells[i].name);
		comma = ", ";
		write_cell(argv[1], &cells[i], how);
	}
	fprintf(plan, "]}\n");
	return fclose(plan) ? 1 : 0;
}
