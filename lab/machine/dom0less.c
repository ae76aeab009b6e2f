// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libfdt.h>

#include "dom0less.h"
#include "program.h"

enum { ROOM = 8192, TREE_SIZE = 2 << 20 };

/* Returns its size, or -errno. */
static int read_tree(const char *path, void *tree)
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(tree, 1, TREE_SIZE, f) : 0;

	if (f)
		fclose(f);
	return f && n < TREE_SIZE - ROOM && !fdt_check_full(tree, n) ?
	       (int)n : -EIO;
}

static int write_tree(const char *path, const void *tree)
{
	FILE *f = fopen(path, "we");
	size_t n = fdt_totalsize(tree);

	if (!f)
		return -errno;
	n -= fwrite(tree, 1, n, f);
	return fclose(f) || n ? -EIO : 0;
}

static int ask_qemu(const struct vm *vm, const char *log)
{
	char **argv = vm_argv_tree(vm);

	if (!argv)
		return -E2BIG;
	return program_log((const char *const *)argv, log) ? -EIO : 0;
}

static int add_module(void *tree, int domain, const struct recipe_domain *d)
{
	struct stat st;
	char name[32];
	int node, error;

	if (stat(d->kernel, &st))
		return -errno;
	snprintf(name, sizeof(name), "module@%x", DOM0LESS_ADDRESS);
	node = fdt_add_subnode(tree, domain, name);
	error = fdt_setprop_string(tree, node, "bootargs", d->append);
	if (!error)
		error = fdt_setprop_u64(tree, node, "reg", DOM0LESS_ADDRESS);
	if (!error)
		error = fdt_appendprop_u64(tree, node, "reg",
					   (uint64_t)st.st_size);
	if (!error)
		error = fdt_setprop_string(tree, node, "compatible",
					   "multiboot,kernel");
	if (!error)
		error = fdt_appendprop_string(tree, node, "compatible",
					      "multiboot,module");
	return error ? -ENOSPC : 0;
}

static int add_domain(void *tree, int chosen, const struct recipe_domain *d)
{
	int node = fdt_add_subnode(tree, chosen, "domU1");
	int error = fdt_setprop_string(tree, node, "compatible", "xen,domain");

	if (!error)
		error = fdt_setprop_u32(tree, node, "#address-cells", 2);
	if (!error)
		error = fdt_setprop_u32(tree, node, "#size-cells", 2);
	if (!error)	/* KiB */
		error = fdt_setprop_u64(tree, node, "memory",
					(uint64_t)d->memory_mb * 1024);
	if (!error)
		error = fdt_setprop_u32(tree, node, "cpus",
					(uint32_t)d->vcpus);
	if (!error)
		error = fdt_setprop_empty(tree, node, "vpl011");
	return error ? -ENOSPC : add_module(tree, node, d);
}

/* Into a tree that has a /chosen and room. */
static int complete_tree(void *tree, const struct vm *vm,
			 const struct recipe_domain *domain)
{
	int chosen = fdt_path_offset(tree, "/chosen");
	int error = fdt_setprop_string(tree, chosen, "xen,xen-bootargs",
				       vm->xen_append) ? -EIO : 0;

	if (!error)
		error = add_domain(tree, chosen, domain);
	return error ? error : fdt_pack(tree) ? -EIO : 0;
}

int dom0less_make_tree(const struct vm *vm, const struct recipe_domain *domain,
		       const char *log)
{
	char *tree = malloc(TREE_SIZE);
	int size, error = tree ? ask_qemu(vm, log) : -ENOMEM;

	size = error ? error : read_tree(vm->dtb, tree);
	if (size >= 0)
		error = fdt_open_into(tree, tree, size + ROOM) ? -EIO : 0;
	else
		error = size;
	if (!error)
		error = complete_tree(tree, vm, domain);
	if (!error)
		error = write_tree(vm->dtb, tree);
	free(tree);
	return error;
}

int dom0less_add_tree(struct hash *hash, const struct vm *vm,
		      const struct recipe_domain *domain)
{
	char tree[ROOM];
	int error = fdt_create_empty_tree(tree, sizeof(tree)) ||
		    fdt_add_subnode(tree, 0, "chosen") < 0 ? -EIO :
		    complete_tree(tree, vm, domain);

	if (!error)
		hash_bytes(hash, tree, fdt_totalsize(tree));
	return error;
}
