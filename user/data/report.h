/* SPDX-License-Identifier: MIT */
/*
 * The result of the analysis, which the renderers print. The analysis computes
 * everything here, converts it to the report's unit and judges it. A renderer
 * only lays it out.
 */
#ifndef XLAT_REPORT_H
#define XLAT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "environment.h"

/**
 * enum report_unit - the unit of every value in a report
 * @REPORT_NS: nanoseconds
 * @REPORT_INSN: instructions (a deterministic instruction clock was proven)
 * @REPORT_TICKS: ticks of the source's clock; the length of a tick is unknown
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

/** enum report_verdict - is the account complete? In order of severity. */
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
 * enum report_proof - the checks on every CPU
 * @REPORT_PROOF_RECEIVED: count = received + lost
 * @REPORT_PROOF_GRID: count + missed + unserved = points of the grid
 * @REPORT_PROOF_BUCKETS: the sum of all buckets = count, and the sum of the
 *	buckets of early samples = early
 * @REPORT_PROOF_WALK: every deadline lies on the grid, and every skipped point
 *	is accounted for as missed or lost
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

/** enum report_proof_state - result of a check; one not tried proves nothing */
enum report_proof_state {
	REPORT_NOT_TRIED,
	REPORT_HOLDS,
	REPORT_FAILS,
};

/**
 * struct report_value - one statistic
 * @known: false if the statistic is unknown; @value is then 0
 * @bounded: @low and @high are valid
 * @value: the statistic
 * @low: lower end of its 95 % confidence interval
 * @high: upper end of its 95 % confidence interval
 */
struct report_value {
	bool known;
	bool bounded;
	double value;
	double low;
	double high;
};

/**
 * struct report_bin - @count values between @low and @high, both inclusive
 *
 * A bin is one value of the samples (@low = @high), or one bucket of the
 * histogram.
 */
struct report_bin {
	double low;
	double high;
	uint64_t count;
};

/**
 * struct report_bar - a row of the histogram: @low <= value < @high
 *
 * For values below 0 the bounds are mirrored: @low < value <= @high.
 */
struct report_bar {
	double low;
	double high;
	uint64_t count;
};

/**
 * struct report_lines - messages
 * @line: one line each; owned
 * @count: of @line
 */
struct report_lines {
	char **line;
	size_t count;
};

/**
 * struct report_summary - one CPU, or all of them together
 * @total: this summary is for all CPUs; @cpu and @end then have no meaning
 * @cpu: CPU number
 * @end: why measuring on this CPU ended, in words
 * @ended_early: something other than the recorder ended it
 * @final: the file has the final account. Without it the counts are those of
 *	the surviving samples, and @lost and @unserved are unknown
 * @values: number of values from which the statistics are computed; differs
 *	from @count for intervals, and if there is no final account
 * @count: samples taken by the kernel
 * @received: samples that the recorder took from the ring
 * @lost: samples overwritten before the recorder took them
 * @gone: samples that were received, but were destroyed by damage to the file
 * @missed: grid points skipped
 * @unserved: grid points, due before the stop, for which no interrupt came
 * @early: samples with negative lateness
 * @spurious: interrupts without cause
 * @from_samples: percentiles come from samples; else from the histogram
 * @warm_partial: WARM_MAX comes from the surviving samples only
 * @value: the statistics
 * @deviation: standard deviation
 * @busy_avg: average time that xlat itself spends in the handler
 * @busy_max: longest time that xlat itself spends in the handler
 * @clock_read: cost of one read of the source's clock; 0 if unknown
 * @control_read: cost of one read of its control register; 0 if unknown
 * @core_hz_before: core clock before the run, in instructions of the loop per
 *	second; 0 if unknown
 * @core_hz_after: core clock after the run, likewise
 * @core_again: the core clock was also measured after the run
 * @core_changed: before and after differ by more than 1 % and more than 2 ticks
 * @proof: the state of each check
 * @verdict: the conclusion from all checks
 * @why: the failure, or the lack of data, that causes @verdict; else empty
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

/** REPORT_CLOCKS: size of &report.core_clocks */
#define REPORT_CLOCKS	2048

