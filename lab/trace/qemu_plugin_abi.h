/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of QEMU's plugin ABI that this plugin uses. Debian ships no
 * qemu-plugin.h, and one file has to serve several versions of the ABI, so it is
 * declared here. All functions are weak: one that is absent is NULL, and
 * qemu_plugin_install() says so in one line.
 *
 * Sources: "h" is QEMU's include/qemu/qemu-plugin.h (10.0; since 11.0
 * include/plugins/qemu-plugin.h), "api" plugins/api.c, "gen"
 * accel/tcg/plugin-gen.c, "icount" accel/tcg/icount-common.c. "[seen]": tried
 * with Debian's QEMU 10.0.13 and 11.1.2.
 */
#ifndef LAB_TRACE_QEMU_PLUGIN_ABI_H
#define LAB_TRACE_QEMU_PLUGIN_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The versions of the ABI (h: QEMU_PLUGIN_VERSION): QEMU 7.2 has 1, 9.0 has 2,
 * 9.1 has 3, 10.0 has 4, 10.1 has 5, 11.1 has 7. A plugin is loaded if the
 * version that it asks for is between the least and the latest of this QEMU;
 * 11.1's least one is 7 [seen].
 */
enum {
	ABI_OLDEST = 4,		/* the first with qemu_plugin_read_memory_vaddr */
	ABI_LAST_WITH_ID = 6,	/* see abi_argument() */
	ABI_LATEST = 7,
	ABI_ANCIENT = 1,	/* asked for where functions are missing, so that
				 * an old QEMU lets qemu_plugin_install() speak */
};

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_register;
struct qemu_plugin_scoreboard;

/* h: passed by value */
struct qemu_plugin_u64 {
	struct qemu_plugin_scoreboard *score;
	size_t offset;
};

/* h: enum qemu_plugin_cb_flags, qemu_plugin_cond, qemu_plugin_op */
enum { QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_CB_R_REGS };
enum { QEMU_PLUGIN_COND_NE = 3 };
enum { QEMU_PLUGIN_INLINE_ADD_U64, QEMU_PLUGIN_INLINE_STORE_U64 };

/* h: qemu_info_t, up to the members used */
struct qemu_info {
	const char *target_name;	/* "aarch64" */
	struct {
		int min, cur;
	} version;
};

/* GLib: the public members of GArray and GByteArray */
struct abi_array {
	char *data;
	unsigned int len;
};

/*
 * h: the first members of qemu_plugin_reg_descriptor. Version 5 added others
 * behind them, so the elements of an array of descriptors are as far apart as
 * g_array_get_element_size() says.
 */
struct abi_register {
	struct qemu_plugin_register *handle;
	const char *name, *feature;
};

/*
 * Callbacks for an executed block: the same in all versions (h:
 * qemu_plugin_vcpu_udata_cb_t). Where vCPUs take turns in one thread, as with
 * -icount, @vcpu is a constant of the block: the vCPU that *translated* it (gen:
 * gen_cpu_index()) [seen].
 */
typedef void (*abi_executed)(unsigned int vcpu, void *data);

/*
 * All other callbacks: (id, x) up to version 6, (x, data) from 7 on [seen]. A
 * function that is called with more arguments than it takes ignores them on
 * the hosts that Debian's QEMU runs on, so they get three, the last one NULL.
 */
typedef void (*abi_event)(uintptr_t a, uintptr_t b);

#define ABI_WEAK __attribute__((weak))

void qemu_plugin_register_vcpu_init_cb(uint64_t id, abi_event event, void *data)
	ABI_WEAK;
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, abi_event event,
					   void *data) ABI_WEAK;
void qemu_plugin_register_atexit_cb(uint64_t id, abi_event event, void *data)
	ABI_WEAK;

void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb,
					  abi_executed executed, int flags,
					  void *data) ABI_WEAK;
void qemu_plugin_register_vcpu_tb_exec_cond_cb(struct qemu_plugin_tb *tb,
					       abi_executed executed, int flags,
					       int condition,
					       struct qemu_plugin_u64 entry,
					       uint64_t value, void *data)
	ABI_WEAK;
/* gen: stored before the instruction is executed */
void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
	struct qemu_plugin_insn *insn, int op, struct qemu_plugin_u64 entry,
	uint64_t value) ABI_WEAK;

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb) ABI_WEAK;
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(
	const struct qemu_plugin_tb *tb, size_t n) ABI_WEAK;
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn) ABI_WEAK;
/* Since version 3. Returns the number of bytes copied. */
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *insn, void *to,
			     size_t size) ABI_WEAK;

/*
 * gen: gen_plugin_u64_ptr() multiplies the index of a vCPU by the size of an
 * element, in place, and where the index is a constant it changes the constant
 * for the rest of the block. With elements of 8 bytes QEMU died when CPU 1 came
 * up [seen]. So elements have 1 byte, those of vCPUs overlap, and nobody reads
 * one after another vCPU has written.
 */
struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t size) ABI_WEAK;
void *qemu_plugin_scoreboard_find(struct qemu_plugin_scoreboard *score,
				  unsigned int vcpu) ABI_WEAK;

/* Only in the callback of a vCPU's start. */
struct abi_array *qemu_plugin_get_registers(void) ABI_WEAK;
/* Appends the bytes. Returns int up to version 5, bool from 6 on: not used. */
int qemu_plugin_read_register(struct qemu_plugin_register *handle,
			      struct abi_array *bytes) ABI_WEAK;
/* Since version 4. Replaces the bytes. */
bool qemu_plugin_read_memory_vaddr(uint64_t vaddr, struct abi_array *bytes,
				   size_t size) ABI_WEAK;
/* Since version 6; here only to tell the versions apart. */
void qemu_plugin_set_pc(uint64_t vaddr) ABI_WEAK;

/* GLib's, which QEMU has loaded */
unsigned int g_array_get_element_size(struct abi_array *array) ABI_WEAK;
struct abi_array *g_byte_array_new(void) ABI_WEAK;
struct abi_array *g_byte_array_set_size(struct abi_array *array,
					unsigned int size) ABI_WEAK;

/*
 * No part of the ABI, but exported by Debian's QEMU, whose own modules need it
 * [seen]. icount: the number of instructions charged to all vCPUs, the block
 * that has just begun included; the virtual clock in ns; and what that number of
 * instructions is in ns (2^shift each). The clock is ahead of the instructions
 * by what it jumped while all vCPUs slept.
 */
int64_t icount_get_raw(void) ABI_WEAK;
int64_t icount_get(void) ABI_WEAK;
int64_t icount_to_ns(int64_t instructions) ABI_WEAK;
/* icount: 0 without -icount, 1 with a fixed shift, 2 with shift=auto */
extern int use_icount ABI_WEAK;

#endif
