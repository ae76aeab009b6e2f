// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"

typedef unsigned __int128 u128;

static _Thread_local char why[256];

__attribute__((format(printf, 1, 2)))
static const char *wrong(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, sizeof(why), format, ap);
	va_end(ap);
	return why;
}

static const __u64 *late(const struct xlat_map *map)
{
	return (const void *)((const char *)map + map->late_offset);
}

static const __u64 *early(const struct xlat_map *map)
{
	return (const void *)((const char *)map + map->early_offset);
}

int64_t account_lateness(const struct xlat_sample *sample)
{
	return (int64_t)(sample->entry - sample->deadline);
}

uint64_t account_points(const struct xlat_map *map)
{
	if (map->stop_ticks < map->start_ticks)
		return 0;
	return (map->stop_ticks - map->start_ticks) / map->period_ticks + 1;
}

uint64_t account_deadline(const struct xlat_map *map, uint64_t k)
{
	uint64_t base = map->start_ticks + k * map->period_ticks;
	uint64_t z = map->seed + (k + 1) * 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	z = z ^ (z >> 31);
	return base + (uint64_t)((u128)z * map->dither_ticks >> 64);
}

uint64_t account_bucket_sum(const struct xlat_map *map)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < map->buckets; i++)
		sum += late(map)[i] + early(map)[i];
	return sum;
}

/* Computes the bucket by another method than core/histogram.h. */
static uint32_t bucket(uint64_t v)
{
	uint32_t e = 0;

	if (v < 128)
		return (uint32_t)v;
	while (v >> e >= 256)
		e++;
	return (e + 1) * 128 + (uint32_t)(v >> e) - 128;
}

struct account account_take(const struct xlat_map *map)
{
	uint64_t head = map->head, n = map->slots, i;
	uint64_t first = head > n ? head - n : 0;
	struct xlat_sample *copy = calloc(head - first + 1, sizeof(*copy));

	for (i = first; i < head; i++)
		memcpy(&copy[i - first],
		       (const char *)map + map->ring_offset +
		       i % n * map->slot_size, sizeof(*copy));
	return (struct account) {
		.map = map, .samples = copy,
		.received = head - first, .lost = first,
	};
}

static const char *check_header(const struct xlat_map *m)
{
	uint64_t array = m->buckets * sizeof(uint64_t);

	if (m->magic != XLAT_MAP_MAGIC || m->version != XLAT_ABI_VERSION)
		return wrong("magic or version");
	if (m->header_size != sizeof(*m) || m->buckets != XLAT_BUCKETS)
		return wrong("sizes");
	if (m->late_offset < m->header_size ||
	    m->early_offset < m->late_offset + array ||
	    m->ring_offset < m->early_offset + array ||
	    m->ring_offset + (uint64_t)m->slots * m->slot_size > m->length)
		return wrong("offsets outside the mapping");
	if (m->state != XLAT_STATE_STOPPED || m->end_reason == XLAT_END_NONE)
		return wrong("state %u, end %u", m->state, m->end_reason);
	if (m->seq & 1)
		return wrong("odd seq %u", m->seq);
	return NULL;
}

static const char *check_sums(const struct account *a)
{
	const struct xlat_counters *c = &a->map->counters;
	uint64_t points = account_points(a->map);

	if (c->count != a->received + a->lost)
		return wrong("count %llu, received %llu, lost %llu",
			     (unsigned long long)c->count,
			     (unsigned long long)a->received,
			     (unsigned long long)a->lost);
	if (c->count + c->missed + c->unserved != points)
		return wrong("count %llu + missed %llu + unserved %llu != %llu points",
			     (unsigned long long)c->count,
			     (unsigned long long)c->missed,
			     (unsigned long long)c->unserved,
			     (unsigned long long)points);
	if (account_bucket_sum(a->map) != c->count)
		return wrong("buckets hold %llu of %llu",
			     (unsigned long long)account_bucket_sum(a->map),
			     (unsigned long long)c->count);
	return NULL;
}

/* The maximum is at most the sum, and at least the average. */
static const char *check_busy(const struct account *a)
{
	const struct xlat_counters *c = &a->map->counters;

	if (c->busy_max_ticks > c->busy_ticks ||
	    (u128)c->busy_max_ticks * c->count < c->busy_ticks)
		return wrong("busy %llu, at most %llu, in %llu samples",
			     (unsigned long long)c->busy_ticks,
			     (unsigned long long)c->busy_max_ticks,
			     (unsigned long long)c->count);
	return NULL;
}

static const char *check_end(const struct account *a)
{
	const struct xlat_map *m = a->map;
	const struct xlat_counters *c = &m->counters;

	if (m->end_reason != XLAT_END_LIMIT)
		return NULL;
	if (c->count != m->limit || c->unserved)
		return wrong("limit %llu, count %llu, unserved %llu",
			     (unsigned long long)m->limit,
			     (unsigned long long)c->count,
			     (unsigned long long)c->unserved);
	return NULL;
}

/*
 * A sample lies on the grid. When it was armed, the points skipped before it
 * had passed, and its own point had not.
 */
