// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/grid.h"
#include "core/histogram.h"
#include "proof.h"
#include "series.h"
#include "tally.h"

static __attribute__((format(printf, 4, 5)))
void set_proof(struct report_summary *out, enum report_proof proof,
	       bool holds, const char *format, ...)
{
	va_list args;

	out->proof[proof] = holds ? REPORT_HOLDS : REPORT_FAILS;
	if (holds || out->why[0])
		return;
	va_start(args, format);
	vsnprintf(out->why, sizeof(out->why), format, args);
	va_end(args);
}

static void try_received(const struct run_cpu *cpu, struct report_summary *out)
{
	const struct xlat_counters *c = &cpu->map.counters;

	set_proof(out, REPORT_PROOF_RECEIVED,
		  c->count == cpu->received + cpu->lost &&
		  cpu->received == cpu->sample_count + cpu->gone,
		  "count is %" PRIu64 " but %" PRIu64 " received + %" PRIu64
		  " lost, of which %zu + %" PRIu64 " gone are in the file",
		  (uint64_t)c->count, cpu->received, cpu->lost, cpu->sample_count,
		  cpu->gone);
}

static void try_grid(const struct run_cpu *cpu, struct report_summary *out)
{
	const struct xlat_counters *c = &cpu->map.counters;
	const struct xlat_grid grid = {
		.start = cpu->map.start_ticks,
		.period = cpu->map.period_ticks,
	};
	uint64_t points = xlat_grid_points(&grid, cpu->map.stop_ticks);

	set_proof(out, REPORT_PROOF_GRID, c->count + c->missed + c->unserved == points,
		  "%" PRIu64 " samples + %" PRIu64 " missed + %" PRIu64
		  " unserved, but the grid has %" PRIu64 " points",
		  (uint64_t)c->count, (uint64_t)c->missed, (uint64_t)c->unserved,
		  points);
}

static uint64_t total(const uint64_t *buckets)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < XLAT_BUCKETS; i++)
		sum += buckets[i];
	return sum;
}

static void try_buckets(const struct run_cpu *cpu, struct report_summary *out)
{
	const struct xlat_counters *c = &cpu->map.counters;
	uint64_t late = total(cpu->late), early = total(cpu->early);

	set_proof(out, REPORT_PROOF_BUCKETS,
		  late + early == c->count && early == c->early,
		  "the histogram holds %" PRIu64 " late + %" PRIu64
		  " early, but count is %" PRIu64 " with %" PRIu64 " early",
		  late, early, (uint64_t)c->count, (uint64_t)c->early);
}

/*
 * At most as many samples may be absent as were lost or are gone from the file.
 * Without the final account the number of lost samples is unknown, so any
 * number may be absent.
 */
static void try_walk(const struct run_cpu *cpu, const struct series *series,
		     struct report_summary *out)
{
	uint64_t allowed = cpu->final ? cpu->lost + cpu->gone : UINT64_MAX;

	set_proof(out, REPORT_PROOF_WALK,
		  !series->off_grid && series->absent <= allowed,
		  "%" PRIu64 " deadlines are off the grid, %" PRIu64
		  " samples are absent between the others",
		  series->off_grid, series->absent);
}

static void try_histogram(const struct run_cpu *cpu, const struct series *series,
			  uint64_t *rebuilt, struct report_summary *out)
{
	uint64_t *late = rebuilt, *early = rebuilt + XLAT_BUCKETS;
	size_t i, wrong = 0;

	for (i = 0; i < series->count; i++) {
		int64_t value = series->value[i];

		(value < 0 ? early : late)[xlat_bucket(xlat_magnitude(value))]++;
	}
	for (i = 0; i < XLAT_BUCKETS; i++)
		wrong += (late[i] != cpu->late[i]) + (early[i] != cpu->early[i]);
	set_proof(out, REPORT_PROOF_HISTOGRAM, !wrong,
		  "%zu buckets differ between the samples and the kernel's histogram",
		  wrong);
}

/* The kernel's sum is modulo 2^64. The samples show whether it has wrapped. */
static bool sum_is_exact(const struct series *series)
{
	__int128 sum = 0;
	size_t i;

	for (i = 0; i < series->count; i++)
		sum += series->value[i];
	return sum == series->counters.sum_ticks;
}

/*
 * Only the kernel counts the points that were missed after the last sample, so
 * its count may be larger; the grid proof covers them. Samples contain no busy
 * time and no spurious interrupts.
 */
