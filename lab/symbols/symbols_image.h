/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an uncompressed arm64 kernel image says of itself. Linux's Image and Xen
 * are both in Linux's boot format (Documentation/arch/arm64/booting.rst): the
 * bytes of the file are the bytes in memory, from the image's first address on.
 */
#ifndef LAB_SYMBOLS_IMAGE_H
#define LAB_SYMBOLS_IMAGE_H

#include "bytes.h"

/** IMAGE_TEXT - size of a version with its NUL; longer ones are cut */
#define IMAGE_TEXT	256

/** IMAGE_ID - size of a build id as text with its NUL: at most 32 bytes */
#define IMAGE_ID	65

/**
 * struct image_facts - about an image
 * @size: in memory, in bytes: at least the size of the file
 * @entry: offset to which the first instructions branch
 * @version: visible ASCII: Linux's "Linux version ..."; "Xen 4.17"; ""
 * @build_id: of .note.gnu.build-id, hexadecimal; "" if there is none, or several
 */
struct image_facts {
	uint64_t size;
	uint64_t entry;
	char version[IMAGE_TEXT];
	char build_id[IMAGE_ID];
};

/** image_is() - does it have the header of an arm64 image? */
bool image_is(const struct bytes *image);

/**
 * image_read() - read the header, and find version and build id
 *
 * The build ids of ELF files within the image (the vDSO) are left out.
 *
 * Return: 0, -EINVAL if it has no such header or no branch in it
 */
int image_read(const struct bytes *image, struct image_facts *facts);

/**
 * image_note() - the build id in a note at @at, as text
 *
 * Return: false if no such note is there
 */
bool image_note(const struct bytes *image, size_t at, char id[IMAGE_ID]);

#endif
