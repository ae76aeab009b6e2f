/* SPDX-License-Identifier: MIT */
/*
 * Implements device.h with memory of the test program, which must not be linked
 * with device.o. A session on CPUs 0 and 1 takes the samples that the test
 * publishes from its on_...() functions.
 */
#ifndef XLAT_FAKE_DEVICE_H
#define XLAT_FAKE_DEVICE_H

#include <string.h>

#include "user/record/device.h"
#include "core/histogram.h"
#include "core/ring.h"

#define FAKE_CPUS	2u
#define FAKE_SLOTS	16u
#define FAKE_START	1000u
#define FAKE_PERIOD	1000000u
#define FAKE_HZ		1000000000u

struct fake_part {
	struct xlat_map map;
	__u64 late[XLAT_BUCKETS];
	__u64 early[XLAT_BUCKETS];
	struct xlat_sample slot[FAKE_SLOTS];
};

/**
 * struct fake - how the device behaves, and what the reader requested
 * @on_setup: called in SETUP; like all of these, may be NULL
 * @on_wait: called by device_wait(), returns its result; NULL: all CPUs ended
 * @on_stop: called just before STOP disarms
 * @unstoppable: bit n: CPU n still runs after STOP
 * @before: probe of START, on each CPU
 * @after: probe of STOP, on each CPU
 * @setup_error: if not 0, the result of SETUP; likewise the other errors
 * @map_error: result of mapping the second CPU
 * @phys_intid: the source phys is free and has this interrupt; 0: there is no
 *	such source
 * @setup: the set-up that the reader requested
 * @mask: the CPUs that the reader requested
 */
static struct fake {
	struct fake_part part[FAKE_CPUS];
	void (*on_setup)(void);
	int (*on_wait)(void);
	void (*on_stop)(void);
	unsigned int unstoppable;
	struct xlat_probe before;
	struct xlat_probe after;
	int setup_error;
	int map_error;
	int start_error;
	int stop_error;
	unsigned int phys_intid;
	struct xlat_setup setup;
	__u64 mask[2];
	unsigned int waits;
	unsigned int stops;
	unsigned int mapped;
} fake;

static inline void fake_make(uint32_t cpu)
{
	struct xlat_map *map = &fake.part[cpu].map;

	memset(&fake.part[cpu], 0, sizeof(fake.part[cpu]));
	*map = (struct xlat_map) {
		.magic = XLAT_MAP_MAGIC,
		.version = XLAT_ABI_VERSION,
		.header_size = sizeof(*map),
		.length = sizeof(struct fake_part),
		.cpu = cpu,
		.stage = XLAT_STAGE_T2,
		.warmup = 2,
		.sub_bucket_bits = XLAT_SUB_BUCKET_BITS,
		.buckets = XLAT_BUCKETS,
		.late_offset = offsetof(struct fake_part, late),
		.early_offset = offsetof(struct fake_part, early),
		.ring_offset = offsetof(struct fake_part, slot),
		.slots = FAKE_SLOTS,
		.slot_size = sizeof(struct xlat_sample),
		.tick_hz = FAKE_HZ,
		.period_ticks = FAKE_PERIOD,
	};
	xlat_counters_init(&map->counters);
}

/** fake_publish() - CPU @cpu takes @count samples */
static inline void fake_publish(uint32_t cpu, __u64 count, __s64 lateness)
{
	struct fake_part *part = &fake.part[cpu];
	__u64 *buckets = lateness < 0 ? part->early : part->late;

	while (count--) {
		struct xlat_sample sample = {
			.deadline = FAKE_START + part->map.head * FAKE_PERIOD,
		};

		sample.entry = sample.deadline + (__u64)lateness;
		part->map.seq++;
		xlat_counters_add(&part->map.counters, lateness,
				  part->map.warmup);
		part->map.seq++;
		buckets[xlat_bucket(xlat_magnitude(lateness))]++;
		xlat_ring_put(part->slot, FAKE_SLOTS - 1, &part->map.head,
			      &sample);
	}
}

/** fake_end() - CPU @cpu ends, for a reason of enum xlat_end */
static inline void fake_end(uint32_t cpu, uint32_t reason)
{
	struct xlat_map *map = &fake.part[cpu].map;

	if (map->state == XLAT_STATE_STOPPED)
		return;
	map->stop_ticks = map->start_ticks - 1 + map->head * FAKE_PERIOD;
	map->end_reason = reason;
	map->state = XLAT_STATE_STOPPED;
}

int device_open(struct device *d, const char *path)
{
	(void)path;
	memset(d, 0, sizeof(*d));
	return 0;
}

void device_close(struct device *d)
{
	(void)d;
}

int device_info(const struct device *d, struct xlat_info *info)
{
	(void)d;
	memset(info, 0, sizeof(*info));
	info->abi_version = XLAT_ABI_VERSION;
	info->source_count = 1;
	info->source[0].state = XLAT_SOURCE_FREE;
	info->source[0].stage = XLAT_STAGE_T2;
	info->source[0].tick_hz = FAKE_HZ;
	if (!fake.phys_intid)
		return 0;
	info->source_count = 2;
	info->source[1] = info->source[0];
	info->source[1].source = XLAT_SOURCE_PHYS;
	info->source[1].intid = fake.phys_intid;
	return 0;
}

int device_setup(struct device *d, struct xlat_setup *setup)
{
	(void)d;
	memcpy(fake.mask, (const void *)(uintptr_t)setup->cpus,
	       setup->cpus_len < sizeof(fake.mask) ? setup->cpus_len :
						     sizeof(fake.mask));
	setup->tick_hz = FAKE_HZ;
	setup->period_ticks = FAKE_PERIOD;
	setup->map_length = sizeof(struct fake_part);
	fake.setup = *setup;
	if (fake.on_setup)
		fake.on_setup();
	for (uint32_t cpu = 0; cpu < FAKE_CPUS; cpu++)
		fake_make(cpu);
	return fake.setup_error;
}

int device_map(const struct device *d, uint32_t cpu, const struct xlat_map **map)
{
	(void)d;
	if (cpu && fake.map_error)
		return fake.map_error;
	fake.mapped++;
	*map = &fake.part[cpu % FAKE_CPUS].map;
	return 0;
}

void device_unmap(const struct device *d, const struct xlat_map *map)
{
	(void)d;
	(void)map;
	fake.mapped--;
}

int device_start(const struct device *d)
{
	(void)d;
	for (uint32_t cpu = 0; cpu < FAKE_CPUS && !fake.start_error; cpu++) {
		fake.part[cpu].map.start_ticks = FAKE_START;
		fake.part[cpu].map.before = fake.before;
		fake.part[cpu].map.state = XLAT_STATE_RUNNING;
	}
	return fake.start_error;
}

int device_stop(const struct device *d)
{
	(void)d;
	fake.stops++;
	if (fake.on_stop)
		fake.on_stop();
	for (uint32_t cpu = 0; cpu < FAKE_CPUS && !fake.stop_error; cpu++) {
		if (!(fake.unstoppable & 1u << cpu))
			fake_end(cpu, XLAT_END_STOP);
		fake.part[cpu].map.after = fake.after;
	}
	return fake.stop_error;
}

int device_wait(const struct device *d, int64_t timeout_ns, const sigset_t *mask)
{
	sigset_t before;
	int result;

	(void)d;
	(void)timeout_ns;
	fake.waits++;
	sigprocmask(SIG_SETMASK, mask, &before);
	result = fake.on_wait ? fake.on_wait() : DEVICE_ENDED;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return result;
}

#endif /* XLAT_FAKE_DEVICE_H */
