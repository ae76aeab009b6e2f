#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Under -icount, a busy vCPU stands still for 100 ms at a time while another one
# is busy.
#
# Version:  qemu-system-arm 1:7.2+dfsg-7+deb12u18+b3 (Debian 12)
# Expected: vCPUs that execute one after the other take short turns, or each
#	keeps its own count of instructions, so that two busy vCPUs look like
#	two CPUs. The instruction clock is the tool for exact times, after all.
# Seen:	-smp 2; vCPU 1 increments a word, vCPU 0 reads CNTVCT (16 ns a tick) in
#	a loop for 10 s:
#	shift	increments	longest gap	gaps above 1 ms
#	3	159374998	6250005		50
#	6	19921873	6250040		50
#	The longest gap between two reads is 100 ms. There are exactly 50 in
#	10 s: each vCPU has the clock to itself for 100 ms, in turn, and it runs
#	for both. Each gets half of its speed. A second start prints the same.
# Matters:	a latency measured on one vCPU holds whatever part of the other's
#	turn was left, without any contention in the guest, and a spin lock,
#	an IPI or a cross-call that is waited for costs up to 100 ms of guest
#	time. The numbers repeat to the tick, so they look like a property of
#	the guest. Keep all other vCPUs asleep while one is measured.

. "$(dirname "$0")/packages"
. "$(dirname "$0")/machine"
need timeout
machine

image <<'END'
	.globl _start
_start:
	ldr x0, =0xc4000003		/* CPU_ON */
	mov x1, #1
	ldr x2, =second
	mov x3, #0
	hvc #0
	mov x24, #0			/* longest gap */
	mov x26, #0			/* gaps above 1 ms */
	ldr x27, =62500
	mrs x21, cntfrq_el0
	mov x22, #10
	mul x21, x21, x22
	mrs x20, cntvct_el0
	mov x23, x20
1:	mrs x1, cntvct_el0
	sub x25, x1, x23
	mov x23, x1
	cmp x25, x24
	csel x24, x25, x24, hi
	cmp x25, x27
	cinc x26, x26, hi
	sub x1, x1, x20
	cmp x1, x21
	b.lo 1b
	ldr x1, =word
	ldr x0, [x1]
	bl print
	mov x0, x24
	bl print
	mov x0, x26
	bl print
	b off
second:	ldr x1, =word
1:	ldr x2, [x1]
	add x2, x2, #1
	str x2, [x1]
	b 1b
	.ltorg
	.bss
	.balign 16
word:	.space 8
	.text
END
echo 'increments longest-gap gaps'
for shift in 3 6; do
	boot -smp 2 -icount "shift=$shift,sleep=off" || exit 77
done >"$work/seen" || { cat "$work/seen"; exit 77; }
cat "$work/seen"
# 100 ms are 6,250,000 ticks.
verdict awk '$2 < 6200000 || $2 > 6300000 || $3 < 49 || $3 > 51 { bad = 1 }
	END { exit bad || NR != 2 }' "$work/seen"
