/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_TRACE_MIX_H
#define LAB_TRACE_MIX_H

#include <stdint.h>

/**
 * mix() - continue a hash of 64 bits with one more value
 *
 * Multiplies and folds, as the finalisers of common hashes do. Not for input that
 * wants to collide.
 */
static inline uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15;
	hash ^= hash >> 29;
	hash *= 0xd6e8feb86659fd93;
	return hash ^ hash >> 32;
}

#endif
