/* SPDX-License-Identifier: MIT */
/*
 * What the analysis hands to the renderers. Everything here is computed,
 * converted to the report's unit, and judged; a renderer only lays it out.
 */
#ifndef XLAT_REPORT_H
#define XLAT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "environment.h"

/**
 * enum report_unit - of every value in a report
 * @REPORT_NS: nanoseconds
 * @REPORT_INSN: instructions (a deterministic instruction clock was proven)
 * @REPORT_TICKS: ticks of the source's clock, whose length is unknown
 */
enum report_unit {
	REPORT_NS,
	REPORT_INSN,
	REPORT_TICKS,
};

/**
 * enum report_what - which quantity was analysed
 * @REPORT_LATENESS: entry - deadline
 * @REPORT_INTERVAL: entry - previous entry on the same CPU
 */
enum report_what {
	REPORT_LATENESS,
	REPORT_INTERVAL,
};

/** enum report_verdict - is the account whole? In order of severity. */
enum report_verdict {
	REPORT_LOSSLESS,
	REPORT_LOST,
	REPORT_UNPROVEN,
	REPORT_DAMAGED,
};

/** enum report_statistic - in the order of the published table */
enum report_statistic {
	REPORT_AVG,
	REPORT_MIN,
	REPORT_MAX,
	REPORT_WARM_MAX,
	REPORT_P50,
	REPORT_P90,
	REPORT_P99,
	REPORT_P99_9,
	REPORT_P99_99,
	REPORT_P99_999,
	REPORT_STATISTICS,
	REPORT_FIRST_PERCENTILE = REPORT_P50,
};

/**
 * enum report_proof - what is checked on every CPU
 * @REPORT_PROOF_RECEIVED: count = received + lost
 * @REPORT_PROOF_GRID: count + missed + unserved = points of the grid
 * @REPORT_PROOF_BUCKETS: the buckets add up to count, the early ones to early
 * @REPORT_PROOF_WALK: every deadline lies on the grid, none is skipped that is
 *	not accounted for as missed or lost
 * @REPORT_PROOF_HISTOGRAM: histogram rebuilt from samples = the kernel's
 * @REPORT_PROOF_COUNTERS: counters rebuilt from samples = the kernel's
 */
enum report_proof {
	REPORT_PROOF_RECEIVED,
	REPORT_PROOF_GRID,
	REPORT_PROOF_BUCKETS,
	REPORT_PROOF_WALK,
	REPORT_PROOF_HISTOGRAM,
	REPORT_PROOF_COUNTERS,
	REPORT_PROOFS,
};

/** enum report_proof_state - a proof that could not be tried proves nothing */
enum report_proof_state {
	REPORT_NOT_TRIED,
	REPORT_HOLDS,
	REPORT_FAILS,
};

/**
 * struct report_value - one statistic
 * @known: false: it cannot be given, @value is 0
 * @bounded: @low and @high are its 95 % confidence interval
 */
struct report_value {
	bool known;
	bool bounded;
	double value;
	double low;
	double high;
};

/**
 * struct report_cell - @count values between @low and @high, both inclusive
 *
 * One value of the samples (@low = @high), or one bucket of the histogram.
 */
struct report_cell {
	double low;
	double high;
	uint64_t count;
};

/**
 * struct report_bar - a row of the histogram: @low <= value < @high
 *
 * Below 0 it is mirrored: @low < value <= @high.
 */
struct report_bar {
	double low;
	double high;
	uint64_t count;
};

/**
 * struct report_lines - messages, one line each, owned
 */
struct report_lines {
	char **line;
	size_t count;
};

/**
 * struct report_summary - one CPU, or all of them together
 * @total: of all CPUs; @cpu and the end reason then mean nothing
 * @cpu: CPU number
 * @end: why this CPU's part ended, in words
 * @ended_early: something else than the recorder ended it
 * @final: the final account is there; else the counts are those of the
 *	samples that survived, and lost and unserved are not known
 * @values: number of values behind the statistics; differs from @count for
 *	intervals, and where there is no final account
 * @count: samples taken by the kernel
 * @received: of those, how many the recorder took
 * @lost: overwritten before it could
 * @gone: received, but taken away by damage to the file
 * @missed: grid points skipped
 * @unserved: grid points due by the stop whose interrupt never came
 * @early: samples with negative lateness
 * @spurious: interrupts without cause
 * @from_samples: percentiles come from samples; else from the histogram
 * @warm_partial: WARM_MAX could only be taken from the samples that survived
 * @value: the statistics
 * @deviation: standard deviation
 * @busy_avg: xlat's own time in the handler, average
 * @busy_max: the longest
 * @clock_read: cost of one read of the source's clock; 0 unknown
 * @control_read: cost of one read of its control register; 0 unknown
 * @core_hz_before: core clock, as instructions per second in the loop; 0
 *	unknown
 * @core_hz_after: the same after the run
 * @core_again: it was timed after the run as well
 * @core_changed: the two differ by more than 1 % and by more than 2 ticks
 * @proof: the state of each proof
 * @verdict: what they say together
 * @why: the failure or shortage behind @verdict, or empty
 */
