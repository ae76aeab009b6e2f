# SPDX-License-Identifier: MIT
# The reader.
## reader          build/bin/xlat-read, for this machine
## reader-arm64    build/bin/arm64/xlat-read, static, for any small arm64 target

-include build/parts/parts.mk

# Compiles for arm64, with the same compiler on every host.
ARM64_CC = $(if $(ARM64_CROSS),$(ARM64_CROSS)gcc,$(error xlat: no compiler \
	for arm64 is unpacked: run 'make parts' first))

# The reader's library: the lab links it as well.
READER_LIBRARY := $(wildcard core/*.c) $(foreach d,data format record analysis \
	render,$(wildcard user/$(d)/*.c))
READER_SOURCES := $(READER_LIBRARY) $(wildcard user/*.c user/cmd/*.c)
READER_CPPFLAGS := -D_GNU_SOURCE -DXLAT_VERSION='"$(VERSION)"' \
	-I. -Iinclude
READER_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror -MMD -MP
READER_LIBS := -ljansson -lcsv -lelf -lz -lm

READER_COMPILE := $(CC) $(READER_CPPFLAGS) $(READER_CFLAGS) $(CFLAGS)
READER_ARM64_COMPILE = $(ARM64_CC) $(READER_CPPFLAGS) \
	$(ARM64_SYSROOT_CFLAGS) $(READER_CFLAGS)
READER_LINK := $(LDFLAGS) $(READER_LIBS)
READER_ARM64_LINK := $(LDFLAGS) $(ARM64_SYSROOT_LDFLAGS) $(READER_LIBS) \
	$(ARM64_READER_LIBS)

READER_OBJECTS := $(READER_SOURCES:%.c=$(O)/user/%.o)
READER_ARCHIVE := $(O)/user/libreader.a
READER_ARM64_OBJECTS := $(READER_SOURCES:%.c=$(O)/user/arm64/%.o)

.PHONY: reader reader-arm64
reader: $(O)/bin/xlat-read
reader-arm64: $(O)/bin/arm64/xlat-read

$(O)/bin/xlat-read: $(filter $(O)/user/user/cmd/% $(O)/user/user/xlat-read.o,\
		$(READER_OBJECTS)) $(READER_ARCHIVE)
	@mkdir -p $(@D)
	$(CC) -o $@ $^ $(READER_LINK)

$(READER_ARCHIVE): $(READER_LIBRARY:%.c=$(O)/user/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(O)/bin/arm64/xlat-read: $(READER_ARM64_OBJECTS)
	@mkdir -p $(@D)
	$(ARM64_CC) -static -s -o $@ $^ $(READER_ARM64_LINK)

$(O)/user/%.o: %.c user/user.mk $(O)/user/made-by
	@mkdir -p $(@D)
	$(READER_COMPILE) -c -o $@ $<

$(O)/user/arm64/%.o: %.c user/user.mk $(O)/user/arm64/made-by
	@mkdir -p $(@D)
	$(READER_ARM64_COMPILE) -c -o $@ $<

# Another compiler, other flags, another version: everything is made again.
$(O)/user/made-by: export MADE_BY = $(READER_COMPILE) $(READER_LINK)
$(O)/user/arm64/made-by: export MADE_BY = $(READER_ARM64_COMPILE) $(READER_ARM64_LINK)

.PHONY: FORCE
$(O)/user/made-by $(O)/user/arm64/made-by: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$MADE_BY" | cmp -s - $@ || \
		printf '%s\n' "$$MADE_BY" >$@

-include $(READER_OBJECTS:.o=.d) $(READER_ARM64_OBJECTS:.o=.d)
