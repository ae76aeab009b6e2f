// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin for QEMU: which instructions lie before a sample.
 *
 *   -plugin xlat-trace.so,out=FILE,fire=PATTERN[,start=PATTERN]...
 *
 * It needs -icount, so that the clock counts instructions. All code is translated
 * with what the trace needs, from the beginning, and until the trace begins
 * nothing is called: to translate everything anew would end the turn of a vCPU,
 * and so change what is measured.
 *
 * The names of the functions that QEMU calls: came(), translated(), executed(),
 * called(), ended().
 */
#include <stdio.h>
#include <string.h>

#include "block.h"
#include "follow.h"
#include "insn.h"
#include "log.h"
#include "mark.h"
#include "qemu_plugin_abi.h"
#include "registers.h"
#include "who.h"

enum { MARKS = 8, BLOCKS_MOST = 1 << 20, RING = 1 << 20 };

__attribute__((visibility("default"))) int qemu_plugin_version = ABI_OLDEST;

static struct mark mark[MARKS];
static unsigned int marks;
static struct blocks blocks;
static struct follow follow;
static struct log trace;
static struct trace_done done;
static bool ended_early;	/* nothing is followed any more */
static bool head_is_written;

/* Scoreboards with elements of one byte: see qemu_plugin_abi.h. */
static struct qemu_plugin_u64 begun_by, armed;
static const uint8_t *begun_of[BLOCK_CPUS];
static const uint8_t *begun_at;	/* of the block that is executed */

/* QEMU 11.1 takes no plugin of another version than its own. */
__attribute__((constructor)) static void choose_version(void)
{
	if (qemu_plugin_set_pc)
		qemu_plugin_version = ABI_LATEST;
	else if (!qemu_plugin_read_memory_vaddr)
		qemu_plugin_version = ABI_ANCIENT;
}

/* What a callback other than executed() is called for. */
static uintptr_t abi_argument(uintptr_t a, uintptr_t b)
{
	return qemu_plugin_version > ABI_LAST_WITH_ID ? a : b;
}

static int refuse(const char *why)
{
	fprintf(stderr, "xlat-trace: %s\n", why);
	return -1;
}

static void clock_of_qemu(struct follow_clock *now)
{
	now->instructions = icount_get_raw();
	now->jumped_ns = icount_get() - icount_to_ns(now->instructions);
}

static void set_armed(bool on)
{
	memset(qemu_plugin_scoreboard_find(armed.score, 0), on ? 1 : 0,
	       who_count() + sizeof(uint64_t) - 1);
}

static void stop(enum trace_end why)
{
	ended_early = true;
	done.why = why;
	set_armed(false);
}

/*
 * Called before a block is executed, while the trace goes on. @vcpu is not who
 * executes it, but where the block keeps how many of its instructions were begun.
 */
static void executed(unsigned int vcpu, void *data)
{
	struct block *block = data;
	uint64_t begun;

	memcpy(&begun, begun_at, sizeof(begun));
	begun_at = begun_of[vcpu];
	if (who_is_last() && follow_quickly(&follow, block, begun))
		return;
	follow_next(&follow, block, who_is(), (unsigned int)begun, block->mark);
	done.foreign_index += follow.cpu != vcpu;
}

static uint32_t icount_shift(void)
{
	uint32_t shift = 0;

	while (shift < 31 && icount_to_ns(1) >> shift > 1)
		shift++;
	return shift;
}

/* QEMU knows its shift only when it has loaded the plugins. */
static void write_head(void)
{
	unsigned int i, w;

	if (head_is_written)
		return;
	head_is_written = true;
	writer_header(&trace.writer, (uint32_t)qemu_plugin_version,
		      icount_shift());
	for (i = 0; i < marks; i++) {
		const struct pattern *p = &mark[i].pattern;
		struct trace_mark m = { mark[i].kind, p->words, { 0 }, { 0 } };

		for (w = 0; w < p->words; w++) {
			m.word[w] = p->word[w];
			m.any[w] = p->any[w];
		}
		writer_add(&trace.writer, TRACE_MARK, &m, sizeof(m));
	}
}

