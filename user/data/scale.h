/* SPDX-License-Identifier: MIT */
/*
 * From ticks to the report's unit, exactly: a reduced fraction, one division,
 * one rounding to double at the end. Pure.
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
 * scale_make() - nanoseconds, or instructions of 2^@insn_shift ns, per tick
 *
 * Return: 0; -ERANGE where @tick_hz is 0 or the shift is absurd.
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

/** scale_ratio() - @ticks / @divisor in units; @divisor is not 0 */
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
