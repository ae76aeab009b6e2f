/* SPDX-License-Identifier: MIT */
/*
 * The environment document: what a number depends on, as JSON. Keys and
 * vocabulary are specified in docs/format.md; environment.h is the reading
 * side. What cannot be known says "unknown".
 */
#ifndef XLAT_HOSTENV_H
#define XLAT_HOSTENV_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <uapi/xlat.h>

#include "user/data/cli.h"

/**
 * struct hostenv_request - what the caller knows
 * @info: XLAT_IOC_INFO; NULL: no module here
 * @source: enum xlat_source_id to be measured; -1: none
 * @measured: CPUs to be measured; NULL: all online ones
 * @idle_policy: enum xlat_idle_policy asked for
 * @scenario: label; NULL: by hypervisor and role
 * @emulator: what the launcher says runs this machine; NULL: nothing
 * @icount_shift: one instruction is told to be 2^n ns; -1: not told
 */
struct hostenv_request {
	const struct xlat_info *info;
	int source;
	const struct cli_cpus *measured;
	unsigned int idle_policy;
	const char *scenario;
	const char *emulator;
	int icount_shift;
};

/** hostenv_collect() - the document; NULL: no memory */
json_t *hostenv_collect(const struct hostenv_request *request);

/** hostenv_after() - add what has changed when the recording is over */
void hostenv_after(json_t *document, const struct hostenv_request *request);

/**
 * hostenv_attach_host() - put the host's document into a guest's
 * @host: made by "env" in dom0; a reference is taken
 *
 * Also finds out on which physical CPUs the measured vCPUs are pinned.
 */
void hostenv_attach_host(json_t *document, json_t *host);

/**
 * hostenv_mechanism() - what really delivers a source's interrupt
 * @info: may be NULL
 * @source: enum xlat_source_id
 * @clock_event: device that Linux's hrtimers ride on
 *
 * It depends on the timer, not on the number of its interrupt.
 */
const char *hostenv_mechanism(const struct xlat_info *info, int source,
			      const char *clock_event);

/**
 * hostenv_online() - CPUs that are online, by the kernel's numbers
 *
 * By /proc/interrupts, else by sysfs, else by the scheduler, which tells only
 * those that this process may use.
 *
 * Return: 0 or -errno.
 */
int hostenv_online(struct cli_cpus *cpus);

/** hostenv_uses_acpi() - arm64 described by ACPI, not by a device tree */
bool hostenv_uses_acpi(void);

/** hostenv_why_not() - what stands in the way of a source, in words */
const char *hostenv_why_not(const struct xlat_source_info *s, char *text,
			    size_t size);

/* Names of the contract's numbers; "unknown" for others. */
const char *hostenv_source_name(unsigned int source);
const char *hostenv_source_state(unsigned int state);
const char *hostenv_role_name(unsigned int role);

/* The parts, each in a file of its own. NULL: no memory, or nothing there. */

#define HOSTENV_PATH	512

/**
 * hostenv_use_root() - read all files below @directory, for tests
 * @directory: without a slash at its end; "" is this machine; not copied
 */
void hostenv_use_root(const char *directory);

/** hostenv_path() - where the file called @path is read; returns @text */
const char *hostenv_path(char text[HOSTENV_PATH], const char *path);

/** hostenv_open() - to read; NULL: errno says why */
FILE *hostenv_open(const char *path);

/** hostenv_exists() - is there such a file or directory? */
bool hostenv_exists(const char *path);

/** hostenv_line() - first line of a file, of any length, to free; or NULL */
char *hostenv_line(const char *path);

/** hostenv_text() - first line of a file as JSON string, or "unknown" */
json_t *hostenv_text(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/**
 * hostenv_first_line() - of a file, without its newline
 *
 * Return: 0; -E2BIG it does not fit in @size; -ENOENT no file, or no line.
 */
int hostenv_first_line(const char *path, char *line, int size);

/**
 * hostenv_hypervisor() - who is below, and what was asked to find out
 * @info: NULL: no module here
 */
json_t *hostenv_hypervisor(const struct xlat_info *info);

/** hostenv_default_scenario() - a label, by hostenv_hypervisor()'s answer */
const char *hostenv_default_scenario(json_t *hypervisor, char *text,
				     size_t size);

/**
 * hostenv_private_interrupts() - those of each CPU: timers, event channels
 * @path: of /proc/interrupts
 */
json_t *hostenv_private_interrupts(const char *path);

/** hostenv_cpu_list() - @cpus as a JSON string; "unknown" where there is none */
json_t *hostenv_cpu_list(const struct cli_cpus *cpus);

/** hostenv_cpus() - which CPUs there are; models and governors of @cpus */
json_t *hostenv_cpus(const struct cli_cpus *cpus);

/**
 * hostenv_timers() - clock events, clock source, interrupts, GIC
 * @cpus: whose clock event device is meant: the first that has one
 */
json_t *hostenv_timers(const struct cli_cpus *cpus);

/** hostenv_clock() - CLOCK_MONOTONIC's resolution, and how far it is slewed */
json_t *hostenv_clock(void);

/** hostenv_rate() - claims about the counter's rate, and what was measured */
json_t *hostenv_rate(const struct xlat_info *info);

/** hostenv_idle_states() - per CPU of @cpus, the states and their counts */
json_t *hostenv_idle_states(const struct cli_cpus *cpus);

/** hostenv_now_ms() - CLOCK_MONOTONIC */
int64_t hostenv_now_ms(void);

/**
 * hostenv_output_of() - all that a system's command prints
 * @argv: of the command, looked for in the system's directories only
 * @deadline_ms: by hostenv_now_ms(); what still runs then is killed
 *
 * Return: text to free; NULL: it printed nothing, failed or was killed.
 */
char *hostenv_output_of(const char *const *argv, int64_t deadline_ms);

/** hostenv_xen() - what xl tells in dom0; NULL: no xl, or not dom0 */
json_t *hostenv_xen(void);

#endif /* XLAT_HOSTENV_H */
