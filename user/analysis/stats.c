// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "user/data/cli.h"
#include "core_clock.h"
#include "distribution.h"
#include "core/names.h"
#include "notes.h"
#include "order.h"
#include "proof.h"
#include "user/data/scale.h"
#include "series.h"
#include "stats.h"
#include "tally.h"

/* Rows of a histogram that fit on a screen. */
#define BAR_ROWS	28

/* One CPU during the analysis. @whole: every sample is in the file. */
struct part {
	const struct run_cpu *cpu;
	struct series series;
	struct tally tally;
	bool whole;
};

/* The state of an analysis. @map is the set-up that all CPUs share. */
struct analysis {
	const struct run *run;
	const struct xlat_map *map;
	struct scale scale;
	uint32_t warmup;
	enum report_what what;
	struct part *part;
	struct tally total;
	struct report *report;
};

static void percentiles(const struct report_bin *bins, size_t count,
			struct report_summary *s)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < count; i++)
		n += bins[i].count;
	for (i = REPORT_FIRST_PERCENTILE; i < REPORT_STATISTICS; i++)
		s->value[i] = order_percentile(bins, count, n, order_part(i));
}

static void account(const struct analysis *a, const struct part *part,
		    struct report_summary *s)
{
	const struct run_cpu *cpu = part->cpu;
	const struct xlat_counters *c = &cpu->map.counters;

	s->cpu = cpu->map.cpu;
	s->end = names_end(cpu->final ? cpu->map.end_reason : XLAT_END_NONE);
	s->ended_early = cpu->final && names_end_is_early(cpu->map.end_reason);
	s->final = cpu->final;
	s->gone = cpu->gone;
	s->clock_read = scale_ratio(&a->scale, cpu->map.before.clock_read_ticks,
				    XLAT_COST_READS);
	s->control_read = scale_ratio(&a->scale, cpu->map.before.control_read_ticks,
				      XLAT_COST_READS);
	core_clock_read(&cpu->map, a->report->tick_unknown ? 0 :
			cpu->map.tick_hz, s);
	if (cpu->final) {
		s->count = c->count;
		s->received = cpu->received;
		s->lost = cpu->lost;
		s->missed = c->missed;
		s->unserved = c->unserved;
		s->early = c->early;
		s->spurious = c->spurious;
		return;
	}
	s->count = s->received = cpu->sample_count + cpu->gone;
	s->missed = part->series.counters.missed;
	s->lost = part->series.absent > cpu->gone ?
		  part->series.absent - cpu->gone : 0;
	s->early = part->tally.early;
}

/*
 * The kernel's counters are exact even if samples are absent, so the report
 * uses them. Intervals, and WARM_MAX for another W, need the samples.
 */
static void tally_part(const struct analysis *a, struct part *part,
		       struct report_summary *s)
{
	const struct run_cpu *cpu = part->cpu;
	struct tally of_samples;

	tally_of_counters(&of_samples, &part->series.counters);
	part->whole = cpu->final && !cpu->lost && !cpu->gone &&
		      cpu->sample_count == cpu->map.counters.count;
	part->tally = of_samples;
	s->from_samples = true;
	s->warm_partial = !part->whole;
	if (cpu->final && a->what == REPORT_LATENESS) {
		tally_of_counters(&part->tally, &cpu->map.counters);
		s->warm_partial = !part->whole && a->warmup != cpu->map.warmup;
		if (a->warmup != cpu->map.warmup) {
			part->tally.warm_count = of_samples.warm_count;
			part->tally.warm_max = of_samples.warm_max;
		}
		s->from_samples = part->whole || !cpu->late || !cpu->early;
	}
	if (cpu->final) {
		part->tally.busy = cpu->map.counters.busy_ticks;
		part->tally.busy_count = cpu->map.counters.count;
		part->tally.busy_max = cpu->map.counters.busy_max_ticks;
	}
}

static int distribution(const struct analysis *a, const struct report_summary *s,
			int64_t *value, size_t count, const uint64_t *late,
			const uint64_t *early, const struct tally *t,
			struct report_bin **bins, size_t *bin_count)
{
	if (!s->from_samples)
		return distribution_of_buckets(late, early, t->min, t->max,
					       &a->scale, bins, bin_count);
	series_sort(value, count);
	return distribution_of_values(value, count, &a->scale, bins, bin_count);
}

