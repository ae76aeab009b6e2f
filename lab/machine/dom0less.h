/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0LESS_H
#define LAB_DOM0LESS_H

#include "lab/image/recipe.h"
#include "vm.h"

/* Where QEMU puts the domain's kernel, for Xen to find. */
#define DOM0LESS_ADDRESS 0x4a000000

/*
 * Write vm->dtb: the machine's device tree, which QEMU dumps, with Xen's options
 * (vm->xen_append) and one domain with a vpl011 that Xen starts by itself (Xen's
 * docs/misc/arm/device-tree/booting.txt). QEMU's messages go to log. Returns 0 or
 * -errno.
 */
int dom0less_make_tree(const struct vm *vm, const struct recipe_domain *domain,
		       const char *log);

/*
 * Add to a hash what dom0less_make_tree() adds to QEMU's tree: make the same
 * additions to an empty tree, and hash that tree. QEMU's command line and
 * version determine the rest of QEMU's tree.
 */
int dom0less_add_tree(struct hash *hash, const struct vm *vm,
		      const struct recipe_domain *domain);

#endif
