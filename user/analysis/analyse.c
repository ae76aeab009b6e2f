// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stddef.h>

#include "analyse.h"
#include "core/insn_clock.h"

static bool contradicts(const struct run_cpu *cpu,
			const struct xlat_probe *probe, unsigned int shift)
{
	return cpu->started && probe->loop_insn &&
	       !insn_clock_agrees(probe, cpu->map.tick_hz, shift);
}

/*
 * A recording that was cut off does not prove the launcher's claim about the
 * clock. Its probes may still disprove the claim.
 */
static void check_claimed_clock(const struct run *run, struct environment *e)
{
	size_t i;

	for (i = 0; i < run->cpu_count && !e->insn_proven; i++) {
		const struct run_cpu *cpu = &run->cpus[i];

		if (contradicts(cpu, &cpu->map.before, e->insn_shift) ||
		    contradicts(cpu, &cpu->map.after, e->insn_shift))
			e->instructions = false;
	}
}

static int note_clock(struct report *report)
{
	const struct environment *e = &report->environment;

	if (!e->instructions || e->insn_proven)
		return 0;
	return report_line(&report->notes,
			   "the launcher says that an instruction takes %u ns; the recording was cut off before the core-clock loop could prove it",
			   1u << e->insn_shift);
}

static int note_tick(struct report *report)
{
	if (!report->tick_unknown)
		return 0;
	return report_line(&report->notes,
			   "%s: whether ticks are time is unknown",
			   report->tick_unknown);
}

int analyse_run(const struct run *run, const struct stats_options *options,
		struct report *report)
{
	struct environment environment;
	int err;

	(void)environment_read(run->environment, &environment);
	check_claimed_clock(run, &environment);
	err = stats_report(run, &environment, options, report);
	if (!err)
		err = note_clock(report);
	return err ? err : note_tick(report);
}

const char *analyse_refusal(const struct run *run,
			    enum report_verdict *verdict)
{
	bool damage = run->damaged_blocks || run->damaged_bytes;
	bool setup = false;
	size_t i;

	for (i = 0; i < run->cpu_count; i++)
		setup |= run->cpus[i].started;
	*verdict = setup || damage ? REPORT_DAMAGED : REPORT_UNPROVEN;
	return setup ? "the set-up in the file contradicts itself" :
	       "no CPU's set-up is intact";
}
