#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# "+-" of perf stat -r is not the spread of the runs; it shrinks with their
# number.
#
# Version:  linux-perf 6.1.192-3 (Debian 12)
# Expected: the manual page says of -r: "print average + stddev". So half of the
#	runs at 0.1 s and half at 0.5 s, 16 runs, should print 0.3 +- 0.2.
# Seen:	0.3484 +- 0.0462 seconds time elapsed, of runs whose standard deviation
#	is 0.1850.
#	"+-" is the standard error of the mean: the deviation divided by
#	the square root of the number of runs, 4 here.
# Matters:	it is read as the jitter of what was measured. With -r 100 it is
#	ten times smaller than the jitter, and doubling the runs makes a system
#	look 1.4 times steadier. Two results with the same jitter and different
#	-r cannot be compared by it.

. "$(dirname "$0")/packages"
packages linux-perf=6.1.192-3
run "$root/usr/bin/perf" version >"$work/log" 2>&1 ||
	cannot "perf does not start: $(tail -n 1 "$work/log")"

cat >"$work/runs" <<'END'
read -r turn <"$1"
if [ "$turn" = 0 ]; then
	echo 1 >"$1"
	sleep 0.1
else
	echo 0 >"$1"
	sleep 0.5
fi
END
echo 0 >"$work/turn"
run "$root/usr/bin/perf" stat --null -r 16 --table \
	sh "$work/runs" "$work/turn" >"$work/log" 2>&1 ||
	cannot "perf stat: $(tail -n 1 "$work/log")"
grep ' +- ' "$work/log"
# A run of the table is "0.1056 (-0.2049) ####".
verdict awk '
	/^ +[0-9.]+ \([-+]/ { n++; sum += $1; squares += $1 * $1 }
	/ \+- / { printed = $3 }
	END {
		deviation = sqrt((squares - sum * sum / n) / (n - 1))
		error = deviation / sqrt(n)
		printf "%d runs: standard deviation %.4f, ", n, deviation
		printf "standard error %.4f\n", error
		exit !(n == 16 && printed > 0.97 * error &&
		       printed < 1.03 * error)
	}' "$work/log"
