# SPDX-License-Identifier: GPL-2.0
# One tar with all that a board needs: the module for its kernel, the static
# reader, and what runs them there.
## kit             build/kit/xlat-kit-KERNEL.tar for a board: KDIR=... CROSS_COMPILE=...
## check-kit       the kit on an emulated board and in a domU, over the console

# Without KDIR= it is for the unpacked Debian arm64 kernel, which is what
# check-kit boots.
KIT_KDIR := $(if $(filter command environment,$(firstword $(origin KDIR))),$(KDIR),$(ARM64_KDIR))
KIT_CROSS := $(or $(CROSS_COMPILE),$(ARM64_CROSS))
KIT_ARCH := $(or $(ARCH),$(if $(filter aarch64-%,$(notdir $(KIT_CROSS))),arm64))
KIT_KREL = $(shell sed -n 's/^.define UTS_RELEASE "\(.*\)"/\1/p' \
	$(KIT_KDIR)/include/generated/utsrelease.h 2>/dev/null)
KIT_NAME = xlat-kit-$(KIT_KREL)
KIT_FILES := run.sh make-initramfs.sh xlat-domu.cfg README.txt

.PHONY: kit kit-tar kit-tree check-kit
# Twice make: parts may have to write what the second one reads. The reader is
# linked with static libraries, which come with the parts whatever KDIR is.
kit:
	@scripts/setup demo
	@scripts/parts
	+@$(MAKE) --no-print-directory -s kit-tree
	+@MAKE='$(MAKE)' scripts/compile $(O)/kit.log kit-tar
	@tail -n 1 $(O)/kit.log

kit-tree:
	@$(MAKE) --no-print-directory -s kernel-tree KDIR=$(KIT_KDIR)

kit-tar: reader-arm64
	$(MAKE) module KDIR=$(KIT_KDIR) KMOD_NAME=kit-$(KIT_KREL) \
		KMOD_BIN=kit-$(KIT_KREL)/ \
		KMOD_ARGS="ARCH=$(KIT_ARCH) CROSS_COMPILE=$(KIT_CROSS)"
	@rm -rf $(O)/kit/$(KIT_NAME)
	@mkdir -p $(O)/kit/$(KIT_NAME)
	@cp $(KIT_FILES:%=kit/%) $(O)/kit/$(KIT_NAME)/
	$(KIT_CROSS)strip --strip-debug -o $(O)/kit/$(KIT_NAME)/xlat.ko \
		$(O)/bin/kit-$(KIT_KREL)/xlat.ko
	$(ARM64_CROSS)strip -o $(O)/kit/$(KIT_NAME)/xlat-read \
		$(O)/bin/arm64/xlat-read
	@tar -C $(O)/kit --sort=name --owner=0 --group=0 --numeric-owner \
		-cf $(O)/kit/$(KIT_NAME).tar $(KIT_NAME)
	@echo "kit: $(O)/kit/$(KIT_NAME).tar"

CHECK_SUITES += kit
check-kit: parts
	+@$(MAKE) --no-print-directory -s lab-tools reader
	@$(MAKE) --no-print-directory kit >/dev/null
	@tests/kit/check
