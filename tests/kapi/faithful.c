// SPDX-License-Identifier: GPL-2.0
/*
 * Long sessions with a reader for each CPU. Every sample is checked as it comes,
 * see ring_reader.h; so is every end, see guard_replay.h.
 *
 *	faithful SOURCE PERIOD-US CPUS SECONDS
 *
 * The first CPUs are measured with this period for SECONDS. If the machine is too
 * slow for it, the module ends the session to protect the machine. Then sessions
 * with this period follow one another for a tenth of the time, and a note says how
 * long the machine takes for an interrupt. After that the period is doubled until
 * a session lasts for SECONDS.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "guard_replay.h"
#include "ktap.h"
#include "ring_reader.h"
#include "session.h"

enum { SLOTS = 1 << 16, CPUS_MEASURED = 8 };

#define PERIOD_MAX_US	1000000ULL
#define NS_PER_S	1000000000ULL
/* From START to the first point of the grid, with time to spare. */
#define LEAD_NS		200000000ULL
/* How long a slow host may stop a CPU. */
#define PATIENCE_NS		(60 * NS_PER_S)

static struct {
	uint32_t source;
	uint64_t cpus, seconds;
} wanted;

struct reader {
	struct ring_reader ring;
	struct guard_replay guard;
	pthread_t thread;
};

/**
 * struct tally - what was recorded with one period, on all CPUs
 * @recorded_ms: from the first point to the stop, on the CPU with the least
 * @by_missed: sessions that XLAT_END_MISSED ended
 * @by_share: sessions that XLAT_END_SHARE ended
 * @lasted: the last session was not ended before its time
 * @busy_ns: in handlers
 * @path_ns: from deadlines to the ends of their handlers
 * @between_ns: from each entry to the next one
 * @late: how many samples were so late, by bucket; early ones count as not late
 */
struct tally {
	uint64_t sessions, recorded_ms, by_missed, by_share;
	uint64_t samples, missed, unserved, lost, gap_ns;
	double busy_ns, path_ns, between_ns, tick_ns;
	uint64_t late[XLAT_BUCKETS];
	bool lasted;
};

/* Mistakes, of all periods. */
static struct {
	uint64_t wrong, unexplained, miscounted, broken, ahead;
	uint64_t ends_wrong, ends_unknown, ends_early, silent;
	char error[128];
} sum;

static void drain(struct reader *r)
{
	uint64_t n, i, lost = r->ring.lost;

	while ((n = ring_reader_drain(&r->ring))) {
		if (r->ring.lost != lost)
			guard_replay_lost(&r->guard);
		lost = r->ring.lost;
		for (i = 0; i < n; i++)
			guard_replay_add(&r->guard, r->ring.map,
					 &r->ring.batch[i]);
	}
	if (r->ring.lost != lost)
		guard_replay_lost(&r->guard);
}

/* The state is read before the ring: what it still holds then is all of it. */
static void *read_ring(void *arg)
{
	struct reader *r = arg;
	bool ended;

	do {
		ended = __atomic_load_n(&r->ring.map->state, __ATOMIC_ACQUIRE) ==
			XLAT_STATE_STOPPED;
		drain(r);
		if (!ended)
			sleep_ms(1);
	} while (!ended);
	return NULL;
}

static uint64_t recorded_ms(const struct xlat_map *m)
{
	if (m->stop_ticks < m->start_ticks)
		return 0;
	return (m->stop_ticks - m->start_ticks) * 1000 / m->tick_hz;
}

static void check_end(const struct reader *r)
{
	enum guard_verdict verdict = guard_replay_verdict(&r->guard,
							  r->ring.map);

	sum.ends_unknown += verdict == GUARD_UNKNOWN;
	if (verdict != GUARD_WRONG)
		return;
	if (!sum.ends_wrong++)
		ktap_note("CPU %u: end %u after %llu samples, %u of the last 1000 with missed points",
			  r->ring.map->cpu, r->ring.map->end_reason,
			  (unsigned long long)r->ring.received,
			  r->guard.missed_count);
}

static void check_account(const struct ring_reader *r)
{
	const struct xlat_map *m = r->map;
	struct account all = { .map = m, .lost = m->counters.count };
	const char *error = account_check(&all);

	sum.wrong += r->wrong;
	sum.unexplained += r->unexplained;
	sum.miscounted += m->counters.count != r->received + r->lost;
	sum.ahead += !ring_reader_missed_right(r);
	if (error && !sum.broken++)
		snprintf(sum.error, sizeof(sum.error), ": %s", error);
}

