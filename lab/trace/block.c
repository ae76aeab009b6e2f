// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "block.h"
#include "insn.h"
#include "mix.h"

enum { SLOTS = 1 << 15 };

bool blocks_begin(struct blocks *blocks, uint32_t most)
{
	*blocks = (struct blocks){
		.slot = calloc(SLOTS, sizeof(blocks->slot[0])),
		.slots = SLOTS,
		.most = most,
	};
	return blocks->slot;
}

void blocks_end(struct blocks *blocks)
{
	struct block *block;
	uint32_t i;

	for (i = 0; blocks->slot && i < blocks->slots; i++)
		while ((block = blocks->slot[i])) {
			blocks->slot[i] = block->chain;
			free(block->lost);
			free(block);
		}
	free(blocks->slot);
	*blocks = (struct blocks){ 0 };
}

static uint64_t hash_of(const uint32_t *word, unsigned int insns)
{
	uint64_t hash = insns;
	unsigned int i;

	for (i = 0; i < insns; i++)
		hash = mix(hash, word[i]);
	return hash;
}

static struct block *make(const uint32_t *word, unsigned int insns)
{
	struct block *block = calloc(1, sizeof(*block) + insns);
	unsigned int i;

	if (!block)
		return NULL;
	block->insns = (uint16_t)insns;
	block->ends = (uint8_t)insn_ends_with(word[insns - 1]);
	for (i = 0; i < insns; i++)
		block->class[i] = (uint8_t)insn_class_of(word[i]);
	block->sure = block->class[insns - 1] == INSN_BRANCH;
	for (i = 0; i < insns && i < BLOCK_WORDS; i++)
		block->word[i] = word[i];
	return block;
}

struct block *blocks_find(struct blocks *blocks, uint64_t vaddr, uint64_t vttbr,
			  unsigned int el, const uint32_t *word,
			  unsigned int insns)
{
	uint64_t hash = hash_of(word, insns);
	uint64_t at = mix(hash, vaddr) & (blocks->slots - 1);
	struct block *block;

	for (block = blocks->slot[at]; block; block = block->chain)
		if (block->hash == hash && block->vaddr == vaddr &&
		    block->vttbr == vttbr && block->el == el &&
		    block->insns == insns)
			return block;
	if (blocks->count == blocks->most)
		return NULL;
	block = make(word, insns);
	if (!block)
		return NULL;
	block->vaddr = vaddr;
	block->vttbr = vttbr;
	block->hash = hash;
	block->el = (uint8_t)el;
	block->chain = blocks->slot[at];
	blocks->slot[at] = block;
	blocks->count++;
	return block;
}