static int analyse_cpu(struct analysis *a, size_t i)
{
	struct part *part = &a->part[i];
	struct report_summary *s = &a->report->cpu[i];
	const struct run_cpu *cpu = &a->run->cpus[i];
	struct report_bin *bins;
	size_t bin_count;
	int err;

	part->cpu = cpu;
	err = series_build(cpu, a->what, a->warmup, &part->series);
	if (!err)
		err = proof_try(cpu, s);
	if (err)
		return err;
	tally_part(a, part, s);
	account(a, part, s);
	tally_summarise(&part->tally, &a->scale, s);
	err = distribution(a, s, part->series.value, part->series.count,
			   cpu->late, cpu->early, &part->tally, &bins, &bin_count);
	if (err)
		return err;
	percentiles(bins, bin_count, s);
	free(bins);
	tally_add(&a->total, &part->tally);
	return 0;
}

/* A proof holds for the run if it holds on every CPU. */
static void total_proofs(struct report *r)
{
	size_t i, p;

	for (p = 0; p < REPORT_PROOFS; p++) {
		enum report_proof_state all = REPORT_HOLDS;

		for (i = 0; i < r->cpu_count; i++) {
			enum report_proof_state one = r->cpu[i].proof[p];

			if (one == REPORT_FAILS)
				all = REPORT_FAILS;
			else if (one == REPORT_NOT_TRIED && all == REPORT_HOLDS)
				all = REPORT_NOT_TRIED;
		}
		r->total.proof[p] = all;
	}
}

static void damage_verdict(const struct run *run, struct report_summary *t)
{
	t->verdict = REPORT_DAMAGED;
	snprintf(t->why, sizeof(t->why), "%" PRIu64 " block%s and %" PRIu64
		 " byte%s of the file %s damaged", run->damaged_blocks,
		 run->damaged_blocks == 1 ? "" : "s", run->damaged_bytes,
		 run->damaged_bytes == 1 ? "" : "s",
		 run->damaged_blocks || run->damaged_bytes != 1 ? "are" : "is");
}

/* The recorder was killed, or the power failed. */
static void cut_verdict(const struct run *run, struct report_summary *t)
{
	if (run->cut_bytes)
		snprintf(t->why, sizeof(t->why),
			 "the file is cut off in the middle of a block: %" PRIu64
			 " byte%s", run->cut_bytes,
			 run->cut_bytes == 1 ? "" : "s");
	else if (t->verdict < REPORT_UNPROVEN)
		snprintf(t->why, sizeof(t->why),
			 "the recorder did not end the file");
	t->verdict = REPORT_UNPROVEN;
}

/* A complete account is unproven if ticks may be something other than time. */
static void tick_verdict(const char *why, struct report_summary *t)
{
	t->verdict = REPORT_UNPROVEN;
	snprintf(t->why, sizeof(t->why),
		 "%s: whether ticks are time is unknown", why);
}

static void following_verdict(const struct run *run, struct report_summary *t)
{
	t->verdict = REPORT_DAMAGED;
	snprintf(t->why, sizeof(t->why),
		 "a second recording follows, %" PRIu64
		 " bytes from the end, and was not read: put each into a file of its own",
		 run->following_bytes);
}

static void total_verdict(const struct run *run, struct report *r)
{
	struct report_summary *t = &r->total;
	size_t i;

	t->verdict = REPORT_LOSSLESS;
	for (i = 0; i < r->cpu_count; i++) {
		const struct report_summary *s = &r->cpu[i];

		if (s->verdict <= t->verdict)
			continue;
		t->verdict = s->verdict;
		snprintf(t->why, sizeof(t->why), "CPU %u: %.230s", s->cpu, s->why);
	}
	if (run->following_bytes)
		following_verdict(run, t);
	else if (t->verdict < REPORT_DAMAGED &&
	    (run->damaged_blocks || run->damaged_bytes))
		damage_verdict(run, t);
	else if (t->verdict <= REPORT_UNPROVEN &&
		 (run->cut_bytes || !run->complete))
		cut_verdict(run, t);
	if (t->verdict == REPORT_LOSSLESS && r->tick_unknown)
		tick_verdict(r->tick_unknown, t);
}

