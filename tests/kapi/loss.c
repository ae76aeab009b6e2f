// SPDX-License-Identifier: GPL-2.0
/*
 * A ring of 256 slots and 20,000 samples. A reader that runs in time loses
 * nothing. A reader that sleeps loses samples, and their number is exactly the
 * histogram's count minus the samples received.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/ring.h"
#include "account.h"
#include "ktap.h"
#include "session.h"

enum { SAMPLES = 20000, SLOTS = 256 };

#define PERIOD_NS 100000ULL

struct reader {
	const struct xlat_map *map;
	struct xlat_sample *samples;
	__u64 position, received, lost;
	int sleeps;
};

static void drain(struct reader *r)
{
	const struct xlat_map *m = r->map;
	__u64 n;

	do {
		n = xlat_ring_get((const char *)m + m->ring_offset,
				  m->slot_size, m->slots, &m->head,
				  &r->position, r->samples + r->received,
				  SAMPLES - r->received, &r->lost);
		r->received += n;
	} while (n);
}

/* The reader sleeps for a while at samples 5000, 10000 and 15000. */
static void run_reader(struct session *s, struct reader *r, int away_ms)
{
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };
	uint64_t events;

	do {
		if (poll(&fd, 1, 5000) <= 0)
			return;
		(void)!read(s->fd, &events, sizeof(events));
		if (away_ms && r->received + r->lost >
		    5000U * (unsigned int)(r->sleeps + 1)) {
			r->sleeps++;
			sleep_ms((unsigned int)away_ms);
		}
		drain(r);
	} while (!(fd.revents & POLLHUP));
}

/* How late can a sample be? In real time the host may stop a CPU for long. */
static __u64 latest(const struct xlat_map *m)
{
	return ktap_real_time() ? m->stop_ticks - m->start_ticks :
				  1000 * PERIOD_NS;
}

/* Is every sample whole, on the grid and in order? Gaps are allowed. */
static bool whole(const struct reader *r)
{
	const struct xlat_map *m = r->map;
	__u64 i, k;

	for (i = 0; i < r->received; i++) {
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

static void check(uint32_t source, int away_ms)
{
	unsigned int cpu = cpu_last();
	struct reader r = { .samples = calloc(SAMPLES, sizeof(*r.samples)) };
	struct account a;
	struct session s;
	const char *error;

	session_init(&s, source, 1ULL << cpu, PERIOD_NS);
	s.setup.limit = SAMPLES;
	s.setup.slots = SLOTS;
	s.setup.watermark = SLOTS / 4;
	s.setup.dither_ns = PERIOD_NS / 4;
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	r.map = s.map[cpu];
	run_reader(&s, &r, away_ms);
	session_stop(&s);
	a = (struct account) {
		.map = r.map, .samples = r.samples, .received = r.received,
		.lost = r.lost,
	};
	error = account_check(&a);
	ktap_ok(!error, "%s, reader %s: account: %s", source_name(source),
		away_ms ? "away" : "served", error ? error : "adds up");
	ktap_timed_is((long long)r.map->counters.count, SAMPLES, "samples taken");
	ktap_timed(away_ms ? r.lost > SLOTS : !r.lost, "%llu lost",
		(unsigned long long)r.lost);
	ktap_is((long long)r.lost,
		(long long)(account_bucket_sum(r.map) - r.received),
		"lost = the histogram's surplus");
	ktap_ok(whole(&r), "samples are whole");
	session_close(&s);
	free(r.samples);
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
		check(source, 0);
		check(source, 100);
	}
	return ktap_end();
}
