// SPDX-License-Identifier: GPL-2.0
#include "account.h"
#include "follow.h"
#include "insn.h"

void follow_begin(struct follow *follow, struct block *first, unsigned int cpu)
{
	struct follow_clock clock;

	follow->clock(&clock);
	follow->now = first;
	follow->cpu = cpu;
	follow->charged = clock.instructions - first->insns;
	follow->start = follow->charged;
	follow->jumped_ns = clock.jumped_ns;
	follow_clear(follow);
}

/* Is it other domains' code? A hypervisor's is nobody's. */
static bool is_foreign(const struct follow *follow, const struct block *block)
{
	unsigned int i;

	if (block->el >= 2 || !follow->domains)
		return false;
	for (i = 0; i < follow->domains; i++)
		if (follow->domain[i] == block->vttbr)
			return false;
	return true;
}

static void add_block(struct follow *follow, unsigned int charged,
		      unsigned int begun)
{
	struct entry entry = {
		.amount = charged, .times = 1, .begun = (uint16_t)begun,
		.cpu = (uint8_t)follow->cpu, .kind = ENTRY_BLOCK,
	};

	if (is_foreign(follow, follow->now)) {
		entry.kind = ENTRY_STRETCH;
		entry.vttbr = follow->now->vttbr;
	} else {
		entry.block = follow->now;
	}
	ring_add(&follow->ring, &entry);
	follow->stretch = entry.kind == ENTRY_STRETCH ?
			  ring_last(&follow->ring) : NULL;
}

static void add_sleep(struct follow *follow, int64_t ns, unsigned int cpu)
{
	const struct entry entry = {
		.amount = ns, .times = 1, .cpu = (uint8_t)cpu, .kind = ENTRY_ASLEEP,
	};

	if (!(follow->now->ends & INSN_SLEEPS))
		follow->jump_ns += ns;
	follow->jumped_ns += ns;
	ring_add(&follow->ring, &entry);
	follow->stretch = NULL;
}

/*
 * What the clock charged for the block that has ended. Where the rules are
 * certain, or the clock says what no rule allows, what differs is drift. It is
 * reported, and not carried into the next sample.
 */
static unsigned int confirm(struct follow *follow, const struct account *ended,
			    unsigned int charge, bool certain,
			    const struct follow_clock *clock, unsigned int next)
{
	int64_t charged = clock->instructions - next - follow->charged;

	follow->asked++;
	if (charged == charge)
		return charge;
	if (!certain && account_is_lawful(ended, charged)) {
		follow->surprises++;
		return (unsigned int)charged;
	}
	follow->drift += charged - charge;
	follow->charged += charged - charge;
	follow->drifts++;
	return charge;
}

void follow_next(struct follow *follow, struct block *next, unsigned int cpu,
		 unsigned int begun, bool check)
{
	const struct block *now = follow->now;
	const struct account ended = {
		.vaddr = now->vaddr, .insns = now->insns, .begun = begun,
		.last = (enum insn_class)now->class[begun - 1],
		.same_cpu = cpu == follow->cpu, .next = next->vaddr,
	};
	struct follow_clock clock = { 0, follow->jumped_ns };
	bool certain;
	unsigned int charge = account_charge(&ended, &certain);

	if (!certain || check || now->ends & INSN_SLEEPS) {
		follow->clock(&clock);
		charge = confirm(follow, &ended, charge, certain, &clock,
				 next->insns);
	}
	follow->blocks++;
	follow->left_early += begun < now->insns;
	follow->charged += charge;
	add_block(follow, charge, begun);
	if (clock.jumped_ns != follow->jumped_ns)
		add_sleep(follow, clock.jumped_ns - follow->jumped_ns, cpu);
	follow->now = next;
	if (cpu != follow->cpu)
		follow->stretch = NULL;
	follow->cpu = cpu;
}

bool follow_measure(struct follow *follow, uint64_t vttbr)
{
	unsigned int i;

	for (i = 0; i < follow->domains; i++)
		if (follow->domain[i] == vttbr)
			return true;
	if (follow->domains == FOLLOW_DOMAINS)
		return false;
	follow->domain[follow->domains++] = vttbr;
	return true;
}

void follow_clear(struct follow *follow)
{
	ring_clear(&follow->ring);
	follow->stretch = NULL;
	follow->drift = 0;
	follow->jump_ns = 0;
}