static void add(struct tally *t, const struct ring_reader *r)
{
	const struct xlat_counters *c = &r->map->counters;
	double tick_ns = 1e9 / (double)r->map->tick_hz;
	const __u64 *late = (const void *)((const char *)r->map +
					   r->map->late_offset);
	uint32_t i;

	t->samples += r->received;
	t->missed += c->missed;
	t->unserved += c->unserved;
	t->lost += r->lost;
	if (r->gap_ns > t->gap_ns)
		t->gap_ns = r->gap_ns;
	t->busy_ns += (double)c->busy_ticks * tick_ns;
	t->path_ns += (double)(c->sum_ticks + (int64_t)c->busy_ticks) * tick_ns;
	t->tick_ns = tick_ns;
	for (i = 0; i < XLAT_BUCKETS; i++)
		t->late[i] += late[i];
	t->late[0] += c->early;
	t->between_ns += (double)(r->last.entry - r->first_entry) *
			 tick_ns;
}

static void start_readers(const struct session *s, struct reader *readers)
{
	int i;

	for (i = 0; i < CPUS_MEASURED; i++) {
		if (!s->map[i])
			continue;
		ring_reader_begin(&readers[i].ring, s->map[i], 0);
		guard_replay_begin(&readers[i].guard);
		pthread_create(&readers[i].thread, NULL, read_ring, &readers[i]);
	}
}

static void finish_readers(const struct session *s, struct reader *readers,
			   struct tally *t)
{
	uint64_t ms = UINT64_MAX;
	bool by_missed = false, by_share = false;
	int i;

	for (i = 0; i < CPUS_MEASURED; i++) {
		const struct xlat_map *m = s->map[i];

		if (!m)
			continue;
		pthread_join(readers[i].thread, NULL);
		check_account(&readers[i].ring);
		check_end(&readers[i]);
		add(t, &readers[i].ring);
		by_missed |= m->end_reason == XLAT_END_MISSED;
		by_share |= m->end_reason == XLAT_END_SHARE;
		if (recorded_ms(m) < ms)
			ms = recorded_ms(m);
	}
	t->sessions++;
	t->recorded_ms += ms;
	t->by_missed += by_missed;
	t->by_share += by_share && !by_missed;
	t->lasted = !by_missed && !by_share && ms >= wanted.seconds * 1000;
	sum.ends_early += !by_missed && !by_share && !t->lasted;
}

/* At the end of its time each CPU must still take samples, however slowly. */
static void check_alive(const struct session *s)
{
	uint64_t head, until;
	int i;

	for (i = 0; i < CPUS_MEASURED; i++) {
		const struct xlat_map *m = s->map[i];

		if (!m)
			continue;
		head = __atomic_load_n(&m->head, __ATOMIC_ACQUIRE);
		until = clock_ns() + PATIENCE_NS;
		while (__atomic_load_n(&m->head, __ATOMIC_ACQUIRE) == head &&
		       __atomic_load_n(&m->state, __ATOMIC_ACQUIRE) !=
		       XLAT_STATE_STOPPED && clock_ns() < until)
			sleep_ms(10);
		sum.silent += clock_ns() >= until;
	}
}

static int run_session(uint64_t period_us, struct tally *t)
{
	static struct reader readers[CPUS_MEASURED];
	struct session s;
	int error;

	session_init(&s, wanted.source, wanted.cpus, period_us * 1000);
	s.setup.slots = SLOTS;
	s.setup.dither_ns = period_us * 250;
	s.setup.watermark = SLOTS / 4;
	error = session_begin(&s);
	if (error)
		return error;
	error = session_start(&s);
	if (error) {
		session_close(&s);
		return error;
	}
	start_readers(&s, readers);
	error = session_wait_until(&s, clock_ns() + LEAD_NS +
				   2000 * period_us +
				   wanted.seconds * NS_PER_S);
	if (error == -ETIME)
		check_alive(&s);
	session_stop(&s);
	finish_readers(&s, readers, t);
	session_close(&s);
	return error == -ETIME ? 0 : error;
}

static double per_sample_us(const struct tally *t, double ns)
{
	return t->samples ? ns / (double)t->samples / 1000 : 0;
}

/* The lower end of the bucket that the median is in. */
static double median_us(const struct tally *t)
{
	uint64_t seen = 0, ticks;
	uint32_t i;

	for (i = 0; i < XLAT_BUCKETS - 1; i++) {
		seen += t->late[i];
		if (seen > t->samples / 2)
			break;
	}
	ticks = i < 128 ? i : (uint64_t)(128 + i % 128) << (i / 128 - 1);
	return (double)ticks * t->tick_ns / 1000;
}

