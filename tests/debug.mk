# SPDX-License-Identifier: GPL-2.0
# The module under kernels that check themselves. Included by tests/tests.mk.

DEBUG_OUT := $(O)/tests/debug
DEBUG_KERNELS := checks kcsan rt debian
SEED := $(shell date +%s)
OPERATIONS := 200000
CYCLES := 500
SECONDS := 600
JOBS := $(shell nproc)

## debug-kernels   Linux with KASAN, lockdep, ...; with KCSAN; with PREEMPT_RT
.PHONY: debug-kernels
debug-kernels:
	@scripts/setup debug
	@scripts/parts
	@scripts/parts linux-source
	@for k in $(filter-out debian,$(DEBUG_KERNELS)); do \
		scripts/debug-kernel $$k tests/debug/config/virt.config \
			tests/debug/config/$$k.config || exit 1; \
	done

## check-debug     the module under these kernels, in real time: every test in a
##                 virtual machine, random operations, rmmod, suspend. SEED=N
##                 repeats the operations; OPERATIONS=N, CYCLES=N, SECONDS=N;
##                 DEBUG_KERNELS="checks kcsan rt debian"; JOBS=N machines at
##                 a time
.PHONY: check-debug
check-debug: debug-kernels vm-parts
	@echo "check-debug: seed $(SEED)"
	+@ARM64_CROSS=$(ARM64_CROSS) MAKE='$(MAKE)' tests/vm/pool $(JOBS) \
		tests/debug/check $(DEBUG_OUT) $(SEED) $(OPERATIONS) $(CYCLES) $(SECONDS) $(DEBUG_KERNELS)

## check-debug-mutants  do the checking kernels report deliberate mistakes?
##                 SEED=N chooses the operations that meet them; JOBS=N
.PHONY: check-debug-mutants
check-debug-mutants: debug-kernels vm-parts
	@echo "check-debug-mutants: seed $(SEED)"
	+@ARM64_CROSS=$(ARM64_CROSS) MAKE='$(MAKE)' tests/vm/pool $(JOBS) \
		$(TALLY) mutants='tests/debug/mutants-check $(DEBUG_OUT)/mutants $(SEED) $(MUTANTS)'
