// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dom0_job.h"
#include "record_job.h"
#include "text.h"

static const char *get(const struct scenario *s, enum setting which)
{
	return settings_text(&s->settings, which);
}

int record_source(const struct settings *settings, int n,
		  char name[RECORD_NAME])
{
	const char *at = settings_text(settings, SET_SOURCE);

	for (; n && *at; n--) {
		at += strcspn(at, " ");
		at += *at == ' ';
	}
	snprintf(name, RECORD_NAME, "%.*s", (int)strcspn(at, " "), at);
	return *name ? 0 : -ENOENT;
}

void record_name(char name[RECORD_NAME], const char *source, int phase)
{
	snprintf(name, RECORD_NAME, "%.32s-phase-%d", source, phase);
}

static void add_sleep(struct text *t, const struct scenario *s)
{
	int64_t us = settings_time_ns(get(s, SET_SETTLE)) / 1000;

	if (us && us % 1000000)
		text_add(t, "usleep %" PRId64 "\n", us);
	else if (us)
		text_add(t, "sleep %" PRId64 "\n", us / 1000000);
}

static void add_recording(struct text *t, const struct scenario *s,
			  const char *source, int boot, int phase,
			  const char *emulator)
{
	int phases = settings_number(&s->settings, SET_PHASES);
	char name[RECORD_NAME];

	record_name(name, source, phase);
	add_sleep(t, s);
	text_add(t, "/xlat-read record -q -o /tmp/out/%s.xlat --source %s "
		 "-a %s -l %s --period %s ", name, source, get(s, SET_CPUS),
		 get(s, SET_SAMPLES), get(s, SET_PERIOD));
	if (settings_time_ns(get(s, SET_DITHER)))
		text_add(t, "--dither %s ", get(s, SET_DITHER));
	if (settings_is(&s->settings, SET_PHASE, "random"))
		text_add(t, "--phase random:%d ", (boot - 1) * phases + phase);
	if (!settings_is(&s->settings, SET_WARM_UP, "100"))
		text_add(t, "--warm-up %s ", get(s, SET_WARM_UP));
	if (settings_is(&s->settings, SET_IDLE, "keep"))
		text_add(t, "--idle keep ");
	text_add(t, "--scenario %s --icount-shift %d --emulator \"%s\"\n",
		 s->name, s->icount_shift, emulator);
}

static void for_all(struct text *t, const struct scenario *s, int boot,
		    const char *emulator, int send)
{
	int n, phase, phases = settings_number(&s->settings, SET_PHASES);
	char source[RECORD_NAME], name[RECORD_NAME];

	for (n = 0; !record_source(&s->settings, n, source); n++)
		for (phase = 1; phase <= phases; phase++) {
			record_name(name, source, phase);
			if (send)
				text_add(t, "/xlat-read send --compress "
					 "/tmp/out/%s.xlat\n", name);
			else
				add_recording(t, s, source, boot, phase,
					      emulator);
		}
}

int record_job(char *bytes, size_t size, const struct scenario *s, int boot,
	       const char *emulator)
{
	struct text t = { bytes, size, 0 };
	bool busy = settings_is(&s->settings, SET_COMPETITOR, "domain");
	bool spinner = settings_is(&s->settings, SET_COMPETITOR, "spinner");
	char alone[1024];

	text_add(&t, "must insmod /xlat.ko\n");
	if (s->domu) {
		text_add(&t, "must await-dom0 120\n");
	} else if (s->machine == VM_XEN) {
		if (dom0_job_alone(alone, sizeof(alone), s))
			return -E2BIG;
		text_add(&t, "%s", alone);
	}
	if (spinner)
		text_add(&t, "must spin %s\n", get(s, SET_CPUS));
	for_all(&t, s, boot, emulator, 0);
	if (spinner)
		text_add(&t, "spin-end\n");
	if (busy)	/* dom0 takes it away: it would slow the console */
		text_add(&t, "must say-recorded\nmust await-dom0 600 2\n");
	if (s->domu)
		for_all(&t, s, boot, emulator, 1);
	return text_end(&t);
}
