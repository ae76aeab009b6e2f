#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# On arm64, KCSAN does not see the accesses of smp_store_release() and
# smp_load_acquire(). On x86-64 it does.
#
# Version:  linux-source-6.12 6.12.117-1~deb12u1, with CONFIG_KCSAN_STRICT=y;
#	gcc and gcc-aarch64-linux-gnu 12.2.0 (Debian 12)
# Expected: kcsan.rst says that KCSAN is aware of marked accesses and names no
#	architecture that differs. So the compiler puts a call to KCSAN before
#	each of these accesses.
# Seen:	the calls of a function with one of these accesses to a 4-byte word
#	(each starts with __tsan_):
#	access			x86_64		arm64
#	WRITE_ONCE()		volatile_write4	volatile_write4
#	smp_store_release()	volatile_write4	no access
#	READ_ONCE()		volatile_read4	volatile_read4
#	smp_load_acquire()	volatile_read4	no call
#	The release has atomic_signal_fence on both: KCSAN sees the barrier.
#	arm64 accesses the word in inline assembly, stlr and ldar, and tells
#	only KASAN (arch/arm64/include/asm/barrier.h: kasan_check_write()).
# Matters:	a quiet KCSAN on arm64 proves less than on x86-64. Of a race
#	with one of these two, KCSAN sees only the plain side. If the value
#	changes while it watches, it reports a "race at unknown origin". That
#	takes CONFIG_KCSAN_REPORT_RACE_UNKNOWN_ORIGIN=y: it is the default, but
#	allnoconfig turns it off. By kernel/kcsan/core.c, a plain write that
#	races with smp_load_acquire() is never reported, since a load changes
#	no value. Run KCSAN on x86-64 as well.
#
# It needs 2.5 GB in the temporary folder, libelf-dev, and a few minutes.

. "$(dirname "$0")/packages"
need flex bison bc make gcc xz x86_64-linux-gnu-gcc aarch64-linux-gnu-gcc
packages linux-source-6.12=6.12.117-1~deb12u1
cd "$work" || cannot "$work: cannot enter"
tar -xf "$root/usr/src/linux-source-6.12.tar.xz" || cannot 'tar failed'
tree=$work/linux-source-6.12

cat >"$tree/lib/seen.c" <<'END'
#include <linux/compiler.h>
#include <asm/barrier.h>

unsigned int word;

void write_once(unsigned int value)
{
	WRITE_ONCE(word, value);
}

void store_release(unsigned int value)
{
	smp_store_release(&word, value);
}

unsigned int read_once(void)
{
	return READ_ONCE(word);
}

unsigned int load_acquire(void)
{
	return smp_load_acquire(&word);
}
END
# The kernel instruments only what is part of it.
echo 'obj-y += seen.o' >>"$tree/lib/Makefile"
for option in 64BIT SMP EXPERT DEBUG_KERNEL KCSAN KCSAN_STRICT \
	KCSAN_WEAK_MEMORY; do
	echo "CONFIG_$option=y"
done >options

# kernel ARCH PREFIX TARGET
kernel()
{
	make -s -C "$tree" O="$work/$1" ARCH="$1" CROSS_COMPILE="$2" \
		KCONFIG_ALLCONFIG="$work/options" "$3" >"$work/log" 2>&1 ||
		cannot "make $3 for $1: $(grep -i -m 1 error "$work/log")"
}

# calls ARCH PREFIX: one line for each function, with its calls of KCSAN
calls()
{
	"$2objdump" -dr "$1/lib/seen.o" | awk -v arch="$1" '
	function line() { if (name) print arch, name, list ? list : "none" }
	/^Disassembly/ { line(); name = "" }
	/^[0-9a-f]+ <[a-z_]+>:$/ {
		line()
		name = substr($2, 2, length($2) - 3)
		list = ""
	}
	/R_[A-Z0-9_]+\t__(tsan|kcsan)_/ && !/__tsan_func_/ {
		call = $NF
		sub(/-0x4$/, "", call)
		list = list ? list "," call : call
	}
	END { line() }'
}

for target in x86_64:x86_64-linux-gnu- arm64:aarch64-linux-gnu-; do
	arch=${target%:*}
	prefix=${target#*:}
	kernel "$arch" "$prefix" allnoconfig
	while read -r option; do
		grep -qx "$option" "$arch/.config" ||
			cannot "$arch does not have $option"
	done <options
	kernel "$arch" "$prefix" lib/seen.o
	calls "$arch" "$prefix" >>seen
done
cat >stated <<'END'
x86_64 write_once __tsan_volatile_write4
x86_64 store_release __tsan_atomic_signal_fence,__tsan_volatile_write4
x86_64 read_once __tsan_volatile_read4
x86_64 load_acquire __tsan_volatile_read4
arm64 write_once __tsan_volatile_write4
arm64 store_release __tsan_atomic_signal_fence
arm64 read_once __tsan_volatile_read4
arm64 load_acquire none
END
cat seen
verdict cmp -s seen stated
