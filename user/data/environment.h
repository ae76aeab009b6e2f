/* SPDX-License-Identifier: MIT */
/*
 * What the analysis takes from a run's environment document (JSON, written by
 * hostenv.c at recording). Everything that is not known is "unknown" or 0. The
 * texts are safe to print: see plain.h.
 */
#ifndef XLAT_ENVIRONMENT_H
#define XLAT_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

#define ENVIRONMENT_TEXT	128
#define ENVIRONMENT_LINE	4096

/**
 * struct environment - facts that label a run or must agree before comparing
 * @lost: there is no document of the recorder's, or it is no JSON object: its
 *	facts are unknown, and so is whether ticks are time
 * @scenario: label given by --scenario, else "native", "xen-dom0", ...
 * @mechanism: what really delivers the interrupt: "ppi" (hardware PPI, no
 *	hypervisor), "virtual" (CNTV through a hypervisor's vGIC), "emulated"
 *	(a hypervisor's software timer), "forwarded" (CNTP untrapped under a
 *	hypervisor), "lapic" and so on; for hrtimer, of the timer it rides on
 * @backing_timer: for hrtimer, the clock event device it rides on
 * @kernel: release and version of the measured kernel
 * @hypervisor: "none", "xen 4.17.4", ...
 * @hz: CONFIG_HZ, 0 unknown
 * @cpus_online: CPU list
 * @physical_cpus: of the measured vCPUs, from the host's environment
 * @kernel_commandline: of the measured kernel
 * @config_digest: of its configuration
 * @cpu_model: of the measured CPUs: one name, or "0-3:name, 4-5:name"
 * @governor: of the measured CPUs: one name, or "0-3:name 4-5:name"
 * @xen_commandline: as xl tells it, in dom0 or of the host
 * @scheduler: Xen's, in the measured domain's CPU pool
 * @scheduler_ignored: what sched= asked for where Xen started with another
 *	one; else empty
 * @debug: was Xen built with DEBUG: "y", "n"
 * @vwfi: "trap" or "native", from @xen_commandline; Xen on arm64 only
 * @emulator: what the launcher said; "none" where it said nothing
 * @clocksource: Linux's
 * @clocksource_fell_back: it is not the one that this architecture wants
 * @resolution_ns: of CLOCK_MONOTONIC's timers, ns: 1, or without
 *	high-resolution timers the length of a tick; 0 unknown
 * @slew_ppm: how far NTP slewed CLOCK_MONOTONIC: the greater of before and
 *	after the run
 * @rate_unknown: the raw timers' ticks are of unknown length
 * @cntfrq: where the CPUs' CNTFRQ differ, all of them, in words; else empty
 * @instructions: ticks count instructions
 * @insn_proven: and the core-clock loop proved it before and after; else it is
 *	only told, in a recording that was cut off
 * @insn_shift: with @instructions: one instruction is 2^@insn_shift ns
 */
struct environment {
	bool lost;
	char scenario[ENVIRONMENT_TEXT];
	char mechanism[ENVIRONMENT_TEXT];
	char backing_timer[ENVIRONMENT_TEXT];
	char kernel[ENVIRONMENT_TEXT];
	char hypervisor[ENVIRONMENT_TEXT];
	uint32_t hz;
	char cpus_online[ENVIRONMENT_LINE];
	char physical_cpus[ENVIRONMENT_LINE];
	char kernel_commandline[ENVIRONMENT_LINE];
	char config_digest[ENVIRONMENT_TEXT];
	char cpu_model[ENVIRONMENT_LINE];
	char governor[ENVIRONMENT_TEXT];
	char xen_commandline[ENVIRONMENT_LINE];
	char scheduler[ENVIRONMENT_TEXT];
	char scheduler_ignored[ENVIRONMENT_TEXT];
	char debug[ENVIRONMENT_TEXT];
	char vwfi[ENVIRONMENT_TEXT];
	char emulator[ENVIRONMENT_TEXT];
	char clocksource[ENVIRONMENT_TEXT];
	bool clocksource_fell_back;
	uint64_t resolution_ns;
	double slew_ppm;
	bool rate_unknown;
	char cntfrq[2 * ENVIRONMENT_TEXT];
	bool instructions;
	bool insn_proven;
	uint32_t insn_shift;
};

/**
 * environment_read() - pick the facts out of the document
 * @json: the document; NULL or damaged: every fact is unknown
 *
 * Return: 0, or -EINVAL where @json is no JSON object (@out is still filled).
 */
int environment_read(const char *json, struct environment *out);

#endif /* XLAT_ENVIRONMENT_H */
