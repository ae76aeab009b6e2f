// SPDX-License-Identifier: GPL-2.0
/* The settings of a cell: their names, their values, their defaults. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "settings.h"

enum kind {
	WORD,		/* one of the list */
	WORDS,		/* one or several of the list, blanks between */
	NAME,		/* letters, digits, - . _ */
	NUMBER,
	TIME,
	TEXT,
	CPULIST,
};

static const struct {
	const char *name;
	enum kind kind;
	const char *words;	/* blanks around them */
	int min, max;
	const char *value;	/* built-in default */
	enum setting_role role;
} table[SETTINGS] = {
	[SET_MACHINE] = { "machine", WORD,
		" native native-el2 native-vhe native-acpi xen ", 0, 0, "xen",
		ROLE_MEASUREMENT },
	[SET_HYPERVISOR] = { "hypervisor", NAME, NULL, 0, 0, "debian-4.17",
		ROLE_SYSTEM },
	[SET_XEN_OPTIONS] = { "xen_options", TEXT, NULL, 0, 0, "",
		ROLE_SYSTEM },
	[SET_SCHEDULER] = { "scheduler", WORD,
		" credit credit2 null rtds arinc653 ", 0, 0, "credit2",
		ROLE_SYSTEM },
	[SET_SCHEDULER_PARAMETERS] = { "scheduler_parameters", TEXT,
		NULL, 0, 0, "", ROLE_SYSTEM },
	[SET_PINNING] = { "pinning", WORD, " yes no ", 0, 0, "no",
		ROLE_SYSTEM },
	[SET_VWFI] = { "vwfi", WORD, " trap native ", 0, 0, "trap",
		ROLE_SYSTEM },
	[SET_DEBUG] = { "debug", WORD, " yes no ", 0, 0, "no", ROLE_SYSTEM },
	[SET_TIMER_SLOP] = { "timer_slop", NUMBER, NULL, 0, 10000000, "50000",
		ROLE_SYSTEM },
	[SET_CNTP] = { "cntp", WORD, " trap native ", 0, 0, "trap",
		ROLE_SYSTEM },
	[SET_DOMAIN] = { "domain", WORD, " dom0 domu dom0less ", 0, 0, "domu",
		ROLE_SYSTEM },
	[SET_VCPUS] = { "vcpus", NUMBER, NULL, 1, 2, "2", ROLE_SYSTEM },
	[SET_GUEST] = { "guest", WORD, " linux bare-metal ", 0, 0, "linux",
		ROLE_MEASUREMENT },
	[SET_KERNEL] = { "kernel", WORD, " debian-6.1 debian-6.12 ", 0, 0,
		"debian-6.1", ROLE_SYSTEM },
	[SET_KERNEL_OPTIONS] = { "kernel_options", TEXT, NULL, 0, 0, "",
		ROLE_SYSTEM },
	[SET_SOURCE] = { "source", WORDS, " hrtimer phys virt ", 0, 0, "phys",
		ROLE_MEASUREMENT },
	[SET_IDLE] = { "idle", WORD, " shallow keep wfi busy ", 0, 0,
		"shallow", ROLE_MEASUREMENT },
	[SET_COMPETITOR] = { "competitor", WORD, " none domain spinner ",
		0, 0, "none", ROLE_MEASUREMENT },
	[SET_COMPETITOR_CPU] = { "competitor_cpu", WORD, " measured other ",
		0, 0, "measured", ROLE_MEASUREMENT },
	[SET_CPUS] = { "cpus", CPULIST, NULL, 0, 3, "1", ROLE_MEASUREMENT },
	[SET_PERIOD] = { "period", TIME, NULL, 0, 0, "1009us",
		ROLE_MEASUREMENT },
	[SET_DITHER] = { "dither", TIME, NULL, 0, 0, "0us",
		ROLE_MEASUREMENT },
	[SET_PHASE] = { "phase", WORD, " random staggered ", 0, 0, "random",
		ROLE_MEASUREMENT },
	[SET_PHASES] = { "phases", NUMBER, NULL, 1, 64, "8",
		ROLE_REPETITION },
	[SET_SAMPLES] = { "samples", NUMBER, NULL, 1, 10000000, "640",
		ROLE_MEASUREMENT },
	[SET_BOOTS] = { "boots", NUMBER, NULL, 1, 64, "2", ROLE_REPETITION },
	[SET_WARM_UP] = { "warm_up", NUMBER, NULL, 0, 1000000, "100",
		ROLE_MEASUREMENT },
	[SET_SETTLE] = { "settle", TIME, NULL, 0, 0, "2s", ROLE_MEASUREMENT },
	[SET_ICOUNT_SHIFT] = { "icount_shift", NUMBER, NULL, 0, 6, "0",
		ROLE_MEASUREMENT },
	[SET_LIMIT] = { "limit", NUMBER, NULL, 1, 86400, "900",
		ROLE_REPETITION },
	[SET_STALL] = { "stall", NUMBER, NULL, 1, 86400, "300",
		ROLE_REPETITION },
};

