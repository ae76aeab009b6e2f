# SPDX-License-Identifier: GPL-2.0
# The lab's report and gate over a made-up lab. Included by tests/tests.mk.

## check-study     the lab's report and gate for a made-up lab, byte for byte
## study-update    accept the differences that check-study finds

STUDY := $(TEST_BUILD)/gcc-asan
STUDY_PURE := study stats split effect pairs advice gate

$(TEST_BUILD)/%/make-lab: $(TEST_BUILD)/%/tests/study/make-lab.o \
		$(TEST_BUILD)/%/tests/synthetic.o $(TEST_BUILD)/%/libreader.a
	$(CC_$*) -o $@ $^ $(TEST_LIBS)

$(STUDY)/xlat-lab: $(LAB_SOURCES:%.c=$(STUDY)/%.o) $(STUDY)/libreader.a
	$(CC_gcc-asan) -o $@ $^ $(LAB_LIBS)

# The statistics are linked to their unit tests.
STUDY_TESTS := $(filter lab/test_study%,$(UNIT_TESTS))
define study_program
$(1): $$(TEST_BUILD)/$(2)/tests/unit/$(3).o \
		$$(STUDY_PURE:%=$$(TEST_BUILD)/$(2)/lab/study/%.o) \
		$$(TEST_BUILD)/$(2)/lab/plan/settings.o \
		$$(TEST_BUILD)/$(2)/lab/plan/number.o
	@mkdir -p $$(@D)
	$$(CC_$(2)) -o $$@ $$^ $$(TEST_LIBS)
endef
$(foreach v,$(ASAN_VARIANTS),$(foreach t,$(STUDY_TESTS),\
	$(eval $(call study_program,$(TEST_BUILD)/$(v)/$(t),$(v),$(t)))))

.PHONY: check-study study-update
check-study: $(STUDY)/make-lab $(STUDY)/xlat-lab
	@tests/study/check $^

study-update: $(STUDY)/make-lab $(STUDY)/xlat-lab
	@tests/study/check --update $^

CHECK_SUITES += study
