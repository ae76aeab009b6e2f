// SPDX-License-Identifier: MIT
/*
 * Reads the .xlat format. It does not trust the file: it uses a block only if
 * both checksums and its content are right. It skips everything else up to the
 * magic of the next block, and counts the skipped bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "file.h"
#include "core/file_format.h"
#include "file_block.h"
#include "file_bytes.h"

/**
 * struct decoder - a file being read
 * @run: the result
 * @blocks: intact blocks so far
 * @expected: sequence number of the next block
 * @version: version of the format; 0 while unknown
 * @document: the environment document so far
 * @document_total: length of the whole document
 * @document_filled: length of @document
 */
struct decoder {
	struct run *run;
	uint64_t blocks;
	uint32_t expected;
	uint32_t version;
	char *document;
	uint32_t document_total;
	uint32_t document_filled;
};

static struct run_cpu *cpu_of(struct decoder *d, uint32_t cpu)
{
	return cpu < FILE_CPU_MAX ? run_cpu_find(d->run, cpu) : NULL;
}

/* Each take_ function returns 0; -EBADMSG: invalid content; or -ENOMEM. */

static int take_format(struct decoder *d, const struct block *b)
{
	if (b->length < FORMAT_BYTES ||
	    memcmp(b->payload, FORMAT_NAME, strlen(FORMAT_NAME)))
		return -EBADMSG;
	d->version = get_u32(b->payload + strlen(FORMAT_NAME));
	if (!d->version)
		return -EBADMSG;
	return d->version > FILE_VERSION ? -EPROTONOSUPPORT : 0;
}

static void drop_document(struct decoder *d)
{
	free(d->document);
	d->document = NULL;
	d->document_filled = 0;
}

static int take_environment(struct decoder *d, const struct block *b)
{
	uint32_t total, offset, length;
	char *grown;

	if (b->length < ENVIRONMENT_HEADER)
		return -EBADMSG;
	total = get_u32(b->payload);
	offset = get_u32(b->payload + 4);
	length = b->length - ENVIRONMENT_HEADER;
	if (!offset) {
		drop_document(d);
		d->document_total = total;
	}
	if (total > ENVIRONMENT_MAX || total != d->document_total ||
	    offset != d->document_filled || length > total - offset ||
	    memchr(b->payload + ENVIRONMENT_HEADER, '\0', length))
		return -EBADMSG;
	grown = realloc(d->document, (size_t)offset + length + 1);
	if (!grown)
		return -ENOMEM;
	d->document = grown;
	memcpy(grown + offset, b->payload + ENVIRONMENT_HEADER, length);
	d->document_filled += length;
	if (d->document_filled < total)
		return 0;
	grown[total] = '\0';
	free(d->run->environment);
	d->run->environment = grown;
	d->document = NULL;
	d->document_filled = 0;
	return 0;
}

static bool map_is_sane(const struct xlat_map *map)
{
	return map->magic == XLAT_MAP_MAGIC && map->cpu < FILE_CPU_MAX &&
	       map->tick_hz && map->period_ticks;
}

/* In a map of another version the fields may have another meaning. */
static void check_map_version(struct run *run, const struct xlat_map *map)
{
	if (!map->version || map->version > XLAT_ABI_VERSION)
		run->tick_unknown =
			"this xlat-read does not know the version of the set-up";
}

static int take_setup(struct decoder *d, const struct block *b)
{
	struct xlat_map map;
	struct run_cpu *cpu;

	if (b->length < format_map_bytes())
		return -EBADMSG;
	format_get_map(b->payload, &map);
	if (!map_is_sane(&map))
		return -EBADMSG;
	cpu = cpu_of(d, map.cpu);
	if (!cpu)
		return -ENOMEM;
	check_map_version(d->run, &map);
	cpu->map = map;
	cpu->started = true;
	return 0;
}

