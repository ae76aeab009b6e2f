// SPDX-License-Identifier: GPL-2.0
/* A trace that is written, and read back: whole, cut anywhere, and damaged. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"
#include "lab/trace/insn.h"
#include "lab/trace/log.h"

enum { ROOM = 1 << 16, SAMPLES = 5 };

static const uint32_t code[] = { 0xf9400000, 0x91000400, 0x91000400,
				 0xd65f03c0 };

static char path[64];
static struct blocks blocks;
static struct ring ring;
static struct block *vector, *a, *b;
static struct log trace;
static _Alignas(8) uint8_t file[ROOM];
static size_t size;

static void begin(void)
{
	int fd;

	strcpy(path, "/tmp/test-trace-XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert(blocks_begin(&blocks, 100));
	ck_assert(ring_begin(&ring, 64));
	vector = blocks_find(&blocks, 0x80000280, 0, 1, code, 4);
	a = blocks_find(&blocks, 0x1008, 0, 1, code, 4);
	b = blocks_find(&blocks, 0x2008, 0, 1, code, 3);
	ck_assert(log_begin(&trace, path));
	ck_assert(writer_header(&trace.writer, 4, 0));
}

static void end(void)
{
	blocks_end(&blocks);
	ring_end(&ring);
	unlink(path);
}

static void add(struct block *block, int amount)
{
	const struct entry entry = {
		.block = block, .amount = amount, .times = 1, .begun = block->insns,
	};

	ring_add(&ring, &entry);
}

static void add_other(enum entry_kind kind, uint64_t vttbr, int amount)
{
	const struct entry entry = {
		.vttbr = vttbr, .amount = amount, .cpu = 1,
		.kind = (uint8_t)kind,
	};

	ring_add(&ring, &entry);
}

static void add_sample(uint64_t entry)
{
	const struct trace_sample sample = { .entry = entry, .cpu = 1 };

	ck_assert(log_sample(&trace, &ring, sample));
	ring_clear(&ring);
}

static void read_file(void)
{
	FILE *f = fopen(path, "rb");

	size = fread(file, 1, ROOM, f);
	ck_assert_uint_lt(size, ROOM);
	fclose(f);
}

/* The same path each time, and a sleep that differs. */
static void write_all(void)
{
	int n;

	for (n = 0; n < SAMPLES; n++) {
		add(a, 4);
		add_other(ENTRY_ASLEEP, 0, 100 + n);
		add(vector, 4);
		add(b, 3);
		add_sample(1000 + (uint64_t)n);
	}
	log_end(&trace, (struct trace_done){ .blocks = 15 });
	read_file();
}

struct found {
	size_t chunks[TRACE_DONE + 1];
	size_t steps, samples;
	struct trace_step step[64];
	struct trace_sample last;
	struct trace_done done;
	enum trace_state end;
};

static void take(struct found *found, const struct trace_chunk *chunk,
		 const void *content)
{
	ck_assert_uint_le(chunk->tag, TRACE_DONE);
	found->chunks[chunk->tag]++;
	if (chunk->tag == TRACE_PATH) {
		ck_assert_uint_le(found->steps * 16 + chunk->bytes,
				  sizeof(found->step));
		memcpy(found->step + found->steps, content, chunk->bytes);
		found->steps += chunk->bytes / sizeof(found->step[0]);
	}
	if (chunk->tag == TRACE_SAMPLE) {
		memcpy(&found->last, content, sizeof(found->last));
		found->samples++;
		ck_assert_uint_eq(found->last.serial, found->samples);
	}
	if (chunk->tag == TRACE_DONE)
		memcpy(&found->done, content, sizeof(found->done));
}

static struct found read_bytes(const void *bytes, size_t length)
{
	struct found found = { .steps = 0 };
	struct trace_reader reader;
	struct trace_header header;
	struct trace_chunk chunk;
	const void *content;

	if (trace_open(&reader, bytes, length, &header)) {
		found.end = TRACE_DAMAGED;
		return found;
	}
	while (!(found.end = trace_next(&reader, &chunk, &content)))
		take(&found, &chunk, content);
	ck_assert_uint_le(reader.at, length);
	return found;
}

