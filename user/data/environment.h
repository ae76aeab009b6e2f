/* SPDX-License-Identifier: MIT */
/*
 * The facts that the analysis reads from a run's environment document. The
 * document is JSON, and hostenv.c writes it while recording. An unknown fact is
 * "unknown" or 0. The texts are safe to print: see plain.h.
 */
#ifndef XLAT_ENVIRONMENT_H
#define XLAT_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

#define ENVIRONMENT_TEXT	128
#define ENVIRONMENT_LINE	4096

/**
 * struct environment - facts that label a run, or must be equal to compare runs
 * @lost: the recorder's document is missing or is not a JSON object. Its facts
 *	are then unknown, also whether ticks count time or instructions
 * @scenario: label given by --scenario, else "native", "xen-dom0", ...
 * @mechanism: what really delivers the interrupt: "ppi" (hardware PPI, no
 *	hypervisor), "virtual" (CNTV through a hypervisor's vGIC), "emulated"
 *	(a hypervisor's software timer), "forwarded" (CNTP untrapped under a
 *	hypervisor), "lapic" and so on; for hrtimer, the mechanism of the timer
 *	that drives it
 * @backing_timer: for hrtimer, the clock event device that drives it
 * @kernel: release and version of the measured kernel
 * @hypervisor: "none", "xen 4.17.4", ...
 * @hz: CONFIG_HZ; 0 if unknown
 * @cpus_online: CPU list
 * @physical_cpus: physical CPUs of the measured vCPUs, from the host's document
 * @kernel_commandline: command line of the measured kernel
 * @config_digest: digest of the measured kernel's configuration
 * @cpu_model: models of the measured CPUs: one name, or "0-3:name, 4-5:name"
 * @governor: governors of the measured CPUs: one name, or "0-3:name 4-5:name"
 * @xen_commandline: Xen's command line, which xl printed in dom0
 * @scheduler: Xen's scheduler in the measured domain's CPU pool
 * @scheduler_ignored: the scheduler that sched= requested, if Xen started with
 *	another one; else empty
 * @debug: was Xen built with DEBUG: "y", "n"
 * @vwfi: "trap" or "native", from @xen_commandline; Xen on arm64 only
 * @emulator: the emulator that the launcher named; "none" if it named none
 * @clocksource: Linux's clock source
 * @clocksource_fell_back: it is not the preferred one of this architecture
 * @resolution_ns: resolution of CLOCK_MONOTONIC's timers, ns: 1, or the length
 *	of a tick without high-resolution timers; 0 if unknown
 * @slew_ppm: how much NTP slewed CLOCK_MONOTONIC, ppm: the larger of the values
 *	before and after the run
 * @rate_unknown: the length of the raw timers' ticks is unknown
 * @cntfrq: if CNTFRQ differs between CPUs, all values, in words; else empty
 * @instructions: ticks count instructions
 * @insn_proven: the core-clock loop proved @instructions before and after the
 *	run; false: the recording was cut off, so only the launcher claims it
 * @insn_shift: if @instructions: one instruction is 2^@insn_shift ns
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
 * environment_read() - read the facts from the document
 * @json: the document; if it is NULL or damaged, every fact is unknown
 * @out: filled in every case
 *
 * Return: 0, or -EINVAL if @json is not a JSON object.
 */
int environment_read(const char *json, struct environment *out);

#endif /* XLAT_ENVIRONMENT_H */
