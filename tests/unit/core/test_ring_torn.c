// SPDX-License-Identifier: MIT
/*
 * The writer publishes at the worst moment: between the reader's copy and its
 * second read of head. The barrier between the two calls the writer.
 */
#define XLAT_BARRIER_H
#include <stdint.h>

static void writer_runs(void);

#define READ_ONCE(x)		(x)
#define WRITE_ONCE(x, v)	((x) = (v))
#define smp_load_acquire(p)	(*(p))
#define smp_store_release(p, v)	(*(p) = (v))
#define smp_wmb()		do { } while (0)
#define smp_rmb()		writer_runs()

#include "core/ring.h"
#include "tests/unit/unit.h"

#define SLOTS	16u

static struct xlat_sample slot[SLOTS];
static __u64 head;
static unsigned int to_publish;

static void put(void)
{
	const struct xlat_sample sample = { .deadline = head, .entry = ~head };

	xlat_ring_put(slot, SLOTS - 1, &head, &sample);
}

static void writer_runs(void)
{
	while (to_publish) {
		to_publish--;
		put();
	}
}

/*
 * @before samples are in the ring and @taken of them have been read; @meanwhile
 * more are published during the copy. The writer may be writing slot head %
 * SLOTS, so of the last SLOTS samples only SLOTS - 1 are valid.
 */
static void read_once(unsigned int before, unsigned int taken,
		      unsigned int meanwhile)
{
	unsigned int trusted = before + meanwhile < SLOTS ? 0 :
			       before + meanwhile - SLOTS + 1;
	__u64 position = taken, lost = 0, n, i, first;
	struct xlat_sample out[SLOTS];

	head = 0;
	to_publish = before;
	writer_runs();
	to_publish = meanwhile;
	n = xlat_ring_get(slot, sizeof(*slot), SLOTS, &head, &position, out,
			  SLOTS, &lost);
	first = taken > trusted ? taken : trusted;
	first = first < before ? first : before;
	ck_assert_uint_eq(position, before);
	ck_assert_uint_eq(n, before - first);
	ck_assert_uint_eq(lost, first - taken);
	for (i = 0; i < n; i++)
		ck_assert(out[i].deadline == first + i &&
			  out[i].entry == ~(first + i));
}

START_TEST(every_interleaving_of_one_read)
{
	unsigned int before, taken, meanwhile;

	for (before = 0; before <= 3 * SLOTS; before++)
		for (taken = 0; taken <= before; taken++)
			for (meanwhile = 0; meanwhile <= 3 * SLOTS; meanwhile++)
				read_once(before, taken, meanwhile);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ring_torn");

	unit_add(suite, every_interleaving_of_one_read);
	return unit_run(suite);
}
