# SPDX-License-Identifier: GPL-2.0
# The lab's report and gate over a made-up lab. Included by tests/tests.mk.

## check-study     the lab's report and gate, of a made-up lab, byte for byte
## study-update    accept what check-study finds different

STUDY := $(TEST_BUILD)/gcc-asan
STUDY_PURE := study study_stats study_split study_effect study_pairs \
	study_advice study_gate

$(TEST_BUILD)/%/make-lab: $(TEST_BUILD)/%/study/make-lab.o \
		$(TEST_BUILD)/%/synthetic.o $(TEST_BUILD)/%/libreader.a
	$(CC_$*) -o $@ $^ $(TEST_LIBS)

$(STUDY)/xlat-lab: $(wildcard scripts/lab/*.[ch]) tests/study.mk
	@mkdir -p $(@D)
	$(CC_gcc-asan) $(LAB_CFLAGS) -o $@ $(LAB_SOURCES) $(LAB_LIBS)

# The statistics are compiled into their unit tests.
STUDY_TESTS := $(filter test_study%,$(UNIT_TESTS))
define study_program
$(1): $$(TEST_BUILD)/$(2)/unit/$(3).o $$(STUDY_PURE:%=scripts/lab/%.c)
	$$(CC_$(2)) $$(TEST_CFLAGS) -D_GNU_SOURCE -Iscripts/lab -o $$@ \
		$$(filter-out %.h,$$^) $$(TEST_LIBS)
$$(TEST_BUILD)/$(2)/unit/$(3).o: TEST_CPPFLAGS += -Iscripts/lab
endef
$(foreach v,$(ASAN_VARIANTS),$(foreach t,$(STUDY_TESTS),\
	$(eval $(call study_program,$(TEST_BUILD)/$(v)/$(t),$(v),$(t)))))

.PHONY: check-study study-update
check-study: $(STUDY)/make-lab $(STUDY)/xlat-lab $(GOLDEN)/xlat-read
	@tests/study/check $^

study-update: $(STUDY)/make-lab $(STUDY)/xlat-lab $(GOLDEN)/xlat-read
	@tests/study/check --update $^

CHECK_SUITES += study
