// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "user/format/file.h"
#include "core/grid.h"
#include "core/histogram.h"
#include "synthetic.h"

static const char environment[] =
	"{\"scenario\": \"native\", \"mechanism\": \"ppi\","
	" \"backing_timer\": \"arch_sys_timer\", \"physical_cpus\": \"2-3\","
	" \"kernel\": {\"release\": \"6.1.0\", \"version\": \"#1 SMP\", \"hz\": 250},"
	" \"hypervisor\": {\"type\": \"none\"}, \"cpu\": {\"online\": \"0-3\"}}";

struct synthetic synthetic_defaults(void)
{
	return (struct synthetic) {
		.first_cpu = 2,
		.cpu_count = 2,
		.count = 2000,
		.tick_hz = 1000000000,
		.period_ticks = 1009000,
		.source = XLAT_SOURCE_PHYS,
		.stage = XLAT_STAGE_T1,
		.warmup = XLAT_WARMUP_DEFAULT,
		.loop_ticks = 100000,
		.environment = environment,
	};
}

int64_t synthetic_lateness(uint32_t cpu, uint64_t i)
{
	int64_t body = 300 + (int64_t)xlat_draw(cpu, i, 16);

	if (i < 3)
		return body + 900 - 250 * (int64_t)i;
	return i % 701 == 700 ? body + 120 : body;
}

static void *must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

static void set_up(const struct synthetic *s, struct run_cpu *cpu)
{
	struct xlat_map *map = &cpu->map;
	const struct xlat_probe probe = {
		.loop_insn = s->loop_ticks ? 100000 : 0,
		.loop_ticks = s->loop_ticks,
		.clock_read_ticks = 6 * XLAT_COST_READS,
		.control_read_ticks = 8 * XLAT_COST_READS,
		.busy_tries = 5,
	};

	map->magic = XLAT_MAP_MAGIC;
	map->version = XLAT_ABI_VERSION;
	map->header_size = sizeof(*map);
	map->source = s->source;
	map->stage = s->stage;
	map->warmup = s->warmup;
	map->sub_bucket_bits = XLAT_SUB_BUCKET_BITS;
	map->buckets = XLAT_BUCKETS;
	map->slots = XLAT_SLOTS_DEFAULT;
	map->slot_size = sizeof(struct xlat_sample);
	map->tick_hz = s->tick_hz;
	map->period_ticks = s->period_ticks;
	map->dither_ticks = s->dither_ticks;
	map->seed = map->cpu + 1;
	map->limit = s->count;
	map->start_ticks = 1000000 + map->cpu * (s->period_ticks / 2);
	map->before = map->after = probe;
	xlat_counters_init(&map->counters);
	cpu->started = true;
}

static void keep(const struct synthetic *s, struct run_cpu *cpu,
		 const struct xlat_sample *sample)
{
	uint64_t i = cpu->map.counters.count;
	int64_t lateness = (int64_t)(sample->entry - sample->deadline);
	uint64_t *buckets = lateness < 0 ? cpu->early : cpu->late;

	xlat_counters_add(&cpu->map.counters, lateness, s->warmup);
	cpu->map.counters.busy_ticks += 40;
	cpu->map.counters.busy_max_ticks = 40;
	buckets[xlat_bucket(xlat_magnitude(lateness))]++;
	if (i >= s->lost_from && i - s->lost_from < s->lost)
		cpu->lost++;
	else if (run_number_from(cpu, i))
		abort();
	else
		cpu->samples[cpu->sample_count++] = *sample;
}

