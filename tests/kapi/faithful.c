// SPDX-License-Identifier: GPL-2.0
/*
 * One long session with a reader for each CPU. Every sample is checked as it
 * comes: it is whole, on its grid point, and the next one after its predecessor
 * and the points that it says were missed. At the end, nothing is lost, or the
 * losses are those that the readers counted.
 *
 *	faithful PERIOD-US CPUS SECONDS
 *
 * If the machine is too slow for the period, the module ends the session to
 * protect it. Then another session begins, until the time is over.
 */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "core/ring.h"
#include "account.h"
#include "ktap.h"
#include "session.h"

enum { SLOTS = 1 << 16, BATCH = 4096 };

struct reader {
	const struct xlat_map *map;
	__u64 position, lost;
	uint64_t received;
	uint64_t next;		/* grid index after that of the last sample */
	uint64_t wrong;
	bool after_loss;
	pthread_t thread;
	struct xlat_sample batch[BATCH];
};

static struct {
	uint64_t sessions, protected, samples, missed, lost, wrong, broken;
	uint64_t unexplained;
	char error[128];
} sum;

static uint64_t now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec;
}

/* After a loss the index of the next sample is found from its deadline. */
static void check(struct reader *r, const struct xlat_sample *s)
{
	uint64_t k = r->next + s->missed;

	if (r->after_loss)
		k = (s->deadline - r->map->start_ticks) / r->map->period_ticks;
	r->wrong += s->deadline != account_deadline(r->map, k) ||
		    (s->flags & ~XLAT_SAMPLE_SATURATED);
	r->next = k + 1;
	r->after_loss = false;
}

static uint64_t drain(struct reader *r)
{
	const struct xlat_map *m = r->map;
	uint64_t before = r->lost, n, i;

	n = xlat_ring_get((const char *)m + m->ring_offset, m->slot_size,
			  m->slots, &m->head, &r->position, r->batch, BATCH,
			  &r->lost);
	r->after_loss |= r->lost != before;
	for (i = 0; i < n; i++)
		check(r, &r->batch[i]);
	r->received += n;
	return n;
}

/* The state is read before the ring: what it still holds then is all of it. */
static void *read_ring(void *arg)
{
	struct reader *r = arg;
	bool ended;

	do {
		ended = __atomic_load_n(&r->map->state, __ATOMIC_ACQUIRE) ==
			XLAT_STATE_STOPPED;
		while (drain(r))
			;
		if (!ended)
			sleep_ms(1);
	} while (!ended);
	return NULL;
}

static void add(const struct reader *r)
{
	const struct xlat_counters *c = &r->map->counters;
	struct account all = { .map = r->map, .lost = c->count };
	const char *error = account_check(&all);

	sum.samples += r->received;
	sum.missed += c->missed;
	sum.lost += r->lost;
	sum.wrong += r->wrong;
	sum.unexplained += c->count != r->received + r->lost;
	if (error && !sum.broken++)
		snprintf(sum.error, sizeof(sum.error), ": %s", error);
}

static bool was_protected(const struct xlat_map *map)
{
	return map->end_reason == XLAT_END_MISSED ||
	       map->end_reason == XLAT_END_SHARE;
}

/* Until the time is over, or the module ends the session. */
static int run_session(struct session *s, uint64_t end)
{
	static struct reader readers[CPUS_MAX];
	bool protected = false;
	uint64_t now;
	int i, error = session_begin(s);

	if (!error)
		error = session_start(s);
	if (error)
		return error;
	for (i = 0; i < CPUS_MAX; i++) {
		readers[i] = (struct reader) { .map = s->map[i] };
		if (s->map[i])
			pthread_create(&readers[i].thread, NULL, read_ring,
				       &readers[i]);
	}
	now = now_s();
	if (now < end)
		session_wait(s, (int)(end - now) * 1000);
	session_stop(s);
	for (i = 0; i < CPUS_MAX; i++) {
		if (!s->map[i])
			continue;
		pthread_join(readers[i].thread, NULL);
		add(&readers[i]);
		protected |= was_protected(s->map[i]);
	}
	sum.sessions++;
	sum.protected += protected;
	return session_close(s);
}

int main(int argc, char *argv[])
{
	uint64_t end, period_us, cpus;
	struct session s;
	int error = 0;

	if (argc != 4)
		return 2;
	period_us = strtoul(argv[1], NULL, 10);
	cpus = (1ULL << strtoul(argv[2], NULL, 10)) - 1;
	end = now_s() + strtoul(argv[3], NULL, 10);
	while (!error && now_s() < end) {
		session_init(&s, XLAT_SOURCE_HRTIMER, cpus, period_us * 1000);
		s.setup.slots = SLOTS;
		s.setup.dither_ns = period_us * 250;
		s.setup.watermark = SLOTS / 4;
		error = run_session(&s, end);
	}
	ktap_note("%llu sessions, %llu ended to protect the machine; %llu samples, %llu missed points, %llu lost",
		  (unsigned long long)sum.sessions,
		  (unsigned long long)sum.protected,
		  (unsigned long long)sum.samples,
		  (unsigned long long)sum.missed,
		  (unsigned long long)sum.lost);
	ktap_is(error, 0, "every session began and ended");
	ktap_ok(sum.samples, "samples");
	ktap_is((long long)sum.wrong, 0, "samples that are not the next one");
	ktap_ok(!sum.broken, "every account adds up%s", sum.error);
	ktap_is((long long)sum.unexplained, 0,
		"CPUs whose count is not received + lost");
	ktap_timed_is((long long)sum.lost, 0, "samples lost by the readers");
	return ktap_end();
}
