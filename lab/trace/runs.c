// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "insn.h"
#include "mix.h"
#include "runs.h"

static const uint64_t VECTOR = 0x80;	/* bytes of a vector */

bool runs_begin(struct runs *runs, uint32_t slots)
{
	*runs = (struct runs){
		.known = calloc(slots, sizeof(runs->known[0])),
		.slots = slots,
	};
	return runs->known;
}

void runs_end(struct runs *runs)
{
	free(runs->known);
	*runs = (struct runs){ 0 };
}

static const struct entry *at(const struct ring *ring, uint64_t n)
{
	return &ring->entry[n & (ring->size - 1)];
}

static bool is_cut(const struct entry *before, const struct entry *entry)
{
	return entry->kind != ENTRY_BLOCK || entry->cpu != before->cpu ||
	       entry->times > 1 || before->times > 1 ||
	       entry->block->el != before->block->el ||
	       !(entry->block->vaddr % VECTOR) ||
	       before->block->ends & (INSN_LEAVES | INSN_SLEEPS);
}

struct run runs_cut(const struct ring *ring, uint64_t first)
{
	struct run run = { first, 0, 0 };
	uint64_t n = first;

	do {
		run.instructions += (uint64_t)at(ring, n)->amount;
		n++;
	} while (n < ring->head && n - first < RUNS_LONGEST &&
		 !is_cut(at(ring, n - 1), at(ring, n)));
	run.count = n - first;
	return run;
}

static uint64_t hash_of(const struct ring *ring, const struct run *run)
{
	uint64_t n, hash = run->count;

	for (n = run->first; n < run->first + run->count; n++) {
		const struct entry *entry = at(ring, n);

		hash = mix(hash, (uint64_t)(uintptr_t)entry->block);
		hash = mix(hash, (uint64_t)entry->amount << 16 | entry->begun);
	}
	return hash;
}

uint32_t runs_find(struct runs *runs, const struct ring *ring,
		   const struct run *run, bool *is_new)
{
	uint64_t hash = hash_of(ring, run);
	uint32_t slot = (uint32_t)hash & (runs->slots - 1);

	*is_new = false;
	for (; runs->known[slot].id; slot = (slot + 1) & (runs->slots - 1))
		if (runs->known[slot].hash == hash &&
		    runs->known[slot].count == run->count)
			return runs->known[slot].id;
	*is_new = true;
	if (runs->count >= runs->slots / 4 * 3) {
		memset(runs->known, 0, runs->slots * sizeof(runs->known[0]));
		runs->count = 0;
		slot = (uint32_t)hash & (runs->slots - 1);
	}
	runs->count++;
	runs->known[slot].hash = hash;
	runs->known[slot].count = (uint32_t)run->count;
	runs->known[slot].id = ++runs->last_id;
	return runs->last_id;
}
