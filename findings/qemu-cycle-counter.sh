#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# QEMU's Arm cycle counter is a second clock: it counts in WFI, and one
# instruction is as many cycles as -icount says nanoseconds.
#
# Version:  qemu-system-arm 1:7.2+dfsg-7+deb12u18+b3 (Debian 12), Cortex-A53
# Expected: PMCCNTR_EL0 counts what the core does. In WFI a core's clock stops
#	(the Arm ARM says that the PMU's counters are affected by that), so a
#	CPU that sleeps for 100 ms counts next to nothing. Under -icount one
#	instruction is one cycle, or a fixed cost of the model.
# Seen:			2,000,000 instructions		WFI of 100 ms
#	-icount		cycles		ticks		cycles		ticks
#	shift=0		2000006		125000		99999992	6250000
#	shift=3		16000048	1000002		100000000	6249999
#	The counter is the virtual clock at 1 GHz, whatever the CPU.
# Matters:	"cycles" of an interrupt path on QEMU are nanoseconds of the chosen
#	shift, and cycles per instruction is a constant that was put on the
#	command line. A measurement that tells sleeping from waiting by the
#	cycle counter, or that takes lateness in cycles from a deadline in
#	ticks, works on QEMU and fails on a board, where the counter misses
#	the whole sleep.

. "$(dirname "$0")/packages"
. "$(dirname "$0")/machine"
need timeout
machine

image <<'END'
	.globl _start
_start:
	mov x0, #0x08000000		/* GICD: group 0 and PPI 27 on */
	mov w1, #1
	str w1, [x0]
	mov w1, #1 << 27
	str w1, [x0, #0x100]
	mov x0, #0x08010000		/* GICC */
	mov w1, #0xff
	str w1, [x0, #4]
	mov w1, #1
	str w1, [x0]
	mov x0, #0x45			/* PMCR: on, reset, 64 bits */
	msr pmcr_el0, x0
	mov x0, #1 << 31
	msr pmcntenset_el0, x0
	isb
	mrs x19, pmccntr_el0
	mrs x20, cntvct_el0
	ldr x0, =1000000
1:	subs x0, x0, #1
	b.ne 1b
	isb
	bl show
	ldr x0, =6250000
	msr cntv_tval_el0, x0
	mov x0, #1
	msr cntv_ctl_el0, x0
	isb
	mrs x19, pmccntr_el0
	mrs x20, cntvct_el0
	wfi
	isb
	bl show
	b off
show:	mrs x21, cntvct_el0
	mrs x22, pmccntr_el0
	mov x28, x30
	sub x0, x22, x19
	bl print
	sub x0, x21, x20
	bl print
	ret x28
	.ltorg
END
echo 'busy-cycles busy-ticks WFI-cycles WFI-ticks'
for shift in 0 3; do
	boot -icount "shift=$shift,sleep=off" || exit 77
done >"$work/seen" || { cat "$work/seen"; exit 77; }
cat "$work/seen"
verdict awk '
	function near(x, y) { return x > 0.99 * y && x < 1.01 * y }
	!near($1, NR == 1 ? 2e6 : 16e6) || !near($3, 1e8) { bad = 1 }
	END { exit bad || NR != 2 }' "$work/seen"
