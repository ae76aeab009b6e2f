# SPDX-License-Identifier: GPL-2.0
#
# The lab of virtual machines, and what is run in it. Included by the top-level
# Makefile.

.PHONY: demo
DEMO_PROGRAMS := --init $(O)/bin/lab-init --module $(O)/bin/arm64/xlat.ko \
	--reader $(O)/bin/xlat-read --guest-reader $(O)/bin/arm64/xlat-read

## demo            record and compare native, dom0, domU and domU with vwfi=native
demo:
	@scripts/setup demo
	@scripts/parts
	+@MAKE='$(MAKE)' scripts/compile $(O)/compile.log \
		reader reader-arm64 module-arm64 lab-tools
	@$(O)/bin/xlat-lab demo -o $(O)/demo $(DEMO_PROGRAMS)

## readme          run the demo, and put its table into README.md
.PHONY: readme
readme:
	+@$(MAKE) --no-print-directory -s demo >$(O)/readme.log || \
		{ cat $(O)/readme.log; exit 1; }
	@sed -n '/ AVG .* WARM_MAX/,/^Details/p' $(O)/readme.log | \
		sed -e '/^Details/d' | sed -e '$${/^$$/d}' | \
		scripts/readme-block demo README.md

# Which matrix, and where its results go.
LAB ?= lab/matrix/default.cfg
LAB_OUT ?= $(O)/lab

## lab             run a matrix of cells: LAB=FILE (lab/matrix/*.cfg),
##                 LAB_ARGS='--list', '--only CELL', ... (xlat-lab matrix --help)
## lab-quick       the published table, Linux and bare metal, in 5 minutes
## lab-report      what a matrix measured, once more: LAB_OUT=DIR
## lab-gate        has a path grown beyond LAB_BASELINE? Runs the few cells of
##                 lab/matrix/gate.cfg into build/lab-gate, on
##                 LAB_HYPERVISOR=NAME if given (build/xen/NAME/xen); with
##                 LAB_ARGS=--update they become the baseline
LAB_BASELINE ?= lab/baseline
LAB_GATE ?= lab/matrix/gate.cfg
LAB_GATE_OUT ?= $(O)/lab-gate
LAB_HYPERVISOR ?=
$(foreach v,LAB LAB_GATE LAB_BASELINE,$(if $(filter scripts/lab/%,$($(v))),\
	$(error $(v)=$($(v)): the lab has moved: give $(v)=$(patsubst scripts/%,%,$($(v))))))
LAB_REPORT = $(O)/bin/xlat-lab report $(LAB_OUT)

# What the cells of a file need is built or unpacked, but for a hypervisor of
# the user's own.
LAB_CAN_BUILD = guest parts-trixie module-arm64-6.12 $(XEN_VARIANTS:%=xen-%)
.PHONY: lab-programs lab-program lab-needs
# The list of cells needs only the launcher, and alone is on standard output.
# The launcher checks LAB_ARGS before the rest is built.
lab-program:
	@scripts/setup demo >&2
	+@MAKE='$(MAKE)' scripts/compile $(O)/compile.log $(O)/bin/xlat-lab >&2

lab-programs:
	@scripts/setup demo
	@scripts/parts
	+@MAKE='$(MAKE)' scripts/compile $(O)/compile.log \
		reader reader-arm64 module-arm64 lab-tools

lab-needs: lab-programs
	+@for need in $(filter $(LAB_CAN_BUILD),$(NEEDS)); do \
		case $$need in \
		guest | module-*) MAKE='$(MAKE)' scripts/compile \
			$(O)/compile.log $$need ;; \
		*) $(MAKE) --no-print-directory -s $$need ;; \
		esac || exit; done

define lab_needs
+@needs=$$($(O)/bin/xlat-lab matrix --needs $(1)) || exit; \
	$(MAKE) --no-print-directory lab-needs NEEDS="$$needs"
endef

# Wrong LAB_ARGS are refused before anything else is built or run.
define lab_options
@why=$$($(O)/bin/xlat-lab $(1) --check-options $(LAB_ARGS) 2>&1 >/dev/null) || \
	{ status=$$?; echo "LAB_ARGS: $${why#*: }" >&2; exit $$status; }
endef

# The report is printed even if some cells failed. Status 141: the reader of the
# list, such as head, has read enough.
LAB_LISTS := $(filter --list --help,$(LAB_ARGS))
.PHONY: lab lab-quick lab-report lab-gate
lab: lab-program
	$(call lab_options,matrix $(LAB))
	$(if $(LAB_LISTS),,$(call lab_needs,$(LAB_ARGS) $(LAB)))
	@status=0; $(O)/bin/xlat-lab matrix -o $(LAB_OUT) $(DEMO_PROGRAMS) \
		--modules $(O)/bin --bare-metal $(O)/guest/xlat-guest \
		--arinc653 $(O)/bin/lab-arinc653 $(LAB_ARGS) $(LAB) || status=$$?; \
		$(if $(LAB_LISTS),[ $$status != 141 ] || status=0;,[ $$status -gt 1 ] || $(LAB_REPORT) || status=$$?;) \
		exit $$status

lab-quick:
	+@$(MAKE) --no-print-directory lab LAB=lab/matrix/quick.cfg \
		LAB_OUT=$(O)/lab-quick

