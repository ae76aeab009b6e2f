/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0LESS_H
#define LAB_DOM0LESS_H

#include "lab/image/recipe.h"
#include "vm.h"

/* Where QEMU puts the domain's kernel, for Xen to find. */
#define DOM0LESS_ADDRESS 0x4a000000

/*
 * Write vm->dtb: the machine's own device tree, as QEMU tells it, with Xen's
 * options (vm->xen_append) and one domain that Xen starts by itself, with a
 * vpl011 (docs/misc/arm/device-tree/booting.txt of Xen). What QEMU says goes
 * to log. Returns 0 or -errno.
 */
int dom0less_make_tree(const struct vm *vm, const struct recipe_domain *domain,
		       const char *log);

/*
 * Add what dom0less_make_tree() writes into QEMU's tree to a hash, by writing it
 * into an empty one. QEMU's own follows from its command line and version.
 */
int dom0less_add_tree(struct hash *hash, const struct vm *vm,
		      const struct recipe_domain *domain);

#endif
