# SPDX-License-Identifier: GPL-2.0
# xlat: top level. "make help" lists the targets.
#
#   make                 the module for the running kernel, and the reader
#   make KDIR=... ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- module

.DEFAULT_GOAL := all

O            ?= build
KREL         ?= $(shell uname -r)
KDIR         ?= /lib/modules/$(KREL)/build
VERSION      := 0.1.0

include user/user.mk
include kmod/kmod.mk
-include scripts/scripts.mk
-include tests/tests.mk
-include scripts/kit/kit.mk

.PHONY: all help clean
all: reader module

help:
	@sed -n 's/^## //p' Makefile user/user.mk kmod/kmod.mk scripts/scripts.mk scripts/kit/kit.mk tests/tests.mk tests/vm.mk tests/demo.mk 2>/dev/null

## clean           remove what was built (not the unpacked foreign parts)
clean:
	rm -rf $(O)/bin $(O)/user $(O)/kmod $(O)/tests $(O)/kit
