# SPDX-License-Identifier: GPL-2.0
#
# Installs, or unpacks under build/parts, what building and testing need.
# Included by the top-level Makefile.

PARTS := build/parts

# CROSS_COMPILE=aarch64-linux-gnu- selects the host's compiler if it has one,
# else the unpacked one.
PARTS_BIN := $(abspath $(PARTS))/compiler/bin
export PATH := $(PATH)$(if $(findstring :$(PARTS_BIN),$(PATH)),,:$(PARTS_BIN))

.PHONY: setup parts

## setup           install what building and testing need (apt; root or sudo)
setup:
	@scripts/setup check

## parts           unpack the arm64 kernel, Xen and QEMU under build/parts
parts: | setup
	@scripts/parts

## parts-trixie    like parts, plus Xen 4.20 with its tools and Linux 6.12
.PHONY: parts-trixie
parts-trixie: parts
	@scripts/parts arm64-trixie
	@scripts/parts linux-6.12

ifneq ($(wildcard $(PARTS)/parts.mk),)
include $(PARTS)/parts.mk
endif
