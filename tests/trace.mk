# SPDX-License-Identifier: GPL-2.0
# Tests of QEMU's plugin. Included by tests/tests.mk.

TRACE_PURE := account insn block ring runs mark follow file writer log first_words
TRACE_TESTS := account mark follow file runs words

define trace_variant
$(TRACE_TESTS:%=$(TEST_BUILD)/$(1)/lab/test_trace_%): $(TEST_BUILD)/$(1)/lab/%: \
		$(TEST_BUILD)/$(1)/tests/unit/lab/%.o \
		$(TRACE_PURE:%=$(TEST_BUILD)/$(1)/lab/trace/%.o)
	@mkdir -p $$(@D)
	$$(CC_$(1)) -o $$@ $$^ -lcheck -lsubunit -lpthread -lrt -lm
endef
$(foreach v,$(ASAN_VARIANTS),$(eval $(call trace_variant,$(v))))

TRACE_PROGRAMS := $(foreach v,$(ASAN_VARIANTS),\
	$(TRACE_TESTS:%=$(TEST_BUILD)/$(v)/lab/test_trace_%))

$(GOLDEN)/trace-verify: $(GOLDEN)/tests/trace/verify.o \
		$(GOLDEN)/lab/trace/file.o
	$(CC_gcc-asan) -o $@ $^ -ljansson

# Linked to the fuzzer of tests.mk.
$(GOLDEN)/fuzz_trace: $(addprefix $(GOLDEN)/lab/trace/,file.o first_words.o \
	mark.o insn.o)

## check-trace     QEMU's plugin: what the clock charges, marks, its file; the
##                 bare-metal guest and Linux with and without it
check-trace: $(TRACE_PROGRAMS) $(GOLDEN)/trace-verify lab-tools guest reader \
		reader-arm64 module-arm64
	@$(TALLY) $(foreach p,$(TRACE_PROGRAMS),$(p:$(TEST_BUILD)/%=%)=$(p)) \
		plugin='tests/trace/check $(GOLDEN)/trace-verify'

CHECK_SUITES += trace
