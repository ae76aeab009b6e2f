// SPDX-License-Identifier: MIT
#include <libfdt.h>
#include <string.h>

#include "dt.h"

static const void *tree;

bool dt_open(const void *at)
{
	tree = at;
	return !fdt_check_header(at);
}

struct dt_range dt_self(void)
{
	return (struct dt_range) { (uint64_t)tree, fdt_totalsize(tree) };
}

int dt_path(const char *path)
{
	return fdt_path_offset(tree, path);
}

const char *dt_text(int node, const char *property)
{
	int length;
	const char *text = fdt_getprop(tree, node, property, &length);

	return text && length > 0 && !text[length - 1] ? text : NULL;
}

const char *dt_first_text(int node, const char *property)
{
	return fdt_stringlist_get(tree, node, property, 0, NULL);
}

static bool is_enabled(int node)
{
	const char *status = dt_text(node, "status");

	return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

int dt_find(const char *name)
{
	int node = -1;

	do
		node = fdt_node_offset_by_compatible(tree, node, name);
	while (node >= 0 && !is_enabled(node));
	return node;
}

int dt_find_any(const char *const *names)
{
	int node = -1;

	while (*names && node < 0)
		node = dt_find(*names++);
	return node;
}

bool dt_is(int node, const char *name)
{
	return node >= 0 && !fdt_node_check_compatible(tree, node, name);
}

bool dt_cell(int node, const char *property, unsigned int index,
	     uint32_t *value)
{
	int length;
	const fdt32_t *cells = fdt_getprop(tree, node, property, &length);

	if (!cells || (int)(index + 1) * 4 > length)
		return false;
	*value = fdt32_ld(cells + index);
	return true;
}

int dt_index_of(int node, const char *property, const char *name)
{
	return fdt_stringlist_search(tree, node, property, name);
}

static uint64_t number(const fdt32_t *cells, int count)
{
	uint64_t value = 0;

	for (; count > 0; count--)
		value = value << 32 | fdt32_ld(cells++);
	return value;
}

/* Translates one level up with "ranges" of @bus; if empty, nothing changes. */
static bool translate(int bus, uint64_t *address)
{
	int length, parent = fdt_parent_offset(tree, bus);
	const fdt32_t *at = fdt_getprop(tree, bus, "ranges", &length);
	int child = fdt_address_cells(tree, bus);
	int up = parent < 0 ? -1 : fdt_address_cells(tree, parent);
	int size = fdt_size_cells(tree, bus);

	if (!at || child < 1 || up < 1 || size < 1)
		return false;
	if (!length)
		return true;
	for (length /= 4; length >= child + up + size;
	     length -= child + up + size, at += child + up + size) {
		uint64_t from = number(at, child);

		if (*address < from ||
		    *address - from >= number(at + child + up, size))
			continue;
		*address = number(at + child, up) + (*address - from);
		return true;
	}
	return false;
}

bool dt_reg(int node, unsigned int index, struct dt_range *range)
{
	int length, bus = node < 0 ? -1 : fdt_parent_offset(tree, node);
	int address = bus < 0 ? -1 : fdt_address_cells(tree, bus);
	int size = bus < 0 ? -1 : fdt_size_cells(tree, bus);
	const fdt32_t *at = fdt_getprop(tree, node, "reg", &length);

	if (!at || address < 1 || size < 0 ||
	    (int)(index + 1) * (address + size) * 4 > length)
		return false;
	at += (int)index * (address + size);
	range->base = number(at, address);
	range->size = number(at + address, size);
	for (; bus > 0; bus = fdt_parent_offset(tree, bus))
		if (!translate(bus, &range->base))
			return false;
	return true;
}

/*
 * Numbers the "reg" entries of several nodes consecutively: @index counts down
 * over calls, and reaches 0 at the wanted entry.
 */
static bool nth_reg(int node, unsigned int *index, struct dt_range *range)
{
	unsigned int n;

	for (n = 0; dt_reg(node, n, range); n++)
		if (!(*index)--)
			return true;
	return false;
}

bool dt_memory(unsigned int index, struct dt_range *range)
{
	int node = -1;

	while ((node = fdt_node_offset_by_prop_value(tree, node, "device_type",
						     "memory", 7)) >= 0)
		if (is_enabled(node) && nth_reg(node, &index, range))
			return true;
	return false;
}

bool dt_reserved(unsigned int index, struct dt_range *range)
{
	int node, count = fdt_num_mem_rsv(tree);

	if ((int)index < count)
		return !fdt_get_mem_rsv(tree, (int)index, &range->base,
					&range->size);
	index -= (unsigned int)count;
	fdt_for_each_subnode(node, tree, dt_path("/reserved-memory"))
		if (nth_reg(node, &index, range))
			return true;
	return false;
}

int dt_stdout(void)
{
	const char *path = dt_text(dt_path("/chosen"), "stdout-path");
	const char *end = path ? strchr(path, ':') : NULL;

	if (!path)
		return -1;
	return fdt_path_offset_namelen(tree, path, end ? (int)(end - path) :
				       (int)strlen(path));
}
