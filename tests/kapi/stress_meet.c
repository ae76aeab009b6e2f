// SPDX-License-Identifier: GPL-2.0
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "stress_meet.h"

/* READY_US: they are awake soon, unless one of them is killed. */
enum { PATIENCE_US = 10000000, NAP_US = 100000, READY_US = 200000 };

uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

void meet_prepare(struct meeting_point *p)
{
	memset(p, 0, sizeof(*p));
}

static void tell_waiters(struct meeting_point *p)
{
	atomic_fetch_add(&p->news, 1);
	syscall(SYS_futex, &p->news, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* A member that is killed before it tells: so the nap is short. */
static void wait_for_news(struct meeting_point *p, unsigned int seen)
{
	struct timespec nap = { .tv_nsec = NAP_US * 1000L };

	syscall(SYS_futex, &p->news, FUTEX_WAIT, seen, &nap, NULL, 0);
}

void meet_leave(struct meeting_point *p, int index)
{
	atomic_fetch_or(&p->gone, 1u << index);
	tell_waiters(p);
}

static void release(struct meeting_point *p, struct meeting *m, bool impatient)
{
	unsigned int nobody = 0;

	if (atomic_compare_exchange_strong(&m->released, &nobody, m->here) &&
	    impatient)
		m->impatient = true;
	tell_waiters(p);
}

static bool all_came(const struct meeting_point *p, const struct meeting *m)
{
	return (m->here | p->gone) == (1u << MEMBERS) - 1;
}

static void wait_for_all(struct meeting_point *p, struct meeting *m)
{
	uint64_t end = now_us() + PATIENCE_US;
	unsigned int seen;

	for (;;) {
		seen = p->news;
		if (m->released)
			return;
		if (all_came(p, m))
			release(p, m, false);
		else if (now_us() > end)
			release(p, m, true);
		else
			wait_for_news(p, seen);
	}
}

/* Whoever was woken waits for the others, without a sleep. */
static void wait_until_ready(struct meeting_point *p, struct meeting *m,
			     unsigned int self)
{
	uint64_t end = now_us() + READY_US;
	unsigned int nobody = 0;

	atomic_fetch_or(&m->ready, self);
	while (m->released & ~(m->ready | p->gone)) {
		if (now_us() > end)
			return;
		sched_yield();
	}
	atomic_compare_exchange_strong(&m->together, &nobody, m->ready);
}

void meet(struct meeting_point *p, int meeting, int index, enum kind kind)
{
	struct meeting *m = &p->meetings[meeting];
	unsigned int self = 1u << index;

	m->kinds[index] = kind;
	atomic_fetch_or(&m->here, self);
	tell_waiters(p);
	wait_for_all(p, m);
	if (m->released & self)
		wait_until_ready(p, m, self);
	m->began_us[index] = now_us();
}

void meet_done(struct meeting_point *p, int meeting, int index)
{
	p->meetings[meeting].ended_us[index] = now_us();
}

static bool overlap(const struct meeting *m, int a, int b)
{
	return m->began_us[a] < m->ended_us[b] &&
	       m->began_us[b] < m->ended_us[a];
}

static void count_pairs(const struct meeting *m, struct meet_counts *counts)
{
	int a, b, first, second;

	for (a = 0; a < MEMBERS; a++)
		for (b = a + 1; b < MEMBERS; b++) {
			if (~m->together & (1u << a | 1u << b))
				continue;
			first = m->kinds[a] < m->kinds[b] ? a : b;
			second = first == a ? b : a;
			counts->pairs[m->kinds[first]][m->kinds[second]]++;
			counts->overlaps[m->kinds[first]][m->kinds[second]] +=
				overlap(m, a, b);
		}
}

static void count_meeting(const struct meeting *m, struct meet_counts *counts)
{
	int n = __builtin_popcount(m->together);

	if (m->impatient || (m->released && !n))
		counts->incomplete++;
	else if (n == 1)
		counts->alone++;
	else if (n)
		counts->complete++;
	if (n < 2)
		return;
	counts->of[n]++;
	count_pairs(m, counts);
}

void meet_count(const struct meeting_point *p, struct meet_counts *counts)
{
	int i;

	for (i = 0; i < MEETINGS; i++)
		count_meeting(&p->meetings[i], counts);
}
