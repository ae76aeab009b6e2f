// SPDX-License-Identifier: MIT
/*
 * The names of report.h's enums, and the memory of its structs.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static void lines_free(struct report_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		free(lines->line[i]);
	free(lines->line);
}

void report_free(struct report *report)
{
	free(report->name);
	free(report->cpu);
	free(report->bins);
	free(report->bars);
	lines_free(&report->notes);
	*report = (struct report) { 0 };
}

void comparison_free(struct comparison *comparison)
{
	free(comparison->rows);
	lines_free(&comparison->compared);
	lines_free(&comparison->warnings);
	lines_free(&comparison->refusals);
	*comparison = (struct comparison) { 0 };
}

int report_line(struct report_lines *lines, const char *format, ...)
{
	char text[1024];
	char **grown, *copy;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	grown = realloc(lines->line, (lines->count + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	lines->line = grown;
	copy = strdup(text);
	if (!copy)
		return -ENOMEM;
	lines->line[lines->count++] = copy;
	return 0;
}

bool report_starved(const struct report_summary *cpu)
{
	uint64_t without = cpu->unserved + cpu->missed;
	uint64_t points = cpu->count + without;

	return cpu->unserved > 1 || without > points / 100;
}

const char *report_unit_name(enum report_unit unit)
{
	static const char * const names[] = {
		[REPORT_NS]	= "ns",
		[REPORT_INSN]	= "instructions",
		[REPORT_TICKS]	= "ticks",
	};

	return names[unit];
}

const char *report_unit_short(enum report_unit unit)
{
	return unit == REPORT_INSN ? "insn" : report_unit_name(unit);
}

const char *report_what_name(enum report_what what)
{
	return what == REPORT_INTERVAL ? "interval" : "lateness";
}

const char *report_verdict_name(enum report_verdict verdict)
{
	static const char * const names[] = {
		[REPORT_LOSSLESS]	= "lossless",
		[REPORT_LOST]		= "lost",
		[REPORT_UNPROVEN]	= "unproven",
		[REPORT_DAMAGED]	= "damaged",
	};

	return names[verdict];
}

const char *report_proof_name(enum report_proof proof)
{
	static const char * const names[] = {
		[REPORT_PROOF_RECEIVED]	 = "count = received + lost",
		[REPORT_PROOF_GRID]	 = "count + missed + unserved = grid points",
		[REPORT_PROOF_BUCKETS]	 = "histogram total = count",
		[REPORT_PROOF_WALK]	 = "deadlines follow the grid",
		[REPORT_PROOF_HISTOGRAM] = "rebuilt histogram = the kernel's",
		[REPORT_PROOF_COUNTERS]	 = "rebuilt counters = the kernel's",
	};

	return names[proof];
}

const char *report_proof_state_name(enum report_proof_state state)
{
	static const char * const names[] = {
		[REPORT_NOT_TRIED]	= "not tried",
		[REPORT_HOLDS]		= "holds",
		[REPORT_FAILS]		= "fails",
	};

	return names[state];
}

const char *report_statistic_name(enum report_statistic statistic)
{
	static const char * const names[] = {
		[REPORT_AVG]		= "AVG",
		[REPORT_MIN]		= "MIN",
		[REPORT_MAX]		= "MAX",
		[REPORT_WARM_MAX]	= "WARM_MAX",
		[REPORT_P50]		= "p50",
		[REPORT_P90]		= "p90",
		[REPORT_P99]		= "p99",
		[REPORT_P99_9]		= "p99.9",
		[REPORT_P99_99]		= "p99.99",
		[REPORT_P99_999]	= "p99.999",
	};

	return names[statistic];
}

int report_statistic_decimals(enum report_statistic statistic, int decimals)
{
	return statistic == REPORT_AVG && decimals < 1 ? 1 : decimals;
}

const char *report_percentile_name(enum report_statistic statistic)
{
	return report_statistic_name(statistic) + 1;
}