/**
 * struct report - one run, analysed
 * @name: name of the file
 * @unit: unit of all values
 * @what: the analysed quantity
 * @environment: labels and facts
 * @tick_unknown: why the length of a tick is unknown, in words, static; @unit
 *	is then %REPORT_TICKS. NULL if the length is known
 * @source: "hrtimer", "phys", "virt", ...
 * @stage: "T1", "T2", ...
 * @phase_mode: "staggered", "aligned", "random"
 * @idle_policy: "shallow", "keep"
 * @tick_hz: frequency of the source's clock
 * @period_ticks: grid spacing
 * @dither_ticks: range of the dither
 * @period: grid spacing in @unit
 * @tick: one tick in @unit: the quantum of every value
 * @decimals: digits after the point that are significant in this run
 * @warmup: the W that separates cold from warm samples in this report
 * @warmup_recorded: the W of the recording
 * @core_hz: core clock, the mean of all CPUs if their clocks are alike; 0 if it
 *	is unknown or the clocks differ
 * @core_clocks: if the clocks differ, each clock in MHz and its CPUs, e.g.
 *	"1200.0 (CPUs 0-3), 2000.0 (CPUs 4-5)"; else empty
 * @measured_cpus: CPU list, e.g. "2-3"
 * @cpu: one summary for each CPU
 * @cpu_count: of @cpu
 * @total: all CPUs
 * @bins: distribution of all CPUs, ascending
 * @bin_count: of @bins
 * @bars: histogram rows to display, ascending, without empty rows
 * @bar_count: of @bars
 * @damaged_blocks: as &run.damaged_blocks
 * @damaged_bytes: as &run.damaged_bytes
 * @cut_bytes: as &run.cut_bytes
 * @unknown_blocks: as &run.unknown_blocks
 * @file_bytes: length of the file; 0 if unknown
 * @file_checksum: crc32 of the file
 * @notes: remarks for the reader of the report
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
	struct report_bin *bins;
	size_t bin_count;
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
 * struct comparison_row - one run compared with its baseline
 * @report: the run; not owned
 * @baseline: index of the row that it is compared with: the first row of the
 *	same source, else the first row of the same stage. The row's own index
 *	if no such row comes before it; the fields below are then unknown
 * @difference: this - baseline, for each statistic that both have; with a 95 %
 *	interval if both have one
 * @ratio: this / baseline, likewise; unknown if the value of this run is
 *	negative, or that of the baseline is not positive
 * @delta: Cliff's delta with its 95 % interval: the probability that a value
 *	of this run is greater than a value of the baseline, minus the
 *	probability that it is less
 */
struct comparison_row {
	const struct report *report;
	size_t baseline;
	struct report_value difference[REPORT_STATISTICS];
	struct report_value ratio[REPORT_STATISTICS];
	struct report_value delta;
};

/**
 * struct comparison - several runs compared
 * @unit: unit of all runs
 * @warmup: W of all runs
 * @decimals: digits after the point
 * @rows: in the order of the command line
 * @row_count: of @rows
 * @compared: differences that the comparison is about, such as the hypervisor
 * @warnings: differences that make the comparison less fair
 * @refusals: differences that forbid the comparison unless it is forced
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
 * @per_cpu: show a line for each CPU even if there are many
 * @histogram: show the histogram
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

/** report_line() - add a message; 0, or -ENOMEM and the message is not added */
int report_line(struct report_lines *lines, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * report_starved() - did too many points of a CPU's grid yield no sample?
 *
 * One unserved point is normal: it may be due when the run stops. If more
 * points are unserved, or more than 1 % are unserved or missed, the timer
 * stopped or failed for a while.
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

/**
 * report_statistic_decimals() - digits after the point of a statistic
 * @decimals: digits of a sample, from a report or a comparison
 *
 * AVG always has one at least.
 */
int report_statistic_decimals(enum report_statistic statistic, int decimals);

/** report_percentile_name() - "50", ..., "99.999"; for percentiles only */
const char *report_percentile_name(enum report_statistic statistic);

/** render_report_text() - for people */
void render_report_text(FILE *out, const struct report *report,
			const struct report_view *view);

/** enum setup_fact - facts of a set-up, as a set */
enum setup_fact {
	SETUP_HYPERVISOR	= 1 << 0,
	SETUP_SCHEDULER		= 1 << 1,
	SETUP_VWFI		= 1 << 2,
	SETUP_DEBUG		= 1 << 3,
	SETUP_CPUS		= 1 << 4,
	SETUP_EMULATOR		= 1 << 5,
	SETUP_ALL		= (1 << 6) - 1,
};

/**
 * render_setup() - hypervisor, its options, physical CPUs, emulator: one line
 * @text: at least %REPORT_SETUP bytes; unknown facts are left out
 * @environment: the facts
 * @facts: which of them: a set of &enum setup_fact
 */
#define REPORT_SETUP	16384
void render_setup(char *text, const struct environment *environment,
		  unsigned int facts);

/** render_setup_same() - the set of facts that render alike in both */
unsigned int render_setup_same(const struct environment *a,
			       const struct environment *b);

/** render_comparison_text() - for people */
void render_comparison_text(FILE *out, const struct comparison *comparison);

/** render_report_json() - Return: 0 or -ENOMEM or -EIO */
int render_report_json(FILE *out, const struct report *report,
		       const struct report_view *view);

/**
 * render_refusal_json() - printed if no report could be made
 * @out: printed there
 * @name: name of the file
 * @environment: labels and facts
 * @verdict: verdict on the file
 * @why: why there is no report, in words
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
