// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "qemu_plugin_abi.h"
#include "registers.h"

/*
 * Their names in QEMU's gdb stub: target/arm/gdbstub.c, gdbstub64.c. A handle says
 * nothing of whether there is one: in version 7, that of x0 is NULL.
 */
static struct wanted {
	const char *name;
	bool found;
	struct qemu_plugin_register *handle;
} cpsr = { .name = "cpsr" }, x0 = { .name = "x0" },
	vttbr = { .name = "VTTBR_EL2" };

static struct abi_array *bytes;

static void look(const struct abi_array *list, unsigned int size,
		 struct wanted *wanted)
{
	struct abi_register r;
	unsigned int i;

	for (i = 0; i < list->len && !wanted->found; i++) {
		memcpy(&r, list->data + (size_t)i * size, sizeof(r));
		wanted->found = !strcmp(r.name, wanted->name);
		wanted->handle = r.handle;
	}
}

const char *registers_find(void)
{
	struct abi_array *list = qemu_plugin_get_registers();
	unsigned int size = g_array_get_element_size(list);

	look(list, size, &cpsr);
	look(list, size, &x0);
	look(list, size, &vttbr);
	bytes = g_byte_array_new();
	return cpsr.found && x0.found ? NULL :
	       "this QEMU does not show cpsr or x0";
}

static uint64_t read_register(const struct wanted *wanted)
{
	uint64_t value = 0;

	if (!wanted->found)
		return 0;
	g_byte_array_set_size(bytes, 0);
	qemu_plugin_read_register(wanted->handle, bytes);
	memcpy(&value, bytes->data,
	       bytes->len < sizeof(value) ? bytes->len : sizeof(value));
	return value;
}

unsigned int registers_el(void)
{
	return read_register(&cpsr) >> 2 & 3;	/* PSTATE.EL, as in SPSR */
}

uint64_t registers_vttbr(void)
{
	return read_register(&vttbr);
}

uint64_t registers_x0(void)
{
	return read_register(&x0);
}

bool registers_code(uint64_t vaddr, uint32_t *word, unsigned int words)
{
	size_t size = words * sizeof(word[0]);

	if (!qemu_plugin_read_memory_vaddr(vaddr, bytes, size) ||
	    bytes->len != size)
		return false;
	memcpy(word, bytes->data, size);
	return true;
}
