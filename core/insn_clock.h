/* SPDX-License-Identifier: MIT */
/*
 * The instruction clock of an emulator. The launcher claims how long one
 * instruction takes; the core-clock loop of a probe confirms or refutes it.
 */
#ifndef XLAT_INSN_CLOCK_H
#define XLAT_INSN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/xlat.h>

/** insn_clock_ns() - how long an instruction of the loop takes; 0: unknown */
double insn_clock_ns(const struct xlat_probe *probe, uint64_t tick_hz);

/** insn_clock_agrees() - is insn_clock_ns() 2^@shift, within 1 %? */
bool insn_clock_agrees(const struct xlat_probe *probe, uint64_t tick_hz,
		       unsigned int shift);

#endif /* XLAT_INSN_CLOCK_H */