struct report_summary {
	bool total;
	uint32_t cpu;
	const char *end;
	bool ended_early;
	bool final;
	uint64_t values;
	uint64_t count;
	uint64_t received;
	uint64_t lost;
	uint64_t gone;
	uint64_t missed;
	uint64_t unserved;
	uint64_t early;
	uint64_t spurious;
	bool from_samples;
	bool warm_partial;
	struct report_value value[REPORT_STATISTICS];
	struct report_value deviation;
	struct report_value busy_avg;
	struct report_value busy_max;
	double clock_read;
	double control_read;
	double core_hz_before;
	double core_hz_after;
	bool core_again;
	bool core_changed;
	enum report_proof_state proof[REPORT_PROOFS];
	enum report_verdict verdict;
	char why[256];
};

/** REPORT_CLOCKS: room for &report.core_clocks */
#define REPORT_CLOCKS	2048

/**
 * struct report - one run, analysed
 * @name: of the file
 * @unit: of all values
 * @what: quantity analysed
 * @environment: labels and facts
 * @tick_unknown: why the length of a tick is unknown, in words, static; @unit
 *	is then %REPORT_TICKS. NULL: it is known
 * @source: "hrtimer", "phys", "virt", ...
 * @stage: "T1", "T2", ...
 * @phase_mode: "staggered", "aligned", "random"
 * @idle_policy: "shallow", "keep"
 * @tick_hz: of the source's clock
 * @period_ticks: grid spacing
 * @dither_ticks: range of the dither
 * @period: grid spacing in @unit
 * @tick: one tick in @unit: the quantum of every value
 * @decimals: digits after the point that values of this run deserve
 * @warmup: W that cold and warm refer to
 * @warmup_recorded: W at recording
 * @core_hz: core clock, the mean of CPUs that run alike; 0: unknown, or they
 *	differ
 * @core_clocks: where they differ, each clock in MHz and its CPUs, e.g.
 *	"1200.0 (CPUs 0-3), 2000.0 (CPUs 4-5)"; else empty
 * @measured_cpus: CPU list, e.g. "2-3"
 * @cpu: one summary a CPU
 * @cpu_count: of @cpu
 * @total: all CPUs
 * @cells: distribution of all CPUs, ascending
 * @cell_count: of @cells
 * @bars: histogram rows for reading, ascending; empty ones are left out
 * @bar_count: of @bars
 * @damaged_blocks: of the file
 * @damaged_bytes: of the file
 * @cut_bytes: of the file: of a last block that is not all there
 * @unknown_blocks: of the file
 * @file_bytes: length of the file; 0 unknown
 * @file_checksum: crc32 of the file
 * @notes: what the reader of the numbers should know
 */
struct report {
	char *name;
	enum report_unit unit;
	enum report_what what;
	struct environment environment;
	const char *tick_unknown;
	const char *source;
	const char *stage;
	const char *phase_mode;
	const char *idle_policy;
	uint64_t tick_hz;
	uint64_t period_ticks;
	uint64_t dither_ticks;
	double period;
	double tick;
	int decimals;
	uint32_t warmup;
	uint32_t warmup_recorded;
	double core_hz;
	char core_clocks[REPORT_CLOCKS];
	char measured_cpus[ENVIRONMENT_LINE];
	struct report_summary *cpu;
	size_t cpu_count;
	struct report_summary total;
	struct report_cell *cells;
	size_t cell_count;
	struct report_bar *bars;
	size_t bar_count;
	uint64_t damaged_blocks;
	uint64_t damaged_bytes;
	uint64_t cut_bytes;
	uint64_t unknown_blocks;
	uint64_t file_bytes;
	uint32_t file_checksum;
	struct report_lines notes;
};

