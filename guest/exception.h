/* SPDX-License-Identifier: MIT */
/* An unexpected exception is reported on the console and ends the guest. */
#ifndef GUEST_EXCEPTION_H
#define GUEST_EXCEPTION_H

#include <stdint.h>

/** exception_unexpected() - report and power off; the vectors call it */
void exception_unexpected(uint64_t vector, uint64_t stack)
	__attribute__((noreturn));

/** exception_install() - report exceptions from now on */
void exception_install(void);

#endif /* GUEST_EXCEPTION_H */
