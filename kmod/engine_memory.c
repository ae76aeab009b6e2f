// SPDX-License-Identifier: GPL-2.0
/*
 * The memory of one CPU's engine: what the handler works on, and the pages that
 * user space maps.
 */
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "core/histogram.h"
#include "engine.h"
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

static void fill_engine(struct xlat_engine *engine,
			const struct xlat_setup *setup)
{
	struct xlat_map *map = engine->map;

	engine->late = (void *)map + map->late_offset;
	engine->early = (void *)map + map->early_offset;
	engine->ring = (void *)map + map->ring_offset;
	engine->watermark = setup->watermark;
	engine->wake_at = setup->watermark < setup->slots ? setup->watermark :
							  U64_MAX;
	engine->limit = setup->limit;
	engine->warmup = setup->warmup;
	engine->guard.watch_missed = setup->period_ns < XLAT_GUARD_PERIOD_NS;
	engine->guard.span_ticks = xlat_setup_ticks(GUARD_WINDOW_NS,
						    setup->tick_hz);
	engine->grid = (struct xlat_grid) {
		.period = setup->period_ticks,
		.dither = setup->dither_ticks,
		.seed = map->seed,
	};
	xlat_counters_init(&engine->counters);
	map->counters = engine->counters;
}

struct xlat_engine *xlat_engine_create(const struct xlat_source *source,
				       const struct xlat_setup *setup, int cpu)
{
	struct xlat_engine *engine = kzalloc(sizeof(*engine), GFP_KERNEL);

	if (!engine)
		return NULL;
	engine->map = vmalloc_user(setup->map_length);
	if (!engine->map) {
		kfree(engine);
		return NULL;
	}
	engine->source = source;
	fill_map(engine->map, source, setup, cpu);
	fill_engine(engine, setup);
	return engine;
}

void xlat_engine_destroy(struct xlat_engine *engine)
{
	if (!engine)
		return;
	vfree(engine->map);
	kfree(engine);
}
