/* SPDX-License-Identifier: MIT */
/*
 * Sends a file over the console as text lines with checksums: docs/format.md,
 * "The same as text lines".
 */
#ifndef GUEST_LINES_H
#define GUEST_LINES_H

#include <stddef.h>
#include <stdint.h>

/** lines_crc() - continue the CRC-32 @crc over @bytes; the first @crc is 0 */
uint32_t lines_crc(uint32_t crc, const void *bytes, size_t length);

/** lines_begin() - start run @name; all of its lines carry @tag */
void lines_begin(uint16_t tag, const char *name);

/** lines_put() - send the next bytes of the file */
void lines_put(const uint8_t *bytes, size_t length);

/** lines_end() - end the file */
void lines_end(void);

#endif /* GUEST_LINES_H */