START_TEST(what_was_written_is_read)
{
	struct trace_reader reader;
	struct trace_header header;
	struct found found;

	write_all();
	ck_assert_ptr_null(trace_open(&reader, file, size, &header));
	ck_assert_uint_eq(header.abi, 4);
	found = read_bytes(file, size);
	ck_assert_int_eq(found.end, TRACE_END);
	ck_assert_uint_eq(found.samples, SAMPLES);
	ck_assert_uint_eq(found.last.entry, 1000 + SAMPLES - 1);
	ck_assert_uint_eq(found.chunks[TRACE_DONE], 1);
	ck_assert_uint_eq(found.done.samples, SAMPLES);
	ck_assert_uint_eq(found.done.blocks, 15);
	ck_assert_uint_eq(found.chunks[TRACE_LOST], 0);
	ck_assert_uint_eq(found.last.gap, 0);
	ck_assert_uint_eq(found.step[1].kind, TRACE_STEP_ASLEEP);
	ck_assert_uint_eq(found.step[1].cpu, 1);
	ck_assert_uint_eq(found.step[1].amount, 100);
	ck_assert_uint_eq(found.step[2].kind, TRACE_STEP_RUN);
	ck_assert_uint_eq(found.step[2].amount, 7);
}
END_TEST

/* Blocks and runs are in the file once, however often they come. */
START_TEST(a_path_that_comes_again_is_written_once)
{
	struct found found;

	write_all();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.chunks[TRACE_BLOCKS], 1);
	ck_assert_uint_eq(found.chunks[TRACE_RUNS], 1);
	ck_assert_uint_eq(found.steps, 3 * SAMPLES);
	ck_assert_uint_eq(found.step[0].what, found.step[3].what);
	ck_assert_uint_ne(found.step[0].what, found.step[2].what);
}
END_TEST

START_TEST(a_loop_is_one_step)
{
	struct block *loop = blocks_find(&blocks, 0x3000, 0, 1, code, 4);
	struct found found;
	int n;

	for (n = 0; n < 30; n++)
		add(loop, 4);
	add_sample(1);
	log_end(&trace, (struct trace_done){ .blocks = 30 });
	read_file();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.steps, 1);
	ck_assert_uint_eq(found.step[0].times, 30);
	ck_assert_uint_eq(found.step[0].amount, 120);
}
END_TEST

START_TEST(another_cpu_is_another_step)
{
	struct found found;

	add(a, 4);
	add(a, 4);
	ring_last(&ring)->cpu = 1;
	add_sample(1);
	log_end(&trace, (struct trace_done){ .blocks = 2 });
	read_file();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.steps, 2);
	ck_assert_uint_eq(found.step[0].what, found.step[1].what);
	ck_assert_uint_eq(found.step[0].cpu, 0);
	ck_assert_uint_eq(found.step[1].cpu, 1);
}
END_TEST

/* More times than fit into a step, between blocks that come once. */
START_TEST(a_long_loop)
{
	struct found found;

	add(b, 3);
	add(a, 4);
	ring_last(&ring)->times = 200000;
	add(b, 3);
	add_sample(1);
	log_end(&trace, (struct trace_done){ .blocks = 3 });
	read_file();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.steps, 6);
	ck_assert_uint_eq(found.step[0].amount, 3);
	ck_assert_uint_eq(found.step[1].times + found.step[2].times +
			  found.step[3].times + found.step[4].times, 200000);
	ck_assert_uint_eq(found.step[1].amount + found.step[2].amount +
			  found.step[3].amount + found.step[4].amount, 800000);
	ck_assert_uint_eq(found.step[5].what, found.step[0].what);
}
END_TEST

START_TEST(a_stretch_has_its_domain)
{
	struct found found;

	add_other(ENTRY_STRETCH, 0x10000abcd, 4000000);
	add_other(ENTRY_STRETCH, 0x10000abcd, 1000000);
	add_sample(1);
	log_end(&trace, (struct trace_done){ .blocks = 2 });
	read_file();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.steps, 2);
	ck_assert_uint_eq(found.step[0].kind, TRACE_STEP_STRETCH);
	ck_assert_uint_eq(found.step[0].amount, 5000000);
	ck_assert_uint_eq(found.step[1].kind, TRACE_STEP_DOMAIN);
	ck_assert_uint_eq(found.step[1].amount, 0x10000abcd);
}
END_TEST