static int reserve_samples(struct run_cpu *cpu, size_t more)
{
	size_t need = cpu->sample_count + more, room = 1;
	struct xlat_sample *grown;

	while (room < cpu->sample_count)
		room *= 2;
	if (cpu->samples && need <= room)
		return 0;
	while (room < need)
		room *= 2;
	grown = realloc(cpu->samples, room * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	cpu->samples = grown;
	return 0;
}

static void get_sample(const uint8_t *from, struct xlat_sample *sample)
{
	sample->deadline = get_u64(from);
	sample->entry = get_u64(from + 8);
	sample->missed = get_u32(from + 16);
	sample->flags = get_u32(from + 20);
}

/*
 * The first number minus the samples received before is the number of samples
 * lost so far. If it is negative or falls, the numbers are unknown.
 */
static int number_samples(struct run_cpu *cpu, uint64_t first,
			  uint64_t received, uint32_t count)
{
	uint64_t passed = first - received;
	bool known = first >= received && passed >= cpu->passed &&
		     first < RUN_UNKNOWN - count;

	if (!count)
		return 0;
	if (known)
		cpu->passed = passed;
	return run_number_from(cpu, known ? first : RUN_UNKNOWN);
}

/* Samples received before this block that the file no longer has are gone. */
static int take_samples(struct decoder *d, const struct block *b)
{
	const uint8_t *from = b->payload + SAMPLES_HEADER;
	struct run_cpu *cpu;
	uint64_t received;
	uint32_t count;

	if (b->length < SAMPLES_HEADER)
		return -EBADMSG;
	count = get_u32(b->payload + 4);
	received = get_u64(b->payload + 16);
	if (count != (b->length - SAMPLES_HEADER) / SAMPLE_BYTES ||
	    get_u32(b->payload) >= FILE_CPU_MAX)
		return -EBADMSG;
	cpu = cpu_of(d, get_u32(b->payload));
	if (!cpu)
		return -ENOMEM;
	if (received < cpu->sample_count + cpu->gone)
		return -EBADMSG;
	if (reserve_samples(cpu, count) ||
	    number_samples(cpu, get_u64(b->payload + 8), received, count))
		return -ENOMEM;
	cpu->gone = received - cpu->sample_count;
	for (; count; count--, from += SAMPLE_BYTES)
		get_sample(from, &cpu->samples[cpu->sample_count++]);
	return 0;
}

/* The latest scalars replace the final account until it is read. */
static int take_interval(struct decoder *d, const struct block *b)
{
	struct run_cpu *cpu;

	if (b->length < INTERVAL_HEADER + FORMAT_COUNTERS_BYTES ||
	    get_u32(b->payload) >= FILE_CPU_MAX)
		return -EBADMSG;
	cpu = cpu_of(d, get_u32(b->payload));
	if (!cpu)
		return -ENOMEM;
	if (!cpu->final)
		format_get_counters(b->payload + INTERVAL_HEADER,
				    &cpu->map.counters);
	return 0;
}

/*
 * The element after the counts holds the number of missing entries. No other
 * file reads it.
 */
static uint64_t *side_of(struct run_cpu *cpu, uint32_t side, uint32_t total)
{
	uint64_t **array = side ? &cpu->early : &cpu->late;

	if (!*array && !total) {
		*array = run_no_counts;
	} else if (!*array) {
		*array = calloc(XLAT_BUCKETS + 1, sizeof(**array));
		if (*array)
			(*array)[XLAT_BUCKETS] = total;
	}
	return *array;
}

static int take_histogram(struct decoder *d, const struct block *b)
{
	const uint8_t *from = b->payload + HISTOGRAM_HEADER;
	uint32_t side, total, entries;
	struct run_cpu *cpu;
	uint64_t *counts;

	if (b->length < HISTOGRAM_HEADER)
		return -EBADMSG;
	side = get_u32(b->payload + 4);
	total = get_u32(b->payload + 8);
	entries = (b->length - HISTOGRAM_HEADER) / HISTOGRAM_ENTRY;
	if (get_u32(b->payload) >= FILE_CPU_MAX || side > 1 ||
	    total > XLAT_BUCKETS)
		return -EBADMSG;
	cpu = cpu_of(d, get_u32(b->payload));
	counts = cpu ? side_of(cpu, side, total) : NULL;
	if (!counts)
		return -ENOMEM;
	if (entries > counts[XLAT_BUCKETS])
		return -EBADMSG;
	for (; entries; entries--, from += HISTOGRAM_ENTRY) {
		uint32_t bucket = get_u32(from);

		if (bucket >= XLAT_BUCKETS || counts[bucket])
			return -EBADMSG;
		counts[bucket] = get_u64(from + 4);
		counts[XLAT_BUCKETS]--;
	}
	return 0;
}

static int take_final(struct decoder *d, const struct block *b)
{
	struct xlat_map map;
	struct run_cpu *cpu;
	uint64_t have;

	if (b->length < FINAL_HEADER + format_map_bytes())
		return -EBADMSG;
	format_get_map(b->payload + FINAL_HEADER, &map);
	if (!map_is_sane(&map))
		return -EBADMSG;
	cpu = cpu_of(d, map.cpu);
	if (!cpu)
		return -ENOMEM;
	have = cpu->sample_count + cpu->gone;
	check_map_version(d->run, &map);
	cpu->map = map;
	cpu->started = true;
	cpu->final = true;
	cpu->received = get_u64(b->payload);
	cpu->lost = get_u64(b->payload + 8);
	if (cpu->received > have)
		cpu->gone += cpu->received - have;
	return 0;
}

static int take_end(struct decoder *d, const struct block *b)
{
	(void)b;
	d->run->complete = true;
	return 0;
}

static int take_block(struct decoder *d, const struct block *b)
{
	static int (*const take[])(struct decoder *, const struct block *) = {
		[BLOCK_FORMAT]		= take_format,
		[BLOCK_ENVIRONMENT]	= take_environment,
		[BLOCK_SETUP]		= take_setup,
		[BLOCK_SAMPLES]		= take_samples,
		[BLOCK_INTERVAL]	= take_interval,
		[BLOCK_HISTOGRAM]	= take_histogram,
		[BLOCK_FINAL]		= take_final,
		[BLOCK_END]		= take_end,
	};

	d->blocks++;
	if (b->sequence < d->expected)
		return -EBADMSG;	/* a copy, or in the wrong place */
	d->run->damaged_blocks += b->sequence - d->expected;
	d->expected = b->sequence + 1;
	if (b->kind < sizeof(take) / sizeof(take[0]) && take[b->kind])
		return take[b->kind](d, b);
	d->run->unknown_blocks++;
	return 0;
}

static size_t next_magic(const uint8_t *bytes, size_t at, size_t length)
{
	const uint8_t *found = at < length ?
		memchr(bytes + at, BLOCK_MAGIC & 0xff, length - at) : NULL;

	return found ? (size_t)(found - bytes) : length;
}

/* Does a second recording begin here, as in a file that cat joined? */
static bool begins_another(const struct decoder *d, const struct block *b)
{
	return d->blocks && b->kind == BLOCK_FORMAT && !b->sequence;
}

static int decode(struct decoder *d, struct file_sums *sums)
{
	const uint8_t *bytes = sums->bytes;
	size_t length = sums->length, at = 0, cut = length;

	while (at < length) {
		struct block block;
		size_t next;
		int error;

		if (!file_block_at(sums, at, &block)) {
			if (cut == length &&
			    file_block_cut(bytes + at, length - at))
				cut = at;
			next = next_magic(bytes, at + 1, length);
			d->run->damaged_bytes += next - at;
			at = next;
			continue;
		}
		cut = length;
		if (begins_another(d, &block)) {
			d->run->following_bytes = length - at;
			break;
		}
		error = take_block(d, &block);
		if (error == -EBADMSG) {
			d->run->damaged_blocks++;
			d->run->damaged_bytes += BLOCK_HEADER + block.length;
		} else if (error) {
			return error;
		}
		at += BLOCK_HEADER + block.length;
	}
	d->run->cut_bytes = length - cut;
	d->run->damaged_bytes -= length - cut;
	if (!d->version)
		d->run->tick_unknown =
			"the file does not say the version of its format";
	return d->blocks ? 0 : -EBADMSG;
}

/* A histogram is used only if it is complete and has a final account. */
static void drop_partial_histograms(struct run *run)
{
	for (size_t i = 0; i < run->cpu_count; i++) {
		struct run_cpu *cpu = &run->cpus[i];

		if (cpu->final && cpu->late && cpu->early &&
		    !cpu->late[XLAT_BUCKETS] && !cpu->early[XLAT_BUCKETS])
			continue;
		run_drop_counts(&cpu->late);
		run_drop_counts(&cpu->early);
	}
}

static int decode_run(struct decoder *d, const void *bytes, size_t length,
		      const char *name)
{
	struct file_sums sums = { .bytes = bytes, .length = length };
	int error;

	memset(d->run, 0, sizeof(*d->run));
	d->run->name = strdup(name);
	if (!d->run->name)
		return -ENOMEM;
	d->run->bytes = length;
	d->run->checksum = (uint32_t)crc32_z(0, bytes, length);
	error = decode(d, &sums);
	file_sums_free(&sums);
	drop_document(d);
	drop_partial_histograms(d->run);
	return error;
}

int file_decode(const void *bytes, size_t length, const char *name,
		struct run *run)
{
	struct decoder d = { .run = run };

	return decode_run(&d, bytes, length, name);
}

static int read_run(struct decoder *d, const char *path, int flags,
		    struct file_writer *w)
{
	uint8_t *bytes = NULL;
	size_t length = 0;
	int error;

	memset(d->run, 0, sizeof(*d->run));
	memset(w, 0, sizeof(*w));
	w->fd = flags == O_RDONLY && !strcmp(path, "-") ? dup(STDIN_FILENO) :
		open(path, flags | O_CLOEXEC);
	if (w->fd < 0)
		return -errno;
	error = file_read_bytes(w->fd, &bytes, &length);
	if (!error)
		error = decode_run(d, bytes, length, path);
	free(bytes);
	w->sequence = d->expected;
	w->end = length;
	return error;
}

int file_read(const char *path, struct run *run)
{
	struct decoder d = { .run = run };
	struct file_writer w;
	int error = read_run(&d, path, O_RDONLY, &w);

	if (w.fd >= 0)
		close(w.fd);
	return error;
}

int file_append(struct file_writer *w, const char *path)
{
	struct run run;
	struct decoder d = { .run = &run };
	int error = read_run(&d, path, O_RDWR, w);

	if (!error && run.cut_bytes) {
		w->end -= run.cut_bytes;
		if (ftruncate(w->fd, (off_t)w->end) ||
		    lseek(w->fd, (off_t)w->end, SEEK_SET) < 0)
			error = -errno;
	}
	run_free(&run);
	if (error && w->fd >= 0)
		file_close(w);
	return error;
}
