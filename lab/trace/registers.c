// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "qemu_plugin_abi.h"
#include "registers.h"

/* Their names in QEMU's gdb stub: target/arm/gdbstub.c, gdbstub64.c */
static struct qemu_plugin_register *cpsr, *x0, *vttbr;
static struct abi_array *bytes;

const char *registers_find(void)
{
	static const struct {
		const char *name;
		struct qemu_plugin_register **handle;
	} wanted[] = {
		{ "cpsr", &cpsr }, { "x0", &x0 }, { "VTTBR_EL2", &vttbr },
	};
	struct abi_array *list = qemu_plugin_get_registers();
	unsigned int i, w, size = g_array_get_element_size(list);

	for (i = 0; i < list->len; i++) {
		struct abi_register r;

		memcpy(&r, list->data + (size_t)i * size, sizeof(r));
		for (w = 0; w < sizeof(wanted) / sizeof(wanted[0]); w++)
			if (!strcmp(r.name, wanted[w].name))
				*wanted[w].handle = r.handle;
	}
	bytes = g_byte_array_new();
	return cpsr && x0 ? NULL : "this QEMU does not show cpsr or x0";
}

static uint64_t read_register(struct qemu_plugin_register *handle)
{
	uint64_t value = 0;

	if (!handle)
		return 0;
	g_byte_array_set_size(bytes, 0);
	qemu_plugin_read_register(handle, bytes);
	memcpy(&value, bytes->data,
	       bytes->len < sizeof(value) ? bytes->len : sizeof(value));
	return value;
}

unsigned int registers_el(void)
{
	return read_register(cpsr) >> 2 & 3;	/* PSTATE.EL, as in SPSR */
}

uint64_t registers_vttbr(void)
{
	return read_register(vttbr);
}

uint64_t registers_x0(void)
{
	return read_register(x0);
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