lab-report: lab-tools
	@$(LAB_REPORT)

# A cell that failed is the gate's to tell: it ends with 1 then.
define lab_gate_cells
@$(O)/bin/xlat-lab matrix -o $(LAB_GATE_OUT) $(DEMO_PROGRAMS) \
	--bare-metal $(O)/guest/xlat-guest $(LAB_GATE_CELLS) || [ $$? = 1 ]
endef
LAB_GATE_CELLS = $(LAB_HYPERVISOR:%=--hypervisor %) $(LAB_GATE)
lab-gate: lab-program
	$(call lab_options,gate --baseline $(LAB_BASELINE) $(LAB_GATE_OUT))
	$(if $(LAB_LISTS),,$(call lab_needs,$(LAB_GATE_CELLS)))
	$(if $(LAB_LISTS),,$(lab_gate_cells))
	@$(O)/bin/xlat-lab gate --baseline $(LAB_BASELINE) \
	 $(LAB_ARGS) $(LAB_GATE_OUT)

# The lab: a launcher for this machine, PID 1 for the guests.
LAB_SOURCES := $(wildcard lab/*.c) $(foreach d,cmd plan machine image run study symbols,\
	$(wildcard lab/$(d)/*.c))
LAB_SOURCES += $(addprefix lab/trace/,first_words.c mark.c insn.c)
LAB_INIT_SOURCES := $(wildcard lab/init/*.c)
LAB_CPPFLAGS := -D_GNU_SOURCE -I. -Iinclude
LAB_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -MMD -MP
LAB_LIBS := -lconfig -lfdt $(READER_LIBS)

# dom0's helper for ARINC653 is made with the unpacked libxenctrl, of the tools'
# own release. Cells that need it are not run where it is not there.
LAB_ARINC653 := $(if $(wildcard $(PARTS)/lib/lib/libxenctrl.a),$(O)/bin/lab-arinc653)

## lab-tools       build/bin/xlat-lab, its guests' PID 1, dom0's lab-arinc653,
##                 QEMU's plugin xlat-trace.so
.PHONY: lab-tools
lab-tools: $(O)/bin/xlat-lab $(O)/bin/lab-init $(LAB_ARINC653) \
	$(O)/bin/xlat-trace.so

LAB_OBJECTS := $(LAB_SOURCES:%.c=$(O)/obj/%.o)
LAB_INIT_OBJECTS := $(LAB_INIT_SOURCES:%.c=$(O)/obj/arm64/%.o)

$(O)/bin/xlat-lab: $(LAB_OBJECTS) $(READER_ARCHIVE)
	@mkdir -p $(@D)
	$(CC) -o $@ $^ $(LAB_LIBS)

$(O)/obj/lab/%.o: lab/%.c lab/lab.mk
	@mkdir -p $(@D)
	$(CC) $(LAB_CPPFLAGS) $(LAB_CFLAGS) -c -o $@ $<

$(O)/bin/lab-init: $(LAB_INIT_OBJECTS)
	@mkdir -p $(@D)
	$(ARM64_CC) -static -s -o $@ $^

$(O)/obj/arm64/lab/%.o: lab/%.c lab/lab.mk
	@mkdir -p $(@D)
	$(ARM64_CC) $(LAB_CPPFLAGS) $(ARM64_SYSROOT_CFLAGS) \
		$(LAB_CFLAGS) -c -o $@ $<

# QEMU's plugin. QEMU loads it with its own C library, which can be older than
# this machine's, so "make check-trace" checks which symbols it needs.
LAB_TRACE_SOURCES := $(filter-out %/first_words.c,$(wildcard lab/trace/*.c))
LAB_TRACE_OBJECTS := $(LAB_TRACE_SOURCES:%.c=$(O)/obj/pic/%.o)
LAB_TRACE_CFLAGS := -fPIC -fvisibility=hidden

$(O)/bin/xlat-trace.so: $(LAB_TRACE_OBJECTS)
	@mkdir -p $(@D)
	$(CC) -shared -o $@ $^

$(O)/obj/pic/lab/trace/%.o: lab/trace/%.c lab/lab.mk
	@mkdir -p $(@D)
	$(CC) $(LAB_CPPFLAGS) $(LAB_CFLAGS) $(LAB_TRACE_CFLAGS) -c -o $@ $<

LAB_ARINC653_SOURCES := lab/dom0/arinc653.c \
	$(addprefix lab/plan/,schedule.c settings.c number.c)
LAB_ARINC653_OBJECTS := $(LAB_ARINC653_SOURCES:%.c=$(O)/obj/arm64/%.o)
LAB_XEN_LIBS := -lxenctrl -lxencall -lxenevtchn -lxenforeignmemory \
	-lxendevicemodel -lxentoollog -lxentoolcore -lpthread -ldl

$(O)/bin/lab-arinc653: $(LAB_ARINC653_OBJECTS)
	@mkdir -p $(@D)
	$(ARM64_CC) -static -s -o $@ $^ \
		$(ARM64_SYSROOT_LDFLAGS) $(LAB_XEN_LIBS)

-include $(LAB_TRACE_OBJECTS:.o=.d)
-include $(LAB_OBJECTS:.o=.d) $(LAB_INIT_OBJECTS:.o=.d) \
	$(LAB_ARINC653_OBJECTS:.o=.d)
