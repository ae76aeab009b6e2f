// SPDX-License-Identifier: GPL-2.0
/*
 * Ground truth. The test-only module keeps interrupts off on the measured CPU
 * for a known time and stamps both ends with the clock of the source. For each
 * such window:
 *
 *   lateness of its first point = end - deadline + the normal path   (2 %)
 *   points missed by the next   = all later points of the window, exactly
 *
 *	truth TICKS	at least one window must be right within TICKS
 *
 * Other windows may be off by up to 2 %: Linux may first serve an interrupt of
 * its own that also became due in the window.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

#include "account.h"
#include "ktap.h"
#include "session.h"
#include "truth_device.h"

enum { WINDOWS = 12 };

#define PERIOD_NS 1009000ULL

static struct truth_mask windows[WINDOWS];

static struct truth_mask windows[WINDOWS];

/*
 * Begins shortly before the next point and ends at least 1 ms after it, so that
 * 2 % of the window are many instructions.
 */
static int make_window(const struct xlat_map *map, uint32_t source, int i)
{
	uint64_t head = map->head;
	const struct xlat_sample *last = (const void *)
		((const char *)map + map->ring_offset +
		 (head - 1) % map->slots * map->slot_size);
	uint64_t next = last->deadline + map->period_ticks;
	/* 0: the last sample was more than one period late */
	uint64_t ahead = next > last->entry ? next - last->entry : 0;
	uint64_t ms = map->tick_hz / 1000;

	return truth_mask(source, ahead + ms + ms * 3 / 8 * (uint64_t)i,
			  &windows[i]);
}

static int make_windows(const struct xlat_map *map, uint32_t source)
{
	int i, error = 0;

	for (i = 0; i < WINDOWS && !error; i++) {
		sleep_ms(6);
		error = make_window(map, source, i);
	}
	sleep_ms(6);
	return error;
}

/*
 * Finds the sample that was armed when the window began: the first one with an
 * entry after the window. Its deadline may be shortly before the window.
 */
static const struct xlat_sample *first_in(const struct account *a,
					  const struct truth_mask *w)
{
	uint64_t i;

	for (i = 0; i < a->received; i++)
		if (a->samples[i].entry >= w->end_ticks)
			return a->samples[i].deadline < w->end_ticks ?
				&a->samples[i] : NULL;
	return NULL;
}

/* Counts the grid points after the first sample's point, up to a tick. */
static uint64_t points_after(const struct account *a, uint64_t deadline,
			     uint64_t until)
{
	uint64_t n = 0, k;

	k = (deadline - a->map->start_ticks) / a->map->period_ticks + 1;
	while (account_deadline(a->map, k++) <= until)
		n++;
	return n;
}

/* Returns the error of the lateness, in ticks. */
static int64_t check_window(const struct account *a, int i, int64_t path)
{
	const struct truth_mask *w = &windows[i];
	const struct xlat_sample *s = first_in(a, w);
	int64_t want, got, off;
	uint64_t missed;

	if (!s) {
		ktap_ok(false, "window %d: no sample", i);
		return INT64_MAX;
	}
	want = (int64_t)(w->end_ticks - s->deadline) + path;
	got = account_lateness(s);
	off = got - want;
	ktap_timed(llabs(off) * 50 <= want,
		"window %d: lateness %" PRId64 ", unmasked after %" PRIu64
		", path %" PRId64 ", off by %" PRId64, i, got,
		(uint64_t)(w->end_ticks - s->deadline), path, off);
	if (s + 1 == a->samples + a->received)
		return llabs(off);
	/*
	 * A point that became due between the unmasking and the choice of the
	 * next point is missed, too. That choice comes after the entry.
	 */
	missed = points_after(a, s->deadline, s->entry);
	ktap_timed_is(s[1].missed, (long long)missed, "points missed");
	return llabs(off);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void check_windows(const struct account *a, int64_t tolerance)
{
	int64_t off[WINDOWS], path = account_median(a);
	int i;

	for (i = 0; i < WINDOWS; i++)
		off[i] = check_window(a, i, path);
	qsort(off, WINDOWS, sizeof(*off), compare);
	ktap_timed(off[0] <= tolerance,
		"the best windows are off by %" PRId64 " and %" PRId64,
		off[0], off[1]);
}

static void check_source(uint32_t source, int64_t tolerance)
{
	unsigned int cpu = cpu_last();
	const char *error;
	struct account a;
	struct session s;
	int failed;

	session_init(&s, source, 1ULL << cpu, PERIOD_NS);
	failed = session_begin(&s);
	if (!failed)
		failed = session_start(&s);
	if (!failed) {
		sleep_ms(200);
		failed = make_windows(s.map[cpu], source);
		session_stop(&s);
	}
	if (!ktap_ok(!failed, "%s: windows made", source_name(source)))
		return;
	a = account_take(s.map[cpu]);
	error = account_check(&a);
	ktap_ok(!error, "%s: account: %s", source_name(source),
		error ? error : "adds up");
	check_windows(&a, tolerance);
	free((void *)a.samples);
	session_close(&s);
}

static uint32_t window_source;

static void *window_of_five(void *unused)
{
	(void)unused;
	pin_to(cpu_last());
	truth_mask(window_source, 5 * PERIOD_NS, &windows[0]);
	return NULL;
}

/*
 * STOP in the middle of a window: its points were neither served nor skipped.
 * Natively the CPU takes the IPI of STOP before the timer's interrupt, because
 * its number is lower. A hypervisor may deliver them in another order.
 */
static bool stop_in_window(uint32_t source, uint64_t *unserved)
{
	unsigned int cpu = cpu_last();
	const struct xlat_counters *c;
	const char *error;
	struct session s;
	pthread_t thread;
	bool good;

	session_init(&s, source, 1ULL << cpu, PERIOD_NS);
	if (session_begin(&s) || session_start(&s))
		return ktap_ok(false, "%s: start", source_name(source));
	pin_to(0);
	sleep_ms(50);
	window_source = source;
	pthread_create(&thread, NULL, window_of_five, NULL);
	sleep_ms(2);
	ktap_is(session_stop(&s), 0, "STOP while interrupts are off");
	pthread_join(thread, NULL);
	pin_to(cpu);
	c = &s.map[cpu]->counters;
	error = account_check_map(s.map[cpu]);
	good = ktap_ok(!error, "%s: %llu + %llu missed + %llu unserved: %s",
		       source_name(source), c->count, c->missed, c->unserved,
		       error ? error : "adds up");
	*unserved = c->unserved;
	session_close(&s);
	return good;
}

/* The thread may be so late that STOP comes before the window. */
static void check_unserved(uint32_t source)
{
	struct xlat_info info;
	uint64_t unserved = 0;
	int tries = 0;

	session_info(&info);
	do {
		if (!stop_in_window(source, &unserved))
			return;
	} while (info.role == XLAT_ROLE_NATIVE && unserved < 4 && ++tries < 5);
	if (info.role == XLAT_ROLE_NATIVE)
		ktap_timed(unserved >= 4, "the window's points are unserved");
}

int main(int argc, char *argv[])
{
	uint32_t source;

	if (argc != 2)
		return 2;
	pin_to(cpu_last());
	if (!ktap_ok(!truth_open(), "test-only module"))
		return ktap_end();
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_source(source, atoll(argv[1]));
		check_unserved(source);
	}
	return ktap_end();
}
