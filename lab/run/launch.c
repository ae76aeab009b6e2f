// SPDX-License-Identifier: GPL-2.0
/* Start a scenario's machine with its images and wait for its end. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "lab/image/content.h"
#include "lab/machine/dom0less.h"
#include "lab/machine/xen_console.h"
#include "images.h"
#include "launch.h"
#include "trace.h"

static int join(char *text, size_t size, const char *first,
		const char *second)
{
	int n = snprintf(text, size, "%s%s%s", first ? first : "",
			 second ? " " : "", second ? second : "");

	return n < 0 || (size_t)n >= size ? -E2BIG : 0;
}

/* Can the machine run the bare-metal guests, or Linux if bare is NULL? */
static bool takes(const struct scenario *s, const struct recipe_domain *bare)
{
	switch (s->machine) {
	case VM_DOM0LESS:	/* Linux cannot export its recordings */
		return bare;
	case VM_XEN:
		return !bare || s->domu;
	case VM_NATIVE_ACPI:	/* bare metal needs a device tree */
		return !bare;
	default:
		return true;
	}
}

/* Start a bare-metal guest alone on the machine, with only a console. */
static int be_bare(struct vm *vm, const struct scenario_options *o,
		   char culprit[4096])
{
	const struct recipe_domain *bare = o->bare;
	char log[4096];

	vm->kernel = bare->kernel;
	vm->append = bare->append;
	vm->initramfs = NULL;
	vm->ends_by_itself = true;
	vm->done_words = "xlat-guest: done";
	if (vm->machine != VM_DOM0LESS)
		return 0;
	snprintf(culprit, 4096, "%s", bare->kernel);
	if (o->hash)
		return dom0less_add_tree(o->hash, vm, bare);
	vm->good_words = vm->done_words;
	vm->bad_words = "xlat-guest: stopped";
	snprintf(log, sizeof(log), "%s/lab.log", vm->out);
	snprintf(culprit, 4096, "%s", vm->dtb);
	return dom0less_make_tree(vm, bare, log);
}

static int add_file(struct hash *hash, const char *path, char culprit[4096])
{
	snprintf(culprit, 4096, "%s", path);
	return content_add(hash, path);
}

/*
 * Hash the contents of the files, the command line without the paths on the
 * host, and the input that is sent to the running machine.
 */
static int add_machine(struct hash *hash, const struct vm *vm,
			char culprit[4096])
{
	const struct vm_fds fds = { 0, 0, 0 };
	struct vm nameless = *vm;
	bool xen = vm->machine == VM_XEN || vm->machine == VM_DOM0LESS;
	int error = add_file(hash, vm->kernel, culprit);
	char **argv;

	if (!error && xen)
		error = add_file(hash, vm->xen, culprit);
	if (!error && vm->machine == VM_NATIVE_ACPI)
		error = add_file(hash, vm->firmware, culprit);
	if (error)
		return error;
	nameless.qemu = nameless.kernel = nameless.xen = nameless.firmware = "";
	nameless.dtb = vm->dtb ? "" : NULL;
	nameless.initramfs = vm->initramfs ? "" : NULL;
	nameless.trace = NULL;
	argv = vm_argv(&nameless, "", "", &fds);
	snprintf(culprit, 4096, "QEMU's command line");
	if (!argv)
		return -E2BIG;
	for (; *argv; argv++)
		hash_string(hash, *argv);
	vm_add_input(vm, hash);
	return 0;
}

int launch_scenario(const struct scenario *s, const struct scenario_options *o,
		    struct vm_result *result, char culprit[4096])
{
	char initramfs[4096], dtb[4096], append[2048], xen_append[2048];
	char marks[TRACE_MARKS_SIZE];
	struct vm vm = {
		.name = s->name, .machine = s->machine, .icount = o->icount,
		.icount_shift = s->icount_shift,
		.cpus = o->cpus ? (unsigned int)o->cpus : 4,
		.memory_mb = o->memory_mb ? (unsigned int)o->memory_mb :
					    s->memory_mb,
		.gic = o->gic,
		.qemu = o->parts.qemu, .kernel = o->parts.kernel,
		.firmware = o->parts.firmware,
		.initramfs = initramfs, .append = append,
		.xen = o->parts.xen, .xen_append = xen_append,
		.dtb = s->machine == VM_DOM0LESS ? dtb : o->dtb,
		.trace = o->trace, .tracer = o->tracer, .trace_marks = marks,
		.out = o->out,
		.limit_s = o->limit_s, .stall_s = o->stall_s,
		.tries = o->tries ? o->tries : VM_TRIES,
	};
	int error = 0;

	if (!o->hash)
		vm_forget(o->out);
	snprintf(culprit, 4096, "%s: %s the bare-metal guest", s->name,
		 o->bare ? "not for" : "only for");
	if (!takes(s, o->bare))
		return -EINVAL;
	snprintf(culprit, 4096, "kernel options");
	if (join(append, sizeof(append), s->append, o->append) ||
	    join(xen_append, sizeof(xen_append), s->xen_append, o->xen_append))
		return -E2BIG;
	error = trace_marks(o, marks, culprit);
	if (error)
		return error;
	snprintf(initramfs, sizeof(initramfs), "%s/initramfs.cpio", o->out);
	snprintf(dtb, sizeof(dtb), "%s/" VM_TREE, o->out);
	if (o->bare && s->machine != VM_XEN)
		error = be_bare(&vm, o, culprit);
	else
		error = images_make(s, o, append, initramfs, culprit);
	if (o->hash) {
		result->end = VM_DONE;
		return error ? error : add_machine(o->hash, &vm, culprit);
	}
	if (!error)
		vm_run(&vm, result);
	if (!error && vm.machine == VM_DOM0LESS)
		xen_console_write_host(o->out);
	unlink(initramfs);
	return error;
}
