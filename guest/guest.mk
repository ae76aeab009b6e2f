# SPDX-License-Identifier: MIT
# The bare-metal guest: arm64, freestanding, one image for all boot loaders.
# Included by the top-level Makefile; needs the unpacked parts (libfdt).

## guest           build/guest/xlat-guest, the bare-metal arm64 guest

GUEST := $(O)/guest
GUEST_CC = $(ARM64_CC)
GUEST_CPPFLAGS := -I. -Iinclude $(ARM64_SYSROOT_CFLAGS) \
	-DXLAT_VERSION='"$(VERSION)"'
# Only the interrupt vector uses x18. The vector saves no FP or SIMD registers.
# With the MMU off, memory is Device memory, which needs aligned accesses.
GUEST_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-builtin -fpie \
	-fvisibility=hidden -ffixed-x18 -mgeneral-regs-only -mstrict-align \
	-fno-stack-protector -fno-asynchronous-unwind-tables \
	-mno-outline-atomics -fno-tree-loop-distribute-patterns \
	-Wall -Wextra -Werror -MMD -MP -ffile-prefix-map=$(CURDIR)=.
GUEST_LDFLAGS := -nostdlib -static-pie -Wl,-z,notext -Wl,-z,norelro \
	-Wl,--no-dynamic-linker -Wl,-Bsymbolic -Wl,--build-id=none -Wl,--no-warn-rwx-segments \
	-Wl,-T,guest/image.lds

# The reader uses the same encoder and the same hypervisor detection.
GUEST_SOURCES := $(wildcard guest/*.c) core/encode.c core/encode_line.c \
	core/file_format.c core/hypervisor.c
GUEST_OBJECTS := $(GUEST_SOURCES:%.c=$(GUEST)/%.o) \
	$(GUEST)/guest/start.o $(GUEST)/guest/vectors.o

.PHONY: guest
guest: $(GUEST)/xlat-guest

$(GUEST)/xlat-guest: $(GUEST)/xlat-guest.elf
	$(ARM64_CROSS)objcopy -O binary $< $@

$(GUEST)/xlat-guest.elf: $(GUEST_OBJECTS) guest/image.lds guest/guest.mk Makefile
	$(GUEST_CC) $(GUEST_LDFLAGS) -o $@ $(GUEST_OBJECTS) \
		$(ARM64_SYSROOT_LDFLAGS) -lfdt -lgcc

$(GUEST)/%.o: %.c guest/guest.mk Makefile
	@mkdir -p $(@D)
	$(GUEST_CC) $(GUEST_CPPFLAGS) $(GUEST_CFLAGS) -c -o $@ $<

$(GUEST)/%.o: %.S guest/guest.mk Makefile
	@mkdir -p $(@D)
	$(GUEST_CC) $(GUEST_CPPFLAGS) -MMD -MP -g -c -o $@ $<

-include $(GUEST_OBJECTS:.o=.d)
