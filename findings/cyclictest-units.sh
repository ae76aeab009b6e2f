#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# cyclictest reads "-i 1ms" as 1 us and "-D 100ms" as 100 minutes.
#
# Version:  rt-tests 2.4-1, jitterdebugger 0.3.1+git20200117.b90ff3a-4
#	(Debian 12)
# Expected: a time with a unit is understood, or refused as jitterdebugger does
#	("Invalid value for duration"). The help text offers the suffixes m, h
#	and d for -D.
# Seen:	cyclictest -i 1ms -l 20:	exit status 0, "I:1"
#	cyclictest -D 100ms:		still runs after 3 s
#	cyclictest -D 1us:		ends after one second
#	The number is read up to the first other character. -i ignores the rest;
#	-D looks at one character, "m" for minutes, and ignores what it does not
#	know.
# Matters:	at "-i 1ms" the thread is due every microsecond and always late,
#	so the latency of a CPU that is kept busy by the measurement is printed.
#	Only "I:1" in the line tells. "-D 500ms" holds a machine for eight hours.

. "$(dirname "$0")/packages"
packages rt-tests=2.4-1 jitterdebugger=0.3.1+git20200117.b90ff3a-4
need timeout
cyclictest=$root/usr/bin/cyclictest
jitterdebugger=$(find "$root" -type f -name jitterdebugger -perm -u+x)
run "$cyclictest" --help >"$work/log" 2>&1 ||
	cannot "cyclictest does not start: $(tail -n 1 "$work/log")"

as_stated()
{
	run "$cyclictest" -q -t 1 -i 1ms -l 20 >"$work/log" 2>&1 || return 1
	grep -o 'I:[0-9]*' "$work/log"
	grep -q 'I:1 ' "$work/log" || return 1

	run timeout -s KILL 3 "$cyclictest" -q -t 1 -D 100ms >"$work/log" 2>&1
	status=$?
	echo "-D 100ms: status $status after 3 s (137: still running)"
	[ "$status" = 137 ] || return 1

	run timeout -s KILL 60 "$cyclictest" -q -t 1 -D 1us \
		>"$work/log" 2>&1 || return 1
	echo '-D 1us: ended'

	run "$jitterdebugger" -D 100ms >"$work/log" 2>&1 && return 1
	grep -q 'Invalid value for duration' "$work/log" &&
		echo 'jitterdebugger -D 100ms: refused'
}
verdict as_stated
