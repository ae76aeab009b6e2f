// SPDX-License-Identifier: GPL-2.0
/*
 * The engine (kmod/engine.c) in user space with a fake source, which can be early
 * or hours late, and can stop at any tick. The code that checks recordings then
 * checks the engine's map against the contract.
 */
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "ktap.h"
#include "kmod/engine.h"

enum { SLOTS = 1 << 14 };

static struct {
	u64 now, read_cost, deadline;
	bool armed;
} sim;

static u64 sim_now(void)
{
	sim.now += sim.read_cost;
	return sim.now;
}

static void sim_start(const struct xlat_source *source, u64 deadline)
{
	(void)source;
	sim.deadline = deadline;
	sim.armed = true;
}

static void sim_stop(const struct xlat_source *source)
{
	(void)source;
	sim.armed = false;
}

static const struct xlat_source source = {
	.now = sim_now, .cpu_start = sim_start, .cpu_stop = sim_stop,
};

static u64 seed = 1;

static u64 draw(u64 range)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (u64)((unsigned __int128)seed * range >> 64);
}

struct shape {
	u64 period, dither, limit, samples;
	u64 late;		/* upper bound of the usual lateness */
	u64 early;		/* bound for one sample in four; 0: none */
	u64 very_late;		/* bound for one sample in a hundred; 0: none */
	u64 read_cost;
	bool watch_missed;
};

static struct xlat_engine *engine_new(const struct shape *shape)
{
	const u64 array = XLAT_BUCKETS * sizeof(u64);
	const u64 length = 4096 + 2 * array + SLOTS * sizeof(struct xlat_sample);
	struct xlat_engine *engine = calloc(1, sizeof(*engine));
	struct xlat_map *map = calloc(1, length);

	*map = (struct xlat_map) {
		.magic = XLAT_MAP_MAGIC, .version = XLAT_ABI_VERSION,
		.header_size = sizeof(*map), .length = length,
		.warmup = (u32)draw(200), .sub_bucket_bits = XLAT_SUB_BUCKET_BITS,
		.buckets = XLAT_BUCKETS, .late_offset = 4096,
		.early_offset = 4096 + array, .ring_offset = 4096 + 2 * array,
		.slots = SLOTS, .slot_size = sizeof(struct xlat_sample),
		.period_ticks = shape->period, .dither_ticks = shape->dither,
		.seed = draw(~0ULL), .limit = shape->limit,
	};
	engine->source = &source;
	engine->map = map;
	engine->late = (void *)((char *)map + map->late_offset);
	engine->early = (void *)((char *)map + map->early_offset);
	engine->ring = (void *)((char *)map + map->ring_offset);
	engine->grid = (struct xlat_grid) {
		.start = sim.now + draw(3 * shape->period),
		.period = shape->period, .dither = shape->dither,
		.seed = map->seed,
	};
	engine->counters = (struct xlat_counters) {
		.min_ticks = INT64_MAX, .max_ticks = INT64_MIN,
		.cold_max_ticks = INT64_MIN, .warm_max_ticks = INT64_MIN,
	};
	map->counters = engine->counters;
	engine->guard.span_ticks = ~0ULL;
	engine->guard.watch_missed = shape->watch_missed;
	engine->limit = shape->limit;
	engine->warmup = map->warmup;
	engine->watermark = 64;
	engine->wake_at = 64;
	return engine;
}

static void engine_free(struct xlat_engine *engine)
{
	free(engine->map);
	free(engine);
}

/* Moves the clock to the entry of the interrupt. */
static void pass(const struct shape *shape)
{
	u64 at = sim.deadline + draw(shape->late);

	if (shape->early && !draw(4))
		at = sim.deadline - draw(shape->early);
	if (shape->very_late && !draw(100))
		at = sim.deadline + draw(shape->very_late);
	/* Clocks do not run backwards. */
	sim.now = at > sim.now ? at : sim.now + 1;
}

static bool fire(void)
{
	u64 next;

	if (!xlat_fire(sim.now, &next))
		return false;
	sim.deadline = next;
	return true;
}

static void run_engine(struct xlat_engine *engine, const struct shape *shape)
{
	u64 i;

	xlat_engine_start(engine);
	for (i = 0; i < shape->samples; i++) {
		pass(shape);
		if (!fire())
			break;
	}
	/* STOP comes at any time; an interrupt may be due. */
	sim.now += draw(4 * shape->period);
	xlat_engine_end(engine, XLAT_END_STOP);
}

