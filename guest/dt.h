/* SPDX-License-Identifier: MIT */
/*
 * What the device tree says (Devicetree Specification v0.4). Nodes are
 * libfdt's offsets; negative: there is none.
 */
#ifndef GUEST_DT_H
#define GUEST_DT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct dt_range - addresses from @base on, @size bytes */
struct dt_range {
	uint64_t base;
	uint64_t size;
};

/** dt_open() - is this a device tree? */
bool dt_open(const void *tree);

/** dt_self() - where the tree itself lies */
struct dt_range dt_self(void);

/** dt_path() - the node at a path, or of an alias */
int dt_path(const char *path);

/** dt_find() - the first node that is not disabled and compatible with @name */
int dt_find(const char *name);

/** dt_find_any() - the same, of a list that ends with NULL */
int dt_find_any(const char *const *names);

/** dt_is() - is that node compatible with @name? */
bool dt_is(int node, const char *name);

/** dt_text() - a property that is one string; NULL: there is none */
const char *dt_text(int node, const char *property);

/** dt_first_text() - the first of a list of strings; NULL: there is none */
const char *dt_first_text(int node, const char *property);

/** dt_cell() - a property's 32-bit cell number @index */
bool dt_cell(int node, const char *property, unsigned int index,
	     uint32_t *value);

/** dt_index_of() - place of @name in a list of strings, or -1 */
int dt_index_of(int node, const char *property, const char *name);

/** dt_reg() - entry @index of "reg", as a CPU's address */
bool dt_reg(int node, unsigned int index, struct dt_range *range);

/** dt_memory() - bank @index of the machine's RAM */
bool dt_memory(unsigned int index, struct dt_range *range);

/** dt_reserved() - range @index that is RAM but not ours */
bool dt_reserved(unsigned int index, struct dt_range *range);

/** dt_stdout() - the node that /chosen names as console */
int dt_stdout(void);

#endif /* GUEST_DT_H */
