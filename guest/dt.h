/* SPDX-License-Identifier: MIT */
/*
 * Reads the device tree (Devicetree Specification v0.4). A node is an offset of
 * libfdt; a negative number means that the node does not exist.
 */
#ifndef GUEST_DT_H
#define GUEST_DT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct dt_range - @size bytes, starting at address @base */
struct dt_range {
	uint64_t base;
	uint64_t size;
};

/** dt_open() - use @tree from now on; false: it is not a device tree */
bool dt_open(const void *tree);

/** dt_self() - the memory that the tree occupies */
struct dt_range dt_self(void);

/** dt_path() - the node with this path or alias */
int dt_path(const char *path);

/** dt_find() - the first enabled node that is compatible with @name */
int dt_find(const char *name);

/** dt_find_any() - the first of @names that has a node; NULL ends @names */
int dt_find_any(const char *const *names);

/** dt_is() - is @node compatible with @name? */
bool dt_is(int node, const char *name);

/** dt_text() - a property that is one string; NULL: no such property */
const char *dt_text(int node, const char *property);

/** dt_first_text() - the first string of a list; NULL: it does not exist */
const char *dt_first_text(int node, const char *property);

/** dt_cell() - 32-bit cell number @index of a property; false: no such cell */
bool dt_cell(int node, const char *property, unsigned int index,
	     uint32_t *value);

/** dt_index_of() - index of @name in a list of strings; negative: not in it */
int dt_index_of(int node, const char *property, const char *name);

/** dt_reg() - entry @index of "reg", translated to a CPU address */
bool dt_reg(int node, unsigned int index, struct dt_range *range);

/** dt_memory() - bank @index of the RAM; false: there is no such bank */
bool dt_memory(unsigned int index, struct dt_range *range);

/** dt_reserved() - reserved range @index of the RAM; false: no such range */
bool dt_reserved(unsigned int index, struct dt_range *range);

/** dt_stdout() - the console node that /chosen/stdout-path names */
int dt_stdout(void);

#endif /* GUEST_DT_H */