static const char *check_point(const struct account *a, uint64_t i, uint64_t k)
{
	const struct xlat_sample *s = &a->samples[i], *before = s - 1;
	const struct xlat_counters *c = &a->map->counters;

	if (s->deadline != account_deadline(a->map, k))
		return wrong("sample %llu: deadline not on point %llu (%lld off)",
			     (unsigned long long)i, (unsigned long long)k,
			     (long long)(s->deadline -
					 account_deadline(a->map, k)));
	if (s->flags)
		return wrong("sample %llu: flags %x", (unsigned long long)i,
			     s->flags);
	if (!i)
		return NULL;
	if (s->entry <= before->entry)
		return wrong("sample %llu entered before its predecessor",
			     (unsigned long long)i);
	if (s->deadline <= before->entry)
		return wrong("sample %llu: a point that had passed was armed",
			     (unsigned long long)i);
	if (s->missed &&
	    account_deadline(a->map, k - 1) > before->entry + c->busy_max_ticks)
		return wrong("sample %llu: skipped a point that had not passed",
			     (unsigned long long)i);
	return NULL;
}

static const char *check_grid(const struct account *a)
{
	const struct xlat_counters *c = &a->map->counters;
	uint64_t i, k = 0, missed = 0;
	const char *error;

	for (i = 0; i < a->received; i++, k++) {
		k += a->samples[i].missed;
		missed += a->samples[i].missed;
		error = check_point(a, i, k);
		if (error)
			return error;
	}
	if (missed > c->missed)
		return wrong("samples miss %llu, the counter %llu",
			     (unsigned long long)missed,
			     (unsigned long long)c->missed);
	/* The points skipped after the last sample had passed, too. */
	if (missed < c->missed && i &&
	    account_deadline(a->map, k + c->missed - missed - 1) >
	    a->samples[i - 1].entry + c->busy_max_ticks)
		return wrong("%llu points missed that no sample counts",
			     (unsigned long long)(c->missed - missed));
	return NULL;
}

static void rebuild(const struct account *a, struct xlat_counters *c,
		    uint64_t *lates, uint64_t *earlies)
{
	u128 square = 0;
	uint64_t i;

	*c = a->map->counters;
	c->count = 0;
	c->early = 0;
	c->min_ticks = INT64_MAX;
	c->max_ticks = INT64_MIN;
	c->cold_max_ticks = INT64_MIN;
	c->warm_max_ticks = INT64_MIN;
	c->cold_count = 0;
	c->warm_count = 0;
	c->sum_ticks = 0;
	for (i = 0; i < a->received; i++) {
		int64_t l = account_lateness(&a->samples[i]);
		bool cold = i < a->map->warmup;
		__s64 *max = cold ? &c->cold_max_ticks : &c->warm_max_ticks;

		c->count++;
		c->cold_count += cold;
		c->warm_count += !cold;
		c->early += l < 0;
		c->sum_ticks += l;
		square += (u128)((__int128)l * l);
		if (l < c->min_ticks)
			c->min_ticks = l;
		if (l > c->max_ticks)
			c->max_ticks = l;
		if (l > *max)
			*max = l;
		if (l < 0)
			earlies[bucket(-(uint64_t)l)]++;
		else
			lates[bucket((uint64_t)l)]++;
	}
	c->square_lo = (uint64_t)square;
	c->square_hi = (uint64_t)(square >> 64);
}

static const char *check_rebuilt(const struct account *a)
{
	static _Thread_local uint64_t lates[XLAT_BUCKETS];
	static _Thread_local uint64_t earlies[XLAT_BUCKETS];
	struct xlat_counters c;
	uint32_t i;

	memset(lates, 0, sizeof(lates));
	memset(earlies, 0, sizeof(earlies));
	rebuild(a, &c, lates, earlies);
	for (i = 0; i < XLAT_BUCKETS; i++)
		if (lates[i] != late(a->map)[i] ||
		    earlies[i] != early(a->map)[i])
			return wrong("bucket %u: late %llu, rebuilt %llu, early %llu, rebuilt %llu",
				     i, (unsigned long long)late(a->map)[i],
				     (unsigned long long)lates[i],
				     (unsigned long long)early(a->map)[i],
				     (unsigned long long)earlies[i]);
	for (i = 0; i < sizeof(c) / sizeof(__u64); i++)
		if (((__u64 *)&c)[i] !=
		    ((const __u64 *)&a->map->counters)[i])
			return wrong("counter word %u: %llx, rebuilt %llx", i,
				     (unsigned long long)
				     ((const __u64 *)&a->map->counters)[i],
				     (unsigned long long)((__u64 *)&c)[i]);
	return NULL;
}

const char *account_check(const struct account *a)
{
	const char *error = check_header(a->map);

	if (!error)
		error = check_sums(a);
	if (!error)
		error = check_busy(a);
	if (!error)
		error = check_end(a);
	if (!error && !a->lost)
		error = check_grid(a);
	if (!error && !a->lost)
		error = check_rebuilt(a);
	return error;
}

const char *account_check_map(const struct xlat_map *map)
{
	struct account a = account_take(map);
	const char *error = account_check(&a);

	free((void *)a.samples);
	return error;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int64_t account_rank(const struct account *a, uint64_t rank)
{
	int64_t *all = calloc(a->received + 1, sizeof(*all)), value;
	uint64_t i;

	for (i = 0; i < a->received; i++)
		all[i] = account_lateness(&a->samples[i]);
	qsort(all, a->received, sizeof(*all), compare);
	value = all[rank];
	free(all);
	return value;
}

int64_t account_median(const struct account *a)
{
	return account_rank(a, a->received / 2);
}
