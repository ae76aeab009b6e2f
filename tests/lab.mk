# SPDX-License-Identifier: GPL-2.0
# Tests of the lab without virtual machines: matrix files, and the runner with a
# fake emulator. Included by tests/tests.mk.

LAB_SYMBOLS := $(patsubst lab/%.c,%,$(wildcard lab/symbols/*.c))
LAB_PURE := $(addprefix plan/,plan plan_read plan_file settings settings_rules schedule \
	number) $(addprefix image/,image image_modules image_program cpio content \
	hash recipe) $(addprefix run/,text readback_domains recorded dom0_job cpupool \
	record_job scenario launch trace images cell_collect) \
	$(addprefix trace/,first_words mark insn) $(addprefix machine/,xen_ring dom0less vm \
	vm_argv xen_console program) cmd/demo_table \
	$(addprefix study/,study stats split effect pairs advice results words \
	page report report_effects report_published report_timers) \
	$(LAB_SYMBOLS)
LAB_TESTS := plan image ring domains machine collect demo report symbols symbols_check \
	symbols_elf symbols_kallsyms

LAB_TEST_BUILD := $(O)/tests

define lab_variant
$(LAB_TESTS:%=$(LAB_TEST_BUILD)/$(1)/lab/test_%): $(LAB_TEST_BUILD)/$(1)/lab/%: \
		$(LAB_TEST_BUILD)/$(1)/tests/unit/lab/%.o \
		$(LAB_PURE:%=$(LAB_TEST_BUILD)/$(1)/lab/%.o) \
		$(LAB_TEST_BUILD)/$(1)/tests/synthetic.o \
		$(LAB_TEST_BUILD)/$(1)/libreader.a
	@mkdir -p $$(@D)
	$$(CC_$(1)) -o $$@ $$^ $$(LAB_LIBS) -lcheck -lsubunit -lpthread -lrt
endef
$(foreach v,gcc-asan clang-asan,$(eval $(call lab_variant,$(v))))

LAB_PROGRAMS := \
	$(foreach v,gcc-asan clang-asan,$(LAB_TESTS:%=$(LAB_TEST_BUILD)/$(v)/lab/test_%))

$(LAB_TEST_BUILD)/gcc-asan/make-recording: \
		$(LAB_TEST_BUILD)/gcc-asan/tests/lab/make-recording.o \
		$(LAB_TEST_BUILD)/gcc-asan/tests/synthetic.o \
		$(LAB_TEST_BUILD)/gcc-asan/libreader.a
	$(CC_gcc-asan) -o $@ $^ $(READER_LIBS)

## check-lab       matrix files: their cells and their errors; the runner: what
##                 it runs and what it leaves behind
.PHONY: check-lab
check-lab: $(LAB_PROGRAMS) $(LAB_TEST_BUILD)/gcc-asan/xlat-lab \
		$(LAB_TEST_BUILD)/gcc-asan/make-recording
	@$(TALLY) $(foreach p,$(LAB_PROGRAMS),$(p:$(LAB_TEST_BUILD)/%=%)=$(p)) \
		runner='tests/lab/runner-check $(LAB_TEST_BUILD)/gcc-asan/xlat-lab \
			$(LAB_TEST_BUILD)/gcc-asan/make-recording'

CHECK_SUITES += lab

## check-symbols   symbols of real kernels, of Xen, of the module and the guest
.PHONY: check-symbols
check-symbols: $(LAB_TEST_BUILD)/gcc-asan/xlat-lab \
		$(LAB_TEST_BUILD)/gcc-asan/same_code \
		$(if $(wildcard $(PARTS)/parts.mk),guest module-arm64)
	@ARM64_CROSS=$(ARM64_CROSS) tests/symbols/check \
		$(wordlist 1,2,$^) $(O)

$(LAB_TEST_BUILD)/gcc-asan/same_code: \
		$(LAB_TEST_BUILD)/gcc-asan/tests/symbols/same_code.o \
		$(LAB_SYMBOLS:%=$(LAB_TEST_BUILD)/gcc-asan/lab/%.o)
	$(CC_gcc-asan) -o $@ $^ -lelf -lz

CHECK_SUITES += symbols