static void try_counters(const struct run_cpu *cpu, const struct series *series,
			 struct report_summary *out)
{
	const struct xlat_counters *k = &cpu->map.counters;
	const struct xlat_counters *r = &series->counters;
	const char *wrong =
		k->count != r->count ? "count" :
		k->early != r->early ? "early" :
		k->missed < r->missed ? "missed" :
		k->min_ticks != r->min_ticks ? "minimum" :
		k->max_ticks != r->max_ticks ? "maximum" :
		k->sum_ticks != r->sum_ticks || !sum_is_exact(series) ? "sum" :
		k->square_lo != r->square_lo ? "sum of squares" :
		k->square_hi != r->square_hi ? "sum of squares" :
		k->cold_count != r->cold_count ? "cold count" :
		k->cold_max_ticks != r->cold_max_ticks ? "cold maximum" :
		k->warm_count != r->warm_count ? "warm count" :
		k->warm_max_ticks != r->warm_max_ticks ? "warm maximum" : NULL;

	set_proof(out, REPORT_PROOF_COUNTERS, !wrong,
		  "the kernel's %s is not that of the samples", wrong ? wrong : "");
}

/* This needs no samples: the mean must be between minimum and maximum. */
static void try_mean(const struct run_cpu *cpu, struct report_summary *out)
{
	if (tally_overflowed(&cpu->map.counters))
		set_proof(out, REPORT_PROOF_COUNTERS, false,
			  "the sum of all lateness contradicts the minimum and the maximum: it has overflowed, and there is no AVG");
}

static int try_samples(const struct run_cpu *cpu, struct report_summary *out)
{
	struct series series;
	uint64_t *rebuilt = NULL;
	int err;

	err = series_build(cpu, REPORT_LATENESS, cpu->map.warmup, &series);
	if (err)
		goto out;
	try_walk(cpu, &series, out);
	if (!cpu->final || cpu->lost || cpu->gone)
		goto out;
	try_counters(cpu, &series, out);
	if (!cpu->late || !cpu->early)
		goto out;
	rebuilt = calloc(2 * XLAT_BUCKETS, sizeof(*rebuilt));
	if (!rebuilt) {
		err = -ENOMEM;
		goto out;
	}
	try_histogram(cpu, &series, rebuilt, out);
out:
	free(rebuilt);
	series_free(&series);
	return err;
}

static enum report_verdict verdict(const struct run_cpu *cpu,
				   struct report_summary *out)
{
	const char *why = NULL;
	enum report_verdict is = REPORT_LOSSLESS;
	size_t i;

	for (i = 0; i < REPORT_PROOFS; i++)
		if (out->proof[i] == REPORT_FAILS)
			return REPORT_DAMAGED;
	if (cpu->gone) {
		snprintf(out->why, sizeof(out->why),
			 "%" PRIu64 " sample%s gone from the file", cpu->gone,
			 cpu->gone == 1 ? " is" : "s are");
		return REPORT_DAMAGED;
	}
	if (!cpu->started) {
		is = REPORT_DAMAGED;
		why = "its set-up is gone from the file";
	} else if (!cpu->final || cpu->map.state != XLAT_STATE_STOPPED) {
		is = REPORT_UNPROVEN;
		why = "the file ends without its final account";
	} else if (!cpu->late || !cpu->early) {
		is = REPORT_UNPROVEN;
		why = "the file holds no histogram of it";
	} else if (!cpu->map.counters.count) {
		is = REPORT_UNPROVEN;
		why = "it took no sample";
	} else if (cpu->lost) {
		is = REPORT_LOST;
		why = "overwritten in the ring before they were read";
	}
	if (why)
		snprintf(out->why, sizeof(out->why), "%s", why);
	return is;
}

int proof_try(const struct run_cpu *cpu, struct report_summary *out)
{
	int err = 0;

	memset(out->proof, 0, sizeof(out->proof));
	out->why[0] = '\0';
	if (cpu->final) {
		try_received(cpu, out);
		if (cpu->map.period_ticks)
			try_grid(cpu, out);
		if (cpu->late && cpu->early)
			try_buckets(cpu, out);
		try_mean(cpu, out);
	}
	if (cpu->started)
		err = try_samples(cpu, out);
	out->verdict = verdict(cpu, out);
	return err;
}
