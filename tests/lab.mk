# SPDX-License-Identifier: GPL-2.0
# Tests of the lab without virtual machines: scenario files, and the runner with
# an emulator that is none. Included by tests/tests.mk.

LAB_PURE := plan plan_file settings settings_rules schedule number text image \
	cpio content hash xen_ring readback_domains dom0_job cpupool record_job \
	scenario images image_modules image_program recipe dom0less vm vm_argv \
	xen_console program
LAB_TESTS := plan image ring domains
LAB_TEST_CPPFLAGS := -D_GNU_SOURCE -Iscripts/lab -Itests

LAB_TEST_BUILD := $(O)/tests

define lab_variant
$(LAB_TEST_BUILD)/$(1)/lab/test_%: tests/lab/test_%.c $(LAB_PURE:%=scripts/lab/%.c) $(wildcard scripts/lab/*.h) tests/unit/unit.h
	@mkdir -p $$(@D)
	$$(CC_$(1)) $(LAB_TEST_CPPFLAGS) -std=gnu11 -O1 -g -Wall -Wextra -Werror \
		-o $$@ $$(filter %.c,$$^) -lconfig -lelf -lfdt -ljansson -lcheck -lsubunit -lpthread -lrt -lm
endef
$(foreach v,gcc-asan clang-asan,$(eval $(call lab_variant,$(v))))

LAB_PROGRAMS := \
	$(foreach v,gcc-asan clang-asan,$(LAB_TESTS:%=$(LAB_TEST_BUILD)/$(v)/lab/test_%))

## check-lab       scenario files: what they expand to, what is refused where;
##                 what the runner runs, and what it leaves behind
.PHONY: check-lab
check-lab: $(LAB_PROGRAMS) lab-tools
	@$(TALLY) $(foreach p,$(LAB_PROGRAMS),$(p:$(LAB_TEST_BUILD)/%=%)=$(p)) \
		runner='tests/lab/runner-check $(O)/bin/xlat-lab'

CHECK_SUITES += lab
