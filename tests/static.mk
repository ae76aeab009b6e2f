# SPDX-License-Identifier: GPL-2.0
# The sources and the programs under analyzers. Included by tests/tests.mk.

STATIC := $(O)/tests/static
LINUX_SOURCE := $(PARTS)/linux-source/source

# What the module is built from.
STATIC_MODULE := $(wildcard kmod/*.[ch]) include/uapi/xlat.h $(addprefix core/,\
	barrier.h clock_rate.h grid.h guard.h histogram.h ring.h shortest.h vendor.h)

STATIC_PROGRAMS := $(READER_SOURCES) $(LAB_SOURCES) $(LAB_INIT_SOURCES) \
	$(filter-out $(LAB_SOURCES),$(LAB_TRACE_SOURCES)) \
	$(wildcard lab/dom0/*.c guest/*.c)
STATIC_FOUND := $(STATIC_PROGRAMS:%.c=$(STATIC)/%.found)
STATIC_WRONG := $(STATIC)/tests/static/wrong.found

## check-static    the sources under analyzers: sparse, checkpatch and Coccinelle
##                 for the module; gcc -fanalyzer, clang --analyze and cppcheck
##                 for the programs; check-golden and check-study under Valgrind
.PHONY: check-static static-found
check-static:
	@scripts/setup static
	@scripts/parts
	@scripts/parts linux-source
	@mkdir -p $(STATIC)
	+@scripts/progress $(STATIC)/log check-static \
		"echo \$$(find $(STATIC) -name '*.found' | wc -l) of $(words \
			$(STATIC_FOUND) $(STATIC_WRONG)) files analyzed" \
		$(MAKE) --no-print-directory -s -k static-found $(STATIC)/wrong \
		reader lab-tools $(GOLDEN)/make-runs $(GOLDEN)/make-lab
	+@$(TALLY) kmod-style='CHECKPATCH=$(LINUX_SOURCE)/scripts/checkpatch.pl \
			$(MAKE) --no-print-directory -s check-kmod-style' \
		coccinelle='tests/static/cocci $(LINUX_SOURCE) $(STATIC)/cocci \
			$(STATIC_MODULE)' \
		analyzers='tests/static/works $(STATIC_WRONG) $(STATIC)/wrong' \
		programs='echo "$(words $(STATIC_FOUND)) files"; tests/static/judge \
			-v analyzers="gcc clang cppcheck" tests/static/accepted \
			$(STATIC_FOUND)' \
		valgrind-golden='PROGRAM=$(abspath $(O))/bin/xlat-read \
			tests/golden/check $(GOLDEN)/make-runs tests/static/valgrind' \
		valgrind-study='PROGRAM=$(abspath $(O))/bin/xlat-lab \
			tests/study/check $(GOLDEN)/make-lab tests/static/valgrind'

static-found: $(STATIC_FOUND) $(STATIC_WRONG)

STATIC_CC := gcc
STATIC_FLAGS := -std=gnu11 $(READER_CPPFLAGS)
# The guest, and what runs in the lab's guests, are for arm64.
STATIC_ARM64 := $(filter $(STATIC)/guest/% $(STATIC)/lab/init/% \
	$(STATIC)/lab/dom0/%,$(STATIC_FOUND))
$(STATIC_ARM64): STATIC_CC = $(ARM64_CC)
$(STATIC_ARM64): STATIC_FLAGS += $(ARM64_SYSROOT_CFLAGS)
$(STATIC_ARM64): export CLANG_FLAGS = --target=aarch64-linux-gnu \
	-isystem $(PARTS)/compiler/usr/aarch64-linux-gnu/include

$(STATIC)/%.found: %.c tests/static/analyze tests/static/jansson.cfg tests/static.mk
	@mkdir -p $(@D)
	@tests/static/analyze $< $@ $(STATIC_CC) $(STATIC_FLAGS)

$(STATIC)/wrong: tests/static/wrong.c
	@mkdir -p $(@D)
	@$(CC) -g -O0 -w -o $@ $<

-include $(STATIC_FOUND:=.d)
