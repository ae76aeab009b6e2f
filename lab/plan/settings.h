/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SETTINGS_H
#define LAB_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What decides a cell of a matrix: one value for each of these, as text. The
 * words are those of matrix files, cell.json and reports.
 */
enum setting {
	SET_MACHINE,		/* native, native-el2, -vhe, -acpi; xen */
	SET_HYPERVISOR,		/* none, debian-4.17, NAME: build/xen/NAME/xen */
	SET_XEN_OPTIONS,	/* more of Xen's boot options */
	SET_SCHEDULER,		/* credit, credit2, null, rtds, arinc653 */
	SET_SCHEDULER_PARAMETERS,	/* of xl sched-SCHEDULER -d domu */
	SET_PINNING,		/* yes: a pCPU for each vCPU, and for it alone */
	SET_VWFI,		/* trap, native */
	SET_DEBUG,		/* yes, no: asserted */
	SET_TIMER_SLOP,		/* ns */
	SET_CNTP,		/* trap, native: forwarded */
	SET_DOMAIN,		/* dom0, domu, dom0less */
	SET_VCPUS,		/* of the measured domU */
	SET_GUEST,		/* linux, bare-metal */
	SET_KERNEL,		/* debian-6.1, debian-6.12: dom0's, too */
	SET_KERNEL_OPTIONS,	/* more of Linux's */
	SET_SOURCE,		/* hrtimer, phys, virt: one or several */
	SET_IDLE,		/* shallow, keep; bare metal: wfi, busy */
	SET_COMPETITOR,		/* none, domain, spinner */
	SET_COMPETITOR_CPU,	/* measured, other; follows from pinning */
	SET_CPUS,		/* measured ones, as the guest numbers them */
	SET_PERIOD,		/* TIME */
	SET_DITHER,		/* TIME; 0: none */
	SET_PHASE,		/* random, staggered */
	SET_PHASES,		/* recordings of each source and boot */
	SET_SAMPLES,		/* of each recording and CPU */
	SET_BOOTS,
	SET_WARM_UP,		/* samples */
	SET_SETTLE,		/* TIME asleep before a recording */
	SET_ICOUNT_SHIFT,
	SET_LIMIT,		/* seconds of wall clock, one boot */
	SET_STALL,		/* seconds of processor time without a sign of life */
	SETTINGS,
};

enum { SETTING_SIZE = 200, SETTING_WHERE = 160 };

/* Phases and sources of one boot of the bare-metal guest. */
enum { BARE_METAL_RUNS = 64 };

/* How near to its cell a value was given. A nearer one wins. */
enum setting_rank { RANK_BUILT_IN, RANK_DEFAULTS, RANK_CENTRE, RANK_CELL };

struct settings {
	struct {
		char text[SETTING_SIZE];
		char where[SETTING_WHERE];	/* "file:line", or "" */
		enum setting_rank rank;
	} value[SETTINGS];
};

/*
 * What a setting decides. Only settings of the system can be advised. Settings
 * of the repetition decide how sure a number is, not what the number is.
 */
enum setting_role { ROLE_SYSTEM, ROLE_MEASUREMENT, ROLE_REPETITION };

/* A name that is none of ours, from another version, is a system's. */
enum setting_role setting_role(const char *name);

/* What a setting is called; SETTINGS when there is none of that name. */
const char *setting_name(enum setting s);
enum setting setting_find(const char *name);

/* Every setting at its built-in default. */
void settings_begin(struct settings *settings);

/*
 * Give one a value. Returns 0, or -EINVAL with what is wrong in message (not
 * where: the caller knows).
 */
int settings_set(struct settings *settings, enum setting s, const char *value,
		 const char *where, enum setting_rank rank, char message[512]);

/*
 * When all is set: what does not apply to this machine or guest becomes "-"
 * (or the guest's own default), unless it was given as near to the cell as
 * what it does not apply to: that, and whatever else contradicts, is -EINVAL
 * with "file:line: ..." in message.
 */
int settings_complete(struct settings *settings, char message[512]);

bool settings_is(const struct settings *settings, enum setting s,
		 const char *word);
/* One of several words, as in "hrtimer phys". */
bool settings_has(const struct settings *settings, enum setting s,
		  const char *word);
int settings_number(const struct settings *settings, enum setting s);
const char *settings_text(const struct settings *settings, enum setting s);

/* "1009us" in ns; -1 if it is none */
int64_t settings_time_ns(const char *text);

#endif
