// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

enum { RUNS_SLOTS = 1 << 18 };

enum { LOST_ELSEWHERE = 1, LOST_SLEEP = 2 };

bool log_begin(struct log *log, const char *path)
{
	*log = (struct log){ 0 };
	if (!runs_begin(&log->runs, RUNS_SLOTS)) {
		fprintf(stderr, "xlat-trace: no memory\n");
		return false;
	}
	return writer_begin(&log->writer, path);
}

static void add_block(struct log *log, struct block *block)
{
	struct trace_block b = {
		.insns = block->insns, .el = block->el, .ends = block->ends,
		.vaddr = block->vaddr, .vttbr = block->vttbr,
	};
	unsigned int i;

	if (block->id)
		return;
	block->id = ++log->last_block;
	b.id = block->id;
	for (i = 0; i < BLOCK_WORDS; i++)
		b.word[i] = block->word[i];
	bytes_add(&log->blocks, &b, sizeof(b));
}

static void add_run(struct log *log, const struct ring *ring,
		    const struct run *run, uint32_t id)
{
	const struct trace_run r = { id, (uint32_t)run->count,
				     run->instructions };
	uint64_t n;

	bytes_add(&log->entries, &r, sizeof(r));
	for (n = run->first; n < run->first + run->count; n++) {
		const struct entry *entry = &ring->entry[n & (ring->size - 1)];
		struct trace_entry e = { 0, (uint16_t)entry->amount,
					 entry->begun };

		add_block(log, entry->block);
		e.block = entry->block->id;
		bytes_add(&log->entries, &e, sizeof(e));
	}
}

static void add_step(struct log *log, enum trace_step_kind kind,
		     unsigned int cpu, unsigned int times, uint32_t what,
		     uint64_t amount)
{
	const struct trace_step step = { (uint8_t)kind, (uint8_t)cpu,
					 (uint16_t)times, what, amount };

	bytes_add(&log->steps, &step, sizeof(step));
}

/* A run like the one before, as in a loop, becomes a part of its step. */
static void add_run_step(struct log *log, unsigned int cpu, uint32_t id,
			 uint64_t instructions, unsigned int times)
{
	struct trace_step last = { .what = 0 };
	size_t size = log->steps.size;

	if (size && !log->steps.failed) {
		memcpy(&last, log->steps.data + size - sizeof(last),
		       sizeof(last));
		if (last.kind == TRACE_STEP_RUN && last.cpu == cpu &&
		    last.what == id && last.times <= UINT16_MAX - times) {
			last.times = (uint16_t)(last.times + times);
			last.amount += instructions * times;
			memcpy(log->steps.data + size - sizeof(last), &last,
			       sizeof(last));
			return;
		}
	}
	add_step(log, TRACE_STEP_RUN, cpu, times, id, instructions * times);
}

/* Returns the number of the entry that follows. */
static uint64_t add_blocks(struct log *log, const struct ring *ring, uint64_t n)
{
	const struct entry *first = &ring->entry[n & (ring->size - 1)];
	struct run run = runs_cut(ring, n);
	uint32_t left = first->times;
	bool is_new;
	uint32_t id = runs_find(&log->runs, ring, &run, &is_new);

	if (is_new)
		add_run(log, ring, &run, id);
	for (; left > UINT16_MAX; left -= UINT16_MAX)
		add_run_step(log, first->cpu, id, run.instructions, UINT16_MAX);
	add_run_step(log, first->cpu, id, run.instructions, left);
	return n + run.count;
}

static void add_path(struct log *log, const struct ring *ring)
{
	uint64_t n = ring->tail;

	while (n < ring->head) {
		const struct entry *entry = &ring->entry[n & (ring->size - 1)];

		switch ((enum entry_kind)entry->kind) {
		case ENTRY_BLOCK:
			n = add_blocks(log, ring, n);
			break;
		case ENTRY_STRETCH:
			add_step(log, TRACE_STEP_STRETCH, entry->cpu, 1, 0,
				 (uint64_t)entry->amount);
			add_step(log, TRACE_STEP_DOMAIN, entry->cpu, 1, 0,
				 entry->vttbr);
			n++;
			break;
		case ENTRY_ASLEEP:
			add_step(log, TRACE_STEP_ASLEEP, entry->cpu, 1, 0,
				 (uint64_t)entry->amount);
			n++;
			break;
		}
	}
}

static void add_lost(struct log *log, uint32_t block, unsigned int cpu,
		     unsigned int what, uint64_t amount)
{
	const struct trace_lost lost = { block, (uint16_t)cpu, (uint16_t)what,
					 amount };

	if (amount)
		bytes_add(&log->lost, &lost, sizeof(lost));
}

static void add_all_lost(struct log *log, const struct ring *ring)
{
	struct block *block;
	unsigned int cpu;

	for (block = ring->lost; block; block = block->with_lost) {
		add_block(log, block);
		for (cpu = 0; cpu < BLOCK_CPUS; cpu++)
			add_lost(log, block->id, cpu, 0, block->lost[cpu]);
	}
	add_lost(log, 0, 0, LOST_ELSEWHERE, ring->lost_elsewhere);
	add_lost(log, 0, 0, LOST_SLEEP, ring->lost_asleep_ns);
}

static bool write_bytes(struct log *log, enum trace_tag tag, struct bytes *bytes)
{
	bool good;

	if (bytes->failed) {
		errno = ENOMEM;
		return writer_fail(&log->writer);
	}
	good = !bytes->size ||
	       writer_add(&log->writer, tag, bytes->data, bytes->size);
	bytes->size = 0;
	return good;
}

bool log_sample(struct log *log, const struct ring *ring,
		struct trace_sample sample)
{
	add_path(log, ring);
	if (ring_has_lost(ring))
		add_all_lost(log, ring);
	sample.serial = log->samples + 1;
	sample.gap = ring_has_lost(ring);
	if (!write_bytes(log, TRACE_BLOCKS, &log->blocks) ||
	    !write_bytes(log, TRACE_RUNS, &log->entries) ||
	    !write_bytes(log, TRACE_LOST, &log->lost) ||
	    !write_bytes(log, TRACE_PATH, &log->steps) ||
	    !writer_add(&log->writer, TRACE_SAMPLE, &sample, sizeof(sample)))
		return false;
	log->samples++;
	return true;
}

void log_end(struct log *log, struct trace_done done)
{
	done.samples = log->samples;
	if (writer_add(&log->writer, TRACE_DONE, &done, sizeof(done)))
		writer_end(&log->writer);
	runs_end(&log->runs);
	free(log->blocks.data);
	free(log->entries.data);
	free(log->steps.data);
	free(log->lost.data);
}
