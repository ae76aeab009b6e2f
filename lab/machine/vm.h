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
	VM_NATIVE_EL2,	/* the same, at EL2 */
	VM_NATIVE_VHE,	/* virt, 4 x "max", GICv3, Linux at EL2 and staying there */
	VM_NATIVE_ACPI,	/* as EL1, but UEFI's ACPI tables in place of a device tree */
	VM_XEN,		/* as EL2, Xen there, Linux its dom0 */
	VM_DOM0LESS,	/* as EL2, Xen there, a domain out of the device tree */
};

struct vm {
	const char *name;
	enum vm_machine machine;
	bool icount;		/* the clock counts instructions */
	int icount_shift;	/* of 2^this ticks each; 0: one */
	unsigned int cpus;
	unsigned int memory_mb;
	int gic;		/* 2, 3, or 0: as the machine's description says */
	const char *qemu;
	const char *kernel;
	const char *firmware;	/* VM_NATIVE_ACPI only */
	const char *initramfs;	/* NULL: none */
	const char *append;	/* Linux's command line */
	const char *xen;	/* VM_XEN and VM_DOM0LESS */
	const char *xen_append;
	const char *dtb;	/* VM_DOM0LESS: dom0less_make_tree(); others: in
				 * place of QEMU's own; NULL: that one */
	const char *good_words, *bad_words;	/* there, too: the last that a
				 * guest says, since nothing ends Xen then */
	const char *out;	/* directory: console.log, and the guest's files */
	int limit_s;		/* wall clock */
	int stall_s;		/* so much of the processor's time, without a sign
				 * of life, is a stall */
	bool ends_by_itself;	/* a guest without channels: its end is its
				 * verdict, its console all that it has */
	int tries;		/* at most, VM_TRIES or fewer */
};

/* What came of it. VM_DIED, VM_STALLED, VM_TIMEOUT mean: lost. */
enum vm_end {
	VM_NOT_RUN,	/* 0: nothing came of it yet */
	VM_DONE,	/* the guest gave a verdict */
	VM_DIED,	/* QEMU ended before that */
	VM_STALLED,
	VM_TIMEOUT,
	VM_ERROR,	/* not started, or its files not unpacked: error */
};

struct vm_result {
	enum vm_end end;
	int verdict;		/* VM_DONE: things that went wrong, 0 is good */
	int error;
	int tries;
	double seconds;		/* of the last try */
};

enum { VM_TRIES = 3 };

/* The device tree of a machine that has one of its own, in its directory. */
#define VM_TREE "machine.dtb"

/*
 * Remove what an earlier run left in that directory, as it would look like
 * this one's. Only what the lab has put there: logs, and the files that came
 * from the guest, which files.list names. Each try does that for those before.
 */
void vm_forget(const char *out);

/*
 * Run it to its end. A machine that stalled is tried again, vm->tries times in
 * all; one that gave a verdict, ended by itself or took too long never is. The console of try n that was
 * lost is kept as console.lost-n.log.
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
