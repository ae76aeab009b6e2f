# SPDX-License-Identifier: GPL-2.0
#
# From nothing but a laptop to programs and a lab of virtual machines:
# included by the top-level Makefile.

PARTS := build/parts

.PHONY: setup parts

## setup           install what building and testing need (apt; root or sudo)
setup:
	@scripts/setup check

## parts           unpack the arm64 kernel, Xen and QEMU under build/parts
parts: | setup
	@scripts/parts

ifneq ($(wildcard $(PARTS)/parts.mk),)
include $(PARTS)/parts.mk
endif