/**
 * struct comparison_row - one run against its baseline
 * @report: the run; not owned
 * @baseline: index of the row that it is compared with: the first one of the
 *	same source, else the first one of the same stage; its own where none
 *	comes before it. What follows is unknown then
 * @difference: this - baseline, for each statistic both have; with a 95 %
 *	interval where both have one
 * @ratio: this / baseline, likewise; unknown where an early value is involved
 * @delta: Cliff's delta with its 95 % interval: the probability that a value
 *	of this run exceeds one of the baseline, less that of the reverse
 */
struct comparison_row {
	const struct report *report;
	size_t baseline;
	struct report_value difference[REPORT_STATISTICS];
	struct report_value ratio[REPORT_STATISTICS];
	struct report_value delta;
};

/**
 * struct comparison - several runs beside each other
 * @unit: of all
 * @warmup: the one W of all
 * @decimals: digits after the point
 * @rows: in the order given
 * @row_count: of @rows
 * @compared: differences that the comparison is about, such as the hypervisor
 * @warnings: differences that make it less than fair
 * @refusals: differences that forbid it unless forced
 */
struct comparison {
	enum report_unit unit;
	uint32_t warmup;
	int decimals;
	struct comparison_row *rows;
	size_t row_count;
	struct report_lines compared;
	struct report_lines warnings;
	struct report_lines refusals;
};

/**
 * struct report_view - how much to show
 * @width: columns of the terminal
 * @per_cpu: a line for each CPU even where there are many
 * @histogram: show it
 */
struct report_view {
	int width;
	bool per_cpu;
	bool histogram;
};

/** report_free() - free what @report owns and make it empty */
void report_free(struct report *report);

/** comparison_free() - free what @comparison owns and make it empty */
void comparison_free(struct comparison *comparison);

/** report_line() - add a message; no memory: -ENOMEM, and it is not added */
int report_line(struct report_lines *lines, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * report_starved() - did too many points of a CPU's grid bring no sample?
 *
 * One point may be due when the run stops; more that are unserved, or above
 * 1 % that are unserved or missed, tell of a timer that died or stumbled.
 */
bool report_starved(const struct report_summary *cpu);

/** report_unit_name() - "ns", "instructions" or "ticks" */
const char *report_unit_name(enum report_unit unit);

/** report_unit_short() - "ns", "insn" or "ticks", for columns */
const char *report_unit_short(enum report_unit unit);

/** report_what_name() - "lateness" or "interval" */
const char *report_what_name(enum report_what what);

/** report_verdict_name() - "lossless", "lost", "unproven" or "damaged" */
const char *report_verdict_name(enum report_verdict verdict);

/** report_proof_name() - the equation, in words */
const char *report_proof_name(enum report_proof proof);

/** report_proof_state_name() - "holds", "fails" or "not tried" */
const char *report_proof_state_name(enum report_proof_state state);

/** report_statistic_name() - "AVG", ..., "p99.9" */
const char *report_statistic_name(enum report_statistic statistic);

/** report_percentile_name() - "50", ..., "99.999"; of a percentile only */
const char *report_percentile_name(enum report_statistic statistic);

/** render_report_text() - for people */
void render_report_text(FILE *out, const struct report *report,
			const struct report_view *view);

/**
 * render_setup() - hypervisor, its options, physical CPUs, emulator: one line
 * @text: of at least %REPORT_SETUP bytes; what is not known is left out
 */
#define REPORT_SETUP	16384
void render_setup(char *text, const struct environment *environment);

/** render_comparison_text() - for people */
void render_comparison_text(FILE *out, const struct comparison *comparison);

/** render_report_json() - Return: 0 or -ENOMEM or -EIO */
int render_report_json(FILE *out, const struct report *report,
		       const struct report_view *view);

/**
 * render_refusal_json() - instead of a report that could not be made
 * @name: of the file
 * @why: in words
 *
 * Return: 0 or -ENOMEM or -EIO
 */
int render_refusal_json(FILE *out, const char *name,
			const struct environment *environment,
			enum report_verdict verdict, const char *why);

/** render_comparison_json() - Return: 0 or -ENOMEM or -EIO */
int render_comparison_json(FILE *out, const struct comparison *comparison);

/** render_report_csv() - Return: 0 or -EIO */
int render_report_csv(FILE *out, const struct report *report,
		      const struct report_view *view);

/** render_comparison_csv() - Return: 0 or -EIO */
int render_comparison_csv(FILE *out, const struct comparison *comparison);

#endif /* XLAT_REPORT_H */