static void total_account(struct report *r)
{
	struct report_summary *t = &r->total;
	size_t i;

	*t = (struct report_summary) {
		.total = true, .end = "", .final = true, .from_samples = true,
		.core_again = true,
	};
	for (i = 0; i < r->cpu_count; i++) {
		const struct report_summary *s = &r->cpu[i];

		t->final &= s->final;
		t->count += s->count;
		t->received += s->received;
		t->lost += s->lost;
		t->gone += s->gone;
		t->missed += s->missed;
		t->unserved += s->unserved;
		t->early += s->early;
		t->spurious += s->spurious;
		t->ended_early |= s->ended_early;
		t->from_samples &= s->from_samples;
		t->warm_partial |= s->warm_partial;
		t->core_again &= s->core_again;
		t->core_changed |= s->core_changed;
		t->clock_read = fmax(t->clock_read, s->clock_read);
		t->control_read = fmax(t->control_read, s->control_read);
	}
}

/* Collect the values of all CPUs, and the sum of their histograms. */
static int gather_all(const struct analysis *a, int64_t **value, size_t *count,
		      uint64_t **buckets)
{
	const struct run *run = a->run;
	size_t i, b, n = 0;

	for (i = 0; i < run->cpu_count; i++)
		n += a->part[i].series.count;
	*value = calloc(n + 1, sizeof(**value));
	*buckets = calloc(2 * XLAT_BUCKETS, sizeof(**buckets));
	if (!*value || !*buckets)
		return -ENOMEM;
	for (i = 0; i < run->cpu_count; i++) {
		const struct run_cpu *cpu = &run->cpus[i];
		const struct series *series = &a->part[i].series;

		memcpy(*value + *count, series->value,
		       series->count * sizeof(**value));
		*count += series->count;
		for (b = 0; cpu->late && cpu->early && b < XLAT_BUCKETS; b++) {
			(*buckets)[b] += cpu->late[b];
			(*buckets)[XLAT_BUCKETS + b] += cpu->early[b];
		}
	}
	return 0;
}

/* If a CPU has no histogram, only the samples describe all CPUs. */
static bool histograms_everywhere(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->cpu_count; i++)
		if (!run->cpus[i].late || !run->cpus[i].early)
			return false;
	return true;
}

static int analyse_total(struct analysis *a)
{
	struct report *r = a->report;
	struct report_summary *t = &r->total;
	uint64_t *buckets = NULL;
	int64_t *value = NULL;
	size_t count = 0;
	int err;

	total_account(r);
	total_proofs(r);
	total_verdict(a->run, r);
	tally_summarise(&a->total, &a->scale, t);
	if (!t->from_samples && !histograms_everywhere(a->run))
		t->from_samples = true;
	err = gather_all(a, &value, &count, &buckets);
	if (!err)
		err = distribution(a, t, value, count, buckets,
				   buckets ? buckets + XLAT_BUCKETS : NULL,
				   &a->total, &r->bins, &r->bin_count);
	if (!err) {
		percentiles(r->bins, r->bin_count, t);
		err = distribution_bars(r->bins, r->bin_count, r->tick,
					t->from_samples ? 10 : 5, BAR_ROWS,
					&r->bars, &r->bar_count);
	}
	free(value);
	free(buckets);
	return err;
}

static void describe(const struct analysis *a)
{
	const struct xlat_map *map = a->map;
	struct report *r = a->report;

	r->what = a->what;
	r->source = names_source(map->source);
	r->stage = names_stage(map->stage);
	r->phase_mode = names_phase(map->phase_mode);
	r->idle_policy = names_idle(map->idle_policy);
	r->tick_hz = map->tick_hz;
	r->period_ticks = map->period_ticks;
	r->dither_ticks = map->dither_ticks;
	r->period = scale_apply(&a->scale, map->period_ticks);
	r->tick = scale_apply(&a->scale, 1);
	r->decimals = a->scale.den == 1 ? 0 : 1;
	r->warmup = a->warmup;
	r->warmup_recorded = map->warmup;
	r->damaged_blocks = a->run->damaged_blocks;
	r->damaged_bytes = a->run->damaged_bytes;
	r->cut_bytes = a->run->cut_bytes;
	r->unknown_blocks = a->run->unknown_blocks;
	r->file_bytes = a->run->bytes;
	r->file_checksum = a->run->checksum;
}

