// SPDX-License-Identifier: GPL-2.0
/*
 * What is left of the module when nothing uses it, and when it is gone.
 *
 *	remains begin		forget the leaks that are older than the tests
 *	remains end XLAT.KO	rmmod; nothing is left; insmod. lockdep has not
 *				switched itself off
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"

/* kmemleak reports an object only when it is older than this (mm/kmemleak.c). */
enum { MIN_AGE_MS = 5000 };

/* Lines of the file that contain the text; -1: there is no such file. */
static int lines_with(const char *path, const char *text)
{
	FILE *f = fopen(path, "re");
	char line[4096];
	int n = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, text)) {
			ktap_note("%s: %s", path, strtok(line, "\n"));
			n++;
		}
	if (f)
		fclose(f);
	return f ? n : -1;
}

static bool command_kmemleak(const char *command)
{
	FILE *f = fopen(KMEMLEAK, "we");
	bool good = f && fputs(command, f) >= 0;

	return f && !fclose(f) && good;
}

/*
 * An object counts as leaked only if two scans do not find it. After rmmod
 * kmemleak has no names for xlat's functions, so every leak since "begin"
 * counts.
 */
static void check_leaks(void)
{
	if (access(KMEMLEAK, F_OK)) {
		ktap_skip("this kernel does not search for leaks");
		return;
	}
	sleep_ms(MIN_AGE_MS + 1000);
	command_kmemleak("scan");
	sleep_ms(1000);
	ktap_ok(command_kmemleak("scan"), "kmemleak searched");
	ktap_is(lines_with(KMEMLEAK, "unreferenced object"), 0,
		"no memory is leaked");
}

/*
 * Allocations whose caller has no name, because its module is gone; -1: there
 * is no such file. Lines are "0xFROM-0xTO SIZE CALLER+0x1/0x2 pages=3".
 */
static int nameless_vmallocs(void)
{
	FILE *f = fopen("/proc/vmallocinfo", "re");
	char line[4096], caller[256];
	int n = 0;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%*s %*s %255s", caller) == 1 &&
		    !strncmp(caller, "0x", 2)) {
			ktap_note("%s", strtok(line, "\n"));
			n++;
		}
	if (f)
		fclose(f);
	return f ? n : -1;
}

/* The number after the text in a line of the file; -1: there is none. */
static int number_after(const char *path, const char *text)
{
	FILE *f = fopen(path, "re");
	char line[256], *at;
	int n = -1;

	while (f && n < 0 && fgets(line, sizeof(line), f)) {
		at = strstr(line, text);
		if (at)
			sscanf(at + strlen(text), "%d", &n);
	}
	if (f)
		fclose(f);
	return n;
}

/*
 * lockdep switches itself off for good after its first report, or if one of its
 * tables is full. Whatever locks do then is not seen (kernel/locking/lockdep.c).
 */
static void check_lockdep(void)
{
	if (access("/proc/lockdep_stats", F_OK))
		ktap_skip("this kernel has no lockdep");
	else if (number_after("/sys/module/lockdep/parameters/prove_locking",
			      "") == 0)
		ktap_skip("the order of locks is not checked: lockdep.prove_locking=0");
	else
		ktap_is(number_after("/proc/lockdep_stats", "debug_locks:"), 1,
			"lockdep is still on");
}

struct trace {
	const char *path, *text;
};

static void check_no_traces(const char *when, const struct trace *traces,
			    size_t count)
{
	char what[128];
	size_t i;
	int n;

	for (i = 0; i < count; i++) {
		n = lines_with(traces[i].path, traces[i].text);
		snprintf(what, sizeof(what), "%s: %s", when, traces[i].path);
		if (n < 0)
			ktap_skip("this kernel has no %s", traces[i].path);
		else
			ktap_is(n, 0, what);
	}
}

static void check_idle(void)
{
	static const struct trace traces[] = {
		{ "/proc/timer_list", "[xlat]" },
		{ "/proc/interrupts", " xlat\n" },
	};

	check_no_traces("no session", traces,
			sizeof(traces) / sizeof(traces[0]));
}

static void check_gone(void)
{
	static const struct trace traces[] = {
		/* a function without a name, because its module is gone */
		{ "/proc/timer_list", ">, 0x" },
		{ "/proc/modules", "xlat " },
		{ "/proc/interrupts", " xlat\n" },
		{ "/proc/misc", " xlat\n" },
		{ "/sys/devices/system/cpu/hotplug/states", "xlat" },
	};

	check_no_traces("rmmod", traces, sizeof(traces) / sizeof(traces[0]));
	ktap_is(nameless_vmallocs(), 0, "rmmod: /proc/vmallocinfo");
	ktap_ok(access("/dev/xlat", F_OK), "/dev/xlat is gone");
	ktap_ok(access("/sys/module/xlat", F_OK), "/sys/module/xlat is gone");
}

int main(int argc, char *argv[])
{
	if (argc == 2 && !strcmp(argv[1], "begin")) {
		if (access(KMEMLEAK, F_OK))
			ktap_skip("this kernel does not search for leaks");
		else
			ktap_ok(command_kmemleak("scan") &&
				command_kmemleak("clear"), "kmemleak works");
		return ktap_end();
	}
	if (argc != 3 || strcmp(argv[1], "end"))
		return 2;
	check_idle();
	ktap_is(module_unload("xlat"), 0, "rmmod");
	check_gone();
	check_leaks();
	ktap_is(module_load(argv[2], ""), 0, "insmod");
	check_lockdep();
	return ktap_end();
}
