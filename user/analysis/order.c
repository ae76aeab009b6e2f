// SPDX-License-Identifier: MIT
#include <math.h>

#include "order.h"

#define TAIL		0.025

/* Above this deviation the normal distribution replaces the binomial. */
#define SIGMA_MAX	20000

uint32_t order_part(enum report_statistic percentile)
{
	static const uint32_t parts[REPORT_STATISTICS] = {
		[REPORT_P50]	 = 50000,
		[REPORT_P90]	 = 90000,
		[REPORT_P99]	 = 99000,
		[REPORT_P99_9]	 = 99900,
		[REPORT_P99_99]	 = 99990,
		[REPORT_P99_999] = 99999,
	};

	return parts[percentile];
}

bool order_supported(uint64_t n, uint32_t part)
{
	uint32_t rarer = part > ORDER_WHOLE / 2 ? ORDER_WHOLE - part : part;

	return (unsigned __int128)n * rarer >=
	       (unsigned __int128)ORDER_BEYOND * ORDER_WHOLE;
}

uint64_t order_rank(uint64_t n, uint32_t part)
{
	unsigned __int128 scaled = (unsigned __int128)n * part;
	uint64_t rank = (scaled + ORDER_WHOLE - 1) / ORDER_WHOLE;

	return rank ? rank : 1;
}

/* Natural logarithm of the binomial probability of exactly k of n */
static double log_binomial(double n, double k, double p)
{
	return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) +
	       k * log(p) + (n - k) * log1p(-p);
}

void order_bounds(uint64_t n, uint32_t part, uint64_t *low, uint64_t *high)
{
	double p = (double)part / ORDER_WHOLE;
	double mean = (double)n * p;
	double sigma = sqrt(mean * (1 - p)), spread = 12 * sigma + 12;
	uint64_t k = mean > spread ? (uint64_t)(mean - spread) : 0;
	double mass, below;

	if (sigma > SIGMA_MAX) {
		*low = (uint64_t)(mean - ORDER_Z95 * sigma);
		*high = (uint64_t)(mean + ORDER_Z95 * sigma) + 1;
		return;
	}
	mass = below = exp(log_binomial((double)n, (double)k, p));

	/* below = P(X <= k); the probability of a smaller k is negligible */
	*low = 1;
	while (k < n && below < 1 - TAIL) {
		if (below <= TAIL)
			*low = k + 1;
		mass *= (double)(n - k) / (double)(k + 1) * p / (1 - p);
		below += mass;
		k++;
	}
	*high = k + 1 < n ? k + 1 : n;
}

static const struct report_bin *bin_of_rank(const struct report_bin *bins,
					      size_t count, uint64_t rank)
{
	size_t i;

	for (i = 0; i + 1 < count && rank > bins[i].count; i++)
		rank -= bins[i].count;
	return &bins[i];
}

struct report_value order_percentile(const struct report_bin *bins,
				     size_t count, uint64_t n, uint32_t part)
{
	const struct report_bin *at;
	uint64_t low, high;

	if (!count || !order_supported(n, part))
		return (struct report_value) { 0 };
	at = bin_of_rank(bins, count, order_rank(n, part));
	order_bounds(n, part, &low, &high);
	return (struct report_value) {
		.known = true,
		.bounded = true,
		.value = at->low + (at->high - at->low) / 2,
		.low = bin_of_rank(bins, count, low)->low,
		.high = bin_of_rank(bins, count, high)->high,
	};
}
