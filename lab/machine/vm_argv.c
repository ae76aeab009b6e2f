// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dom0less.h"
#include "vm.h"

enum { WORDS = 96, BYTES = 32768, VALUE = 8192 };

/* far enough apart for the kernel's 40 MiB in memory */
#define KERNEL_ADDR "0x49000000"
#define INITRD_ADDR "0x4d000000"

static struct {
	char *argv[WORDS];
	char text[BYTES];
	size_t words, bytes;
	bool too_long;
} line;

__attribute__((format(printf, 1, 2)))
static void word(const char *format, ...)
{
	size_t left = BYTES - line.bytes;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line.text + line.bytes, left, format, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= left || line.words == WORDS - 1) {
		line.too_long = true;
		return;
	}
	line.argv[line.words++] = line.text + line.bytes;
	line.argv[line.words] = NULL;
	line.bytes += (size_t)n + 1;
}

/* QEMU's option syntax doubles the commas of a value. */
static const char *doubled(const char *value, char text[VALUE])
{
	size_t n = 0;

	for (; *value && n < VALUE - 2; value++) {
		text[n++] = *value;
		if (*value == ',')
			text[n++] = ',';
	}
	text[n] = '\0';
	if (*value)
		line.too_long = true;
	return text;
}

/* dtb: where to write the device tree, and be gone; NULL: do not */
static void machine(const struct vm *vm, const char *dtb)
{
	bool vhe = vm->machine == VM_NATIVE_VHE;
	bool acpi = vm->machine == VM_NATIVE_ACPI;
	char path[VALUE];

	word("-M");
	/* Xen has no ITS for dom0, whose device tree would still name one. */
	word("virt,gic-version=%d%s,dtb-randomness=off%s%s%s",
	     vm->gic ? vm->gic : vhe ? 3 : 2, vm->gic == 3 ? ",its=off" : "",
	     acpi || vm->machine == VM_NATIVE_EL1 ? "" : ",virtualization=on",
	     dtb ? ",dumpdtb=" : "", dtb ? doubled(dtb, path) : "");
	word("-cpu");
	word("%s%s", vhe ? "max" : "cortex-a53",
	     vm->icount ? ",cntfrq=1000000000" : "");
	word("-smp");
	word("%u", vm->cpus);
	word("-m");
	word("%u", vm->memory_mb);
}

static void clocks(const struct vm *vm)
{
	word("-seed");
	word("1");
	word("-rtc");
	word("base=2020-01-01,clock=vm");
	if (!vm->icount)
		return;
	word("-icount");
	word("shift=%d,sleep=off", vm->icount_shift);
}

/* Options of Xen's and of the domain's are in the device tree. */
static void dom0less(const struct vm *vm)
{
	char path[VALUE];

	word("-kernel");
	word("%s", vm->xen);
	word("-dtb");
	word("%s", vm->dtb);
	word("-device");
	word("loader,addr=0x%x,force-raw=on,file=%s", DOM0LESS_ADDRESS,
	     doubled(vm->kernel, path));
}

static void software(const struct vm *vm)
{
	char path[VALUE], append[VALUE];

	if (vm->machine == VM_DOM0LESS) {
		dom0less(vm);
		return;
	}
	if (vm->machine == VM_NATIVE_ACPI) {
		word("-bios");
		word("%s", vm->firmware);
	}
	if (vm->dtb) {
		word("-dtb");
		word("%s", vm->dtb);
	}
	word("-kernel");
	word("%s", vm->machine == VM_XEN ? vm->xen : vm->kernel);
	word("-append");
	word("%s", vm->machine == VM_XEN ? vm->xen_append : vm->append);
	if (vm->machine != VM_XEN) {
		if (!vm->initramfs)
			return;
		word("-initrd");
		word("%s", vm->initramfs);
		return;
	}
	word("-device");
	word("guest-loader,addr=" KERNEL_ADDR ",kernel=%s,bootargs=%s",
	     doubled(vm->kernel, path), doubled(vm->append, append));
	word("-device");
	word("guest-loader,addr=" INITRD_ADDR ",initrd=%s",
	     doubled(vm->initramfs, path));
}

static void port(const char *name)
{
	word("-device");
	word("virtserialport,chardev=%s,name=%s", name, name);
}

/*
 * The guest's files go into a file: what the guest has written is there, while
 * a socket could still hold some of it when QEMU is told to quit.
 */
static void channels(const struct vm *vm, const char *console, const char *files,
		     const struct vm_fds *fds)
{
	char path[VALUE];

	word("-chardev");
	if (vm->machine == VM_DOM0LESS)
		word("file,id=console,path=%s,input-path=/dev/fd/%d",
		     doubled(console, path), fds->keys);
	else
		word("file,id=console,path=%s", doubled(console, path));
	word("-serial");
	word("chardev:console");
	word("-chardev");
	word("socket,id=qmp,fd=%d", fds->qmp);
	word("-mon");
	word("chardev=qmp,mode=control");
	word("-device");
	word("virtio-serial-pci,ioeventfd=off");	/* in the vCPU, no host thread */
	word("-chardev");
	word("socket,id=verdict,fd=%d", fds->verdict);
	port("verdict");
	word("-chardev");
	word("file,id=files,path=%s", doubled(files, path));
	port("files");
}

static void plugin(const struct vm *vm)
{
	char tracer[VALUE], trace[VALUE];

	if (!vm->trace)
		return;
	word("-plugin");
	word("%s,out=%s,%s", doubled(vm->tracer, tracer),
	     doubled(vm->trace, trace), vm->trace_marks);
}

static void begin(const struct vm *vm, const char *dtb)
{
	line.words = 0;
	line.bytes = 0;
	line.too_long = false;
	word("%s", vm->qemu);
	machine(vm, dtb);
	word("-nodefaults");
	word("-nic");
	word("none");
	word("-display");
	word("none");
}

char **vm_argv_tree(const struct vm *vm)
{
	begin(vm, vm->dtb);
	return line.too_long ? NULL : line.argv;
}

char **vm_argv(const struct vm *vm, const char *console, const char *files,
	       const struct vm_fds *fds)
{
	begin(vm, NULL);
	clocks(vm);
	word("-no-reboot");
	software(vm);
	channels(vm, console, files, fds);
	plugin(vm);
	return line.too_long ? NULL : line.argv;
}
