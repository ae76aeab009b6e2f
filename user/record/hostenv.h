/* SPDX-License-Identifier: MIT */
/*
 * Makes the environment document: the facts on which the measured values
 * depend, as JSON. Its keys and values are specified in docs/format.md;
 * environment.h reads it. An unknown fact is "unknown".
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
 * struct hostenv_request - facts from the caller
 * @info: result of XLAT_IOC_INFO; NULL: the module is not loaded
 * @source: enum xlat_source_id of the source to measure; -1: none
 * @measured: CPUs to measure; NULL: all online CPUs
 * @idle_policy: requested enum xlat_idle_policy
 * @scenario: label; NULL: derived from the hypervisor and the role
 * @emulator: the emulator that the launcher names; NULL: it names none
 * @icount_shift: n, if the launcher claims that one instruction is 2^n ns; -1:
 *	no such claim
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

/** hostenv_collect() - make the document; NULL: no memory */
json_t *hostenv_collect(const struct hostenv_request *request);

/** hostenv_after() - add facts that may have changed during the recording */
void hostenv_after(json_t *document, const struct hostenv_request *request);

/**
 * hostenv_attach_host() - add the host's document to a guest's document
 * @document: the guest's document
 * @host: output of "xlat-read env" in dom0; this takes a new reference to it
 *
 * It also finds the physical CPUs to which the measured vCPUs are pinned.
 */
void hostenv_attach_host(json_t *document, json_t *host);

/**
 * hostenv_mechanism() - what really delivers a source's interrupt
 * @info: result of XLAT_IOC_INFO; may be NULL
 * @source: enum xlat_source_id
 * @clock_event: name of the clock event device that drives Linux's hrtimers
 *
 * The result depends on the timer, not on its interrupt number.
 */
const char *hostenv_mechanism(const struct xlat_info *info, int source,
			      const char *clock_event);

/**
 * hostenv_online() - the online CPUs, with the kernel's numbers
 *
 * The CPUs come from /proc/interrupts, else from sysfs, else from the
 * scheduler, which reports only those that this process may use.
 *
 * Return: 0 or -errno.
 */
int hostenv_online(struct cli_cpus *cpus);

/** hostenv_uses_acpi() - does ACPI describe this arm64 machine? */
bool hostenv_uses_acpi(void);

/** hostenv_why_not() - why a source cannot be used, in words */
const char *hostenv_why_not(const struct xlat_source_info *s, char *text,
			    size_t size);

/* Names of enum values of include/uapi/xlat.h; "unknown" for other values. */
const char *hostenv_source_name(unsigned int source);
const char *hostenv_source_state(unsigned int state);

/*
 * For hostenv*.c: helpers, and functions that make the parts of the document.
 * Those return NULL if there is no memory or no data.
 */

#define HOSTENV_PATH	512

/**
 * hostenv_use_root() - read all files below @directory; for tests
 * @directory: without a final slash; "" is this machine; not copied
 */
void hostenv_use_root(const char *directory);

/** hostenv_path() - put the root of hostenv_use_root() before @path */
const char *hostenv_path(char text[HOSTENV_PATH], const char *path);

/** hostenv_open() - open a file to read it; NULL: see errno */
FILE *hostenv_open(const char *path);

/** hostenv_exists() - does this file or directory exist? */
bool hostenv_exists(const char *path);

/** hostenv_line() - first line of a file, of any length; free() it; or NULL */
char *hostenv_line(const char *path);

/** hostenv_text() - first line of a file as a JSON string, or "unknown" */
json_t *hostenv_text(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/**
 * hostenv_first_line() - read a file's first line, without its newline
 *
 * Return: 0; -E2BIG if it does not fit in @size bytes; -ENOENT if there is no
 * file or no line.
 */
int hostenv_first_line(const char *path, char *line, int size);

/**
 * hostenv_hypervisor() - the hypervisor, and the questions that identify it
 * @info: result of XLAT_IOC_INFO; NULL: the module is not loaded
 */
json_t *hostenv_hypervisor(const struct xlat_info *info);

/** hostenv_default_scenario() - a label from hostenv_hypervisor()'s result */
const char *hostenv_default_scenario(json_t *hypervisor, char *text,
				     size_t size);

/**
 * hostenv_private_interrupts() - per-CPU interrupts: timers, event channels
 * @path: path of /proc/interrupts
 */
json_t *hostenv_private_interrupts(const char *path);

/** hostenv_cpu_list() - @cpus as a JSON string; "unknown" if there is none */
json_t *hostenv_cpu_list(const struct cli_cpus *cpus);

/** hostenv_cpus() - the CPUs of the machine; models and governors of @cpus */
json_t *hostenv_cpus(const struct cli_cpus *cpus);

/**
 * hostenv_timers() - clock event device, clock source, interrupts, GIC
 * @cpus: the clock event device is that of the first of them that has one
 */
json_t *hostenv_timers(const struct cli_cpus *cpus);

/** hostenv_clock() - CLOCK_MONOTONIC's resolution, and how much NTP slews it */
json_t *hostenv_clock(void);

/** hostenv_rate() - claims about the counter's rate, and the measured rate */
json_t *hostenv_rate(const struct xlat_info *info);

/** hostenv_idle_states() - idle states of @cpus; how often each was entered */
json_t *hostenv_idle_states(const struct cli_cpus *cpus);

/** hostenv_now_ms() - CLOCK_MONOTONIC, ms */
int64_t hostenv_now_ms(void);

/**
 * hostenv_output_of() - run a command of the system and return its output
 * @argv: the command; it is searched in the system's directories only
 * @deadline_ms: a time of hostenv_now_ms(), at which the command is killed
 *
 * Return: the output, for free(); NULL if there was none, or if the command
 * failed or was killed.
 */
char *hostenv_output_of(const char *const *argv, int64_t deadline_ms);

/** hostenv_xen() - facts that xl reports in dom0; NULL: no xl, or not dom0 */
json_t *hostenv_xen(void);

#endif /* XLAT_HOSTENV_H */
