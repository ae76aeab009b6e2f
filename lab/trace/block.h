/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Blocks of translated code, each kept once: QEMU translates the same code again
 * when it has thrown its translations away.
 */
#ifndef LAB_TRACE_BLOCK_H
#define LAB_TRACE_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
	BLOCK_WORDS = 4,	/* code words that are kept */
	BLOCK_INSNS_MAX = 512,	/* QEMU's TCG_MAX_INSNS (include/tcg/tcg.h) */
	BLOCK_CPUS = 8,
};

/**
 * struct block - code that QEMU executes as one
 *
 * @chain: the next one with the same hash
 * @with_lost: the next one with @lost (struct ring)
 * @lost: instructions that fell out of the ring, for each CPU; or NULL
 * @vaddr: address of its first instruction, where QEMU translated it. A page that
 *	processes share at several addresses (of a library, at EL0) is translated
 *	once, and executed at all of them
 * @vttbr: VTTBR_EL2 when it was translated: which domain, at EL0 and EL1. A page
 *	of memory, and so its translations, belongs to one domain
 * @hash: of its code
 * @id: in the file; 0: not yet there
 * @insns: number of instructions
 * @el: exception level
 * @ends: bits of enum insn_ends
 * @sure: its last instruction is a branch: if that is begun, all is certain
 * @mark: the number of the mark that begins here, plus 1; 0: none
 * @word: the first instructions; 0 behind the last
 * @class: enum insn_class of each instruction
 */
struct block {
	struct block *chain, *with_lost;
	uint64_t *lost;
	uint64_t vaddr, vttbr, hash;
	uint32_t id;
	uint16_t insns;
	uint8_t el, ends, mark;
	bool sure;
	uint32_t word[BLOCK_WORDS];
	uint8_t class[];
};

/**
 * struct blocks - all of them
 *
 * @slot: heads of the chains
 * @slots: how many, a power of 2
 * @count: of blocks
 * @most: of blocks; more are refused
 */
struct blocks {
	struct block **slot;
	uint32_t slots, count, most;
};

/** blocks_begin() - no block; false: no memory. End with blocks_end(). */
bool blocks_begin(struct blocks *blocks, uint32_t most);
void blocks_end(struct blocks *blocks);

/**
 * blocks_find() - the block with this code at this place; made if it is new
 * @vaddr, @vttbr, @el: see struct block
 * @word: its instructions
 * @insns: how many, 1 to BLOCK_INSNS_MAX
 *
 * Returns NULL if there is no memory or no room. @blocks owns the block.
 */
struct block *blocks_find(struct blocks *blocks, uint64_t vaddr, uint64_t vttbr,
			  unsigned int el, const uint32_t *word,
			  unsigned int insns);

#endif
