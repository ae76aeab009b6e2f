#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# fdtget and dtc guess the type of a frequency from its value: 1.28 GHz is the
# text "LK@", 2.4 GHz is negative.
#
# Version:  device-tree-compiler 1.6.1-4+b1, libfdt1 1.6.1-4+b1 (Debian 12)
# Expected: clock-frequency, one cell, reads back as the number it was written
#	as, or at least as a number.
# Seen:	written		fdtget		dtc -O dts
#	1200000000	1200000000	<0x47868c00>
#	1280000000	LK@		"LK@"
#	2400000000	-1894967296	<0x8f0d1800>
#	A device tree has no types. 1280000000 is 0x4c4b4000: three printable
#	bytes and a zero, so it is taken for a string. 56 of the whole MHz
#	below 2.1 GHz are, 728, 960, 1280 and 1300 among them. Without "-t u"
#	a cell is printed as signed.
# Matters:	scripts read the core's or the timer's rate in this way to turn
#	ticks or cycles into nanoseconds. They work on the board they were
#	written on. A search for "clock-frequency = <" in decompiled trees
#	misses the CPUs at such rates. Use fdtget -t u.

. "$(dirname "$0")/packages"
packages device-tree-compiler=1.6.1-4+b1 libfdt1=1.6.1-4+b1
cd "$work" || cannot "$work: cannot enter"

for rate in 1200000000 1280000000 2400000000; do
	printf '/dts-v1/;\n/ { cpu { clock-frequency = <%s>; }; };\n' \
		"$rate" >one.dts
	run "$root/usr/bin/dtc" -O dtb -o one.dtb one.dts ||
		cannot 'dtc failed'
	guessed=$(run "$root/usr/bin/fdtget" one.dtb /cpu clock-frequency)
	told=$(run "$root/usr/bin/fdtget" -t u one.dtb /cpu clock-frequency)
	source=$(run "$root/usr/bin/dtc" -I dtb -O dts one.dtb |
		sed -n 's/.*clock-frequency = \(.*\);/\1/p')
	echo "$rate $guessed $source $told"
done >seen
cat >stated <<'END'
1200000000 1200000000 <0x47868c00> 1200000000
1280000000 LK@ "LK@" 1280000000
2400000000 -1894967296 <0x8f0d1800> 2400000000
END
cat seen
verdict cmp -s seen stated