/* The loop of the engine: arms the next point that is not yet due, accounts. */
static void run_engine(const struct synthetic *s, struct run_cpu *cpu)
{
	const struct xlat_grid grid = {
		.start = cpu->map.start_ticks, .period = s->period_ticks,
		.dither = s->dither_ticks, .seed = cpu->map.seed,
	};
	uint64_t i, next, k = 0, now = 0;
	uint32_t missed = 0;

	for (i = 0; i < s->count; i++) {
		struct xlat_sample sample = {
			.deadline = xlat_grid_deadline(&grid, k),
			.missed = missed,
		};

		sample.entry = sample.deadline + (uint64_t)(s->lateness ?
			s->lateness(cpu->map.cpu, i) :
			synthetic_lateness(cpu->map.cpu, i));
		keep(s, cpu, &sample);
		now = sample.deadline > sample.entry ? sample.deadline : sample.entry;
		next = xlat_grid_next(&grid, k + 1, now + 40);
		missed = (uint32_t)(next - k - 1);
		cpu->map.counters.missed += missed;
		k = next;
	}
	now += 41;
	cpu->map.stop_ticks = xlat_grid_end(&grid, now);
	cpu->map.counters.unserved =
		xlat_grid_points(&grid, cpu->map.stop_ticks) - k;
}

void synthetic_run(const struct synthetic *s, struct run *run)
{
	uint32_t i;

	*run = (struct run) {
		.name = must(strdup("synthetic")),
		.environment = must(strdup(s->environment ? s->environment :
					   environment)),
		.complete = true,
	};
	for (i = 0; i < s->cpu_count; i++) {
		struct run_cpu *cpu = must(run_cpu_find(run, s->first_cpu + i));

		cpu->late = must(calloc(XLAT_BUCKETS, sizeof(*cpu->late)));
		cpu->early = must(calloc(XLAT_BUCKETS, sizeof(*cpu->early)));
		cpu->samples = must(calloc(s->count + 1, sizeof(*cpu->samples)));
		set_up(s, cpu);
		run_engine(s, cpu);
		cpu->received = cpu->sample_count;
		cpu->map.head = s->count;
		cpu->map.state = XLAT_STATE_STOPPED;
		cpu->map.end_reason = XLAT_END_STOP;
		cpu->final = true;
	}
}

/* The state before the start: no counters yet, no end. */
static struct xlat_map before_start(const struct xlat_map *final)
{
	struct xlat_map map = *final;

	xlat_counters_init(&map.counters);
	map.state = XLAT_STATE_READY;
	map.end_reason = XLAT_END_NONE;
	map.stop_ticks = map.head = 0;
	return map;
}

static int write_cpu_end(struct file_writer *w, const struct run_cpu *cpu)
{
	int err = 0;

	if (cpu->late && cpu->early)
		err = file_put_histogram(w, cpu->map.cpu, cpu->late, cpu->early);
	if (!err && cpu->final)
		err = file_put_final(w, &cpu->map, cpu->received, cpu->lost);
	return err;
}

/* Writes the samples in one call before each loss and one after the last. */
static int write_samples(struct file_writer *w, const struct run_cpu *cpu)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < cpu->span_count; i++) {
		const struct run_span *span = &cpu->spans[i];
		size_t end = i + 1 < cpu->span_count ? span[1].at :
						       cpu->sample_count;

		err = file_put_samples(w, cpu->map.cpu, span->first, span->at,
				       cpu->samples + span->at, end - span->at);
	}
	return err;
}

int synthetic_write(const struct run *run, const char *path)
{
	struct file_writer w;
	size_t i;
	int err, closed;

	err = file_create(&w, path);
	if (err)
		return err;
	if (run->environment)
		err = file_put_environment(&w, run->environment);
	for (i = 0; !err && i < run->cpu_count; i++) {
		struct xlat_map map = before_start(&run->cpus[i].map);

		err = file_put_setup(&w, &map);
	}
	for (i = 0; !err && i < run->cpu_count; i++)
		err = write_samples(&w, &run->cpus[i]);
	for (i = 0; !err && i < run->cpu_count; i++)
		err = write_cpu_end(&w, &run->cpus[i]);
	if (!err && run->complete)
		err = file_put_end(&w);
	closed = file_close(&w);
	return err ? err : closed;
}

int synthetic_write_count(uint64_t count, const char *path)
{
	struct synthetic s = synthetic_defaults();
	struct run run;
	int error;

	s.count = count;
	synthetic_run(&s, &run);
	error = synthetic_write(&run, path);
	run_free(&run);
	return error;
}
