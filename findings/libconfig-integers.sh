#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# libconfig cuts an integer to 32 bits as it parses it, and a 64-bit one that is
# looked up as int is 0 with "found".
#
# Version:  libconfig9 1.5-0.4 (Debian 12)
# Expected: an integer above 2^31 is an error of the file, or becomes a 64-bit
#	setting; config_lookup_int of a value that it cannot return fails.
# Seen:	duration_ns = 5000000000;	int64 lookup: found, 705032704
#	deadline = 0x1FFFFFFFF;		int64 lookup: found, -1
#	period_ns = 4294968296;		int64 lookup: found, 1000
#	limit_ns = 3000000000L;		int lookup: found, 0
#				int64 lookup: found, 3000000000
#	No error, no message. Only the suffix L makes a 64-bit setting, and
#	then only the 64-bit lookup reads it.
# Matters:	a test plan in nanoseconds passes 2^31 at 2.1 s. A run of five
#	seconds lasts 0.7 s and nothing tells. A latency limit that is read as 0
#	fails every run, or switches the check off where 0 means none.
#	A program cannot see it: the parser has already lost the upper half.

. "$(dirname "$0")/packages"
packages libconfig9=1.5-0.4 libconfig-dev=1.5-0.4

build libconfig.so.9 <<'END'
#include <stdio.h>
#include <libconfig.h>

static const char text[] =
	"duration_ns = 5000000000;\n"
	"deadline = 0x1FFFFFFFF;\n"
	"period_ns = 4294968296;\n"
	"limit_ns = 3000000000L;\n";

static void show(const config_t *config, const char *name)
{
	long long wide = -7;
	int narrow = -7, found, found_wide;

	found = config_lookup_int(config, name, &narrow);
	found_wide = config_lookup_int64(config, name, &wide);
	printf("%s int %d %d int64 %d %lld\n", name, found, narrow, found_wide,
	       wide);
}

int main(void)
{
	config_t config;

	config_init(&config);
	printf("parsed %d\n", config_read_string(&config, text));
	show(&config, "duration_ns");
	show(&config, "deadline");
	show(&config, "period_ns");
	show(&config, "limit_ns");
	config_destroy(&config);
	return 0;
}
END
run "$work/program" >"$work/seen" || cannot 'the program failed'
cat >"$work/stated" <<'END'
parsed 1
duration_ns int 1 705032704 int64 1 705032704
deadline int 1 -1 int64 1 -1
period_ns int 1 1000 int64 1 1000
limit_ns int 1 0 int64 1 3000000000
END
cat "$work/seen"
verdict cmp -s "$work/seen" "$work/stated"
