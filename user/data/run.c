// SPDX-License-Identifier: MIT
/* One recording in memory. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

uint64_t run_no_counts[XLAT_BUCKETS + 1];

void run_drop_counts(uint64_t **counts)
{
	if (*counts != run_no_counts)
		free(*counts);
	*counts = NULL;
}

void run_free(struct run *run)
{
	for (size_t i = 0; i < run->cpu_count; i++) {
		free(run->cpus[i].samples);
		free(run->cpus[i].spans);
		run_drop_counts(&run->cpus[i].late);
		run_drop_counts(&run->cpus[i].early);
	}
	free(run->cpus);
	free(run->environment);
	free(run->name);
	memset(run, 0, sizeof(*run));
}

struct run_cpu *run_cpu_find(struct run *run, uint32_t cpu)
{
	struct run_cpu *cpus;
	size_t at = run->cpu_count;

	while (at && run->cpus[at - 1].map.cpu > cpu)
		at--;
	if (at && run->cpus[at - 1].map.cpu == cpu)
		return &run->cpus[at - 1];
	cpus = realloc(run->cpus, (run->cpu_count + 1) * sizeof(*cpus));
	if (!cpus)
		return NULL;
	memmove(&cpus[at + 1], &cpus[at],
		(run->cpu_count - at) * sizeof(*cpus));
	memset(&cpus[at], 0, sizeof(*cpus));
	cpus[at].map.cpu = cpu;
	run->cpus = cpus;
	run->cpu_count++;
	return &cpus[at];
}

static uint64_t number_in(const struct run_span *span, size_t i)
{
	return span->first == RUN_UNKNOWN ? RUN_UNKNOWN :
					    span->first + (i - span->at);
}

/* Samples that directly continue the last span do not need a new one. */
int run_number_from(struct run_cpu *cpu, uint64_t first)
{
	size_t n = cpu->span_count;
	struct run_span *grown;

	if (n && number_in(&cpu->spans[n - 1], cpu->sample_count) == first)
		return 0;
	if (!(n & (n - 1))) {
		grown = realloc(cpu->spans, (n ? 2 * n : 1) * sizeof(*grown));
		if (!grown)
			return -ENOMEM;
		cpu->spans = grown;
	}
	cpu->spans[n] = (struct run_span) { cpu->sample_count, first };
	cpu->span_count++;
	return 0;
}

uint64_t run_sample_number(const struct run_cpu *cpu, size_t i)
{
	size_t low = 0, high = cpu->span_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cpu->spans[middle].at <= i)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? number_in(&cpu->spans[low - 1], i) : RUN_UNKNOWN;
}
