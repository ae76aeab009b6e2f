// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdlib.h>

#include "core/grid.h"
#include "core/histogram.h"
#include "series.h"

/*
 * Position along the grid. @next is the first grid point that is not accounted
 * for yet. @index is the number of the next sample. @counted is true if that
 * number comes from the recording.
 */
struct walk {
	struct xlat_grid grid;
	bool has_grid;
	uint64_t next;
	uint64_t index;
	bool counted;
};

static void walk_start(struct walk *walk, const struct run_cpu *cpu)
{
	*walk = (struct walk) {
		.grid = {
			.start = cpu->map.start_ticks,
			.period = cpu->map.period_ticks,
			.dither = cpu->map.dither_ticks,
			.seed = cpu->map.seed,
		},
		.has_grid = cpu->started && cpu->map.period_ticks,
		.counted = true,
	};
}

/*
 * @free grid points have no sample and are not known as missed. Each belongs to
 * an absent sample or was missed before one. Without sample numbers, all of
 * them count as absent samples.
 *
 * Return: false if @absent and @free contradict each other.
 */
static bool fill(uint64_t free, bool counted, uint64_t *absent)
{
	if (!counted)
		*absent = free;
	return *absent ? *absent <= free : !free;
}

/*
 * Count the samples that are absent before this one.
 * Return: false if this sample is off the grid.
 */
static bool walk_step(struct walk *walk, const struct xlat_sample *sample,
		      uint64_t number, uint64_t *absent)
{
	bool counted = walk->counted && number != RUN_UNKNOWN &&
		       number >= walk->index;
	const struct xlat_grid *grid = &walk->grid;
	uint64_t k, points;

	walk->counted = number != RUN_UNKNOWN;
	*absent = counted ? number - walk->index : 0;
	if (!walk->has_grid)
		return true;
	if (sample->deadline < grid->start)
		return false;
	k = (sample->deadline - grid->start) / grid->period;
	if (xlat_grid_deadline(grid, k) != sample->deadline)
		return false;
	if (k < walk->next)
		return false;
	points = k - walk->next;
	walk->next = k + 1;
	return sample->flags & XLAT_SAMPLE_SATURATED ||
	       (points >= sample->missed &&
		fill(points - sample->missed, counted, absent));
}

static int64_t value_of(const struct xlat_sample *sample, enum report_what what)
{
	if (what == REPORT_INTERVAL)
		return (int64_t)(sample->entry - sample[-1].entry);
	return (int64_t)(sample->entry - sample->deadline);
}

int series_build(const struct run_cpu *cpu, enum report_what what,
		 uint32_t warmup, struct series *series)
{
	struct walk walk;
	uint64_t absent;
	size_t i;
	bool good;

	*series = (struct series) { 0 };
	xlat_counters_init(&series->counters);
	series->value = calloc(cpu->sample_count + 1, sizeof(*series->value));
	if (!series->value)
		return -ENOMEM;
	walk_start(&walk, cpu);
	for (i = 0; i < cpu->sample_count; i++) {
		const struct xlat_sample *sample = &cpu->samples[i];
		uint64_t number = run_sample_number(cpu, i);
		int64_t value;

		good = walk_step(&walk, sample, number, &absent);
		series->off_grid += !good;
		series->absent += absent;
		walk.index = walk.counted ? number : walk.index + absent;
		series->counters.missed += sample->missed;
		if (what != REPORT_INTERVAL || (i && !absent)) {
			value = value_of(sample, what);
			series->value[series->count++] = value;
			xlat_counters_add(&series->counters, value,
					  walk.index < warmup ? UINT32_MAX : 0);
		}
		walk.index++;
	}
	return 0;
}

void series_free(struct series *series)
{
	free(series->value);
	series->value = NULL;
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void series_sort(int64_t *value, size_t count)
{
	qsort(value, count, sizeof(*value), ascending);
}
