# SPDX-License-Identifier: GPL-2.0
# The lab's report and gate over a made-up lab. Included by tests/tests.mk.

## check-study     the lab's report and gate, of a made-up lab, byte for byte
## study-update    accept what check-study finds different

STUDY := $(TEST_BUILD)/gcc-asan
$(TEST_BUILD)/%/make-lab: $(TEST_BUILD)/%/study/make-lab.o \
		$(TEST_BUILD)/%/synthetic.o $(TEST_BUILD)/%/libreader.a
	$(CC_$*) -o $@ $^ $(TEST_LIBS)

$(STUDY)/xlat-lab: $(wildcard scripts/lab/*.[ch]) tests/study.mk
	@mkdir -p $(@D)
	$(CC_gcc-asan) $(LAB_CFLAGS) -o $@ $(LAB_SOURCES) -lelf -ljansson -lm

.PHONY: check-study study-update
check-study: $(STUDY)/make-lab $(STUDY)/xlat-lab $(GOLDEN)/xlat-read
	@tests/study/check $^

study-update: $(STUDY)/make-lab $(STUDY)/xlat-lab $(GOLDEN)/xlat-read
	@tests/study/check --update $^

CHECK_SUITES += study
