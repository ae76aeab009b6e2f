/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SETTINGS_H
#define LAB_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The settings that define a cell of a matrix. Each has a value as text. Matrix
 * files, cell.json and reports use the same words.
 */
enum setting {
	SET_MACHINE,		/* native, native-el2, -vhe, -acpi; xen */
	SET_HYPERVISOR,		/* none, debian-4.17, NAME: build/xen/NAME/xen */
	SET_XEN_OPTIONS,	/* additional boot options of Xen */
	SET_SCHEDULER,		/* credit, credit2, null, rtds, arinc653 */
	SET_SCHEDULER_PARAMETERS,	/* for xl sched-SCHEDULER -d domu */
	SET_PINNING,		/* yes: each vCPU has one pCPU exclusively */
	SET_VWFI,		/* trap, native */
	SET_DEBUG,		/* yes, no: not set, but checked */
	SET_TIMER_SLOP,		/* ns */
	SET_CNTP,		/* trap, native: forwarded */
	SET_DOMAIN,		/* dom0, domu, dom0less */
	SET_VCPUS,		/* number, of the measured domU */
	SET_GUEST,		/* linux, bare-metal */
	SET_KERNEL,		/* debian-6.1, debian-6.12; also of dom0 */
	SET_KERNEL_OPTIONS,	/* additional boot options of Linux */
	SET_SOURCE,		/* hrtimer, phys, virt; one or more */
	SET_IDLE,		/* shallow, keep; bare metal: wfi, busy */
	SET_COMPETITOR,		/* none, domain, spinner */
	SET_COMPETITOR_CPU,	/* measured, other; default from pinning */
	SET_CPUS,		/* measured CPUs, numbered as in the guest */
	SET_PERIOD,		/* TIME */
	SET_DITHER,		/* TIME; 0: none */
	SET_PHASE,		/* random, staggered */
	SET_PHASES,		/* recordings for each source and boot */
	SET_SAMPLES,		/* for each recording and CPU */
	SET_BOOTS,
	SET_WARM_UP,		/* samples */
	SET_SETTLE,		/* TIME to sleep before a recording */
	SET_ICOUNT_SHIFT,
	SET_LIMIT,		/* seconds of wall clock for one boot */
	SET_STALL,		/* seconds of processor time without output */
	SETTINGS,
};

enum { SETTING_SIZE = 200, SETTING_WHERE = 160 };

/* Greatest number of recordings (phases times sources) of a bare-metal boot. */
enum { BARE_METAL_RUNS = 64 };

/* Where a value was given. A value of higher rank is nearer to the cell and
 * overrides those of lower rank. */
enum setting_rank { RANK_BUILT_IN, RANK_DEFAULTS, RANK_CENTRE, RANK_CELL };

struct settings {
	struct {
		char text[SETTING_SIZE];
		char where[SETTING_WHERE];	/* "file:line", or "" */
		enum setting_rank rank;
	} value[SETTINGS];
};

/*
 * The role of a setting. Advice is given only about settings of the system.
 * Settings of the repetition change how certain a result is, not the result.
 */
enum setting_role { ROLE_SYSTEM, ROLE_MEASUREMENT, ROLE_REPETITION };

/* An unknown name, from another version, counts as a setting of the system. */
enum setting_role setting_role(const char *name);

/* Name of a setting, and setting of a name; SETTINGS if there is none. */
const char *setting_name(enum setting s);
enum setting setting_find(const char *name);

/* Set every setting to its built-in default. */
void settings_begin(struct settings *settings);

/*
 * Set one setting. Returns 0, or -EINVAL with the reason in message. The
 * message does not contain the place, which the caller knows.
 */
int settings_set(struct settings *settings, enum setting s, const char *value,
		 const char *where, enum setting_rank rank, char message[512]);

/*
 * Check and complete the settings after all are set. A setting that does not
 * apply to the machine or guest becomes "-" or the default of the guest. But it
 * is an error if that setting was given for this cell, or with the same rank as
 * the one that excludes it. Other contradictions are errors too.
 * Returns 0, or -EINVAL with "file:line: ..." in message.
 */
int settings_complete(struct settings *settings, char message[512]);

bool settings_is(const struct settings *settings, enum setting s,
		 const char *word);
/* Is the word one of the words of the value, as in "hrtimer phys"? */
bool settings_has(const struct settings *settings, enum setting s,
		  const char *word);
int settings_number(const struct settings *settings, enum setting s);
const char *settings_text(const struct settings *settings, enum setting s);

/* Convert a time such as "1009us" to ns; -1 if it is not a time. */
int64_t settings_time_ns(const char *text);

#endif
