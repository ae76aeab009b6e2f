// SPDX-License-Identifier: MIT
/* One recording in memory. */
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
