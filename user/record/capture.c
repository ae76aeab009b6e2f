// SPDX-License-Identifier: MIT
/* The record loop. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "capture.h"
#include "core/ring.h"

/*
 * A handler takes very little time, unless its vCPU is descheduled in the
 * middle of it. It then takes as long as a hypervisor's time slice. These tries
 * last up to 0.2 s.
 */
#define SEQ_TRIES	200
#define SEQ_SPINS	1000
#define SEQ_NAP_NS	1000000

uint64_t capture_monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static int claim(struct capture *c, struct xlat_setup *setup)
{
	uint32_t words = 1;
	uint64_t *mask;
	int error;

	for (size_t i = 0; i < c->count; i++) {
		if (c->parts[i].cpu / 64 >= words)
			words = c->parts[i].cpu / 64 + 1;
	}
	mask = calloc(words, sizeof(*mask));
	if (!mask)
		return -ENOMEM;
	for (size_t i = 0; i < c->count; i++)
		mask[c->parts[i].cpu / 64] |= 1ULL << (c->parts[i].cpu % 64);
	setup->cpus = (uintptr_t)mask;
	setup->cpus_len = words * (uint32_t)sizeof(*mask);
	error = device_setup(c->device, setup);
	setup->cpus = 0;
	free(mask);
	return error;
}

int capture_open(struct capture *c, struct device *device,
		 struct xlat_setup *setup, const uint32_t *cpus, size_t count)
{
	int error;

	memset(c, 0, sizeof(*c));
	c->doing = "set up the session";
	c->device = device;
	c->parts = calloc(count, sizeof(*c->parts));
	if (!c->parts)
		return -ENOMEM;
	c->count = count;
	for (size_t i = 0; i < count; i++)
		c->parts[i].cpu = cpus[i];
	error = claim(c, setup);
	if (error)
		return error;
	c->doing = "map the recording";
	for (size_t i = 0; i < count && !error; i++)
		error = device_map(device, cpus[i], &c->parts[i].map);
	return error;
}

void capture_close(struct capture *c)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->parts[i].map)
			device_unmap(c->device, c->parts[i].map);
	}
	free(c->parts);
	c->parts = NULL;
	c->count = 0;
}

static int put_setups(struct capture *c)
{
	int error = 0;

	for (size_t i = 0; i < c->count && !error; i++)
		error = file_put_setup(c->writer, c->parts[i].map);
	return error;
}

static void watch_threshold(struct capture *c, uint64_t n, int64_t threshold)
{
	for (uint64_t i = 0; i < n && threshold >= 0; i++) {
		const struct xlat_sample *s = &c->batch[i];

		if ((int64_t)(s->entry - s->deadline) > threshold)
			c->exceeded = true;
	}
}

/*
 * Takes at most one full ring, and stops if every copied sample was torn. A CPU
 * with many samples then does not delay the others.
 */
static int drain_part(struct capture *c, struct capture_part *part,
		      int64_t threshold)
{
	const struct xlat_map *map = part->map;
	const char *slots = (const char *)map + map->ring_offset;
	uint64_t taken = 0, n;
	int error;

	do {
		n = xlat_ring_get(slots, map->slot_size, map->slots, &map->head,
				  &part->position, c->batch, CAPTURE_BATCH,
				  &part->lost);
		error = file_put_samples(c->writer, part->cpu,
					 part->position - n, part->received,
					 c->batch, n);
		if (error)
			return error;
		watch_threshold(c, n, threshold);
		part->received += n;
		taken += n;
	} while (n && part->position != READ_ONCE(map->head) &&
		 taken < map->slots);
	return 0;
}

/* START fills in more header fields, so the first drain writes them again. */
static int drain(struct capture *c, int64_t threshold)
{
	int error = 0;

	c->doing = "write the samples";
	if (!c->announced) {
		c->announced = true;
		error = put_setups(c);
	}
	for (size_t i = 0; i < c->count && !error; i++)
		error = drain_part(c, &c->parts[i], threshold);
	return error;
}

static bool try_counters(const struct xlat_map *map, struct xlat_counters *out)
{
	const uint64_t *from = (const uint64_t *)&map->counters;
	uint64_t *to = (uint64_t *)out;
	/* pairs with the second barrier of publish_counters() */
	uint32_t seq = smp_load_acquire(&map->seq);

	if (seq & 1)
		return false;
	for (size_t i = 0; i < sizeof(*out) / sizeof(*to); i++)
		to[i] = READ_ONCE(from[i]);
	smp_rmb();	/* pairs with the first barrier of publish_counters() */
	return READ_ONCE(map->seq) == seq;
}

static bool read_counters(const struct xlat_map *map, struct xlat_counters *out)
{
	const struct timespec nap = { .tv_nsec = SEQ_NAP_NS };

	for (int tries = 0; tries < SEQ_TRIES; tries++) {
		for (int spins = 0; spins < SEQ_SPINS; spins++)
			if (try_counters(map, out))
				return true;
		nanosleep(&nap, NULL);
	}
	return false;
}

