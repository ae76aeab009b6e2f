// SPDX-License-Identifier: GPL-2.0
/*
 * A small ring and a reader. A reader that runs in time loses nothing. A reader
 * that stays away until the ring has gone round three times loses samples, and
 * their number is exactly the histogram's count minus the samples received.
 *
 * In real time the module ends a session with a period that the machine is too
 * slow for. Then the next longer period is tried.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "guard_replay.h"
#include "ktap.h"
#include "ring_reader.h"
#include "session.h"

enum { TIMES_AWAY = 3, ROUNDS_AWAY = 3 };

/* @slots_away, of the ring that the absent reader has, must be small. */
struct pace {
	uint64_t period_ns;
	uint32_t samples, slots_served, slots_away;
};

static const struct pace fast[] = { { 100000, 20000, 256, 256 }, { 0 } };
static const struct pace slow[] = {
	{ 5000000, 240, 256, 16 },
	{ 20000000, 240, 256, 16 },
	{ 80000000, 240, 256, 16 },
	{ 320000000, 240, 256, 16 },
	{ 0 },
};

struct reader {
	struct ring_reader ring;
	struct xlat_sample *samples;
	uint64_t room;
	uint32_t times_away;
};

static void drain(struct reader *r)
{
	uint64_t n;

	while ((n = ring_reader_drain(&r->ring)))
		if (r->ring.received <= r->room)
			memcpy(r->samples + r->ring.received - n,
			       r->ring.batch, n * sizeof(*r->samples));
}

/* Until the ring has gone round, or the session has ended. */
static void stay_away(const struct reader *r)
{
	const struct xlat_map *m = r->ring.map;

	while (__atomic_load_n(&m->state, __ATOMIC_ACQUIRE) !=
	       XLAT_STATE_STOPPED &&
	       __atomic_load_n(&m->head, __ATOMIC_ACQUIRE) <
	       r->ring.position + ROUNDS_AWAY * m->slots)
		sleep_ms(1);
}

/* The reader stays away at a quarter, a half and three quarters of the samples. */
static void run_reader(struct session *s, struct reader *r, bool away)
{
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };
	uint64_t events;

	do {
		if (poll(&fd, 1, 60000) <= 0)
			return;
		(void)!read(s->fd, &events, sizeof(events));
		if (away && r->times_away < TIMES_AWAY &&
		    r->ring.position > s->setup.limit / (TIMES_AWAY + 1) *
				       (r->times_away + 1)) {
			r->times_away++;
			stay_away(r);
		}
		drain(r);
	} while (!(fd.revents & POLLHUP));
}

/* How late can a sample be? In real time the host may stop a CPU for long. */
static __u64 latest(const struct xlat_map *m)
{
	return ktap_real_time() ? m->stop_ticks - m->start_ticks :
				  1000 * m->period_ticks;
}

/* Is every sample whole, on the grid and in order? Gaps are allowed. */
static bool whole(const struct reader *r)
{
	const struct xlat_map *m = r->ring.map;
	__u64 i, k;

	for (i = 0; i < r->ring.received; i++) {
		const struct xlat_sample *s = &r->samples[i];

		k = (s->deadline - m->start_ticks) / m->period_ticks;
		if (s->deadline != account_deadline(m, k) ||
		    s->entry - s->deadline > latest(m) ||
		    (i && s->deadline <= s[-1].deadline)) {
			ktap_note("sample %llu: deadline %llu, entry %llu",
				  (unsigned long long)i,
				  (unsigned long long)s->deadline,
				  (unsigned long long)s->entry);
			return false;
		}
	}
	return true;
}

static void check_account(const struct session *s, const struct reader *r,
			  bool away)
{
	const struct xlat_map *m = r->ring.map;
	struct account a = {
		.map = m, .samples = r->samples,
		.received = r->ring.received, .lost = r->ring.lost,
	};
	const char *error = account_check(&a);

	ktap_ok(!error, "%s, reader %s: account: %s",
		source_name(s->setup.source), away ? "away" : "served",
		error ? error : "adds up");
	ktap_is((long long)m->counters.count, (long long)s->setup.limit,
		"samples taken");
	ktap_is((long long)r->ring.lost,
		(long long)(account_bucket_sum(m) - r->ring.received),
		"lost = the histogram's surplus");
	ktap_ok(whole(r), "samples are whole");
	ktap_is((long long)r->ring.wrong, 0, "samples that are not the next one");
	ktap_is((long long)r->ring.unexplained, 0,
		"samples lost although the reader was not away for long");
}

/* Each time, all samples are lost but those that the ring holds. */
static void check_lost(const struct reader *r, bool away)
{
	uint64_t slots = r->ring.map->slots;

	if (away)
		ktap_ok(r->times_away == TIMES_AWAY &&
			r->ring.lost >= TIMES_AWAY *
					(ROUNDS_AWAY * slots - (slots - 1)),
			"%llu lost, away %u times",
			(unsigned long long)r->ring.lost, r->times_away);
	else
		ktap_timed_is((long long)r->ring.lost, 0, "none lost");
}

/* Returns false if the machine was too slow. */
static bool check(uint32_t source, const struct pace *pace, bool away)
{
	static struct reader r;
	unsigned int cpu = cpu_last();
	struct session s;
	bool ended;

	session_init(&s, source, 1ULL << cpu, pace->period_ns);
	s.setup.limit = pace->samples;
	s.setup.slots = away ? pace->slots_away : pace->slots_served;
	s.setup.watermark = s.setup.slots / 4;
	s.setup.dither_ns = pace->period_ns / 4;
	if (session_begin(&s) || session_start(&s)) {
		session_close(&s);
		ktap_ok(false, "%s: start", source_name(source));
		return true;
	}
	r.samples = calloc(pace->samples, sizeof(*r.samples));
	r.room = pace->samples;
	r.times_away = 0;
	ring_reader_begin(&r.ring, s.map[cpu], 0);
	run_reader(&s, &r, away);
	session_stop(&s);
	drain(&r);
	ended = guard_ended(r.ring.map);
	if (ended) {
		ktap_note("the module ended a session with a period of %llu us to protect the machine",
			  (unsigned long long)pace->period_ns / 1000);
	} else if (ktap_ok(r.ring.received <= r.room, "no more than the limit")) {
		check_account(&s, &r, away);
		check_lost(&r, away);
	}
	session_close(&s);
	free(r.samples);
	return !ended;
}

static void check_paces(uint32_t source, bool away)
{
	const struct pace *pace = ktap_real_time() ? slow : fast;

	for (; pace->period_ns; pace++)
		if (check(source, pace, away))
			return;
	ktap_ok(false, "%s: the machine is too slow for every period",
		source_name(source));
}

int main(void)
{
	uint32_t source;

	pin_to(0);
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_paces(source, false);
		check_paces(source, true);
	}
	return ktap_end();
}
