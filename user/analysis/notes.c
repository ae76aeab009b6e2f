// SPDX-License-Identifier: MIT
#include <inttypes.h>

#include "clock_remarks.h"
#include "core/hypervisor.h"
#include "notes.h"

static int note_end(struct report *r, const struct report_summary *s)
{
	if (!s->ended_early)
		return 0;
	return report_line(&r->notes, "CPU %u ended early: %s", s->cpu, s->end);
}

static int note_starved(struct report *r, const struct report_summary *s)
{
	if (!report_starved(s))
		return 0;
	return report_line(&r->notes,
			   "CPU %u: of %" PRIu64 " points %" PRIu64
			   " were never served and %" PRIu64
			   " missed: the statistics are of the others",
			   s->cpu, s->count + s->unserved + s->missed,
			   s->unserved, s->missed);
}

static int note_core(struct report *r, const struct report_summary *s)
{
	if (!s->core_changed)
		return 0;
	return report_line(&r->notes,
			   "CPU %u: the core clock changed during the run, from %.1f to %.1f million instructions a second in the probe loop",
			   s->cpu, s->core_hz_before / 1e6, s->core_hz_after / 1e6);
}

/*
 * CNTVOFF is CNTPCT - CNTVCT. The two counters are read a few ticks apart, so
 * small differences are ignored.
 */
static int note_offset(struct report *r, const struct run_cpu *cpu)
{
	const struct xlat_probe *before = &cpu->map.before;
	const struct xlat_probe *after = &cpu->map.after;
	int64_t moved;

	if (!before->cntpct || !after->cntpct)
		return 0;
	moved = (int64_t)((after->cntpct - after->cntvct) -
			  (before->cntpct - before->cntvct));
	if (moved > -1000 && moved < 1000)
		return 0;
	return report_line(&r->notes,
			   "CPU %u: the virtual counter's offset moved by %" PRId64
			   " ticks during the run", cpu->map.cpu, moved);
}

static int note_total(const struct run *run, struct report *r)
{
	const struct report_summary *t = &r->total;
	int err = 0;

	if (!t->from_samples)
		err = report_line(&r->notes,
				  "percentiles come from the histogram (buckets under 0.8 %% wide): some samples are not in the file");
	else if (t->values && (t->lost || t->gone || !t->final))
		err = report_line(&r->notes,
				  "percentiles come from the samples that are in the file");
	if (!err && t->warm_partial && r->warmup != r->warmup_recorded)
		err = report_line(&r->notes,
				  "WARM_MAX for W=%u could only be taken from the samples that are in the file",
				  r->warmup);
	if (!err && t->control_read > HYPERVISOR_TRAPPED * t->clock_read &&
	    t->clock_read > 0)
		err = report_line(&r->notes,
				  "reading the timer's control register takes %.1f times as long as reading the counter: it is trapped and emulated",
				  t->control_read / t->clock_read);
	if (!err && run->unknown_blocks)
		err = report_line(&r->notes,
				  "%" PRIu64 " block%s of a newer kind skipped",
				  run->unknown_blocks,
				  run->unknown_blocks == 1 ? "" : "s");
	return err;
}

static int note_scheduler(struct report *r)
{
	if (!r->environment.scheduler_ignored[0])
		return 0;
	return report_line(&r->notes,
			   "Xen ignored sched=%s on its command line and started with another scheduler",
			   r->environment.scheduler_ignored);
}

static int note_clocks(struct report *r)
{
	char text[CLOCK_REMARK_TEXT];
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < CLOCK_REMARKS; i++)
		if (clock_remark(r, i, text))
			err = report_line(&r->notes, "%s", text);
	return err;
}

int notes_write(const struct run *run, struct report *report)
{
	size_t i;
	int err = note_scheduler(report);

	if (!err)
		err = note_clocks(report);
	for (i = 0; !err && i < report->cpu_count; i++) {
		err = note_end(report, &report->cpu[i]);
		if (!err)
			err = note_starved(report, &report->cpu[i]);
		if (!err)
			err = note_core(report, &report->cpu[i]);
		if (!err)
			err = note_offset(report, &run->cpus[i]);
	}
	return err ? err : note_total(run, report);
}
