# SPDX-License-Identifier: GPL-2.0
# Tests of our patches to Xen, in virtual machines. Included by tests/tests.mk.

XEN_TESTS := $(O)/tests/xen
XEN_VERIFY := $(XEN_TESTS)/verify

$(XEN_VERIFY): tests/xen/verify.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -o $@ $< -ljansson -lm

# $(call xen_check,NAME): the machines of tests/xen/NAME.plan, then the claims
# about their recordings. That of a second domain is NAME-other.xlat.
define xen_check
@rm -rf $(XEN_TESTS)/$(1)
@$(TALLY) machines='tests/vm/run -o $(XEN_TESTS)/$(1) tests/xen/$(1).plan' \
	claims='tests/xen/claims $(XEN_VERIFY) $(1) $(XEN_TESTS)/$(1)'
endef

## check-forwarded  the physical timer forwarded by a patched Xen, in a domU
.PHONY: check-forwarded
check-forwarded: vm-parts $(XEN_VERIFY)
	@scripts/xen 4.17-release 4.17-vcntp
	$(call xen_check,short)

## check-xen       the same in dom0, under 4.20, DEBUG, other schedulers, shared;
##                 domains in a row under null; check-repeat; check-gate;
##                 check-kernel
.PHONY: check-xen
check-xen: vm-parts $(XEN_VERIFY)
	@scripts/parts arm64-trixie
	@scripts/xen 4.17-vcntp 4.17-vcntp-debug 4.17-vcntp-new-vgic \
		4.17-vcntp-schedulers 4.17-schedulers 4.20-vcntp \
		4.20-vcntp-debug 4.20-vcntp-schedulers
	+@$(MAKE) --no-print-directory -s guest
	@rm -rf $(XEN_TESTS)/long
	+@$(TALLY) machines='tests/vm/run -o $(XEN_TESTS)/long tests/xen/long.plan' \
		claims='tests/xen/claims $(XEN_VERIFY) long $(XEN_TESTS)/long' \
		null='tests/xen/null-check $(XEN_TESTS)/null $(XEN_MATRIX)' \
		arinc653='tests/xen/arinc653-check $(XEN_TESTS)/arinc653 $(O)/bin/xlat-read $(XEN_MATRIX)' \
		repeat='$(MAKE) --no-print-directory -s check-repeat' \
		gate='$(MAKE) --no-print-directory -s check-gate' \
		kernel='$(MAKE) --no-print-directory -s check-kernel'

# Minutes: part of check-xen, not of check.
XEN_MATRIX = $(O)/bin/xlat-lab matrix $(DEMO_PROGRAMS) \
	--bare-metal $(O)/guest/xlat-guest --arinc653 $(O)/bin/lab-arinc653

## check-repeat    neither a second machine nor a busy host changes the numbers
##                 (in check-xen)
.PHONY: check-repeat
check-repeat: lab-tools reader reader-arm64 module-arm64 guest
	@tests/xen/repeat-check $(XEN_TESTS)/repeat $(O)/bin/xlat-read \
		$(XEN_MATRIX)

## check-gate      the gate passes Xen built again (three times), and finds a
##                 path that is a few hundred instructions longer (in check-xen)
.PHONY: check-gate
check-gate:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64 \
		lab-tools guest
	@scripts/xen 4.17-vcntp 4.17-vcntp-again 4.17-planted
	@tests/xen/gate-check $(XEN_TESTS)/gate $(O)/bin/xlat-lab \
		$(O)/bin/xlat-read $(XEN_MATRIX)

## check-kernel    the module on Debian's Linux 6.12, natively and in a domU (in
##                 check-xen: make check has no other kernel than 6.1)
.PHONY: check-kernel
check-kernel:
	@scripts/setup demo
	@scripts/parts
	@scripts/parts linux-6.12
	+@$(MAKE) --no-print-directory -s reader reader-arm64 module-arm64-6.12 \
		lab-tools
	@tests/xen/kernel-check $(XEN_TESTS)/kernel $(O)/bin/xlat-read \
		$(O)/bin/xlat-lab matrix $(DEMO_PROGRAMS) --modules $(O)/bin

CHECK_SUITES += forwarded
