/* SPDX-License-Identifier: MIT */
/*
 * A file as checksummed text lines over the console: docs/format.md, "The same
 * as text lines".
 */
#ifndef GUEST_LINES_H
#define GUEST_LINES_H

#include <stddef.h>
#include <stdint.h>

/** lines_crc() - crc32 of @bytes, going on from @crc; begin with 0 */
uint32_t lines_crc(uint32_t crc, const void *bytes, size_t length);

/** lines_begin() - @tag: of all lines of this run */
void lines_begin(uint16_t tag, const char *name);

/** lines_put() - more bytes of the file */
void lines_put(const uint8_t *bytes, size_t length);

/** lines_end() - that was the file */
void lines_end(void);

#endif /* GUEST_LINES_H */
