# SPDX-License-Identifier: GPL-2.0
# Variants of Xen, included by the top-level Makefile.

XEN_VARIANTS := $(shell sed -n 's/^\([0-9][^ ]*\) .*/\1/p' xen/variants)

.PHONY: xen xen-packages $(XEN_VARIANTS:%=xen-%)
xen-packages:
	@scripts/setup xen

## xen             build the variants of Xen (xen/variants) under build/xen
xen: xen-packages
	@scripts/parts
	@scripts/xen

## xen-VARIANT     build one variant
$(XEN_VARIANTS:%=xen-%): xen-%: xen-packages
	@scripts/parts
	@scripts/xen $*
