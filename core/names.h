/* SPDX-License-Identifier: MIT */
/*
 * Names of the enums in include/uapi/xlat.h. This code does no I/O.
 */
#ifndef XLAT_NAMES_H
#define XLAT_NAMES_H

#include <stdint.h>

/** names_source() - of an enum xlat_source_id */
const char *names_source(uint32_t source);

/** names_stage() - of an enum xlat_stage */
const char *names_stage(uint32_t stage);

/** names_phase() - of an enum xlat_phase_mode */
const char *names_phase(uint32_t mode);

/** names_idle() - of an enum xlat_idle_policy */
const char *names_idle(uint32_t policy);

/** names_end() - why measuring on a CPU ended: an enum xlat_end, in words */
const char *names_end(uint32_t end);

/** names_end_is_early() - was the end neither STOP nor the limit? */
int names_end_is_early(uint32_t end);

#endif /* XLAT_NAMES_H */
