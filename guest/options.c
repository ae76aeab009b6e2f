// SPDX-License-Identifier: MIT
#include <stddef.h>
#include <string.h>

#include <uapi/xlat.h>

#include "options.h"

/* A shorter period leaves no time for the handler, whatever the timer. */
#define PERIOD_MIN_NS	1000ULL
#define COUNT_MAX	10000000ULL
#define DELAY_MAX_NS	60000000000ULL
#define SHIFT_MAX	10

/* Returns the text after the digits; NULL: no digits, or an overflow. */
static const char *take_number(const char *at, uint64_t *value)
{
	const char *begin = at;

	for (*value = 0; *at >= '0' && *at <= '9'; at++) {
		uint64_t digit = (uint64_t)(*at - '0');

		if (*value > (UINT64_MAX - digit) / 10)
			return NULL;
		*value = *value * 10 + digit;
	}
	return at == begin ? NULL : at;
}

static bool read_number(const char *text, uint64_t least, uint64_t most,
			uint64_t *value)
{
	const char *end = take_number(text, value);

	return end && !*end && *value >= least && *value <= most;
}

/* A number and its unit; a number without a unit is refused. */
static bool read_time(const char *text, uint64_t least, uint64_t most,
		      uint64_t *ns)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 },
		{ "s", 1000000000 },
	};
	const char *unit = take_number(text, ns);
	unsigned int n;

	for (n = 0; unit && n < sizeof(units) / sizeof(units[0]); n++) {
		if (strcmp(unit, units[n].name))
			continue;
		if (*ns > most / units[n].ns)
			return false;
		*ns *= units[n].ns;
		return *ns >= least;
	}
	return false;
}

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
}

/* docs/format.md: the characters allowed in the name of a run */
static bool read_name(const char *text, char *name, size_t size)
{
	size_t length = strlen(text), n;

	if (!length || length >= size || *text == '.' || *text == '-')
		return false;
	for (n = 0; n < length; n++)
		if (!is_name(text[n]))
			return false;
	memcpy(name, text, length + 1);
	return true;
}

static bool take_timer(struct options *o, const char *value)
{
	o->timer = !strcmp(value, timer_virt.name) ? &timer_virt :
		   !strcmp(value, timer_phys.name) ? &timer_phys : NULL;
	return o->timer;
}

static bool take_idle(struct options *o, const char *value)
{
	o->busy = !strcmp(value, "busy");
	return o->busy || !strcmp(value, "wfi");
}

static bool take_period(struct options *o, const char *value)
{
	return read_time(value, PERIOD_MIN_NS, XLAT_PERIOD_MAX_NS,
			 &o->period_ns);
}

static bool take_phase(struct options *o, const char *value)
{
	return read_time(value, 0, XLAT_PERIOD_MAX_NS, &o->phase_ns);
}

static bool take_dither(struct options *o, const char *value)
{
	return read_time(value, 0, XLAT_PERIOD_MAX_NS / 2, &o->dither_ns);
}

static bool take_seed(struct options *o, const char *value)
{
	return read_number(value, 0, UINT64_MAX, &o->seed);
}

static bool take_count(struct options *o, const char *value)
{
	return read_number(value, 1, COUNT_MAX, &o->count);
}

static bool take_warm_up(struct options *o, const char *value)
{
	return read_number(value, 0, XLAT_WARMUP_MAX, &o->warm_up);
}

static bool take_delay(struct options *o, const char *value)
{
	return read_time(value, 0, DELAY_MAX_NS, &o->delay_ns);
}

static bool take_name(struct options *o, const char *value)
{
	return read_name(value, o->name, sizeof(o->name));
}

static bool take_scenario(struct options *o, const char *value)
{
	return read_name(value, o->scenario, sizeof(o->scenario));
}

static bool take_icount_shift(struct options *o, const char *value)
{
	uint64_t shift;

	if (!read_number(value, 0, SHIFT_MAX, &shift))
		return false;
	o->icount_shift = (int)shift;
	return true;
}

static bool take_test(struct options *o, const char *value)
{
	o->test = !strcmp(value, "undef") ? TEST_UNDEF :
		  !strcmp(value, "abort") ? TEST_ABORT : TEST_NONE;
	return o->test != TEST_NONE;
}

static const struct option {
	const char *name;
	bool (*take)(struct options *options, const char *value);
} known[] = {
	{ "timer", take_timer }, { "idle", take_idle },
	{ "period", take_period }, { "phase", take_phase },
	{ "dither", take_dither }, { "seed", take_seed },
	{ "count", take_count }, { "warm_up", take_warm_up },
	{ "delay", take_delay }, { "name", take_name },
	{ "scenario", take_scenario }, { "icount_shift", take_icount_shift },
	{ "test", take_test },
};

/* @word: the text after "xlat." */
static const char *take_word(struct options *o, const char *word)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	unsigned int n;

	for (n = 0; n < sizeof(known) / sizeof(known[0]); n++) {
		if (strlen(known[n].name) != length ||
		    strncmp(known[n].name, word, length))
			continue;
		return equals && known[n].take(o, equals + 1) ? NULL :
		       "bad value";
	}
	return "unknown option";
}

static const char *check(const struct options *o, char wrong[80])
{
	if (o->dither_ns <= o->period_ns / 2)
		return NULL;
	memcpy(wrong, "xlat.dither", sizeof("xlat.dither"));
	return "more than half the period";
}

const char *options_read(struct options *options, const char *words,
			 char wrong[80])
{
	const char *why = NULL, *end;

	*options = (struct options) {
		.timer = &timer_virt, .period_ns = 1000000, .count = 1000,
		.warm_up = XLAT_WARMUP_DEFAULT, .delay_ns = 100000000,
		.name = "guest", .icount_shift = -1,
	};
	for (; !why && words && *words; words = *end ? end + 1 : end) {
		size_t length;

		end = strchr(words, ' ');
		end = end ? end : words + strlen(words);
		length = (size_t)(end - words);
		if (strncmp(words, "xlat.", 5))
			continue;
		if (length >= 80)
			length = 79;
		memcpy(wrong, words, length);
		wrong[length] = '\0';
		why = end - words >= 80 ? "too long" : take_word(options, wrong + 5);
	}
	return why ? why : check(options, wrong);
}
