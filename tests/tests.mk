# SPDX-License-Identifier: GPL-2.0
#
# Each suite prints what it does and ends with "N passed, N failed, N skipped".

## check           every suite, with the seconds of each; the last line is the sum
## check-long      the suites that take longer: check-fuzz-long, check-litmus,
##                 check-xen
## check-unit      unit tests, under ASAN, UBSAN and TSAN, with gcc and clang
## check-deps      who may include whom; every header compiles alone
## check-docs      does everything exist that the documents name?
## check-golden    reports and comparisons of known runs, byte for byte
## check-corpus    files and command lines of earlier releases
## check-fuzz      damaged files and console logs, at random
## check-fuzz-long the same with ten times as many
## golden-update   accept the differences that check-golden finds

CHECK_SUITES := unit deps docs golden fuzz corpus
CHECK_LONG_SUITES := fuzz-long litmus xen
-include tests/vm.mk
-include tests/demo.mk
-include tests/lab.mk
-include tests/guest.mk
-include tests/xen.mk
-include tests/litmus.mk
-include tests/debug.mk
-include tests/static.mk

TALLY := tests/tally
TEST_BUILD := $(O)/tests

# $(call tally,SUITE...): each suite's target
tally = $(TALLY) $(foreach s,$(1),\
	$(s)='$(MAKE) -j$$(nproc) --no-print-directory -s check-$(s)')

.PHONY: check check-long $(CHECK_SUITES:%=check-%) check-fuzz-long golden-update
check: parts
	+@$(call tally,$(CHECK_SUITES))

check-long: parts
	+@$(call tally,$(CHECK_LONG_SUITES))

# A variant is a compiler with sanitizers. It builds the files of the reader,
# without main(), as a library.
TEST_CPPFLAGS := $(READER_CPPFLAGS)
TEST_CFLAGS := -std=gnu11 -O1 -g -fno-omit-frame-pointer -Wall -Wextra -Werror \
	-MMD -MP
TEST_LIBS := -lcheck -lsubunit -lpthread -lrt $(READER_LIBS)
CC_gcc-asan := gcc -fsanitize=address,undefined -fno-sanitize-recover=all
CC_clang-asan := clang -fsanitize=address,undefined -fno-sanitize-recover=all
CC_gcc-tsan := gcc -fsanitize=thread -Wno-tsan
CC_clang-tsan := clang -fsanitize=thread

TEST_LIBRARY := $(filter-out user/xlat-read.c,$(READER_SOURCES))
UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/core/test_*.c \
	tests/unit/user/test_*.c tests/unit/lab/test_study*.c))

define variant
$(TEST_BUILD)/$(1)/%.o: %.c tests/tests.mk
	@mkdir -p $$(@D)
	$$(CC_$(1)) $$(TEST_CPPFLAGS) $$(TEST_CFLAGS) -c -o $$@ $$<

$(TEST_BUILD)/$(1)/libreader.a: $$(TEST_LIBRARY:%.c=$(TEST_BUILD)/$(1)/%.o)
	@rm -f $$@
	$$(AR) rcs $$@ $$^

$(TEST_BUILD)/$(1)/%: $(TEST_BUILD)/$(1)/tests/unit/%.o \
		$(TEST_BUILD)/$(1)/tests/synthetic.o $(TEST_BUILD)/$(1)/libreader.a
	@mkdir -p $$(@D)
	$$(CC_$(1)) -o $$@ $$^ $$(TEST_LIBS)

-include $$(wildcard $(TEST_BUILD)/$(1)/*/*.d $(TEST_BUILD)/$(1)/*/*/*.d \
	$(TEST_BUILD)/$(1)/*/*/*/*.d)
endef

ASAN_VARIANTS := gcc-asan clang-asan
TSAN_VARIANTS := gcc-tsan clang-tsan
$(foreach v,$(ASAN_VARIANTS) $(TSAN_VARIANTS),$(eval $(call variant,$(v))))

# Only test_ring has two threads, so only it is built with TSAN.
$(TSAN_VARIANTS:%=$(TEST_BUILD)/%/core/test_ring): %/core/test_ring: %/tests/unit/core/test_ring.o
	@mkdir -p $(@D)
	$(CC_$(notdir $*)) -o $@ $^ $(TEST_LIBS)

UNIT_PROGRAMS := \
	$(foreach v,$(ASAN_VARIANTS),$(UNIT_TESTS:%=$(TEST_BUILD)/$(v)/%)) \
	$(TSAN_VARIANTS:%=$(TEST_BUILD)/%/core/test_ring)

.PRECIOUS: $(TEST_BUILD)/%.o
check-unit: $(UNIT_PROGRAMS)
	@$(TALLY) $(foreach p,$^,$(p:$(TEST_BUILD)/%=%)=$(p))

check-deps:
	@tests/deps/check

check-docs: $(O)/bin/xlat-read $(O)/bin/xlat-lab
	@tests/docs/check $^

GOLDEN := $(TEST_BUILD)/gcc-asan
$(GOLDEN)/make-runs: $(GOLDEN)/tests/golden/make-runs.o $(GOLDEN)/tests/synthetic.o $(GOLDEN)/libreader.a
	$(CC_gcc-asan) -o $@ $^ $(TEST_LIBS)

$(GOLDEN)/xlat-read: $(GOLDEN)/user/xlat-read.o $(GOLDEN)/libreader.a
	$(CC_gcc-asan) -o $@ $^ $(READER_LIBS)

check-golden: $(GOLDEN)/make-runs $(GOLDEN)/xlat-read
	@tests/golden/check $^

golden-update: $(GOLDEN)/make-runs $(GOLDEN)/xlat-read
	@tests/golden/check --update $^

FUZZERS := $(patsubst tests/fuzz/%.c,$(GOLDEN)/%,$(wildcard tests/fuzz/fuzz_*.c))
$(FUZZERS): $(GOLDEN)/%: $(GOLDEN)/tests/fuzz/%.o $(GOLDEN)/tests/synthetic.o $(GOLDEN)/libreader.a
	$(CC_gcc-asan) -o $@ $^ $(TEST_LIBS)

check-fuzz-long: export XLAT_FUZZ = long
$(GOLDEN)/fuzz_symbols: $(LAB_SYMBOLS:%=$(GOLDEN)/lab/%.o)
check-fuzz check-fuzz-long: $(FUZZERS)
	@$(TALLY) $(foreach p,$^,$(notdir $(p))=$(p))

-include tests/study.mk
-include tests/trace.mk

# After study.mk, which builds xlat-lab.
$(GOLDEN)/has_numbers: $(GOLDEN)/tests/corpus/has_numbers.o
	$(CC_gcc-asan) -o $@ $^ -ljansson -lm

check-corpus: $(GOLDEN)/xlat-read $(STUDY)/xlat-lab $(GOLDEN)/has_numbers
	@tests/corpus/check $^