const char *setting_name(enum setting s)
{
	return table[s].name;
}

enum setting setting_find(const char *name)
{
	int s;

	for (s = 0; s < SETTINGS; s++)
		if (!strcmp(table[s].name, name))
			break;
	return (enum setting)s;
}

enum setting_role setting_role(const char *name)
{
	enum setting s = setting_find(name);

	return s == SETTINGS ? ROLE_SYSTEM : table[s].role;
}

/* Is the word in the list? The number of blanks in the list does not matter. */
static bool is_listed(const char *list, const char *word, size_t length)
{
	size_t n;

	for (list += strspn(list, " "); *list;
	     list += n + strspn(list + n, " ")) {
		n = strcspn(list, " ");
		if (n == length && !strncmp(list, word, n))
			return true;
	}
	return false;
}

/*
 * Are all words in the list, each at most once, with one blank between two?
 * Recordings are named after them.
 */
static bool are_listed(const char *list, const char *value)
{
	size_t n;

	for (;; value += n + 1) {
		n = strcspn(value, " ");
		if (!is_listed(list, value, n) ||
		    is_listed(value + n, value, n))
			return false;
		if (!value[n])
			return true;
	}
}

static bool is_name(const char *value)
{
	return *value && *value != '.' && *value != '-' &&
	       !value[strspn(value, "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._")];
}

/* Can the text be part of a quoted command line, or of Xen's? */
static bool is_text(const char *value)
{
	for (; *value; value++)
		if (*value < ' ' || *value > '~' || strchr("\"\\'", *value))
			return false;
	return true;
}

/* Is it a list of CPUs in ascending order, such as "2" or "2,3"? */
static bool is_cpulist(const char *value)
{
	int last = -1;

	for (;; value += 2) {
		if (*value < '0' || *value > '3' || *value - '0' <= last)
			return false;
		last = *value - '0';
		if (!value[1])
			return true;
		if (value[1] != ',')
			return false;
	}
}

int64_t settings_time_ns(const char *text)
{
	static const struct {
		const char *unit;
		int64_t ns;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 },
		{ "s", 1000000000 },
	};
	size_t digits = strspn(text, "0123456789"), i;

	if (!digits || digits > 9)
		return -1;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcmp(text + digits, units[i].unit))
			return strtoll(text, NULL, 10) * units[i].ns;
	return -1;
}

/* The reason why the value is not valid, or NULL. */
static const char *fault(enum setting s, const char *value, char text[256])
{
	int number;

	switch (table[s].kind) {
	case WORD:
	case WORDS:
		snprintf(text, 256, "not %s of%s", table[s].kind == WORD ?
			 "one" : "one or several", table[s].words);
		text[strlen(text) - 1] = '\0';
		if (table[s].kind == WORDS ?
		    are_listed(table[s].words, value) :
		    is_listed(table[s].words, value, strlen(value)))
			return NULL;
		return text;
	case NAME:
		return is_name(value) ? NULL : "not a name";
	case NUMBER:
		snprintf(text, 256, "not a number from %d to %d",
			 table[s].min, table[s].max);
		return number_parse(value, table[s].min, table[s].max,
				    &number) ? text : NULL;
	case TIME:
		return settings_time_ns(value) >= 0 ? NULL :
		       "not a time with its unit (ns, us, ms, s)";
	case TEXT:
		return is_text(value) ? NULL : "has a quote or what is no text";
	case CPULIST:
		return is_cpulist(value) ? NULL :
		       "not CPUs from 0 to 3 in order, as in 2,3";
	}
	return "unknown";
}

int settings_set(struct settings *settings, enum setting s, const char *value,
		 const char *where, enum setting_rank rank, char message[512])
{
	char text[256];
	const char *wrong = fault(s, value, text);

	if (!wrong && strlen(value) >= SETTING_SIZE)
		wrong = "too long";
	if (wrong) {
		snprintf(message, 512, "%s = \"%.100s\": %s", table[s].name,
			 value, wrong);
		return -EINVAL;
	}
	strcpy(settings->value[s].text, value);
	snprintf(settings->value[s].where, SETTING_WHERE, "%s", where);
	settings->value[s].rank = rank;
	return 0;
}

void settings_begin(struct settings *settings)
{
	char message[512];
	int s;

	memset(settings, 0, sizeof(*settings));
	for (s = 0; s < SETTINGS; s++)
		settings_set(settings, (enum setting)s, table[s].value, "",
			     RANK_BUILT_IN, message);
}

const char *settings_text(const struct settings *settings, enum setting s)
{
	return settings->value[s].text;
}

bool settings_is(const struct settings *settings, enum setting s,
		 const char *word)
{
	return !strcmp(settings->value[s].text, word);
}

bool settings_has(const struct settings *settings, enum setting s,
		  const char *word)
{
	return is_listed(settings->value[s].text, word, strlen(word));
}

int settings_number(const struct settings *settings, enum setting s)
{
	return atoi(settings->value[s].text);
}
