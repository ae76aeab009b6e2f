# SPDX-License-Identifier: GPL-2.0
#
# From nothing but a laptop to programs and a lab of virtual machines:
# included by the top-level Makefile.

PARTS := build/parts

.PHONY: setup parts demo

## setup           install what building and testing need (apt; root or sudo)
setup:
	@scripts/setup check

## parts           unpack the arm64 kernel, Xen and QEMU under build/parts
parts: | setup
	@scripts/parts

DEMO_PROGRAMS := --init $(O)/bin/lab-init --module $(O)/bin/arm64/xlat.ko \
	--reader $(O)/bin/xlat-read --guest-reader $(O)/bin/arm64/xlat-read

## demo            record and compare native, dom0, domU and domU with vwfi=native
demo:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64 lab-tools
	@$(O)/bin/xlat-lab demo -o $(O)/demo $(DEMO_PROGRAMS)

# Which matrix, and where its results go.
LAB ?= scripts/lab/matrix/default.cfg
LAB_OUT ?= $(O)/lab
LAB_GUEST := $(if $(wildcard guest/guest.mk),guest)

## lab             run a matrix of cells: LAB=FILE (scripts/lab/matrix/*.cfg),
##                 LAB_ARGS='--list', '--only CELL', ... (xlat-lab matrix --help)
## lab-quick       the published table, Linux and bare metal, in 5 minutes
.PHONY: lab lab-quick
lab:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64 \
		lab-tools $(LAB_GUEST)
	@$(O)/bin/xlat-lab matrix -o $(LAB_OUT) $(DEMO_PROGRAMS) \
		--bare-metal $(O)/guest/xlat-guest $(LAB_ARGS) $(LAB)

lab-quick:
	+@$(MAKE) --no-print-directory lab LAB=scripts/lab/matrix/quick.cfg \
		LAB_OUT=$(O)/lab-quick

ifneq ($(wildcard $(PARTS)/parts.mk),)
include $(PARTS)/parts.mk
endif

# The lab: a launcher for this machine, PID 1 for the guests.
LAB_SOURCES := $(wildcard scripts/lab/*.c)
LAB_GUEST_SOURCES := $(wildcard scripts/lab/guest/*.c)
LAB_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE

## lab-tools       build/bin/xlat-lab and its guests' PID 1
.PHONY: lab-tools
lab-tools: $(O)/bin/xlat-lab $(O)/bin/lab-init

$(O)/bin/xlat-lab: $(LAB_SOURCES) $(wildcard scripts/lab/*.h)
	@mkdir -p $(@D)
	$(CC) $(LAB_CFLAGS) -o $@ $(LAB_SOURCES) -lelf -lconfig -ljansson

$(O)/bin/lab-init: $(LAB_GUEST_SOURCES) $(wildcard scripts/lab/guest/*.h)
	@mkdir -p $(@D)
	aarch64-linux-gnu-gcc $(LAB_CFLAGS) -static -s -o $@ $(LAB_GUEST_SOURCES)
