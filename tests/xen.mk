# SPDX-License-Identifier: GPL-2.0
# Tests of our patches to Xen, in virtual machines. Included by tests/tests.mk.

XEN_TESTS := $(O)/tests/xen
XEN_VERIFY := $(XEN_TESTS)/verify

$(XEN_VERIFY): tests/xen/verify.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -o $@ $< -ljansson -lm

# $(call xen_check,NAME): the machines of tests/xen/NAME.plan, then the claims
# about their recordings.
define xen_check
@rm -rf $(XEN_TESTS)/$(1)
@$(TALLY) machines='tests/vm/run -o $(XEN_TESTS)/$(1) tests/xen/$(1).plan' \
	claims='for f in $(XEN_TESTS)/$(1)/*.xlat; do \
		$(O)/bin/xlat-read export -o $$f.csv $$f; done; \
		$(XEN_VERIFY) tests/xen/$(1).claims $(XEN_TESTS)/$(1)'
endef

## check-forwarded  the physical timer forwarded by a patched Xen, in a domU
.PHONY: check-forwarded
check-forwarded: vm-parts $(XEN_VERIFY)
	@scripts/xen 4.17-release 4.17-vcntp
	$(call xen_check,short)

CHECK_SUITES += forwarded