static void begin(struct block *block, unsigned int vcpu)
{
	unsigned int i;

	for (i = 0; i < who_count(); i++)
		begun_of[i] = qemu_plugin_scoreboard_find(begun_by.score, i);
	begun_at = begun_of[vcpu];
	follow_begin(&follow, block, who_is());
	set_armed(true);
}

static void sample(const struct block *block)
{
	struct follow_clock clock;
	struct trace_sample s = {
		.mark = block->mark - 1u, .cpu = follow.cpu,
		.entry = registers_x0(), .vttbr = block->vttbr,
		.vaddr = block->vaddr, .drift = follow.drift,
		.jump_ns = follow.jump_ns,
		.instructions = (uint64_t)(follow.charged - follow.start),
	};

	clock_of_qemu(&clock);
	s.clock_ns = (uint64_t)(icount_to_ns(follow.charged) +
				clock.jumped_ns);
	if (!log_sample(&trace, &follow.ring, s))
		stop(TRACE_END_MEMORY);
	follow_clear(&follow);
}

static bool is_clear(const struct block *block)
{
	struct mark *m = &mark[block->mark - 1];
	enum mark_seen seen = mark_call(m, block->vttbr, block->vaddr);
	const struct trace_place place = {
		.mark = block->mark - 1u, .seen = seen,
		.vttbr = block->vttbr, .vaddr = block->vaddr,
	};

	if (seen == MARK_KNOWN)
		return true;
	writer_add(&trace.writer, TRACE_PLACE, &place, sizeof(place));
	/* A competitor may be the same program, and start, too. */
	if (seen == MARK_NEW || seen == MARK_MOVED)
		return m->kind == MARK_START ||
		       follow_measure(&follow, block->vttbr);
	fprintf(stderr, "xlat-trace: a mark fits two functions, the second one at %#llx: the trace ends here\n",
		(unsigned long long)block->vaddr);
	return false;
}

/* Called before a block is executed with which a mark begins. */
static void called(unsigned int vcpu, void *data)
{
	struct block *block = data;

	if (ended_early)
		return;
	if (!use_icount) {
		refuse("the clock does not count instructions: needs -icount");
		stop(TRACE_END_NO_ICOUNT);
		return;
	}
	write_head();
	if (!is_clear(block))
		stop(TRACE_END_AMBIGUOUS);
	else if (!follow.now)
		begin(block, vcpu);
	else if (mark[block->mark - 1].kind == MARK_FIRE)
		sample(block);
}

/* The number of the mark that begins with a block, plus 1; 0: none. */
static unsigned int find_mark(uint64_t vaddr, const uint32_t *word,
			      unsigned int words)
{
	uint32_t all[MARK_WORDS_MAX];
	unsigned int i;

	for (i = 0; i < marks; i++) {
		const struct pattern *p = &mark[i].pattern;

		if (!pattern_fits(p, word, words))
			continue;
		/* A block can be shorter than a pattern: see the code itself. */
		if (words >= p->words ||
		    (registers_code(vaddr, all, p->words) &&
		     pattern_fits(p, all, p->words)))
			return i + 1;
	}
	return 0;
}

static struct block *block_of(const struct qemu_plugin_tb *tb)
{
	unsigned int i, n = (unsigned int)qemu_plugin_tb_n_insns(tb);
	uint64_t vaddr = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
	uint32_t word[BLOCK_INSNS_MAX] = { 0 };
	unsigned int el = registers_el();
	struct block *block;

	for (i = 0; i < n && i < BLOCK_INSNS_MAX; i++)
		qemu_plugin_insn_data(qemu_plugin_tb_get_insn(tb, i), &word[i],
				      sizeof(word[i]));
	block = blocks_find(&blocks, vaddr, el < 2 ? registers_vttbr() : 0, el,
			    word, i);
	if (block)
		block->mark = (uint8_t)find_mark(vaddr, word, i);
	return block;
}

