// SPDX-License-Identifier: MIT
/*
 * struct xlat_map to and from bytes. The order of the fields is that of
 * include/uapi/xlat.h; reserved fields are left out.
 */
#include <string.h>

#include "file_format.h"

struct field {
	uint16_t offset;
	uint16_t size;
};

#define FIELD(type, member) \
	{ offsetof(struct type, member), sizeof(((struct type *)0)->member) }
#define MAP(member)	FIELD(xlat_map, member)

#define PROBE(probe)					\
	MAP(probe.loop_insn), MAP(probe.loop_ticks),	\
	MAP(probe.clock_read_ticks),			\
	MAP(probe.control_read_ticks),			\
	MAP(probe.cntpct), MAP(probe.cntvct),		\
	MAP(probe.at_ticks), MAP(probe.busy_tries)

static const struct field set_up[] = {
	MAP(magic), MAP(version), MAP(header_size), MAP(length), MAP(cpu),
	MAP(source), MAP(stage), MAP(phase_mode), MAP(idle_policy),
	MAP(warmup), MAP(sub_bucket_bits), MAP(buckets), MAP(late_offset),
	MAP(early_offset), MAP(ring_offset), MAP(slots), MAP(slot_size),
	MAP(later_offset[0]), MAP(later_offset[1]),
	MAP(later_offset[2]), MAP(later_offset[3]),
	MAP(tick_hz), MAP(period_ticks), MAP(dither_ticks), MAP(seed),
	MAP(limit), MAP(start_ticks),
	PROBE(before), PROBE(after),
	MAP(state), MAP(end_reason), MAP(stop_ticks), MAP(seq), MAP(head),
};

#define COUNTER(member)	FIELD(xlat_counters, member)

static const struct field counter[] = {
	COUNTER(count), COUNTER(early), COUNTER(missed), COUNTER(unserved),
	COUNTER(spurious), COUNTER(min_ticks), COUNTER(max_ticks),
	COUNTER(sum_ticks), COUNTER(square_lo), COUNTER(square_hi),
	COUNTER(cold_count), COUNTER(cold_max_ticks), COUNTER(warm_count),
	COUNTER(warm_max_ticks), COUNTER(busy_ticks), COUNTER(busy_max_ticks),
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

_Static_assert(COUNT(counter) * 8 == FORMAT_COUNTERS_BYTES,
	       "every counter is encoded, as 64 bits");

static uint8_t *put_fields(uint8_t *to, const void *from,
			   const struct field *field, size_t count)
{
	uint32_t narrow;
	uint64_t wide;

	for (; count; count--, field++) {
		const char *at = (const char *)from + field->offset;

		if (field->size == sizeof(wide)) {
			memcpy(&wide, at, sizeof(wide));
			to = put_u64(to, wide);
		} else {
			memcpy(&narrow, at, sizeof(narrow));
			to = put_u32(to, narrow);
		}
	}
	return to;
}

static const uint8_t *get_fields(const uint8_t *from, void *to,
				 const struct field *field, size_t count)
{
	uint32_t narrow;
	uint64_t wide;

	for (; count; count--, field++) {
		char *at = (char *)to + field->offset;

		if (field->size == sizeof(wide)) {
			wide = get_u64(from);
			memcpy(at, &wide, sizeof(wide));
		} else {
			narrow = get_u32(from);
			memcpy(at, &narrow, sizeof(narrow));
		}
		from += field->size;
	}
	return from;
}

size_t format_map_bytes(void)
{
	size_t bytes = FORMAT_COUNTERS_BYTES;

	for (size_t i = 0; i < COUNT(set_up); i++)
		bytes += set_up[i].size;
	return bytes;
}

uint8_t *format_put_map(uint8_t *to, const struct xlat_map *map)
{
	to = put_fields(to, map, set_up, COUNT(set_up));
	return format_put_counters(to, &map->counters);
}

void format_get_map(const uint8_t *from, struct xlat_map *map)
{
	memset(map, 0, sizeof(*map));
	from = get_fields(from, map, set_up, COUNT(set_up));
	format_get_counters(from, &map->counters);
}

uint8_t *format_put_counters(uint8_t *to, const struct xlat_counters *counters)
{
	return put_fields(to, counters, counter, COUNT(counter));
}

void format_get_counters(const uint8_t *from, struct xlat_counters *counters)
{
	get_fields(from, counters, counter, COUNT(counter));
}
