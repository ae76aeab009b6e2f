/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads registers and memory of the vCPU that executes.
 */
#ifndef LAB_TRACE_REGISTERS_H
#define LAB_TRACE_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

/** registers_find() - in the callback of a vCPU's start; NULL, or what lacks */
const char *registers_find(void);

/** registers_el() - the exception level */
unsigned int registers_el(void);

/** registers_vttbr() - VTTBR_EL2; 0 on a CPU without EL2 */
uint64_t registers_vttbr(void);

/** registers_x0() - only in a callback that may read registers */
uint64_t registers_x0(void);

/** registers_code() - the words at an address; false: they cannot be read */
bool registers_code(uint64_t vaddr, uint32_t *word, unsigned int words);

#endif