static void print_tally(uint64_t period_us, const struct tally *t)
{
	ktap_note("%llu us: %llu sessions, %llu.%03llu s recorded, %llu samples, %llu points missed, %llu unserved, %llu samples lost",
		  (unsigned long long)period_us,
		  (unsigned long long)t->sessions,
		  (unsigned long long)t->recorded_ms / 1000,
		  (unsigned long long)t->recorded_ms % 1000,
		  (unsigned long long)t->samples,
		  (unsigned long long)t->missed,
		  (unsigned long long)t->unserved,
		  (unsigned long long)t->lost);
	ktap_note("%llu us: %llu sessions ended by the guard: %llu for missed points, %llu for its share of the CPU",
		  (unsigned long long)period_us,
		  (unsigned long long)(t->by_missed + t->by_share),
		  (unsigned long long)t->by_missed,
		  (unsigned long long)t->by_share);
	ktap_note("%llu us: mean times: %.1f us in the handler, %.1f us from the deadline to its end, %.1f us from one entry to the next; median from the deadline to the entry: %.1f us",
		  (unsigned long long)period_us,
		  per_sample_us(t, t->busy_ns), per_sample_us(t, t->path_ns),
		  per_sample_us(t, t->between_ns), median_us(t));
	if (t->lost)
		ktap_note("%llu us: the ring holds %llu ms; a reader that lost samples had been away for %llu ms",
			  (unsigned long long)period_us,
			  (unsigned long long)(SLOTS * period_us / 1000),
			  (unsigned long long)(t->gap_ns / 1000000));
	fflush(stdout);
}

/* Returns 0 or an error; the period that lasted is in *@period_us, or 0. */
static int climb(uint64_t *period_us, struct tally *last)
{
	uint64_t until = clock_ns() + wanted.seconds * NS_PER_S / 10;
	int error;

	for (; *period_us <= PERIOD_MAX_US; *period_us *= 2) {
		memset(last, 0, sizeof(*last));
		do {
			error = run_session(*period_us, last);
		} while (!error && !last->lasted && !sum.ends_early &&
			 clock_ns() < until);
		print_tally(*period_us, last);
		if (error || last->lasted || sum.ends_early)
			return error;
	}
	*period_us = 0;
	return 0;
}

static void check_sum(const struct tally *last)
{
	ktap_is((long long)sum.ends_early, 0,
		"sessions that ended early, but not by the guard");
	ktap_is((long long)sum.silent, 0,
		"CPUs that took no more samples before the end");
	ktap_is((long long)sum.ends_wrong, 0,
		"CPUs that the guard ended, or let go on, against its rules");
	if (sum.ends_unknown)
		ktap_note("%llu CPUs ended by the guard: a reader lost the samples that would say if it was right",
			  (unsigned long long)sum.ends_unknown);
	ktap_is((long long)sum.wrong, 0, "samples that are not the next one");
	ktap_is((long long)sum.ahead, 0,
		"CPUs that skipped a point that was still ahead");
	ktap_ok(!sum.broken, "every account adds up%s", sum.error);
	ktap_is((long long)sum.miscounted, 0,
		"CPUs whose count is not received + lost");
	ktap_is((long long)sum.unexplained, 0,
		"samples lost although the reader was not away for long");
	ktap_timed_is((long long)last->lost, 0, "samples lost by the readers");
}

int main(int argc, char *argv[])
{
	uint64_t period_us, first_us;
	struct tally last;
	int error;

	if (argc != 5)
		return 2;
	while (wanted.source < SOURCES &&
	       strcmp(argv[1], source_name(wanted.source)))
		wanted.source++;
	first_us = strtoul(argv[2], NULL, 10);
	wanted.cpus = (1ULL << strtoul(argv[3], NULL, 10)) - 1;
	wanted.seconds = strtoul(argv[4], NULL, 10);
	if (wanted.source == SOURCES || !first_us || !wanted.seconds ||
	    !wanted.cpus || wanted.cpus >> CPUS_MEASURED)
		return 2;
	if (!source_free(wanted.source)) {
		ktap_skip("%s is not free", source_name(wanted.source));
		return ktap_end();
	}
	period_us = first_us;
	error = climb(&period_us, &last);
	ktap_is(error, 0, "every session began and ended");
	ktap_ok(period_us && last.lasted && last.samples,
		"%s, CPUs %s: a session of %llu us lasted for %llu s",
		argv[1], argv[3], (unsigned long long)period_us,
		(unsigned long long)wanted.seconds);
	check_sum(&last);
	return ktap_end();
}
