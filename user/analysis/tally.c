// SPDX-License-Identifier: MIT
#include <math.h>

#include "core/histogram.h"
#include "order.h"
#include "tally.h"

/* The mean of fewer values is not treated as normally distributed. */
#define NORMAL_FROM	30

void tally_init(struct tally *t)
{
	*t = (struct tally) {
		.min = S64_MAX, .max = S64_MIN, .warm_max = S64_MIN,
	};
}

void tally_add(struct tally *t, const struct tally *other)
{
	t->count += other->count;
	t->early += other->early;
	t->min = other->min < t->min ? other->min : t->min;
	t->max = other->max > t->max ? other->max : t->max;
	t->warm_count += other->warm_count;
	t->warm_max = other->warm_max > t->warm_max ? other->warm_max : t->warm_max;
	t->sum += other->sum;
	t->overflowed |= other->overflowed;
	t->square += other->square;
	t->busy += other->busy;
	t->busy_count += other->busy_count;
	t->busy_max = other->busy_max > t->busy_max ? other->busy_max : t->busy_max;
}

bool tally_overflowed(const struct xlat_counters *c)
{
	__int128 sum = c->sum_ticks;

	return c->count && (sum < (__int128)c->min_ticks * c->count ||
			    sum > (__int128)c->max_ticks * c->count);
}

void tally_of_counters(struct tally *t, const struct xlat_counters *c)
{
	*t = (struct tally) {
		.count = c->count,
		.early = c->early,
		.min = c->min_ticks,
		.max = c->max_ticks,
		.warm_count = c->warm_count,
		.warm_max = c->warm_max_ticks,
		.sum = c->sum_ticks,
		.overflowed = tally_overflowed(c),
		.square = (unsigned __int128)c->square_hi << 64 | c->square_lo,
	};
}

static struct report_value known(double value)
{
	return (struct report_value) { .known = true, .value = value };
}

/*
 * Sample variance in ticks squared. It is negative if there are too few values,
 * the sum is too large to square, or the sums contradict each other.
 */
static double variance(const struct tally *t)
{
	unsigned __int128 magnitude = t->sum < 0 ? -t->sum : t->sum;
	unsigned __int128 of_mean, excess;

	if (t->count < 2 || magnitude >> 63)
		return -1;
	of_mean = magnitude * magnitude;
	if (t->square < of_mean / t->count)
		return -1;
	excess = t->square - of_mean / t->count;
	return ((double)excess - (double)(of_mean % t->count) / (double)t->count) /
	       (double)(t->count - 1);
}

static void moments(const struct tally *t, const struct scale *scale,
		    struct report_summary *s)
{
	struct report_value *avg = &s->value[REPORT_AVG];
	double spread = variance(t), margin;

	s->values = t->count;
	if (!t->count)
		return;
	s->value[REPORT_MIN] = known(scale_apply(scale, t->min));
	s->value[REPORT_MAX] = known(scale_apply(scale, t->max));
	if (t->warm_count)
		s->value[REPORT_WARM_MAX] = known(scale_apply(scale, t->warm_max));
	if (t->overflowed)
		return;
	*avg = known(scale_ratio(scale, t->sum, t->count));
	if (spread < 0)
		return;
	s->deviation = known(sqrt(spread) * (double)scale->num /
			     (double)scale->den);
	if (t->count < NORMAL_FROM)
		return;
	margin = ORDER_Z95 * s->deviation.value / sqrt((double)t->count);
	avg->bounded = true;
	avg->low = avg->value - margin;
	avg->high = avg->value + margin;
}

static void busy(const struct tally *t, const struct scale *scale,
		 struct report_summary *s)
{
	if (!t->busy_count)
		return;
	s->busy_avg = known(scale_ratio(scale, t->busy, t->busy_count));
	s->busy_max = known(scale_apply(scale, t->busy_max));
}

void tally_summarise(const struct tally *t, const struct scale *scale,
		     struct report_summary *s)
{
	moments(t, scale, s);
	busy(t, scale, s);
}
