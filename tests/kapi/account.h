/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks the promises of include/uapi/xlat.h about a CPU whose measurement has
 * ended. It is written from that header alone and uses no code of kmod/.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <stdint.h>
#include <uapi/xlat.h>

struct account {
	const struct xlat_map *map;
	const struct xlat_sample *samples;	/* received, in order */
	uint64_t received;
	uint64_t lost;
};

/*
 * Copy the samples that are still in the ring after the end; overwritten ones
 * count as lost. The caller calls free() on the samples.
 */
struct account account_take(const struct xlat_map *map);

/* NULL: all promises hold. Else a text, valid until the thread calls again. */
const char *account_check(const struct account *a);

/* account_take() and account_check() of one CPU's map. */
const char *account_check_map(const struct xlat_map *map);

uint64_t account_points(const struct xlat_map *map);
uint64_t account_deadline(const struct xlat_map *map, uint64_t k);
uint64_t account_bucket_sum(const struct xlat_map *map);
int64_t account_lateness(const struct xlat_sample *sample);
int64_t account_median(const struct account *a);
int64_t account_rank(const struct account *a, uint64_t rank);

#endif
