#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# rdinstret of a RISC-V program under qemu-user counts no instructions: it reads
# the host's time-stamp counter, as rdcycle and rdtime do.
#
# Version:  qemu-user-static 1:7.2+dfsg-7+deb12u18+b3 (Debian 12, amd64)
# Expected: an emulator executes each instruction itself, so of all counters
#	"instructions retired" is the one that it gets right: 1,000 rounds of a
#	loop of two instructions are about 2,000, at every start.
# Seen:	three starts of the same program:
#		48826, 44532 and 45964 instructions, 2,001 were executed
#	rdinstret, rdcycle and rdtime, read one after the other, lie within
#	18,000 of each other, at an absolute value of 50079109114886.
# Matters:	emulated RISC-V is where the path length of a handler, or of code
#	between two stamps, is first counted, since rdinstret needs no driver.
#	The numbers look like instructions, but hold the translation of the code,
#	the host's load and the host's clock rate. rdtime has the host's rate,
#	not the timebase of any board. Count with a plugin or a machine under
#	-icount.

. "$(dirname "$0")/packages"
packages qemu-user-static=1:7.2+dfsg-7+deb12u18+b3 \
	binutils-riscv64-linux-gnu=2.40-2
cd "$work" || cannot "$work: cannot enter"

cat >count.s <<'END'
	.globl _start
_start:
	la s5, values
	rdinstret s0
	li t0, 1000
1:	addi t0, t0, -1
	bnez t0, 1b
	rdinstret s1
	rdcycle s2
	rdtime s3
	sub s0, s1, s0
	sub s2, s2, s1
	sub s3, s3, s1
	sd s0, 0(s5)
	sd s1, 8(s5)
	sd s2, 16(s5)
	sd s3, 24(s5)
	li a0, 1
	mv a1, s5
	li a2, 32
	li a7, 64
	ecall
	li a0, 0
	li a7, 93
	ecall
	.bss
	.balign 8
values:	.space 32
END
run "$root/usr/bin/riscv64-linux-gnu-as" -o count.o count.s >log 2>&1 &&
	run "$root/usr/bin/riscv64-linux-gnu-ld" -o count count.o >log 2>&1 ||
	cannot "no assembler: $(tail -n 1 log)"
echo 'instructions absolute cycle-instructions time-instructions'
for start in 1 2 3; do
	"$root/usr/bin/qemu-riscv64-static" ./count >values ||
		cannot "QEMU failed at start $start"
	od -A n -t d8 -w32 values
done >seen
cat seen
# Not instructions: far more than 2,001. One counter: the three differ by less
# than a thousandth of their value.
verdict awk '
	$1 < 4000 { bad = 1 }
	$3 < 0 || $3 * 1000 > $2 || $4 < 0 || $4 * 1000 > $2 { bad = 1 }
	END { exit bad || NR != 3 }' seen