/*
 * Where a block can end early, how far it came is stored before the instruction.
 * The last instruction says that it came to its end.
 */
static void store_begun(const struct qemu_plugin_tb *tb,
			const struct block *block)
{
	unsigned int i;

	for (i = 0; i < block->insns; i++)
		if (i + 1u == block->insns || block->class[i] == INSN_MEMORY ||
		    block->class[i] == INSN_OTHER)
			qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
				qemu_plugin_tb_get_insn(tb, i),
				QEMU_PLUGIN_INLINE_STORE_U64, begun_by, i + 1);
}

static void translated(uintptr_t a, uintptr_t b)
{
	struct qemu_plugin_tb *tb = (void *)abi_argument(a, b);
	struct block *block;

	if (ended_early)
		return;
	block = block_of(tb);
	if (!block) {
		refuse("no memory for more code: the trace ends here");
		stop(TRACE_END_MEMORY);
		return;
	}
	store_begun(tb, block);
	qemu_plugin_register_vcpu_tb_exec_cond_cb(tb, executed,
						  QEMU_PLUGIN_CB_NO_REGS,
						  QEMU_PLUGIN_COND_NE, armed, 0,
						  block);
	if (block->mark)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, called,
						     QEMU_PLUGIN_CB_R_REGS,
						     block);
}

static void came(uintptr_t a, uintptr_t b)
{
	unsigned int vcpu = (unsigned int)abi_argument(a, b);
	const char *why = who_came(vcpu);

	if (!why && !vcpu)
		why = registers_find();
	if (!why)
		return;
	refuse(why);
	stop(TRACE_END_CPUS);
}

static void ended(uintptr_t a, uintptr_t b)
{
	(void)a;
	(void)b;
	write_head();
	done.blocks = follow.blocks;
	done.instructions = (uint64_t)(follow.charged - follow.start);
	done.left_early = follow.left_early;
	done.asked = follow.asked;
	done.surprises = follow.surprises;
	done.drifts = follow.drifts;
	log_end(&trace, done);
}

static bool take(const char *argument, const char **out)
{
	if (!strncmp(argument, "out=", 4)) {
		*out = argument + 4;
		return true;
	}
	return marks < MARKS && mark_parse(&mark[marks], argument) && ++marks;
}

/* NULL, or why this QEMU cannot be traced. */
static const char *what_lacks(const struct qemu_info *info)
{
	if (qemu_plugin_version == ABI_ANCIENT)
		return "needs QEMU 10.0 or newer: this one's plugin interface is too old";
	if (strcmp(info->target_name, "aarch64"))
		return "only for arm64 machines";
	if (!qemu_plugin_register_vcpu_tb_exec_cond_cb ||
	    !qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu ||
	    !qemu_plugin_scoreboard_new || !g_byte_array_new)
		return "this QEMU's plugin interface lacks functions";
	if (!icount_get_raw || !icount_get || !icount_to_ns || !&use_icount)
		return "this QEMU does not export its instruction clock";
	return NULL;
}

static void register_all(uint64_t id)
{
	begun_by.score = qemu_plugin_scoreboard_new(1);
	armed.score = qemu_plugin_scoreboard_new(1);
	qemu_plugin_register_vcpu_init_cb(id, came, NULL);
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated, NULL);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
}

__attribute__((visibility("default")))
int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc,
			char **argv)
{
	const char *why = what_lacks(info), *out = NULL;
	int i;

	if (why)
		return refuse(why);
	for (i = 0; i < argc; i++)
		if (!take(argv[i], &out)) {
			fprintf(stderr, "xlat-trace: bad option: %s\n", argv[i]);
			return -1;
		}
	if (!out || !marks)
		return refuse("needs out=FILE and fire=PATTERN");
	if (!blocks_begin(&blocks, BLOCKS_MOST) ||
	    !ring_begin(&follow.ring, RING))
		return refuse("no memory");
	if (!log_begin(&trace, out))
		return -1;
	follow.clock = clock_of_qemu;
	register_all(id);
	return 0;
}
