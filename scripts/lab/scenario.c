// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenario.h"

#define LINUX "nokaslr loglevel=4 panic=-1 "
#define NATIVE LINUX "console=ttyAMA0"
#define UNDER_XEN LINUX "console=hvc0"
#define XEN "console=dtuart dom0_mem=512M dom0_max_vcpus=2 bootscrub=0 "

const struct scenario scenarios[] = {
	{ "native", "Linux entered at EL1, no hypervisor",
	  VM_NATIVE_EL1, false, 512, NATIVE, NULL },
	{ "native-el2", "Linux entered at EL2, no hypervisor",
	  VM_NATIVE_EL2, false, 512, NATIVE, NULL },
	{ "native-vhe", "Linux at EL2 with VHE, no KVM, GICv3",
	  VM_NATIVE_VHE, false, 512, NATIVE " kvm-arm.mode=none", NULL },
	{ "native-acpi", "Linux at EL1 on UEFI and ACPI, no device tree",
	  VM_NATIVE_ACPI, false, 512, NATIVE " acpi=force", NULL },
	{ "xen-dom0", "Xen's dom0, 2 vCPUs",
	  VM_XEN, false, 2048, UNDER_XEN, XEN "vwfi=trap" },
	{ "xen-domu", "a domU, 2 pinned vCPUs, vwfi=trap",
	  VM_XEN, true, 2048, UNDER_XEN, XEN "vwfi=trap" },
	{ "xen-domu-vwfi", "a domU, 2 pinned vCPUs, vwfi=native",
	  VM_XEN, true, 2048, UNDER_XEN, XEN "vwfi=native" },
	{ NULL, NULL, VM_NATIVE_EL1, false, 0, NULL, NULL },
};

/* What dom0 does for a domU: create, pin, read back; its own job; sleep. */
static const char dom0_before[] =
	"must out xl-create.txt xl create /domu.cfg\n"
	"must xl vcpu-pin Domain-0 0 0\n"
	"must xl vcpu-pin Domain-0 1 1\n"
	"must xl vcpu-pin domu 0 2\n"
	"must xl vcpu-pin domu 1 3\n"
	"out xl-vcpu-list.txt xl vcpu-list\n"
	"out xl-info.txt xl info\n"
	"out xl-list.json xl list -l\n"
	"out xl-dmesg.txt xl dmesg\n";

static const char dom0_after[] =
	"release-domu\n"
	"await-domu 600\n"
	"out xl-vcpu-list-after.txt xl vcpu-list\n";

/*
 * The bare-metal guest begins at once and says nothing to dom0: it is created
 * paused, and let go when dom0 has nothing more to do. Its end is that of its
 * domain.
 */
static const char bare_before[] =
	"must xl vcpu-pin Domain-0 0 0\n"
	"must xl vcpu-pin Domain-0 1 1\n"
	"must out xl-create.txt xl create -p /domu.cfg\n"
	"must xl vcpu-pin domu 0 2\n"
	"out xl-vcpu-list.txt xl vcpu-list\n"
	"out xl-info.txt xl info\n"
	"out xl-list.json xl list -l\n"
	"out xl-dmesg.txt xl dmesg\n";

static const char bare_after[] =
	"must xl unpause domu\n"
	"await-gone 600\n";