/* The ring has room for 64 entries. */
START_TEST(a_gap_says_what_is_lost)
{
	struct found found;
	int n;

	for (n = 0; n < 100; n++)
		add(n % 2 ? a : b, n % 2 ? 4 : 3);
	add_sample(1);
	log_end(&trace, (struct trace_done){ .blocks = 100 });
	read_file();
	found = read_bytes(file, size);
	ck_assert_uint_eq(found.chunks[TRACE_LOST], 1);
	ck_assert_uint_eq(found.last.gap, 1);
}
END_TEST

/* Of a file that is cut, each sample before the cut is there. */
START_TEST(cut_anywhere)
{
	size_t n, samples = 0;

	write_all();
	for (n = 0; n < size; n++) {
		struct found found = read_bytes(file, n);

		ck_assert_uint_ge(found.samples, samples);
		ck_assert_uint_eq(found.chunks[TRACE_DONE], 0);
		samples = found.samples;
	}
	ck_assert_uint_eq(samples, SAMPLES);
}
END_TEST

/* A byte that changed ends the file there, or is in what was not looked at. */
START_TEST(damaged_anywhere)
{
	size_t n;

	write_all();
	for (n = 0; n < size; n++) {
		struct found found;

		file[n] ^= 0x10;
		found = read_bytes(file, size);
		ck_assert_int_ne(found.end, TRACE_END);
		file[n] ^= 0x10;
	}
}
END_TEST

START_TEST(what_is_no_trace)
{
	static const uint64_t zeros[8];
	struct trace_header header = trace_header_make(4, 0);
	struct trace_reader reader;

	ck_assert_ptr_nonnull(trace_open(&reader, zeros, 0, &header));
	ck_assert_ptr_nonnull(trace_open(&reader, zeros, sizeof(zeros), &header));
	header = trace_header_make(4, 0);
	header.version++;
	ck_assert_str_eq(trace_open(&reader, &header, sizeof(header), &header),
			 "a trace of another version");
}
END_TEST

START_TEST(the_checksum_is_zlibs)
{
	ck_assert_uint_eq(trace_crc(0, "123456789", 9), 0xcbf43926);
	ck_assert_uint_eq(trace_crc(trace_crc(0, "1234", 4), "56789", 5),
			  0xcbf43926);
}
END_TEST

/* It says so once, and the caller goes on. */
START_TEST(the_disk_is_full)
{
	struct log full;
	int n;

	ck_assert(log_begin(&full, "/dev/full"));
	writer_header(&full.writer, 4, 0);
	for (n = 0; n < 10000; n++)
		if (!log_sample(&full, &ring, (struct trace_sample){ .cpu = 0 }))
			break;
	ck_assert_int_lt(n, 10000);
	ck_assert(!log_sample(&full, &ring, (struct trace_sample){ .cpu = 0 }));
	log_end(&full, (struct trace_done){ .blocks = 0 });
	log_end(&trace, (struct trace_done){ .blocks = 0 });
}
END_TEST

START_TEST(no_such_directory)
{
	struct log none;

	ck_assert(!log_begin(&none, "/nonexistent/trace"));
	log_end(&none, (struct trace_done){ .blocks = 0 });
	log_end(&trace, (struct trace_done){ .blocks = 0 });
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: file");

	unit_between(begin, end);
	unit_add(suite, what_was_written_is_read);
	unit_add(suite, a_path_that_comes_again_is_written_once);
	unit_add(suite, a_loop_is_one_step);
	unit_add(suite, another_cpu_is_another_step);
	unit_add(suite, a_long_loop);
	unit_add(suite, a_stretch_has_its_domain);
	unit_add(suite, a_gap_says_what_is_lost);
	unit_add(suite, cut_anywhere);
	unit_add(suite, damaged_anywhere);
	unit_add(suite, what_is_no_trace);
	unit_add(suite, the_checksum_is_zlibs);
	unit_add(suite, the_disk_is_full);
	unit_add(suite, no_such_directory);
	return unit_run(suite);
}
