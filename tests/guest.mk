# SPDX-License-Identifier: GPL-2.0
# The bare-metal guest as a test. Included by tests/tests.mk.

## check-guest     the bare-metal guest: natively, as a domU, dom0less
.PHONY: check-guest
check-guest: guest reader reader-arm64 lab-tools
	@tests/guest/check

CHECK_SUITES += guest