static int put_intervals(struct capture *c, uint64_t now)
{
	int error = 0;

	c->doing = "write the scalars";
	for (size_t i = 0; i < c->count && !error; i++) {
		const struct capture_part *part = &c->parts[i];
		struct file_interval interval = {
			.cpu = part->cpu,
			.time_ns = now,
			.head = READ_ONCE(part->map->head),
			.received = part->received,
			.lost = part->lost,
		};

		if (read_counters(part->map, &interval.counters))
			error = file_put_interval(c->writer, &interval);
	}
	return error;
}

/**
 * struct schedule - when the loop wakes up, ns of CLOCK_MONOTONIC
 * @stop: the end of the recording
 * @interval: the next block of scalars
 * @patience: the end of waiting for a first sample
 *
 * UINT64_MAX: never.
 */
struct schedule {
	uint64_t stop;
	uint64_t interval;
	uint64_t patience;
};

static uint64_t earlier(uint64_t one, uint64_t other)
{
	return one < other ? one : other;
}

static int64_t time_left(const struct schedule *s)
{
	uint64_t next = earlier(earlier(s->stop, s->interval), s->patience);
	uint64_t now = capture_monotonic_ns();

	if (next == UINT64_MAX)
		return -1;
	return next > now ? (int64_t)(next - now) : 0;
}

static int mark_interval(struct capture *c, const struct capture_options *o,
			 struct schedule *s)
{
	uint64_t now = capture_monotonic_ns();

	if (now < s->interval)
		return 0;
	s->interval = now + o->interval_ns;
	if (o->progress)
		o->progress(c, o->context);
	return put_intervals(c, now);
}

/* Both 0 and a time that the clock cannot reach mean never. */
static uint64_t in_future(const struct capture *c, uint64_t ns)
{
	return ns && ns < UINT64_MAX - c->begin_ns ? c->begin_ns + ns :
						     UINT64_MAX;
}

static bool any_sample(const struct capture *c)
{
	for (size_t i = 0; i < c->count; i++) {
		if (READ_ONCE(c->parts[i].map->head))
			return true;
	}
	return false;
}

/* Has no sample come in time? The first sample ends this check. */
static bool is_in_vain(const struct capture *c, struct schedule *s)
{
	if (s->patience == UINT64_MAX)
		return false;
	if (any_sample(c)) {
		s->patience = UINT64_MAX;
		return false;
	}
	return capture_monotonic_ns() >= s->patience;
}

static int loop(struct capture *c, const struct capture_options *o)
{
	struct schedule s = {
		.stop = in_future(c, o->duration_ns),
		.interval = in_future(c, o->interval_ns),
		.patience = in_future(c, o->patience_ns),
	};
	int ended = 0, error = 0;

	while (!error && !ended && !c->exceeded && !*o->interrupted &&
	       capture_monotonic_ns() < s.stop && !is_in_vain(c, &s)) {
		c->doing = "wait for samples";
		ended = device_wait(c->device, time_left(&s), o->wait_mask);
		if (ended == -EINTR)
			ended = 0;
		if (ended < 0)
			return ended;
		error = drain(c, o->threshold_ticks);
		if (!error)
			error = mark_interval(c, o, &s);
	}
	return error;
}

static int put_account(struct capture *c)
{
	int error = 0;

	c->doing = "write the final account";
	for (size_t i = 0; i < c->count && !error; i++) {
		const struct capture_part *part = &c->parts[i];
		const char *base = (const char *)part->map;

		/* pairs with the release in close_account() */
		if (smp_load_acquire(&part->map->state) != XLAT_STATE_STOPPED) {
			c->doing = "read the final account";
			return -EPROTO;
		}
		error = file_put_histogram(c->writer, part->cpu,
			(const uint64_t *)(base + part->map->late_offset),
			(const uint64_t *)(base + part->map->early_offset));
		if (!error)
			error = file_put_final(c->writer, part->map,
					       part->received, part->lost);
	}
	return error;
}

int capture_run(struct capture *c, struct file_writer *writer,
		const struct capture_options *o)
{
	int error, stopped;

	c->writer = writer;
	c->doing = "write the set-up";
	error = put_setups(c);
	if (error)
		return error;
	c->doing = "start";
	error = device_start(c->device);
	if (error)
		return error;
	c->begin_ns = capture_monotonic_ns();
	if (o->started)
		error = o->started(c, o->context);
	if (!error)
		error = loop(c, o);
	stopped = device_stop(c->device);
	if (error)
		return error;
	if (stopped) {
		c->doing = "stop";
		return stopped;
	}
	error = drain(c, o->threshold_ticks);
	return error ? error : put_account(c);
}
