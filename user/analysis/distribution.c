// SPDX-License-Identifier: MIT
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "distribution.h"
#include "core/histogram.h"

int distribution_of_values(const int64_t *value, size_t count,
			   const struct scale *scale,
			   struct report_bin **bins, size_t *bin_count)
{
	struct report_bin *bin;
	size_t i, n = 0;

	for (i = 0; i < count; i++)
		n += !i || value[i] != value[i - 1];
	*bins = NULL;
	*bin_count = n;
	if (!n)
		return 0;
	bin = *bins = calloc(n, sizeof(*bin));
	if (!bin)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		if (i && value[i] != value[i - 1])
			bin++;
		bin->low = bin->high = scale_apply(scale, value[i]);
		bin->count++;
	}
	return 0;
}

static size_t filled(const uint64_t *buckets)
{
	size_t i, n = 0;

	for (i = 0; i < XLAT_BUCKETS; i++)
		n += buckets[i] != 0;
	return n;
}

int distribution_of_buckets(const uint64_t *late, const uint64_t *early,
			    int64_t min, int64_t max, const struct scale *scale,
			    struct report_bin **bins, size_t *bin_count)
{
	size_t n = filled(late) + filled(early);
	struct report_bin *bin;
	uint32_t i;

	*bins = NULL;
	*bin_count = n;
	if (!n)
		return 0;
	bin = *bins = calloc(n, sizeof(*bin));
	if (!bin)
		return -ENOMEM;
	for (i = XLAT_BUCKETS; i-- > 0;)
		if (early[i])
			*bin++ = (struct report_bin) {
				.low = scale_apply(scale, -(__int128)xlat_bucket_high(i)),
				.high = scale_apply(scale, -(__int128)xlat_bucket_low(i)),
				.count = early[i],
			};
	for (i = 0; i < XLAT_BUCKETS; i++)
		if (late[i])
			*bin++ = (struct report_bin) {
				.low = scale_apply(scale, xlat_bucket_low(i)),
				.high = scale_apply(scale, xlat_bucket_high(i)),
				.count = late[i],
			};
	(*bins)[0].low = fmax((*bins)[0].low, scale_apply(scale, min));
	bin[-1].high = fmin(bin[-1].high, scale_apply(scale, max));
	return 0;
}

/* The row that contains @value, if each octave has 2^@bits rows. */
static struct report_bar row_of(double value, int bits, double quantum)
{
	double magnitude = fabs(value), width = quantum, low;
	int exponent;

	if (magnitude > 0) {
		frexp(magnitude, &exponent);
		width = fmax(quantum, ldexp(1, exponent - 1 - bits));
	}
	low = floor(magnitude / width) * width;
	if (value < 0)
		return (struct report_bar) { .low = -low - width, .high = -low };
	return (struct report_bar) { .low = low, .high = low + width };
}

/* Fill @bars, which has room for every bin. Return: the number of rows. */
static size_t gather(const struct report_bin *bins, size_t bin_count,
		     double quantum, int bits, struct report_bar *bars)
{
	size_t i, n = 0;

	for (i = 0; i < bin_count; i++) {
		const struct report_bin *bin = &bins[i];
		double middle = bin->low + (bin->high - bin->low) / 2;
		struct report_bar row = row_of(middle, bits, quantum);

		if (!n || row.low > bars[n - 1].low)
			bars[n++] = row;
		bars[n - 1].count += bin->count;
	}
	return n;
}

/* Rows on the screen: each gap between bars takes one extra row. */
static size_t screen_rows(const struct report_bar *bars, size_t count)
{
	size_t i, n = count;

	for (i = 1; i < count; i++)
		n += bars[i].low > bars[i - 1].high;
	return n;
}

int distribution_bars(const struct report_bin *bins, size_t bin_count,
		      double quantum, int finest, size_t rows,
		      struct report_bar **bars, size_t *bar_count)
{
	double least;
	int exponent, bits;

	*bars = NULL;
	*bar_count = 0;
	if (!bin_count)
		return 0;
	*bars = calloc(bin_count, sizeof(**bars));
	if (!*bars)
		return -ENOMEM;
	/* a power of two, so that rows of two octaves do not overlap */
	least = frexp(quantum, &exponent) == 0.5 ? quantum : ldexp(1, exponent);
	for (bits = finest; bits >= 0; bits--) {
		*bar_count = gather(bins, bin_count, least, bits, *bars);
		if (screen_rows(*bars, *bar_count) <= rows)
			break;
	}
	return 0;
}
