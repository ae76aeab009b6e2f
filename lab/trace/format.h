/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file of a trace: a header, then chunks. All numbers are little-endian.
 *
 * The file is a log. Each PATH chunk continues the one before it, and each sample
 * stands at a position in this log: behind all that was written before it. Who
 * wants to know what was executed before a sample reads the log backwards from
 * there, also beyond earlier samples, as far as a gap.
 *
 * Where the file was cut or damaged, all chunks before that place are good: a
 * chunk is good if its checksum is right and its sequence number is one more than
 * that of the chunk before it. What a good chunk refers to is in an earlier one.
 */
#ifndef LAB_TRACE_FORMAT_H
#define LAB_TRACE_FORMAT_H

#include <stdint.h>

#include "block.h"
#include "mark.h"

#define TRACE_MAGIC "xlat-trc"

enum { TRACE_VERSION = 1 };

/**
 * struct trace_header - the first bytes of the file
 *
 * @magic: TRACE_MAGIC
 * @version: TRACE_VERSION; readers refuse another one
 * @bytes: size of this header, a multiple of 8; the first chunk begins there
 * @abi: version of QEMU's plugin ABI that was used
 * @icount_shift: an instruction takes 2^this ns of the virtual clock
 * @zero: 0
 * @crc: crc32 (zlib's) of all of the above
 */
struct trace_header {
	char magic[8];
	uint32_t version, bytes;
	uint32_t abi, icount_shift;
	uint32_t zero, crc;
};

/**
 * struct trace_chunk - what each chunk begins with
 *
 * @tag: enum trace_tag
 * @bytes: size of what follows, a multiple of 8
 * @sequence: 0, 1, ...
 * @crc: crc32 of the three members above and of what follows
 */
struct trace_chunk {
	uint32_t tag, bytes, sequence, crc;
};

/** enum trace_tag - what is in a chunk; a reader skips an unknown one */
enum trace_tag {
	TRACE_MARK = 1,		/* one struct trace_mark */
	TRACE_PLACE = 2,	/* one struct trace_place */
	TRACE_BLOCKS = 3,	/* struct trace_block[] */
	TRACE_RUNS = 4,		/* struct trace_run, its entries; and so on */
	TRACE_PATH = 5,		/* struct trace_step[] */
	TRACE_LOST = 6,		/* struct trace_lost[]: a gap in the path */
	TRACE_SAMPLE = 7,	/* one struct trace_sample */
	TRACE_DONE = 8,		/* one struct trace_done; the last chunk */
};

/** struct trace_mark - a function that is looked for; numbered in order, from 0 */
struct trace_mark {
	uint32_t kind;		/* enum mark_kind */
	uint32_t words;
	uint32_t word[MARK_WORDS_MAX];
	uint32_t any[MARK_WORDS_MAX];	/* 1: word[] does not matter */
};

/** struct trace_place - a mark was called at another place than before */
struct trace_place {
	uint32_t mark;
	uint32_t seen;		/* enum mark_seen. After MARK_AMBIGUOUS and
				 * MARK_TOO_MANY no sample follows */
	uint64_t vttbr, vaddr;
};

/**
 * struct trace_block - code that is executed as one
 *
 * @id: by which runs name it, 1, 2, ...
 * @insns: number of instructions
 * @el: exception level
 * @ends: what its last instruction does: bits of enum insn_ends
 * @vaddr: address of its first instruction; at EL0, code that processes share can
 *	be executed at other addresses
 * @vttbr: at EL1 and EL0: which domain (VTTBR_EL2); else 0
 * @word: its first instructions, to check a symbol file with; 0 behind the last
 */
struct trace_block {
	uint32_t id;
	uint16_t insns;
	uint8_t el, ends;
	uint64_t vaddr, vttbr;
	uint32_t word[BLOCK_WORDS];
};

/** struct trace_run - blocks that one CPU executed in this order */
struct trace_run {
	uint32_t id;		/* by which paths name it, 1, 2, ... */
	uint32_t entries;	/* struct trace_entry that follow */
	uint64_t instructions;	/* that were charged, in all */
};

/**
 * struct trace_entry - a block of a run
 *
 * @block: its id
 * @charged: instructions that the clock charged for it
 * @begun: instructions that were begun. @charged can be one less: the last one was
 *	given back. It can be more: what follows it was charged, not executed
 */
