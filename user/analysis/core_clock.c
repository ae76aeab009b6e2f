// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core_clock.h"
#include "user/data/cli.h"

/*
 * A core clock has changed if the probe loop takes longer or shorter by more
 * than this share and by more than 2 ticks.
 */
#define CORE_CHANGE	0.01

static double hz_of(const struct xlat_probe *probe, uint64_t tick_hz)
{
	if (!probe->loop_insn || !probe->loop_ticks)
		return 0;
	return (double)probe->loop_insn * (double)tick_hz /
	       (double)probe->loop_ticks;
}

void core_clock_read(const struct xlat_map *map, uint64_t tick_hz,
		     struct report_summary *s)
{
	double before = (double)map->before.loop_ticks;
	double after = (double)map->after.loop_ticks;
	double moved = fabs(after - before);

	s->core_hz_before = hz_of(&map->before, tick_hz);
	s->core_hz_after = hz_of(&map->after, tick_hz);
	s->core_again = s->core_hz_before > 0 && s->core_hz_after > 0;
	s->core_changed = s->core_again &&
			  moved > 2 && moved > CORE_CHANGE * before;
}

static bool are_alike(double a, double b)
{
	return fabs(a - b) <= CORE_CLOCK_ALIKE * fmax(a, b);
}

static double clock_of(const struct report *r, size_t i)
{
	return r->cpu[i].core_hz_before;
}

/* At most this many kinds of cores are listed. */
#define KINDS	16

/* Index of the kind that CPU @i belongs to, or @count if it is a new kind. */
static size_t kind_of(const struct report *r, size_t i, const double *kind,
		      size_t count)
{
	size_t k = 0;

	while (k < count && !are_alike(kind[k], clock_of(r, i)))
		k++;
	return k;
}

static size_t find_kinds(const struct report *r, double *kind)
{
	size_t i, k, count = 0;

	for (i = 0; i < r->cpu_count; i++) {
		if (!(clock_of(r, i) > 0))
			continue;
		k = kind_of(r, i, kind, count);
		if (k == KINDS)
			break;
		if (k == count)
			kind[count++] = clock_of(r, i);
	}
	return count;
}

static size_t cpus_of_kind(const struct report *r, size_t k, const double *kind,
			   size_t count, struct cli_cpus *cpus)
{
	size_t i, n = 0;

	memset(cpus, 0, sizeof(*cpus));
	for (i = 0; i < r->cpu_count; i++) {
		uint32_t cpu = r->cpu[i].cpu;

		if (cpu >= CLI_CPUS_MAX || !(clock_of(r, i) > 0) ||
		    kind_of(r, i, kind, count) != k)
			continue;
		cpus->word[cpu / 64] |= 1ULL << (cpu % 64);
		n++;
	}
	return n;
}

static void list_clocks(struct report *r)
{
	size_t k, n, length = 0, room = sizeof(r->core_clocks);
	char list[CLI_CPUS_TEXT];
	double kind[KINDS];
	size_t count = find_kinds(r, kind);
	struct cli_cpus cpus;

	for (k = 0; k < count && length < room; k++) {
		n = cpus_of_kind(r, k, kind, count, &cpus);
		cli_format_cpus(&cpus, list, sizeof(list));
		length += (size_t)snprintf(r->core_clocks + length,
					   room - length, "%s%.1f (CPU%s %s)",
					   k ? ", " : "", kind[k] / 1e6,
					   n == 1 ? "" : "s", list);
	}
}

void core_clock_describe(struct report *r)
{
	double sum = 0, low = INFINITY, high = 0;
	size_t i, n = 0;

	for (i = 0; i < r->cpu_count; i++) {
		if (!(clock_of(r, i) > 0))
			continue;
		sum += clock_of(r, i);
		low = fmin(low, clock_of(r, i));
		high = fmax(high, clock_of(r, i));
		n++;
	}
	r->core_clocks[0] = '\0';
	r->core_hz = 0;
	if (n && are_alike(low, high))
		r->core_hz = sum / (double)n;
	else if (n)
		list_clocks(r);
}

bool core_clock_is_known(const struct report *r)
{
	return r->core_hz > 0 || r->core_clocks[0];
}

bool core_clock_same(const struct report *a, const struct report *b)
{
	size_t i;

	if (a->core_hz > 0 || b->core_hz > 0)
		return are_alike(a->core_hz, b->core_hz);
	if (a->cpu_count != b->cpu_count)
		return false;
	for (i = 0; i < a->cpu_count; i++)
		if (!are_alike(clock_of(a, i), clock_of(b, i)))
			return false;
	return true;
}