const struct scenario *scenario_find(const char *name)
{
	const struct scenario *s;

	for (s = scenarios; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

static int write_image(struct image *image, int error, const char *path,
		       char culprit[4096])
{
	if (!error)
		error = image_write(image, path);
	if (error)
		snprintf(culprit, 4096, "%s", image->culprit);
	image_free(image);
	return error;
}

static int make_domu(const struct scenario_options *o, const char *path,
		     char culprit[4096])
{
	struct image image = { .count = 0 };
	int error = recipe_guest(&image, &o->recipe, &o->parts, false);

	return write_image(&image, error, path, culprit);
}

static int make_dom0(const struct scenario_options *o,
		     const struct recipe_domu *domu, const char *path,
		     char culprit[4096])
{
	struct image image = { .count = 0 };
	struct recipe recipe = domu ? o->dom0 : o->recipe;
	char job[16384];
	int error, n;

	if (domu) {
		recipe.init = o->recipe.init;
		n = snprintf(job, sizeof(job), "%s%s\n%s",
			     o->bare ? bare_before : dom0_before,
			     recipe.job ? recipe.job : "",
			     o->bare ? bare_after : dom0_after);
		if (n < 0 || (size_t)n >= sizeof(job)) {
			snprintf(culprit, 4096, "dom0's job");
			return -E2BIG;
		}
		recipe.job = job;
	}
	error = recipe_dom0(&image, &recipe, &o->parts, domu);
	return write_image(&image, error, path, culprit);
}

static int make_images(const struct scenario *s,
		       const struct scenario_options *o, const char *path,
		       const char *append, char culprit[4096])
{
	struct image image = { .count = 0 };
	struct recipe_domu domu = { .append = append };
	char initramfs[4096];
	int error;

	if (o->bare) {
		domu.kernel = o->bare;
		return s->machine == VM_XEN ?
		       make_dom0(o, &domu, path, culprit) : 0;
	}
	if (s->machine != VM_XEN) {
		error = recipe_guest(&image, &o->recipe, &o->parts, true);
		return write_image(&image, error, path, culprit);
	}
	if (!s->domu)
		return make_dom0(o, NULL, path, culprit);
	snprintf(initramfs, sizeof(initramfs), "%s/domu.cpio", o->out);
	domu.kernel = o->parts.kernel;
	domu.initramfs = initramfs;
	error = make_domu(o, initramfs, culprit);
	if (!error)
		error = make_dom0(o, &domu, path, culprit);
	unlink(initramfs);
	return error;
}

static int join(char *text, size_t size, const char *first,
		const char *second)
{
	int n = snprintf(text, size, "%s%s%s", first ? first : "",
			 second ? " " : "", second ? second : "");

	return n < 0 || (size_t)n >= size ? -E2BIG : 0;
}

/* It needs a device tree, and is neither dom0 nor can be its own. */
static bool takes_bare(const struct scenario *s)
{
	return s->machine == VM_XEN ? s->domu : s->machine != VM_NATIVE_ACPI;
}

int scenario_run(const struct scenario *s, const struct scenario_options *o,
		 struct vm_result *result, char culprit[4096])
{
	char initramfs[4096], append[2048], xen_append[2048];
	const char *for_guest = append;
	struct vm vm = {
		.name = s->name, .machine = s->machine, .icount = o->icount,
		.cpus = o->cpus ? (unsigned int)o->cpus : 4, .memory_mb = s->memory_mb,
		.gic = o->gic,
		.qemu = o->parts.qemu, .kernel = o->parts.kernel,
		.firmware = o->parts.firmware,
		.initramfs = initramfs, .append = append,
		.xen = o->parts.xen, .xen_append = xen_append,
		.out = o->out,
		.limit_s = o->limit_s, .stall_s = o->stall_s,
	};
	int error;

	vm_forget(o->out);
	snprintf(culprit, 4096, "%s: not for the bare-metal guest", s->name);
	if (o->bare && !takes_bare(s))
		return -EINVAL;
	snprintf(culprit, 4096, "kernel options");
	if (o->bare)		/* Linux's options are dom0's */
		for_guest = o->append ? o->append : "";
	if (join(append, sizeof(append), s->append,
		 o->bare ? NULL : o->append) ||
	    join(xen_append, sizeof(xen_append), s->xen_append, o->xen_append))
		return -E2BIG;
	snprintf(initramfs, sizeof(initramfs), "%s/initramfs.cpio", o->out);
	if (o->bare && s->machine != VM_XEN) {
		vm.kernel = o->bare;
		vm.initramfs = NULL;
		vm.append = for_guest;
	}
	error = make_images(s, o, initramfs, for_guest, culprit);
	if (!error)
		vm_run(&vm, result);
	unlink(initramfs);
	return error;
}
