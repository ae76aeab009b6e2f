/* SPDX-License-Identifier: MIT */
/*
 * Converts ticks to the report's unit: by a reduced fraction, with one division
 * and one rounding to double at the end. This code does no I/O.
 */
#ifndef XLAT_SCALE_H
#define XLAT_SCALE_H

#include <errno.h>
#include <stdint.h>

/** struct scale - units = ticks * @num / @den */
struct scale {
	uint64_t num;
	uint64_t den;
};

/**
 * scale_make() - compute the units per tick
 * @tick_hz: ticks per second
 * @insn_shift: one unit is an instruction of 2^@insn_shift ns; 0: one unit is
 *	1 ns
 * @out: the result
 *
 * Return: 0; -ERANGE if @tick_hz is 0 or too large, or @insn_shift is over 20.
 */
static inline int scale_make(uint64_t tick_hz, uint32_t insn_shift,
			     struct scale *out)
{
	uint64_t a = 1000000000, b, rest;

	if (!tick_hz || insn_shift > 20 || tick_hz >> (63 - insn_shift))
		return -ERANGE;
	b = tick_hz << insn_shift;
	*out = (struct scale) { .num = a, .den = b };
	while (b) {
		rest = a % b;
		a = b;
		b = rest;
	}
	out->num /= a;
	out->den /= a;
	return 0;
}

/** scale_ratio() - @ticks / @divisor in units; @divisor must not be 0 */
static inline double scale_ratio(const struct scale *scale, __int128 ticks,
				 uint64_t divisor)
{
	__int128 den = (__int128)scale->den * divisor;
	__int128 top = ticks * (__int128)scale->num;

	return (double)(top / den) + (double)(top % den) / (double)den;
}

/** scale_apply() - @ticks in units */
static inline double scale_apply(const struct scale *scale, __int128 ticks)
{
	return scale_ratio(scale, ticks, 1);
}

#endif /* XLAT_SCALE_H */