static struct shape draw_shape(void)
{
	struct shape s = {
		.period = 1000 + draw(10000000), .samples = draw(600),
		.read_cost = 1 + draw(60),
	};

	s.late = 1 + draw(s.period / 2);
	if (draw(2))
		s.dither = draw(s.period / 2 + 1);
	if (draw(2))
		s.limit = 1 + draw(600);
	if (draw(2))
		s.early = 1 + draw(s.period / 4);
	if (draw(2))
		s.very_late = draw(2) ? 10 * s.period : 1ULL << 40;
	return s;
}

static const char *check_engine(const struct xlat_engine *engine)
{
	const struct xlat_map *map = engine->map;
	const char *error = account_check_map(map);
	u64 wakes = map->counters.count / engine->watermark;

	if (error)
		return error;
	if (sim.armed)
		return "still armed";
	/* The last sample wakes once, whether at the watermark or not. */
	if (engine->wake.queued < wakes || engine->wake.queued > wakes + 1 ||
	    !engine->wake.queued)
		return "wake-ups";
	if (map->start_ticks != engine->grid.start)
		return "start_ticks";
	return NULL;
}

static void check_random(int runs)
{
	const char *error = NULL;
	u64 samples = 0, early = 0, missed = 0, unserved = 0;
	int i;

	for (i = 0; i < runs && !error; i++) {
		struct shape shape = draw_shape();
		struct xlat_engine *engine;

		sim.read_cost = shape.read_cost;
		engine = engine_new(&shape);
		run_engine(engine, &shape);
		error = check_engine(engine);
		samples += engine->map->counters.count;
		early += engine->map->counters.early;
		missed += engine->map->counters.missed;
		unserved += engine->map->counters.unserved;
		engine_free(engine);
	}
	ktap_ok(!error, "%d recordings: %s (last seed %llu)", i,
		error ? error : "all add up", seed);
	ktap_ok(samples && early && missed && unserved,
		"%llu samples, %llu early, %llu missed, %llu unserved",
		samples, early, missed, unserved);
}

static struct xlat_engine *started(const struct shape *shape)
{
	struct xlat_engine *engine = engine_new(shape);

	sim.read_cost = shape->read_cost;
	xlat_engine_start(engine);
	return engine;
}

static void check_signs(void)
{
	static const s64 values[] = {
		0, 1, -1, 127, -127, 128, -128, 129, 255, -255, 256, -256,
		4999, -4999,
	};
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);
	const struct xlat_counters *c = &engine->map->counters;
	s64 sum = 0;
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		sim.now = sim.deadline + (u64)values[i];
		sum += values[i];
		fire();
	}
	ktap_is(c->early, 6, "early are counted");
	ktap_is(c->min_ticks, -4999, "minimum keeps its sign");
	ktap_is(c->max_ticks, 4999, "maximum");
	ktap_is(c->sum_ticks, sum, "sum keeps signs");
	ktap_is(engine->map->seq, 2 * (1 + (int)i), "two steps of seq a sample");
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_ok(!account_check_map(engine->map), "the account adds up");
	engine_free(engine);
}

static void check_stop_before_start(void)
{
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = engine_new(&shape);

	engine->grid.start = sim.now + 5000;
	sim.read_cost = 1;
	xlat_engine_start(engine);
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_ok(!account_check_map(engine->map) &&
		engine->map->stop_ticks < engine->map->start_ticks &&
		!engine->map->counters.unserved, "stopped before it began");
	engine_free(engine);
}

/* A late start: the first sample counts the passed points as missed. */
static void check_late_start(void)
{
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = engine_new(&shape);
	const struct xlat_sample *first = engine->ring;

	engine->grid.start = sim.now - 35000;
	sim.read_cost = 1;
	xlat_engine_start(engine);
	sim.now = sim.deadline + 5;
	fire();
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_is(first->missed, 4, "a late start misses points");
	ktap_ok(!account_check_map(engine->map), "the account adds up");
	engine_free(engine);
}

static void check_after_end(void)
{
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);
	u64 next;

	xlat_fire_spurious();
	sim.now = sim.deadline + 5;
	fire();
	xlat_engine_end(engine, XLAT_END_OFFLINE);
	ktap_ok(!xlat_fire(sim.now, &next), "no sample after the end");
	xlat_fire_spurious();
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_is(engine->map->end_reason, XLAT_END_OFFLINE, "the first end counts");
	ktap_is(engine->map->counters.count, 1, "one sample");
	ktap_is(engine->map->counters.spurious, 1, "spurious counted");
	engine_free(engine);
}

