/* SPDX-License-Identifier: MIT */
/* Exceptions that nobody expects: told, and the end. */
#ifndef GUEST_EXCEPTION_H
#define GUEST_EXCEPTION_H

#include <stdint.h>

/** exception_unexpected() - called by the vectors */
void exception_unexpected(uint64_t vector, uint64_t stack)
	__attribute__((noreturn));

/** exception_install() - from now on they are told */
void exception_install(void);

#endif /* GUEST_EXCEPTION_H */