/* Describe all CPUs together: their numbers and their core clocks. */
static void describe_cpus(const struct analysis *a)
{
	struct report *r = a->report;
	struct cli_cpus cpus = { 0 };
	size_t i;

	for (i = 0; i < r->cpu_count; i++) {
		uint32_t cpu = r->cpu[i].cpu;

		if (cpu < CLI_CPUS_MAX)
			cpus.word[cpu / 64] |= 1ULL << (cpu % 64);
	}
	cli_format_cpus(&cpus, r->measured_cpus, sizeof(r->measured_cpus));
	core_clock_describe(r);
}

static bool same_setup(const struct xlat_map *a, const struct xlat_map *b)
{
	return a->tick_hz == b->tick_hz && a->period_ticks == b->period_ticks &&
	       a->source == b->source && a->stage == b->stage &&
	       a->warmup == b->warmup && a->phase_mode == b->phase_mode &&
	       a->idle_policy == b->idle_policy &&
	       a->dither_ticks == b->dither_ticks;
}

/* Decide whether ticks are time, instructions or unknown. */
static int find_unit(struct analysis *a, const struct environment *e)
{
	struct report *r = a->report;

	r->tick_unknown = a->run->tick_unknown ? a->run->tick_unknown :
			  e->lost ? "the environment is lost" :
			  e->rate_unknown ?
			  "no claim about the counter's rate agrees with Linux's clock" :
			  NULL;
	r->unit = r->tick_unknown ? REPORT_TICKS :
		  e->instructions ? REPORT_INSN : REPORT_NS;
	a->scale = (struct scale) { 1, 1 };
	if (r->tick_unknown)
		return 0;
	return scale_make(a->map->tick_hz, e->instructions ? e->insn_shift : 0,
			  &a->scale) ? -EINVAL : 0;
}

/* Find the set-up of the session and check that all CPUs have the same one. */
static int find_setup(struct analysis *a, const struct environment *environment)
{
	const struct run *run = a->run;
	size_t i;

	for (i = 0; i < run->cpu_count; i++) {
		const struct run_cpu *cpu = &run->cpus[i];

		if (!cpu->started)
			continue;
		if (!a->map)
			a->map = &cpu->map;
		else if (!same_setup(a->map, &cpu->map))
			return -EINVAL;
	}
	if (!a->map)
		return -ENODATA;
	if (!a->map->period_ticks)
		return -EINVAL;
	return find_unit(a, environment);
}

static int analyse(struct analysis *a)
{
	struct report *r = a->report;
	size_t i;
	int err;

	r->name = strdup(a->run->name ? a->run->name : "");
	r->cpu = calloc(a->run->cpu_count, sizeof(*r->cpu));
	a->part = calloc(a->run->cpu_count, sizeof(*a->part));
	if (!r->name || !r->cpu || !a->part)
		return -ENOMEM;
	r->cpu_count = a->run->cpu_count;
	tally_init(&a->total);
	describe(a);
	for (i = 0; i < r->cpu_count; i++) {
		err = analyse_cpu(a, i);
		if (err)
			return err;
	}
	describe_cpus(a);
	err = analyse_total(a);
	return err ? err : notes_write(a->run, r);
}

int stats_report(const struct run *run, const struct environment *environment,
		 const struct stats_options *options, struct report *report)
{
	struct analysis a = {
		.run = run, .what = options->what, .report = report,
	};
	size_t i;
	int err;

	*report = (struct report) { .environment = *environment };
	err = find_setup(&a, environment);
	if (err)
		return err;
	a.warmup = options->warmup == STATS_WARMUP_RECORDED ?
		   a.map->warmup : options->warmup;
	err = analyse(&a);
	for (i = 0; a.part && i < run->cpu_count; i++)
		series_free(&a.part[i].series);
	free(a.part);
	return err;
}
