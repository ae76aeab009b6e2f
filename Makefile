# SPDX-License-Identifier: GPL-2.0
# xlat: top level. "make help" lists the targets.
#
#   make                 the module for the running kernel, and the reader
#   make KDIR=... ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- module
#   make O=DIR ...       all that is built goes to DIR; the foreign parts stay
#                        in build/parts
#   make V=1 ...         show each command instead of the progress

.DEFAULT_GOAL := all

# Kbuild has an O= of its own, which it takes from the command line only, and
# so from the command line of the make above it: ours goes down by environment.
override O   := $(or $(strip $(O)),build)
MAKEOVERRIDES := $(filter-out O=%,$(MAKEOVERRIDES))
export O

ifeq ($(MAKELEVEL),0)
PATH_ERROR := $(shell scripts/path-check "$$(pwd)" '$(O)' 2>&1)
$(if $(PATH_ERROR),$(error $(PATH_ERROR)))
$(if $(filter-out 0,$(.SHELLSTATUS)),$(error xlat: O=$(O): use another directory))
endif

KREL         ?= $(shell uname -r)
KDIR         ?= /lib/modules/$(KREL)/build
VERSION      := 0.1.0

# The targets that only compile, and each suite of tests, are made by a second
# make, whose commands are not shown: scripts/compile logs them, tests/tally
# leaves them out. Neither V=1 nor make -n needs that.
COMPILED := all reader reader-arm64 module module-arm64 module-arm64-6.12 guest \
	lab-tools kapi truth-module
GOALS := $(or $(MAKECMDGOALS),all)
is_plain := $(filter 0,$(MAKELEVEL))$(filter-out 0,$(V))$(findstring n,\
	$(filter-out ---%,$(firstword -$(MAKEFLAGS))))

ifeq ($(is_plain)$(filter-out $(COMPILED),$(GOALS)),0)
.PHONY: $(GOALS) compiled
$(GOALS): compiled
	@:
compiled:
	+@MAKE='$(MAKE)' scripts/compile $(O)/compile.log $(GOALS)
	@echo "made: $(GOALS)"
else ifeq ($(is_plain)$(filter-out check-%,$(GOALS)),0)
.PHONY: $(GOALS) checked
$(GOALS): checked
	@:
checked:
	+@tests/tally $(foreach g,$(GOALS),$(g:check-%=%)='$(MAKE) \
		-j$$(nproc) --no-print-directory -s $(g)')
else
include user/user.mk
include kmod/kmod.mk
-include scripts/scripts.mk
-include lab/lab.mk
include guest/guest.mk
-include tests/tests.mk
-include kit/kit.mk
-include xen/xen.mk

.PHONY: all help clean
all: reader module

help:
	@sed -n 's/^## //p' Makefile user/user.mk kmod/kmod.mk scripts/scripts.mk lab/lab.mk guest/guest.mk kit/kit.mk tests/tests.mk tests/vm.mk tests/demo.mk tests/lab.mk tests/study.mk tests/trace.mk tests/guest.mk tests/xen.mk tests/litmus.mk tests/debug.mk tests/static.mk xen/xen.mk 2>/dev/null

## V=1             show the commands of make and the compilers
## O=DIR           build there (default: build; the parts stay in build/parts)
## clean           remove what was built (not the unpacked foreign parts)
clean:
	@case ":$$PATH:" in *":$(abspath $(O)/bin):"*) \
		echo "xlat: $(O)/bin is in your PATH: nothing is removed" >&2; \
		exit 1 ;; esac
	rm -f $(O)/compile.log $(O)/kit.log
	rm -rf $(O)/bin $(O)/user $(O)/kmod $(O)/tests $(O)/kit $(O)/guest \
		$(O)/obj
endif
