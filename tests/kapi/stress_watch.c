// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "account.h"
#include "stress_ops.h"
#include "stress_watch.h"

void findings_add(struct findings *f, const char *format, ...)
{
	va_list ap;

	if (f->broken++)
		return;
	va_start(ap, format);
	vsnprintf(f->first, sizeof(f->first), format, ap);
	va_end(ap);
}

bool watch_begin(struct watch *w, const struct member *m, int fd)
{
	unsigned int cpu;
	void *p;

	*w = (struct watch) {
		.fd = fcntl(fd, F_DUPFD_CLOEXEC, 0),
		.cpus = m->cpus, .length = m->setup.map_length,
	};
	if (w->fd < 0)
		return false;
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (!(w->cpus >> cpu & 1))
			continue;
		p = mmap(NULL, w->length, PROT_READ, MAP_SHARED, w->fd,
			 (off_t)(cpu * m->setup.map_stride));
		if (p == MAP_FAILED) {
			watch_end(w);
			return false;
		}
		w->maps[cpu] = p;
	}
	return true;
}

void watch_end(struct watch *w)
{
	unsigned int cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++)
		if (w->maps[cpu])
			munmap(w->maps[cpu], w->length);
	close(w->fd);
}

static void check_started(const struct watch *w, struct findings *f)
{
	const struct xlat_map *map;
	const char *error;
	unsigned int cpu;

	f->started++;
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		map = w->maps[cpu];
		if (!map)
			continue;
		error = account_check_map(map);
		f->accounts++;
		if (map->end_reason <= XLAT_END_SUSPEND)
			f->ends[map->end_reason]++;
		if (error)
			findings_add(f, "CPU %u: %s", cpu, error);
	}
}

static void check_idle(const struct watch *w, struct findings *f)
{
	const struct xlat_map *map;
	unsigned int cpu;

	f->idle++;
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		map = w->maps[cpu];
		if (map && (map->state != XLAT_STATE_READY || map->head ||
			    map->counters.count))
			findings_add(f, "CPU %u: not started, but state %u, %llu samples",
				     cpu, map->state,
				     (unsigned long long)map->counters.count);
	}
}

void watch_check(const struct watch *w, int starts, struct findings *f)
{
	if (op_stop(w->fd))
		check_started(w, f);
	else if (errno != EINVAL || starts > 0)
		findings_add(f, "STOP gives error %d after %d STARTs", errno,
			     starts);
	else if (!starts)
		check_idle(w, f);
}
