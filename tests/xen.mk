# SPDX-License-Identifier: GPL-2.0
# Tests of our patches to Xen, in virtual machines. Included by tests/tests.mk.

XEN_TESTS := $(O)/tests/xen
XEN_VERIFY := $(XEN_TESTS)/verify

$(XEN_VERIFY): tests/xen/verify.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -o $@ $< -ljansson -lm

# $(call xen_check,NAME): the machines of tests/xen/NAME.plan, then the claims
# about their recordings. A second domain's comes as NAME-other.xlat.
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

## check-xen       the same in dom0, under 4.20, DEBUG, other schedulers, shared
.PHONY: check-xen
check-xen: vm-parts $(XEN_VERIFY)
	@scripts/parts arm64-trixie
	@scripts/xen 4.17-vcntp 4.17-vcntp-debug 4.17-vcntp-new-vgic \
		4.17-vcntp-schedulers 4.20-vcntp 4.20-vcntp-debug
	$(call xen_check,long)

CHECK_SUITES += forwarded
