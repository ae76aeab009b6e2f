// SPDX-License-Identifier: MIT
/*
 * Prints reports as text.
 */
#include <inttypes.h>
#include <string.h>

#include "report_tables.h"
#include "user/data/plain.h"
#include "user/data/report.h"
#include "user/data/table.h"

/* With more CPUs only the total is printed, unless the user asks for all. */
#define CPUS_LISTED	8

/* A file name is cut off after this many bytes. */
#define NAME		4096

static void head(FILE *out, const void *report)
{
	const struct report *r = report;
	const struct environment *e = &r->environment;
	char setup[REPORT_SETUP], name[NAME];

	render_setup(setup, e, SETUP_ALL);
	plain_copy(name, sizeof(name), r->name);
	fprintf(out, "%s: %s, %s/%s %s\n", name, e->scenario, r->source,
		e->mechanism, r->stage);
	fprintf(out, "  kernel %s, timer %s\n  %s\n", e->kernel,
		e->backing_timer, setup);
	fprintf(out, "  CPU%s %s, period ", r->cpu_count == 1 ? "" : "s",
		r->measured_cpus);
	if (r->unit == REPORT_TICKS)
		fprintf(out, "%" PRIu64 " ticks", r->period_ticks);
	else
		fprintf(out, "%.*f %s (%" PRIu64 " ticks of %" PRIu64 " Hz)",
			r->decimals, r->period, report_unit_name(r->unit),
			r->period_ticks, r->tick_hz);
	fprintf(out, ", phase %s, idle %s", r->phase_mode, r->idle_policy);
	if (r->dither_ticks)
		fprintf(out, ", dither %" PRIu64 " ticks", r->dither_ticks);
	fputs("\n\n", out);
}

static const char *core_again(const struct report_summary *t)
{
	return t->core_changed ? ", CHANGED during the run" :
	       t->core_again ? ", unchanged" :
	       ", not timed again on every CPU after the run";
}

static void put_core(FILE *out, const struct report *r)
{
	if (r->core_hz > 0)
		fprintf(out, "core clock: %.1f million instructions a second in the probe loop%s\n",
			r->core_hz / 1e6, core_again(&r->total));
	else if (r->core_clocks[0])
		fprintf(out, "core clocks: million instructions a second in the probe loop: %s%s\n",
			r->core_clocks, core_again(&r->total));
	else
		fputs("core clock: unknown\n", out);
}

static void uncertainty(FILE *out, const void *report)
{
	const struct report *r = report;
	const char *unit = report_unit_name(r->unit);
	const struct report_summary *t = &r->total;

	fputs("\nuncertainty: 1 tick", out);
	if (r->unit != REPORT_TICKS)
		fprintf(out, " = %g %s", r->tick, r->tick == 1 &&
			r->unit == REPORT_INSN ? "instruction" : unit);
	if (t->clock_read > 0)
		fprintf(out, ", a counter read %.1f %s", t->clock_read, unit);
	if (t->value[REPORT_AVG].bounded)
		fprintf(out, ", AVG +- %.1f %s",
			t->value[REPORT_AVG].high - t->value[REPORT_AVG].value,
			unit);
	fputc('\n', out);
	if (t->busy_avg.known)
		fprintf(out, "xlat's own cost a sample: %.1f %s on average, %.*f at most\n",
			t->busy_avg.value, unit, r->decimals, t->busy_max.value);
	put_core(out, r);
}

static size_t proofs_in_state(const struct report *r, int state)
{
	size_t i, n = 0;

	for (i = 0; i < REPORT_PROOFS; i++)
		n += (int)r->total.proof[i] == state;
	return n;
}

/*
 * "lossless" says nothing about points without a sample, so the verdict also
 * names the CPU with the most unserved and missed points.
 */
static void served(FILE *out, const struct report *r)
{
	const struct report_summary *worst = NULL;
	size_t i, starved = 0;

	for (i = 0; i < r->cpu_count; i++) {
		const struct report_summary *s = &r->cpu[i];

		if (!report_starved(s))
			continue;
		starved++;
		if (!worst || s->unserved + s->missed >
			      worst->unserved + worst->missed)
			worst = s;
	}
	if (!worst)
		return;
	fputs("; BUT ", out);
	if (starved > 1)
		fprintf(out, "%zu of %zu CPUs lack points, most of all ",
			starved, r->cpu_count);
	fprintf(out, "CPU %u: %" PRIu64 " of its %" PRIu64
		" points were never served, %" PRIu64 " missed", worst->cpu,
		worst->unserved, worst->count + worst->unserved + worst->missed,
		worst->missed);
}

static void proven(FILE *out, const struct report *r)
{
	const struct report_summary *t = &r->total;
	const char *name = report_verdict_name(t->verdict);

	switch (t->verdict) {
	case REPORT_LOSSLESS:
		fprintf(out, "%s: %" PRIu64 " sample%s taken, %" PRIu64
			" received; %zu of %d proofs hold on every CPU", name,
			t->count, t->count == 1 ? "" : "s", t->received,
			proofs_in_state(r, REPORT_HOLDS),
			REPORT_PROOFS);
		break;
	case REPORT_LOST:
		fprintf(out, "%s: %" PRIu64 " of %" PRIu64 " sample%s, exactly; %s",
			name, t->lost, t->count, t->count == 1 ? "" : "s",
			t->why);
		break;
	default:
		fprintf(out, "%s: %s; %" PRIu64 " sample%s received, %" PRIu64
			" of them gone from the file, %s%" PRIu64 " lost", name,
			t->why, t->received, t->received == 1 ? "" : "s", t->gone,
			t->final ? "" : "at least ", t->lost);
	}
}

static void verdict(FILE *out, const struct report *r)
{
	fputc('\n', out);
	proven(out, r);
	served(out, r);
	fputc('\n', out);
}

static void proofs_failed(FILE *out, const struct report *r)
{
	size_t i, p;

	for (i = 0; i < r->cpu_count; i++)
		for (p = 0; p < REPORT_PROOFS; p++)
			if (r->cpu[i].proof[p] == REPORT_FAILS)
				fprintf(out, "CPU %u fails: %s\n", r->cpu[i].cpu,
					report_proof_name(p));
}

static void notes(FILE *out, const void *report)
{
	const struct report *r = report;
	size_t i;

	for (i = 0; i < r->notes.count; i++)
		fprintf(out, "note: %s\n", r->notes.line[i]);
	proofs_failed(out, r);
	verdict(out, r);
}

void render_report_text(FILE *out, const struct report *report,
			const struct report_view *view)
{
	table_text(out, head, report);
	report_tables(out, report,
		      view->per_cpu || report->cpu_count <= CPUS_LISTED);
	table_text(out, uncertainty, report);
	if (view->histogram)
		report_histogram(out, report, view->width);
	table_text(out, notes, report);
}
