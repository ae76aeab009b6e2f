// SPDX-License-Identifier: MIT
#include "console.h"
#include "exception.h"
#include "registers.h"
#include "smccc.h"
#include "timer.h"

extern char image_head[];

/* Debian's libfdt is compiled with the stack protector, which needs this. */
uintptr_t __stack_chk_guard = 0x786c6174;

void __stack_chk_fail(void) __attribute__((noreturn));

void __stack_chk_fail(void)
{
	console_print("xlat-guest: stack overflow detected\n");
	console_print("xlat-guest: stopped\n");
	console_flush();
	smccc_power_off();
}

static const char *kind_of(uint64_t vector)
{
	static const char *const kinds[] = {
		"synchronous exception", "IRQ", "FIQ", "SError",
	};

	return kinds[vector % 4];
}

void exception_unexpected(uint64_t vector, uint64_t stack)
{
	static unsigned int depth;

	if (depth++)
		for (;;)
			asm volatile("wfi");
	console_print("xlat-guest: unexpected %s (vector %lu): ESR_EL1 0x%08lx ELR_EL1 0x%016lx (image + 0x%lx) FAR_EL1 0x%016lx SP 0x%016lx\n",
		      kind_of(vector), vector, read_register(esr_el1),
		      read_register(elr_el1),
		      read_register(elr_el1) - (uint64_t)image_head,
		      read_register(far_el1), stack);
	console_print("xlat-guest: stopped\n");
	console_flush();
	smccc_power_off();
}

void exception_install(void)
{
	write_register(timer_virt.vectors, vbar_el1);
	isb();
}
