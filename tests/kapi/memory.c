// SPDX-License-Identifier: GPL-2.0
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "session.h"

enum { READINGS = 20, APART_MS = 100 };

/* "Slab:   1234 kB" of /proc/meminfo */
static int64_t kernel_bytes(void)
{
	static const char *const names[] = {
		"SUnreclaim:", "VmallocUsed:", "Percpu:", "PageTables:",
		"KernelStack:",
	};
	FILE *f = fopen("/proc/meminfo", "re");
	int64_t kb, sum = 0;
	char line[256];
	size_t i;

	while (f && fgets(line, sizeof(line), f))
		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (!strncmp(line, names[i], strlen(names[i])) &&
			    sscanf(line, "%*s %" SCNd64, &kb) == 1)
				sum += kb * 1024;
	if (f)
		fclose(f);
	return sum;
}

/*
 * Free pages, with those that wait on the lists of the CPUs (/proc/zoneinfo:
 * "pages free N" of each zone, "count: N" of each of its CPUs).
 */
static int64_t free_bytes(void)
{
	FILE *f = fopen("/proc/zoneinfo", "re");
	int64_t pages, sum = 0;
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, " pages free %" SCNd64, &pages) == 1 ||
		    sscanf(line, " count: %" SCNd64, &pages) == 1)
			sum += pages;
	if (f)
		fclose(f);
	return sum * sysconf(_SC_PAGESIZE);
}

static void drop_caches(void)
{
	FILE *f = fopen("/proc/sys/vm/drop_caches", "we");

	sync();
	if (f) {
		fputs("3", f);
		fclose(f);
	}
}

struct memory memory_read(void)
{
	struct memory least = { INT64_MAX, INT64_MAX };
	int64_t kernel, used;
	int i;

	for (i = 0; i < READINGS; i++) {
		drop_caches();
		sleep_ms(APART_MS);
		kernel = kernel_bytes();
		used = -free_bytes();
		if (kernel < least.kernel)
			least.kernel = kernel;
		if (used < least.used)
			least.used = used;
	}
	return least;
}
