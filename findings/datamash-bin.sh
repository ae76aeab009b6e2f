#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# datamash puts a negative value that lies on a bin's edge one bin too low.
#
# Version:  datamash 1.7-2 (Debian 12)
# Expected: bin:5 rounds down to a multiple of 5, so a multiple of 5 stays what
#	it is, and bins are [0, 5), [-5, 0), [-10, -5) and so on.
# Seen:	value	-10	-7	-5	-3	0	3	5	10
#	bin	-15	-10	-10	-5	0	0	5	10
#	A negative bin is open below and closed above: (-10, -5].
# Matters:	lateness is signed: a timer that fires early is negative. Ticks and
#	microseconds are whole numbers, so values on edges are common: a fifth
#	of all with bins of 5, all of them with bins of 1. There every early
#	sample moves by one bin and every late one stays, so a histogram that is
#	symmetric around zero comes out shifted, with no sample at -1:
#	-2 -1 0 1 2 becomes -3 -2 0 1 2.

. "$(dirname "$0")/packages"
packages datamash=1.7-2

bins()
{
	size=$1
	shift
	printf '%s\n' "$@" | run "$root/usr/bin/datamash" bin:"$size" 1 |
		paste -s -d ' ' -
}
bins 5 -10 -7 -5 -3 0 3 5 10 >"$work/seen"
bins 1 -2 -1 0 1 2 >>"$work/seen"
cat >"$work/stated" <<'END'
-15 -10 -10 -5 0 0 5 10
-3 -2 0 1 2
END
cat "$work/seen"
verdict cmp -s "$work/seen" "$work/stated"
