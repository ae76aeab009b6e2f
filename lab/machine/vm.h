/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_VM_H
#define LAB_VM_H

#include <stdbool.h>

#include "lab/image/hash.h"

/*
 * One virtual machine: what it is made of, and how it ended. Functions print
 * nothing.
 */
enum vm_machine {
	VM_NATIVE_EL1,	/* virt, 4 x Cortex-A53, GICv2, Linux entered at EL1 */
	VM_NATIVE_EL2,	/* the same, but Linux entered at EL2 */
	VM_NATIVE_VHE,	/* virt, 4 x "max", GICv3, Linux runs at EL2 */
	VM_NATIVE_ACPI,	/* VM_NATIVE_EL1 with UEFI's ACPI, no device tree */
	VM_XEN,		/* VM_NATIVE_EL2 with Xen at EL2; Linux is its dom0 */
	VM_DOM0LESS,	/* VM_NATIVE_EL2 with Xen at EL2, which starts a domain
			 * that the device tree describes; no dom0 */
};

struct vm {
	const char *name;
	enum vm_machine machine;
	bool icount;		/* the clock counts instructions */
	int icount_shift;	/* an instruction is 2^this ticks */
	unsigned int cpus;
	unsigned int memory_mb;
	int gic;		/* 2, 3, or 0: the default of the machine */
	const char *qemu;
	const char *kernel;
	const char *firmware;	/* VM_NATIVE_ACPI only */
	const char *initramfs;	/* NULL: none */
	const char *append;	/* Linux's command line */
	const char *xen;	/* VM_XEN and VM_DOM0LESS */
	const char *xen_append;
	const char *dtb;	/* VM_DOM0LESS: from dom0less_make_tree();
				 * others: replaces QEMU's own, or NULL */
	const char *done_words;	/* if ends_by_itself: the guest's last
				 * words after a success */
	/* VM_DOM0LESS: the guest's last words. Xen does not end then. */
	const char *good_words, *bad_words;
	const char *out;	/* directory: console.log, and the guest's files */
	int limit_s;		/* wall clock */
	int stall_s;		/* processor time without output: a stall */
	bool ends_by_itself;	/* a guest that has only a console, no channel
				 * for a verdict */
	int tries;		/* most starts, at most VM_TRIES */
	const char *trace;	/* file for a trace; NULL: none */
	const char *tracer;	/* the plugin that writes it */
	const char *trace_marks;	/* its options "fire=...,start=..." */
};

/* How it ended. After VM_DIED, VM_STALLED or VM_TIMEOUT it is called lost. */
enum vm_end {
	VM_NOT_RUN,	/* 0: has not ended */
	VM_DONE,	/* the guest gave a verdict */
	VM_DIED,	/* QEMU ended before that */
	VM_STALLED,
	VM_TIMEOUT,
	VM_ERROR,	/* not started, or its files were not unpacked */
};

struct vm_result {
	enum vm_end end;
	int verdict;		/* VM_DONE: number of errors, 0 is good */
	int error;
	int tries;
	double seconds;		/* of the last try */
};

enum { VM_TRIES = 3 };

/* Name of the file with the device tree of a VM_DOM0LESS, in its directory. */
#define VM_TREE "machine.dtb"

/*
 * Remove what an earlier run left in that directory, so that it is not taken
 * for a result of this run. Only files of the lab are removed: logs, and the
 * files that came from the guest, which files.list names. Each try begins with
 * this.
 */
void vm_forget(const char *out);

/*
 * Run it to its end. A machine that stalled is started again, up to vm->tries
 * starts in all. A machine that gave a verdict, ended by itself or took too long
 * is not. If start n was lost, its console is kept as console.lost-n.log.
 */
void vm_run(const struct vm *vm, struct vm_result *result);

/* Add every byte that vm_run() sends while the machine runs, in order. */
void vm_add_input(const struct vm *vm, struct hash *hash);

const char *vm_end_name(enum vm_end end);

/* vm_argv.c: QEMU's command line, NULL-terminated, valid until the next call;
 * NULL if something is too long. The fds are those that the child will have. */
struct vm_fds {
	int verdict, qmp;
	int keys;		/* what is typed: VM_DOM0LESS only */
};

char **vm_argv(const struct vm *vm, const char *console, const char *files,
	       const struct vm_fds *fds);
/* The same machine, which only writes its device tree to vm->dtb. */
char **vm_argv_tree(const struct vm *vm);

#endif
