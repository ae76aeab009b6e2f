// SPDX-License-Identifier: GPL-2.0
/* From settings to a machine: what they are on a command line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/image/content.h"
#include "cpupool.h"
#include "lab/machine/dom0less.h"
#include "images.h"
#include "scenario.h"
#include "text.h"
#include "lab/machine/xen_console.h"
#include "lab/machine/xen_ring.h"

#define WITH_DOM0 "console=dtuart dom0_mem=512M dom0_max_vcpus=2 bootscrub=0"
/* A domain's console lines are messages of Xen's: none is dropped. */
#define WITHOUT_DOM0 "console=dtuart bootscrub=0 guest_loglvl=all/none " \
	XEN_RING_OPTIONS

const struct scenario_name scenario_names[] = {
	{ "native", "Linux entered at EL1, no hypervisor",
	  "machine=native" },
	{ "native-el2", "Linux entered at EL2, no hypervisor",
	  "machine=native-el2 source=hrtimer" },
	{ "native-vhe", "Linux at EL2 with VHE, no KVM, GICv3",
	  "machine=native-vhe" },
	{ "native-acpi", "Linux at EL1 on UEFI and ACPI, no device tree",
	  "machine=native-acpi source=hrtimer" },
	{ "xen-dom0", "Xen's dom0, 2 vCPUs",
	  "machine=xen domain=dom0 pinning=yes" },
	{ "xen-domu", "a domU, 2 pinned vCPUs, vwfi=trap",
	  "machine=xen domain=domu pinning=yes" },
	{ "xen-domu-vwfi", "a domU, 2 pinned vCPUs, vwfi=native",
	  "machine=xen domain=domu pinning=yes vwfi=native" },
	{ "xen-dom0less", "the bare-metal guest, started by Xen, no dom0",
	  "machine=xen domain=dom0less guest=bare-metal" },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *word, *domain;
	enum vm_machine machine;
	unsigned int memory_mb;
	const char *xen_append;		/* before what settings say */
} machines[] = {
	{ "native", "-", VM_NATIVE_EL1, 512, NULL },
	{ "native-el2", "-", VM_NATIVE_EL2, 512, NULL },
	{ "native-vhe", "-", VM_NATIVE_VHE, 512, NULL },
	{ "native-acpi", "-", VM_NATIVE_ACPI, 512, NULL },
	{ "xen", "dom0", VM_XEN, 2048, WITH_DOM0 },
	{ "xen", "domu", VM_XEN, 2048, WITH_DOM0 },
	{ "xen", "dom0less", VM_DOM0LESS, 1024, WITHOUT_DOM0 },
};

static bool is(const struct scenario *s, enum setting which, const char *word)
{
	return settings_is(&s->settings, which, word);
}

static void add_given(struct text *t, const struct scenario *s,
		      enum setting which)
{
	const char *text = settings_text(&s->settings, which);

	if (*text && strcmp(text, "-"))
		text_add(t, " %s", text);
}

/* What its default says is not said again: the command line stays short. */
static int make_xen_append(struct scenario *s, const char *first)
{
	struct text t = { s->xen_append, sizeof(s->xen_append), 0 };

	text_add(&t, "%s vwfi=%s", first,
		 settings_text(&s->settings, SET_VWFI));
	if (!is(s, SET_SCHEDULER, "credit2") && !cpupool_is_wanted(s))
		text_add(&t, " sched=%s",
			 settings_text(&s->settings, SET_SCHEDULER));
	if (!is(s, SET_TIMER_SLOP, "50000"))
		text_add(&t, " timer_slop=%s",
			 settings_text(&s->settings, SET_TIMER_SLOP));
	if (is(s, SET_CNTP, "native"))
		text_add(&t, " vcntp=native");
	add_given(&t, s, SET_XEN_OPTIONS);
	return text_end(&t);
}

static int make_append(struct scenario *s)
{
	struct text t = { s->append, sizeof(s->append), 0 };

	text_add(&t, "nokaslr loglevel=4 panic=-1 console=%s",
		 s->machine == VM_XEN ? "hvc0" : "ttyAMA0");
	if (s->machine == VM_NATIVE_VHE)
		text_add(&t, " kvm-arm.mode=none");
	if (s->machine == VM_NATIVE_ACPI)
		text_add(&t, " acpi=force");
	add_given(&t, s, SET_KERNEL_OPTIONS);
	return text_end(&t);
}

