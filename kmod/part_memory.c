// SPDX-License-Identifier: GPL-2.0
/*
 * The memory of one CPU's part: what the handler works on, and the pages that
 * user space maps.
 */
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "core/histogram.h"
#include "part.h"
#include "setup.h"

#define GUARD_WINDOW_NS		(100 * NSEC_PER_MSEC)

static void fill_map(struct xlat_map *map, const struct xlat_source *source,
		     const struct xlat_setup *setup, int cpu)
{
	*map = (struct xlat_map) {
		.magic = XLAT_MAP_MAGIC,
		.version = XLAT_ABI_VERSION,
		.header_size = sizeof(*map),
		.length = setup->map_length,
		.cpu = cpu,
		.source = setup->source,
		.stage = source->stage,
		.phase_mode = setup->phase_mode,
		.idle_policy = setup->idle_policy,
		.warmup = setup->warmup,
		.sub_bucket_bits = XLAT_SUB_BUCKET_BITS,
		.buckets = XLAT_BUCKETS,
		.late_offset = xlat_setup_late_offset(),
		.early_offset = xlat_setup_early_offset(),
		.ring_offset = xlat_setup_ring_offset(),
		.slots = setup->slots,
		.slot_size = sizeof(struct xlat_sample),
		.tick_hz = setup->tick_hz,
		.period_ticks = setup->period_ticks,
		.dither_ticks = setup->dither_ticks,
		.seed = xlat_mix(setup->seed + cpu),
		.limit = setup->limit,
	};
}

static void fill_part(struct xlat_part *part, const struct xlat_setup *setup)
{
	struct xlat_map *map = part->map;

	part->late = (void *)map + map->late_offset;
	part->early = (void *)map + map->early_offset;
	part->ring = (void *)map + map->ring_offset;
	part->watermark = setup->watermark;
	part->wake_at = setup->watermark < setup->slots ? setup->watermark :
							  U64_MAX;
	part->limit = setup->limit;
	part->warmup = setup->warmup;
	part->guard.watch_missed = setup->period_ns < XLAT_GUARD_PERIOD_NS;
	part->guard.span_ticks = xlat_setup_ticks(GUARD_WINDOW_NS,
						  setup->tick_hz);
	part->grid = (struct xlat_grid) {
		.period = setup->period_ticks,
		.dither = setup->dither_ticks,
		.seed = map->seed,
	};
	xlat_counters_init(&part->counters);
	map->counters = part->counters;
}

struct xlat_part *xlat_part_create(const struct xlat_source *source,
				   const struct xlat_setup *setup, int cpu)
{
	struct xlat_part *part = kzalloc(sizeof(*part), GFP_KERNEL);

	if (!part)
		return NULL;
	part->map = vmalloc_user(setup->map_length);
	if (!part->map) {
		kfree(part);
		return NULL;
	}
	part->source = source;
	fill_map(part->map, source, setup, cpu);
	fill_part(part, setup);
	return part;
}

void xlat_part_destroy(struct xlat_part *part)
{
	if (!part)
		return;
	vfree(part->map);
	kfree(part);
}