static void check_saturated(void)
{
	struct shape shape = { .period = 1, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);

	sim.now = sim.deadline + (1ULL << 33);
	fire();
	sim.now = sim.deadline + 5;
	fire();
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_ok(engine->ring[1].missed == UINT32_MAX &&
		engine->ring[1].flags == XLAT_SAMPLE_SATURATED,
		"more missed than a sample can hold");
	ktap_ok(engine->map->counters.missed > 1ULL << 33,
		"the counter holds them");
	engine_free(engine);
}

/* One sample in @every is so late that a point is missed. */
static u32 end_of(u64 every, bool watch, u64 read_cost, u64 span, u64 *count)
{
	struct shape shape = {
		.period = 10000, .read_cost = read_cost, .watch_missed = watch,
	};
	struct xlat_engine *engine = started(&shape);
	u64 i;
	u32 reason;

	engine->guard.span_ticks = span;
	for (i = 1; i < 5000; i++) {
		sim.now = sim.deadline + (every && i % every == 0 ? 15000 : 5);
		if (!fire())
			break;
	}
	*count = engine->map->counters.count;
	xlat_engine_end(engine, XLAT_END_STOP);
	reason = engine->map->end_reason;
	if (account_check_map(engine->map))
		reason = 99;
	engine_free(engine);
	return reason;
}

static void check_guards(void)
{
	const u64 never = ~0ULL, window = 1000000;
	u64 count;

	ktap_is(end_of(10, true, 1, never, &count), XLAT_END_STOP,
		"one in ten with missed points is tolerated");
	ktap_is(end_of(9, true, 1, never, &count), XLAT_END_MISSED,
		"one in nine is not");
	ktap_ok(count > 900 && count < 920, "after %llu samples", count);
	ktap_is(end_of(2, true, 1, never, &count), XLAT_END_MISSED,
		"one in two");
	ktap_is((long long)count, 203, "as soon as there are 101");
	ktap_is(end_of(2, false, 1, never, &count), XLAT_END_STOP,
		"long periods are not watched");
	ktap_is(end_of(0, true, 4000, window, &count), XLAT_END_STOP,
		"two fifths of the CPU are tolerated");
	ktap_is(end_of(0, true, 6000, window, &count), XLAT_END_SHARE,
		"three fifths are not");
	ktap_ok(count > 290 && count < 320, "after %llu samples, three windows",
		count);
}

/* One sample in ten is 30 periods late: 3/4 of the time is other work. */
static u32 end_of_preempted(void)
{
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);
	u64 i;
	u32 reason;

	engine->guard.span_ticks = 1000000;
	for (i = 1; i < 500; i++) {
		sim.now = sim.deadline + (i % 10 ? 5 : 300000);
		if (!fire())
			break;
	}
	xlat_engine_end(engine, XLAT_END_STOP);
	reason = engine->map->end_reason;
	engine_free(engine);
	return reason;
}

/* Two in three take 90 % of their period; the third is early by that time. */
static u32 end_of_early(void)
{
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);
	u64 i;
	u32 reason;

	engine->guard.span_ticks = 300000;
	for (i = 1; i < 500; i++) {
		sim.read_cost = i % 3 ? 9000 : 1;
		sim.now = i % 3 ? sim.deadline : sim.deadline - 9000;
		if (!fire())
			break;
	}
	xlat_engine_end(engine, XLAT_END_STOP);
	reason = engine->map->end_reason;
	engine_free(engine);
	return reason;
}

static void check_charge(void)
{
	ktap_is(end_of_preempted(), XLAT_END_STOP,
		"a sample is charged a period at most, however late it is");
	ktap_is(end_of_early(), XLAT_END_SHARE,
		"an early sample is charged nothing, and gives nothing back");
}

static void check_busy(void)
{
	static const u64 costs[] = { 7, 450, 31 };
	struct shape shape = { .period = 10000, .read_cost = 1 };
	struct xlat_engine *engine = started(&shape);
	size_t i;

	for (i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		sim.read_cost = costs[i];
		sim.now = sim.deadline + 5;
		fire();
	}
	xlat_engine_end(engine, XLAT_END_STOP);
	ktap_is((long long)engine->map->counters.busy_ticks, 7 + 450 + 31,
		"time in the handler");
	ktap_is((long long)engine->map->counters.busy_max_ticks, 450,
		"the longest");
	engine_free(engine);
}

int main(void)
{
	sim.now = 123456789;
	check_signs();
	check_stop_before_start();
	check_late_start();
	check_after_end();
	check_saturated();
	check_guards();
	check_charge();
	check_busy();
	check_random(3000);
	return ktap_end();
}
