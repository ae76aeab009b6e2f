# SPDX-License-Identifier: GPL-2.0
# Tests of the real module in virtual machines, and tests of those tests.
# Included by tests/tests.mk.

KAPI_PROGRAMS := ioctl mmap poll invariants lifetime loss truth reference \
	protect early adjtimex races reader faults idle acpi timers vermagic stress \
	cycles remains suspend steps paused faithful pollers replaced
KAPI_SHARED := session account truth_device ring_reader guard_replay
KAPI := $(O)/tests/kapi
KAPI_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE -static \
	-I. -Iinclude
KAPI_SHARED_C := $(KAPI_SHARED:%=tests/kapi/%.c)

.PHONY: kapi
kapi: $(KAPI_PROGRAMS:%=$(KAPI)/%)

$(KAPI)/%: tests/kapi/%.c $(KAPI_SHARED_C) $(wildcard tests/kapi/*.h) \
		tests/truth/xlat_truth.h include/uapi/xlat.h
	@mkdir -p $(@D)
	$(ARM64_CC) $(KAPI_CFLAGS) -o $@ $(filter %.c,$^) -lpthread

# A program of several files.
$(KAPI)/stress: $(wildcard tests/kapi/stress_*.c)
$(KAPI)/cycles: tests/kapi/memory.c

# The test-only module, built like the real one in a tree of links.
TRUTH := $(abspath $(O)/tests/truth)

.PHONY: truth-module
truth-module:
	@mkdir -p $(TRUTH)
	@cp -rsf $(abspath tests/truth)/* $(abspath include) $(TRUTH)/
	$(MAKE) -C $(ARM64_KDIR) M=$(TRUTH) ARCH=arm64 \
		CROSS_COMPILE=$(ARM64_CROSS) $(TRUTH_ARGS) modules

.PHONY: vm-parts check-vm
vm-parts: lab-tools kapi truth-module module-arm64 reader reader-arm64

## check-vm        the real module in virtual machines
check-vm: vm-parts
	@tests/vm/run -o $(O)/tests/vm tests/vm/check.plan

## check-engine    the module in user space, on a fake machine
check-engine:
	@{ tests/kapi/engine-check kmod $(O)/tests/kapi/fake_source; \
	   echo "status $$?"; } | awk '{ print } \
		/^ok / { p++ } /^not ok / { f++ } \
		/^status / { if ($$2 && !f) f++ } \
		END { printf "%d passed, %d failed, 0 skipped\n", p, f; exit f > 0 }'

## check-mutants   do the tests find deliberate mistakes in the module?
check-mutants: vm-parts
	@ARM64_KDIR=$(ARM64_KDIR) ARM64_CROSS=$(ARM64_CROSS) \
		ENGINE=tests/kapi/engine-check \
		tests/mutants/check $(O)/tests/mutants $(MUTANTS)

## check-kmod-style  the module builds without warnings: W=1, sparse, checkpatch
check-kmod-style:
	@ARM64_KDIR=$(ARM64_KDIR) ARM64_CROSS=$(ARM64_CROSS) KDIR=$(KDIR) \
		tests/kmod-style $(O)/tests/kmod-style

## check-harness   does the harness find tests that test nothing?
check-harness:
	@tests/vm/harness-check

## check-build     O=, and what is rebuilt for another compiler or version
check-build:
	@tests/build-check $(O)/tests/build

CHECK_SUITES += build harness kmod-style engine vm
