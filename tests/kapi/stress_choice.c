// SPDX-License-Identifier: GPL-2.0
#include "stress_choice.h"

enum { HASH_BITS = 40, FIRST_MEETING = 2, SECOND_MEETING = STEPS / 3 };

/* splitmix64 */
static uint64_t mix(uint64_t z)
{
	z += 0x9e3779b97f4a7c15ULL;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

/* A generator. */
struct dice {
	uint64_t state;
};

static struct dice dice_for(uint64_t seed, unsigned long round, int index,
			    unsigned long step)
{
	uint64_t state = mix(seed);

	state = mix(state ^ round);
	state = mix(state ^ (uint64_t)index);
	return (struct dice) { mix(state ^ step) };
}

static uint64_t draw(struct dice *d)
{
	d->state += 0x9e3779b97f4a7c15ULL;
	return mix(d->state);
}

static uint64_t below(struct dice *d, uint64_t n)
{
	return draw(d) % n;
}

static uint64_t once_in(struct dice *d, uint64_t n)
{
	return !below(d, n);
}

/* An operation, and how often it is chosen. */
struct weighted {
	enum kind kind;
	unsigned int weight;
};

static enum kind draw_kind(struct dice *d, const struct weighted *list, int n)
{
	uint64_t sum = 0, at;
	int i;

	for (i = 0; i < n; i++)
		sum += list[i].weight;
	at = below(d, sum);
	for (i = 0; at >= list[i].weight; i++)
		at -= list[i].weight;
	return list[i].kind;
}

#define DRAW_KIND(d, list) \
	draw_kind(d, list, (int)(sizeof(list) / sizeof((list)[0])))

/* fork() and exec() are rare: on a kernel that checks itself they take long. */
static const struct weighted usual[] = {
	{ START, 8 }, { STOP, 6 }, { SETUP, 2 }, { INFO, 8 },
	{ MMAP, 32 }, { MUNMAP, 16 }, { MPROTECT, 10 }, { MREMAP, 8 },
	{ MADVISE, 8 }, { LOOK, 20 }, { POLL, 12 }, { READ, 10 },
	{ DUP, 10 }, { CLOSE, 8 }, { FORK, 1 }, { EXEC, 1 },
	{ KILL, 2 }, { AFFINITY, 6 }, { PAUSE, 8 },
};

/* What processes outside of the crew do. */
static const struct weighted outside[OUTSIDERS][2] = {
	{ { OFFLINE, 1 }, { ONLINE, 1 } },
	{ { INFO, 1 }, { AFFINITY, 1 } },
	{ { FOREIGN, 1 }, { AFFINITY, 1 } },
	{ { RMMOD, 1 }, { INFO, 1 } },
};

/*
 * Two members do a pair at the same moment. START works once in a session: it
 * is in the first meeting. Taking a CPU offline is slow.
 */
struct pair {
	enum kind kinds[2];
	unsigned int weight[MEETINGS];
};

static const struct pair pairs[] = {
	{ { START, START }, { 3, 0 } },
	{ { START, STOP }, { 3, 0 } },
	{ { START, MUNMAP }, { 3, 0 } },
	{ { START, CLOSE }, { 3, 0 } },
	{ { START, OFFLINE }, { 4, 0 } },
	{ { STOP, STOP }, { 3, 3 } },
	{ { STOP, MUNMAP }, { 3, 3 } },
	{ { STOP, CLOSE }, { 3, 3 } },
	{ { STOP, OFFLINE }, { 1, 1 } },
	{ { MUNMAP, MUNMAP }, { 3, 3 } },
	{ { MUNMAP, CLOSE }, { 3, 3 } },
	{ { MUNMAP, OFFLINE }, { 1, 1 } },
	{ { CLOSE, CLOSE }, { 3, 3 } },
	{ { CLOSE, OFFLINE }, { 1, 1 } },
	{ { OFFLINE, OFFLINE }, { 1, 1 } },
};

/* What the other members do then. */
static const struct weighted beside[MEETINGS][4] = {
	{ { START, 2 }, { STOP, 3 }, { MUNMAP, 8 }, { CLOSE, 4 } },
	{ { START, 1 }, { STOP, 12 }, { MUNMAP, 9 }, { CLOSE, 8 } },
};

int meeting_at(unsigned long step)
{
	if (step == FIRST_MEETING)
		return 0;
	return step == SECOND_MEETING ? 1 : -1;
}

static const struct pair *draw_pair(struct dice *d, int meeting)
{
	const struct pair *p = pairs;
	uint64_t sum = 0, at;
	unsigned int i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		sum += pairs[i].weight[meeting];
	for (at = below(d, sum); at >= p->weight[meeting]; p++)
		at -= p->weight[meeting];
	return p;
}

/* The members that do the pair have generators of their own, but this one too. */
static enum kind kind_together(struct dice *own, uint64_t seed,
			       unsigned long round, int index, int meeting)
{
	struct dice all = dice_for(seed, round, MEMBERS + OUTSIDERS,
				   (unsigned long)meeting);
	enum kind otherwise = DRAW_KIND(own, beside[meeting]);
	const struct pair *p = draw_pair(&all, meeting);
	int a = (int)below(&all, MEMBERS);
	int b = (a + 1 + (int)below(&all, CREW)) % MEMBERS;

	return index == a ? p->kinds[0] :
	       index == b ? p->kinds[1] : otherwise;
}

/*
 * Before the first meeting no session is started: it is for that meeting. Some
 * sessions shall still run at the second one.
 */
static enum kind draw_usual(struct dice *d, unsigned long step)
{
	enum kind kind = DRAW_KIND(d, usual);

	if (kind == START && step < FIRST_MEETING)
		return MMAP;
	return kind == STOP && step < SECOND_MEETING ? POLL : kind;
}

/*
 * On a kernel that checks itself a handler takes about 100 us, and a page of a
 * mapping almost as long: with short periods and large rings nothing else gets
 * done. They are rare. In most cases all is valid, so that most rounds have a
 * session.
 */
static void draw_setup(struct dice *d, struct choice *c)
{
	static const uint64_t fast[] = { 10000, 50000 };
	static const uint64_t slow[] = { 503000, 1009000, 4003000, 4003000 };
	static const uint64_t slots[] = { 16, 64, 256, 1 << 10 };
	uint64_t at;

	c->source = draw(d);
	c->any_source = once_in(d, 16);
	at = below(d, 4);
	c->period_ns = once_in(d, 16) ? fast[at % 2] : slow[at];
	c->cpus = draw(d);
	c->any_cpus = once_in(d, 16);
	c->bad_cpus = once_in(d, 16);
	at = below(d, 4);
	c->slots = once_in(d, 16) ? 1 << 14 : slots[at];
	at = below(d, 8);
	if (once_in(d, 8))	/* too few */
		c->slots = at;
	at = below(d, 1000);
	c->limit = once_in(d, 2) * at;
	c->watermark = below(d, 128);
	c->phase_mode = below(d, 3);
	at = below(d, 5000);
	c->dither_ns = once_in(d, 2) * at;
	c->seed = draw(d);
	c->idle_policy = once_in(d, 8);
}

struct choice choose(uint64_t seed, unsigned long round, int index,
		     unsigned long step)
{
	struct dice d = dice_for(seed, round, index, step);
	int meeting = index < MEMBERS ? meeting_at(step) : -1;
	struct choice c = { 0 };

	c.rarely = once_in(&d, 256);
	c.fd = draw(&d);
	c.any_fd = once_in(&d, 16);
	c.map = draw(&d);
	c.any_map = once_in(&d, 16);
	c.cpu = draw(&d);
	c.any_cpu = once_in(&d, 16);
	c.place = draw(&d);
	c.what = draw(&d);
	c.amount = draw(&d);
	c.odd = once_in(&d, 16);
	c.writable = once_in(&d, 8);
	draw_setup(&d, &c);
	if (index >= MEMBERS)
		c.kind = DRAW_KIND(&d, outside[index - MEMBERS]);
	else if (meeting >= 0)
		c.kind = kind_together(&d, seed, round, index, meeting);
	else if (step >= STEPS)
		c.kind = step == STEP_SETUP ? SETUP : ONLINE;
	else
		c.kind = draw_usual(&d, step);
	/* so that processes keep their descriptors for a while */
	if (c.kind == CLOSE && meeting < 0)
		c.any_fd = 1;
	return c;
}

static unsigned long longer(unsigned long trail, const struct choice *c)
{
	const uint64_t *words = (const uint64_t *)c;
	uint64_t hash = trail;
	unsigned int i;

	for (i = 0; i < sizeof(*c) / sizeof(*words); i++)
		hash = mix(hash ^ words[i]);
	return (trail_steps(trail) + 1) << HASH_BITS |
	       (hash & ((1UL << HASH_BITS) - 1));
}

void trail_add(atomic_ulong *trail, const struct choice *c)
{
	atomic_store(trail, longer(atomic_load(trail), c));
}

unsigned long trail_steps(unsigned long trail)
{
	return trail >> HASH_BITS;
}

/* The leader's first step is SETUP. */
static unsigned long nth_step(int index, unsigned long n)
{
	if (index)
		return n;
	return n ? n - 1 : STEP_SETUP;
}

bool trail_is(unsigned long trail, uint64_t seed, unsigned long round,
	      int index)
{
	unsigned long again = 0, n;
	struct choice c;

	for (n = 0; n < trail_steps(trail); n++) {
		c = choose(seed, round, index, nth_step(index, n));
		again = longer(again, &c);
	}
	return again == trail;
}

unsigned long choices_hash(uint64_t seed)
{
	unsigned long round, step, trail = 0;
	struct choice c;
	int index;

	for (round = 0; round < 64; round++)
		for (index = 0; index < MEMBERS + OUTSIDERS; index++)
			for (step = 0; step <= STEP_ONLINE; step++) {
				c = choose(seed, round, index, step);
				trail = longer(trail, &c);
			}
	return trail & ((1UL << HASH_BITS) - 1);
}
