/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the contract promises of a part that has stopped, recomputed from
 * include/uapi/xlat.h alone: nothing of kmod/ is used.
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
 * Everything that is still in the ring of a stopped part; what it overwrote
 * is lost. free() the samples.
 */
struct account account_take(const struct xlat_map *map);

/* NULL: the promises are kept; else what is wrong, until the next call. */
const char *account_check(const struct account *a);

/* One call of both for each CPU of a session's maps. */
const char *account_check_map(const struct xlat_map *map);

uint64_t account_points(const struct xlat_map *map);
uint64_t account_deadline(const struct xlat_map *map, uint64_t k);
uint64_t account_bucket_sum(const struct xlat_map *map);
int64_t account_lateness(const struct xlat_sample *sample);
int64_t account_median(const struct account *a);
int64_t account_rank(const struct account *a, uint64_t rank);

#endif
