# SPDX-License-Identifier: GPL-2.0
# The module. It is built in a tree of links, so that several kernels can be
# built for without touching the sources.

# KBUILD_O: one tree for each kernel and compiler. Kbuild's dependencies are
# relative to KDIR, so two kernels must never share a tree.
KBUILD_O = $(abspath $(O)/kmod/$(or $(KMOD_NAME),native)-$(shell \
	printf '%s' '$(abspath $(KDIR)) $(KMOD_ARGS) $(ARCH) $(CROSS_COMPILE)' | \
	cksum | cut -d' ' -f1))

# The same source gives the same module wherever it lies: under the instruction
# clock even the size of an initramfs is seen, and the lab's keys are of content.
# Not by ccflags-y, which Kbuild's own xlat.mod.c does not get: a path in what it
# is debugged by is in the build id, which strip leaves.
KMOD_NO_PATHS = -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(KBUILD_O)=.

## module          xlat.ko for KDIR=... [ARCH=... CROSS_COMPILE=...]
.PHONY: module
module: | kernel-tree
	@mkdir -p $(KBUILD_O)
	@cp -rsf $(abspath Kbuild) $(abspath kmod) $(abspath core) $(abspath include) $(KBUILD_O)/
	$(MAKE) -C $(KDIR) M=$(KBUILD_O) XLAT_VERSION=$(VERSION) \
		KCFLAGS="$(KCFLAGS) $(KMOD_NO_PATHS)" $(KMOD_ARGS) modules
	@mkdir -p $(O)/bin/$(KMOD_BIN)
	@cp $(KBUILD_O)/xlat.ko $(O)/bin/$(KMOD_BIN)xlat.ko

# What a tree that has never been prepared lacks.
.PHONY: kernel-tree
kernel-tree:
	@test -n "$(KDIR)" || { echo "xlat: no kernel to build for: give KDIR=, or run 'make parts' for the arm64 targets" >&2; exit 1; }
	@test -d "$(KDIR)" || { echo "xlat: no kernel build tree at $(KDIR): install the kernel's headers or give KDIR=" >&2; exit 1; }
	@test -e "$(KDIR)/include/generated/utsrelease.h" -a -e "$(KDIR)/scripts/mod/modpost" || { echo "xlat: $(KDIR) is not prepared: run 'make -C $(KDIR) modules_prepare' first" >&2; exit 1; }

## module-arm64    the same for the unpacked Debian arm64 kernel
.PHONY: module-arm64
module-arm64:
	@test -n "$(ARM64_KDIR)" || { echo "xlat: no arm64 kernel is unpacked: run 'make parts' first" >&2; exit 1; }
	$(MAKE) module KDIR=$(ARM64_KDIR) KMOD_ARGS="ARCH=arm64 CROSS_COMPILE=$(ARM64_CROSS)" KMOD_NAME=arm64 KMOD_BIN=arm64/
	@$(ARM64_CROSS)strip --strip-debug $(O)/bin/arm64/xlat.ko

# -fmin-function-alignment is an option of gcc 14's, the compiler of that
# kernel; without the symbol Kbuild takes -falign-functions, which all have.
ARM64_6_12_KDIR = $(wildcard $(PARTS_DIR)/kernel-6.12/linux-headers-*-arm64)

## module-arm64-6.12  the same for Debian's 6.12 (make parts-trixie)
.PHONY: module-arm64-6.12
module-arm64-6.12:
	@test -n "$(ARM64_6_12_KDIR)" || { echo "xlat: no arm64 kernel 6.12 is unpacked: run 'make parts-trixie' first" >&2; exit 1; }
	$(MAKE) module KDIR=$(ARM64_6_12_KDIR) KMOD_ARGS="ARCH=arm64 CROSS_COMPILE=$(ARM64_CROSS) CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=" KMOD_NAME=debian-6.12 KMOD_BIN=debian-6.12/
	@$(ARM64_CROSS)strip --strip-debug $(O)/bin/debian-6.12/xlat.ko
