// SPDX-License-Identifier: MIT
#include "core/shortest.h"
#include "tests/unit/unit.h"

/* Adds timings until the shortest is known, or none is left. */
static struct xlat_shortest shortest_of(const uint64_t *ticks, size_t count)
{
	struct xlat_shortest best = { 0 };
	size_t i;

	for (i = 0; i < count; i++) {
		xlat_shortest_add(&best, ticks[i]);
		if (xlat_shortest_known(&best, 3, 8))
			break;
	}
	return best;
}

static const struct {
	uint64_t ticks[8];
	uint64_t shortest;
	uint32_t tries;
} timings[] = {
	{ { 40000, 40000, 40000 }, 40000, 3 },
	{ { 40000, 40039, 50000 }, 40000, 3 },		/* nearly equal */
	{ { 40039, 40000, 50000 }, 40000, 3 },
	{ { 40000, 40041, 50000, 40000 }, 40000, 4 },
	{ { 41600, 43200, 40000, 42000, 40001 }, 40000, 5 },
	{ { 45000, 45000, 40000, 50000, 45000, 40000 }, 40000, 6 },
	{ { 49, 48, 47, 46, 45 }, 47, 3 },		/* a slow counter */
	{ { 0, 0, 0 }, 0, 3 },				/* a stopped counter */
	{ { 90000, 80000, 70000, 60000, 50000, 40000, 30000, 20000 }, 20000,
	  8 },						/* it ends */
	{ { UINT64_MAX, 40000, UINT64_MAX, 40000 }, 40000, 4 },
};

START_TEST(the_shortest_is_seen_twice)
{
	struct xlat_shortest best = shortest_of(timings[_i].ticks, 8);

	ck_assert_uint_eq(best.ticks, timings[_i].shortest);
	ck_assert_uint_eq(best.tries, timings[_i].tries);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shortest");

	unit_add_loop(suite, the_shortest_is_seen_twice,
		      sizeof(timings) / sizeof(timings[0]));
	return unit_run(suite);
}
