// SPDX-License-Identifier: GPL-2.0
/*
 * The system calls (kmod/cdev.c) while another thread interferes: it changes
 * the caller's memory while it is read, or sets up or closes a session during
 * INFO.
 */
#include <errno.h>

#include <uapi/xlat.h>

#include "kernel.h"
#include "kmod/cdev.h"
#include "kmod/session.h"
#include "tests/kapi/ktap.h"

static struct file mine, other;
static u64 mask = 1;

static long call(struct file *file, unsigned int command, void *argument)
{
	return machine.device->fops->unlocked_ioctl(file, command,
						    (unsigned long)argument);
}

static void begin(void)
{
	machine_reset();
	xlat_session_init();
	xlat_cdev_init();
	machine.device->fops->open(NULL, &mine);
	machine.device->fops->open(NULL, &other);
}

static void end(void)
{
	machine.between = NULL;
	machine.user_was_read = NULL;
	machine.device->fops->release(NULL, &mine);
	if (other.private_data)
		machine.device->fops->release(NULL, &other);
	xlat_cdev_exit();
	xlat_session_exit();
	ktap_ok(!machine.fault, "%s", machine.fault ? machine.fault :
		"nothing is left");
}

static struct xlat_setup good_setup(void)
{
	return (struct xlat_setup) {
		.size = sizeof(struct xlat_setup), .cpus = (uintptr_t)&mask,
		.cpus_len = sizeof(mask), .period_ns = 1000000, .slots = 16,
	};
}

/* A size that changes while the structure is read. */

static struct {
	struct xlat_setup setup;
	char after[64];
} memory;

static unsigned int size_later;

static void change_size(void)
{
	memory.setup.size = size_later;
}

static void check_size(u32 first, u32 later)
{
	const size_t known = offsetof(struct xlat_setup, map_length);
	struct xlat_setup setup = good_setup();

	begin();
	setup.size = first;
	setup.map_length = 0;
	memory.setup = setup;
	memset(memory.after, 0x55, sizeof(memory.after));
	size_later = later;
	machine.user_was_read = change_size;
	ktap_is(call(&mine, XLAT_IOC_SETUP, &memory.setup), 0,
		"SETUP: its size changes meanwhile");
	ktap_ok(memory.setup.size == first && memory.setup.map_length &&
		memory.setup.tick_hz, "%u bytes are written, not %u", first,
		later);
	ktap_ok(known < first && memory.after[0] == 0x55, "and none behind");
	end();
}

/* INFO. */

static struct xlat_setup other_setup;
static bool waited;

static void set_up_other(void)
{
	call(&other, XLAT_IOC_SETUP, &other_setup);
}

static void close_other(void)
{
	machine.device->fops->release(NULL, &other);
	other.private_data = NULL;
}

static void try_set_up(void)
{
	machine.between = NULL;
	waited = machine_waits(set_up_other);
}

static void try_close(void)
{
	machine.between = NULL;
	waited = machine_waits(close_other);
}

/* Costs are timed only while there is no session. */
static void check_look(void (*between)(void), bool session)
{
	struct xlat_info info = { .size = sizeof(info) };
	bool timed;

	begin();
	other_setup = good_setup();
	if (session)
		set_up_other();
	machine.between = between;
	ktap_is(call(&mine, XLAT_IOC_INFO, &info), 0, "INFO");
	timed = info.source[XLAT_SOURCE_HRTIMER].clock_read_ticks;
	ktap_ok(info.session == session && timed == !session,
		"a session %s while INFO looks: %s", session ? "goes" : "comes",
		session ? "there was one" : "there was none");
	ktap_ok(waited, "it waits until INFO has looked");
	end();
}

static void check_own(void)
{
	struct xlat_info info = { .size = sizeof(info) };
	struct xlat_setup setup = good_setup();

	begin();
	ktap_is(call(&mine, XLAT_IOC_SETUP, &setup), 0, "SETUP");
	ktap_ok(!call(&mine, XLAT_IOC_INFO, &info) && !info.session &&
		!info.source[0].clock_read_ticks, "INFO: the session is one's own");
	ktap_ok(!strcmp(info.module_version, "0.0-machine"),
		"INFO: version %s", info.module_version);
	end();
}

/* Mappings. */

static int map(struct vm_area_struct *vma)
{
	struct xlat_setup setup = good_setup();
	int error;

	begin();
	call(&mine, XLAT_IOC_SETUP, &setup);
	vma->vm_end = setup.map_length;
	vma->vm_flags |= VM_MAYSHARE | VM_MAYWRITE | VM_MAYEXEC;
	error = machine.device->fops->mmap(&mine, vma);
	end();
	return error;
}

static void check_mappings(void)
{
	struct vm_area_struct plain = { 0 };
	struct vm_area_struct writable = { .vm_flags = VM_WRITE };
	struct vm_area_struct executable = { .vm_flags = VM_EXEC };

	ktap_is(map(&plain), 0, "a readable mapping");
	ktap_ok(!(plain.vm_flags & VM_MAYWRITE), "can't become writable");
	ktap_ok(!(plain.vm_flags & VM_MAYEXEC), "can't become executable");
	ktap_ok(plain.vm_flags & VM_DONTCOPY, "is not inherited");
	ktap_is(map(&writable), -EPERM, "a writable mapping");
	ktap_is(map(&executable), -EPERM, "an executable mapping");
}

int main(void)
{
	const u32 whole = sizeof(struct xlat_setup);

	check_size(whole, whole);
	check_size(whole, 8);
	check_size(whole, whole + 64);
	check_size(whole, ~0U);
	check_look(try_set_up, false);
	check_look(try_close, true);
	check_own();
	check_mappings();
	return ktap_end();
}