struct trace_entry {
	uint32_t block;
	uint16_t charged, begun;
};

/**
 * struct trace_step - what passed next
 *
 * @kind: enum trace_step_kind
 * @cpu: which CPU it was
 * @times: how often it passed, one after the other, at least 1; only a run more
 *	than once
 * @what: TRACE_STEP_RUN: id of the run; else 0
 * @amount: instructions that were charged, for all @times; TRACE_STEP_ASLEEP: ns
 *	of the virtual clock
 *
 * TRACE_STEP_STRETCH is followed by TRACE_STEP_DOMAIN, whose amount is VTTBR_EL2.
 */
struct trace_step {
	uint8_t kind, cpu;
	uint16_t times;
	uint32_t what;
	uint64_t amount;
};

/**
 * enum trace_step_kind
 *
 * @TRACE_STEP_RUN: a run was executed
 * @TRACE_STEP_STRETCH: code of a domain that is not measured, at EL1 and EL0
 * @TRACE_STEP_DOMAIN: which domain
 * @TRACE_STEP_ASLEEP: all CPUs slept, and the clock jumped
 */
enum trace_step_kind {
	TRACE_STEP_RUN, TRACE_STEP_STRETCH, TRACE_STEP_DOMAIN,
	TRACE_STEP_ASLEEP,
};

/**
 * struct trace_lost - between two chunks of the path more passed than is kept
 *
 * @block: id of a block; 0: @what says what it is
 * @cpu: which CPU; 0 if @block is 0
 * @what: 1: code of other domains; 2: sleep
 * @amount: instructions, or ns of sleep
 */
struct trace_lost {
	uint32_t block;
	uint16_t cpu, what;
	uint64_t amount;
};

/**
 * struct trace_sample - a call of a MARK_FIRE
 *
 * @serial: 1, 2, ...
 * @mark: number of the mark
 * @cpu: which CPU
 * @entry: x0, the entry of the recording: its key
 * @vttbr, @vaddr: which domain, and where the function is
 * @instructions: charged since the trace began, up to this call
 * @clock_ns: the virtual clock at this call
 * @drift: by how many instructions the clock differed from the rules since the
 *	last sample, where the rules should have been certain, or by more than any
 *	rule allows. If it is not 0, what was executed is not known exactly
 * @jump_ns: of it, what the clock jumped where nobody slept
 * @gap: 1: a TRACE_LOST belongs between this sample and the one before
 */
struct trace_sample {
	uint64_t serial;
	uint32_t mark, cpu;
	uint64_t entry;
	uint64_t vttbr, vaddr;
	uint64_t instructions;
	uint64_t clock_ns;
	int64_t drift, jump_ns;
	uint32_t gap, zero;
};

/**
 * struct trace_done - the plugin's account of itself
 *
 * @why: enum trace_end
 * @samples: that were written
 * @blocks: executed while the trace went on
 * @instructions: charged for them
 * @left_early: blocks of which not all instructions were begun
 * @asked: how often the clock was asked
 * @surprises: how often it then said something else than the rules expected,
 *	though what a rule allows: the path says what the clock said
 * @drifts: how often @drift of a sample is not 0
 * @foreign_index: blocks, but those of stretches, for which QEMU named another
 *	CPU than the one that executed them
 */
struct trace_done {
	uint32_t why, zero;
	uint64_t samples, blocks, instructions, left_early;
	uint64_t asked, surprises, drifts, foreign_index;
};

/**
 * enum trace_end - why the trace ended
 *
 * @TRACE_END_EXIT: QEMU ended
 * @TRACE_END_AMBIGUOUS: a mark fits two functions, or too many
 * @TRACE_END_MEMORY: there was no memory, or more code than is kept
 * @TRACE_END_NO_ICOUNT: QEMU's clock does not count instructions
 * @TRACE_END_CPUS: the plugin could not tell the CPUs apart, or read registers
 *
 * A file that could not be written to has no TRACE_DONE.
 */
enum trace_end {
	TRACE_END_EXIT, TRACE_END_AMBIGUOUS, TRACE_END_MEMORY,
	TRACE_END_NO_ICOUNT, TRACE_END_CPUS,
};

#endif
