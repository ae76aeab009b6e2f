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

## parts-trixie    the same, and Xen 4.20 with its tools, and Linux 6.12
.PHONY: parts-trixie
parts-trixie: parts
	@scripts/parts arm64-trixie
	@scripts/parts linux-6.12

## demo            record and compare native, dom0, domU and domU with vwfi=native
demo:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64 lab-tools
	@$(O)/bin/xlat-lab demo -o $(O)/demo $(DEMO_PROGRAMS)

# Which matrix, and where its results go.
LAB ?= scripts/lab/matrix/default.cfg
LAB_OUT ?= $(O)/lab

## lab             run a matrix of cells: LAB=FILE (scripts/lab/matrix/*.cfg),
##                 LAB_ARGS='--list', '--only CELL', ... (xlat-lab matrix --help)
## lab-quick       the published table, Linux and bare metal, in 5 minutes
## lab-report      what a matrix measured, once more: LAB_OUT=DIR
## lab-gate        has a path grown beyond LAB_BASELINE? Runs the few cells of
##                 scripts/lab/matrix/gate.cfg into build/lab-gate, on
##                 LAB_HYPERVISOR=NAME if given (build/xen/NAME/xen); with
##                 LAB_ARGS=--update they become the baseline
LAB_BASELINE ?= scripts/lab/baseline
LAB_GATE ?= scripts/lab/matrix/gate.cfg
LAB_GATE_OUT ?= $(O)/lab-gate
LAB_HYPERVISOR ?=
LAB_REPORT = $(O)/bin/xlat-lab report --reader $(O)/bin/xlat-read $(LAB_OUT)

# What the cells of a file need is built or unpacked, but for a hypervisor of
# the user's own.
LAB_CAN_BUILD = guest parts-trixie module-arm64-6.12 $(XEN_VARIANTS:%=xen-%)
.PHONY: lab-programs lab-needs
lab-programs:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64 lab-tools

lab-needs:
	+@for need in $(filter $(LAB_CAN_BUILD),$(NEEDS)); do \
		$(MAKE) --no-print-directory -s $$need || exit; done

define lab_needs
+@needs=$$($(O)/bin/xlat-lab matrix --needs $(1)) || exit; \
	$(MAKE) --no-print-directory lab-needs NEEDS="$$needs"
endef

# What was measured is told even if some cells could not be.
.PHONY: lab lab-quick lab-report lab-gate
lab: lab-programs
	$(if $(filter --list --help,$(LAB_ARGS)),,$(call lab_needs,$(LAB_ARGS) $(LAB)))
	@status=0; $(O)/bin/xlat-lab matrix -o $(LAB_OUT) $(DEMO_PROGRAMS) \
		--modules $(O)/bin --bare-metal $(O)/guest/xlat-guest \
		--arinc653 $(O)/bin/lab-arinc653 $(LAB_ARGS) $(LAB) || status=$$?; \
		$(if $(filter --list --help,$(LAB_ARGS)),,[ $$status -gt 1 ] || $(LAB_REPORT) || status=$$?;) \
		exit $$status

lab-quick:
	+@$(MAKE) --no-print-directory lab LAB=scripts/lab/matrix/quick.cfg \
		LAB_OUT=$(O)/lab-quick

lab-report: reader lab-tools
	@$(LAB_REPORT)

# A cell that failed is the gate's to tell: it ends with 1 then.
LAB_GATE_CELLS = $(LAB_HYPERVISOR:%=--hypervisor %) $(LAB_GATE)
lab-gate: lab-programs
	$(call lab_needs,$(LAB_GATE_CELLS))
	@$(O)/bin/xlat-lab matrix -o $(LAB_GATE_OUT) $(DEMO_PROGRAMS) \
		--bare-metal $(O)/guest/xlat-guest $(LAB_GATE_CELLS) || [ $$? = 1 ]
	@$(O)/bin/xlat-lab gate --reader $(O)/bin/xlat-read \
		--baseline $(LAB_BASELINE) $(LAB_ARGS) $(LAB_GATE_OUT)

ifneq ($(wildcard $(PARTS)/parts.mk),)
include $(PARTS)/parts.mk
endif

# The lab: a launcher for this machine, PID 1 for the guests.
LAB_SOURCES := $(wildcard scripts/lab/*.c)
LAB_GUEST_SOURCES := $(wildcard scripts/lab/guest/*.c)
LAB_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE
LAB_LIBS := -lelf -lconfig -lfdt -ljansson -lm

# dom0's helper for ARINC653 is made with the unpacked libxenctrl, of the tools'
# own release. Cells that need it are not run where it is not there.
LAB_ARINC653 := $(if $(wildcard $(PARTS)/lib/lib/libxenctrl.a),$(O)/bin/lab-arinc653)

## lab-tools       build/bin/xlat-lab, its guests' PID 1, dom0's lab-arinc653
.PHONY: lab-tools
lab-tools: $(O)/bin/xlat-lab $(O)/bin/lab-init $(LAB_ARINC653)

$(O)/bin/xlat-lab: $(LAB_SOURCES) $(wildcard scripts/lab/*.h)
	@mkdir -p $(@D)
	$(CC) $(LAB_CFLAGS) -o $@ $(LAB_SOURCES) $(LAB_LIBS)

$(O)/bin/lab-init: $(LAB_GUEST_SOURCES) $(wildcard scripts/lab/guest/*.h)
	@mkdir -p $(@D)
	aarch64-linux-gnu-gcc $(LAB_CFLAGS) -static -s -o $@ $(LAB_GUEST_SOURCES)

LAB_ARINC653_SOURCES := scripts/lab/dom0/arinc653.c \
	$(addprefix scripts/lab/,schedule.c settings.c number.c)
LAB_XEN_LIBS := -lxenctrl -lxencall -lxenevtchn -lxenforeignmemory \
	-lxendevicemodel -lxentoollog -lxentoolcore -lpthread -ldl

$(O)/bin/lab-arinc653: $(LAB_ARINC653_SOURCES) $(wildcard scripts/lab/*.h)
	@mkdir -p $(@D)
	aarch64-linux-gnu-gcc $(LAB_CFLAGS) -Iscripts/lab $(ARM64_SYSROOT_CFLAGS) \
		-static -s -o $@ $(LAB_ARINC653_SOURCES) \
		$(ARM64_SYSROOT_LDFLAGS) $(LAB_XEN_LIBS)