int scenario_make(struct scenario *s, const char *name,
		  const struct settings *settings)
{
	const char *xen_append = NULL;
	size_t i;
	int error;

	memset(s, 0, sizeof(*s));
	snprintf(s->name, sizeof(s->name), "%s", name);
	s->what = "";
	s->settings = *settings;
	for (i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (is(s, SET_MACHINE, machines[i].word) &&
		    is(s, SET_DOMAIN, machines[i].domain)) {
			s->machine = machines[i].machine;
			s->memory_mb = machines[i].memory_mb;
			xen_append = machines[i].xen_append;
		}
	s->domu = s->machine == VM_XEN && is(s, SET_DOMAIN, "domu");
	s->icount_shift = settings_number(settings, SET_ICOUNT_SHIFT);
	error = make_append(s);
	if (!error && xen_append)
		error = make_xen_append(s, xen_append);
	return error;
}

/* "NAME=VALUE NAME=VALUE", of the table above only */
static int read_settings(struct settings *settings, const char *text)
{
	char copy[256], message[512], *word, *rest, *value;
	int error = 0;

	settings_begin(settings);
	snprintf(copy, sizeof(copy), "%s", text);
	for (rest = copy; !error && (word = strsep(&rest, " ")); ) {
		value = strchr(word, '=');
		*value++ = '\0';
		error = settings_set(settings, setting_find(word), value, "",
				     RANK_DEFAULTS, message);
	}
	return error ? error : settings_complete(settings, message);
}

int scenario_find(struct scenario *s, const char *name)
{
	const struct scenario_name *n;
	struct settings settings;
	int error;

	for (n = scenario_names; n->name; n++)
		if (!strcmp(n->name, name))
			break;
	if (!n->name)
		return -ENOENT;
	error = read_settings(&settings, n->settings);
	if (!error)
		error = scenario_make(s, name, &settings);
	s->what = n->what;
	return error;
}

static int join(char *text, size_t size, const char *first,
		const char *second)
{
	int n = snprintf(text, size, "%s%s%s", first ? first : "",
			 second ? " " : "", second ? second : "");

	return n < 0 || (size_t)n >= size ? -E2BIG : 0;
}

/* Is the machine for that guest, or for that of no job? */
static bool takes(const struct scenario *s, const struct recipe_domain *bare)
{
	switch (s->machine) {
	case VM_DOM0LESS:	/* nothing brings home what Linux records */
		return bare;
	case VM_XEN:
		return !bare || s->domu;
	case VM_NATIVE_ACPI:	/* bare metal needs a device tree */
		return !bare;
	default:
		return true;
	}
}

/* Alone on the machine: its console is all that it has. */
static int be_bare(struct vm *vm, const struct scenario_options *o,
		   char culprit[4096])
{
	const struct recipe_domain *bare = o->bare;
	char log[4096];

	vm->kernel = bare->kernel;
	vm->append = bare->append;
	vm->initramfs = NULL;
	vm->ends_by_itself = true;
	if (vm->machine != VM_DOM0LESS || o->tell)
		return 0;
	vm->good_words = "xlat-guest: done";
	vm->bad_words = "xlat-guest: stopped";
	snprintf(log, sizeof(log), "%s/lab.log", vm->out);
	snprintf(culprit, 4096, "%s", vm->dtb);
	return dom0less_make_tree(vm, bare, log);
}

static int tell_file(struct hash *hash, const char *path, char culprit[4096])
{
	snprintf(culprit, 4096, "%s", path);
	return content_add(hash, path);
}

/* Files by content, then the command line without the host's names of them;
 * without a dom0 options are in the device tree. */
static int tell_machine(struct hash *hash, const struct vm *vm,
			char culprit[4096])
{
	const struct vm_fds fds = { 0, 0, 0 };
	struct vm nameless = *vm;
	bool xen = vm->machine == VM_XEN || vm->machine == VM_DOM0LESS;
	int error = tell_file(hash, vm->kernel, culprit);
	char **argv;

	if (!error && xen)
		error = tell_file(hash, vm->xen, culprit);
	if (!error && vm->machine == VM_NATIVE_ACPI)
		error = tell_file(hash, vm->firmware, culprit);
	if (error)
		return error;
	hash_string(hash, vm->append);
	hash_string(hash, vm->xen_append);
	nameless.qemu = nameless.kernel = nameless.xen = nameless.firmware =
		nameless.dtb = "";
	nameless.initramfs = vm->initramfs ? "" : NULL;
	argv = vm_argv(&nameless, "", "", &fds);
	snprintf(culprit, 4096, "QEMU's command line");
	if (!argv)
		return -E2BIG;
	for (; *argv; argv++)
		hash_string(hash, *argv);
	return 0;
}

int scenario_run(const struct scenario *s, const struct scenario_options *o,
		 struct vm_result *result, char culprit[4096])
{
	char initramfs[4096], dtb[4096], append[2048], xen_append[2048];
	struct vm vm = {
		.name = s->name, .machine = s->machine, .icount = o->icount,
		.icount_shift = s->icount_shift,
		.cpus = o->cpus ? (unsigned int)o->cpus : 4,
		.memory_mb = s->memory_mb, .gic = o->gic,
		.qemu = o->parts.qemu, .kernel = o->parts.kernel,
		.firmware = o->parts.firmware,
		.initramfs = initramfs, .append = append,
		.xen = o->parts.xen, .xen_append = xen_append, .dtb = dtb,
		.out = o->out,
		.limit_s = o->limit_s, .stall_s = o->stall_s,
		.tries = o->tries ? o->tries : VM_TRIES,
	};
	int error = 0;

	if (!o->tell)
		vm_forget(o->out);
	snprintf(culprit, 4096, "%s: %s the bare-metal guest", s->name,
		 o->bare ? "not for" : "only for");
	if (!takes(s, o->bare))
		return -EINVAL;
	snprintf(culprit, 4096, "kernel options");
	if (join(append, sizeof(append), s->append, o->append) ||
	    join(xen_append, sizeof(xen_append), s->xen_append, o->xen_append))
		return -E2BIG;
	snprintf(initramfs, sizeof(initramfs), "%s/initramfs.cpio", o->out);
	snprintf(dtb, sizeof(dtb), "%s/" DOM0LESS_TREE, o->out);
	if (o->bare && s->machine != VM_XEN)
		error = be_bare(&vm, o, culprit);
	else
		error = images_make(s, o, append, initramfs, culprit);
	if (o->tell) {
		result->end = VM_DONE;
		return error ? error : tell_machine(o->tell, &vm, culprit);
	}
	if (!error)
		vm_run(&vm, result);
	if (!error && vm.machine == VM_DOM0LESS)
		xen_console_write_host(o->out);
	unlink(initramfs);
	return error;
}
