// SPDX-License-Identifier: GPL-2.0
/* Which mappings of /dev/xlat are allowed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define MS 1000000ULL

/* Maps as requested and unmaps again; returns 0 or -errno. */
static int try_map(const struct session *s, size_t length, int protection,
		   int flags, uint64_t offset)
{
	void *map = mmap(NULL, length, protection, flags, s->fd,
			 (off_t)offset);

	if (map == MAP_FAILED)
		return -errno;
	munmap(map, length);
	return 0;
}

static void check_refusals(struct session *s, unsigned int cpu)
{
	size_t length = s->setup.map_length;
	uint64_t stride = s->setup.map_stride, at = cpu * stride;

	ktap_is(try_map(s, length, PROT_READ, MAP_SHARED, at), 0, "read, shared");
	ktap_is(try_map(s, length, PROT_READ, MAP_PRIVATE, at), -EINVAL,
		"MAP_PRIVATE");
	ktap_is(try_map(s, length, PROT_READ | PROT_WRITE, MAP_PRIVATE, at),
		-EINVAL, "MAP_PRIVATE, writable");
	ktap_is(try_map(s, length, PROT_READ | PROT_WRITE, MAP_SHARED, at),
		-EPERM, "writable");
	ktap_is(try_map(s, length, PROT_WRITE, MAP_SHARED, at), -EPERM,
		"write only");
	ktap_is(try_map(s, length, PROT_READ | PROT_EXEC, MAP_SHARED, at),
		-EPERM, "executable");
	ktap_is(try_map(s, length + 4096, PROT_READ, MAP_SHARED, at), -EINVAL,
		"a page too long");
	ktap_is(try_map(s, length - 4096, PROT_READ, MAP_SHARED, at), -EINVAL,
		"a page too short");
	ktap_is(try_map(s, 4096, PROT_READ, MAP_SHARED, at), -EINVAL,
		"one page");
	ktap_is(try_map(s, 2 * length, PROT_READ, MAP_SHARED, at), -EINVAL,
		"two CPUs at once");
	ktap_is(try_map(s, length, PROT_READ, MAP_SHARED, at + 4096), -EINVAL,
		"a page further");
	ktap_is(try_map(s, length, PROT_READ, MAP_SHARED, 0), -EINVAL,
		"a CPU that is not measured");
	ktap_is(try_map(s, length, PROT_READ, MAP_SHARED, 1000 * stride),
		-EINVAL, "a CPU that cannot exist");
	ktap_is(try_map(s, length, PROT_READ, MAP_SHARED,
			INT64_MAX / stride * stride), -EINVAL,
		"the end of all offsets");
}

static void check_protection(struct session *s, unsigned int cpu)
{
	void *map = (void *)s->map[cpu], *moved;
	size_t length = s->setup.map_length;

	ktap_ok(mprotect(map, length, PROT_READ | PROT_WRITE) &&
		errno == EACCES, "mprotect to writable fails");
	ktap_ok(mprotect(map, 4096, PROT_WRITE) && errno == EACCES,
		"mprotect of one page to writable fails");
	ktap_ok(mprotect(map, length, PROT_READ | PROT_EXEC) &&
		errno == EACCES, "mprotect to executable fails");
	moved = mremap(map, length, 2 * length, MREMAP_MAYMOVE);
	ktap_ok(moved == MAP_FAILED, "mremap to twice the length fails");
}

/* Returns 0, or the signal that killed the child. */
static int in_child(void (*act)(const struct xlat_map *map),
		    const struct xlat_map *map)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		act(map);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void read_map(const struct xlat_map *map)
{
	_exit(((const volatile struct xlat_map *)map)->magic != XLAT_MAP_MAGIC);
}

static void check_zeroed(const struct xlat_map *map)
{
	const char *bytes = (const char *)map;
	uint64_t i;

	for (i = map->header_size; i < map->length && !bytes[i]; i++)
		;
	ktap_ok(i == map->length, "everything behind the header is zero");
}

static void check_header(const struct session *s, unsigned int cpu)
{
	const struct xlat_map *m = s->map[cpu];
	uint64_t array = m->buckets * sizeof(uint64_t);

	ktap_ok(m->magic == XLAT_MAP_MAGIC && m->version == XLAT_ABI_VERSION &&
		m->header_size == sizeof(*m), "magic, version, header size");
	ktap_ok(m->length == s->setup.map_length && m->cpu == cpu &&
		m->slots == s->setup.slots &&
		m->slot_size == sizeof(struct xlat_sample) &&
		m->buckets == XLAT_BUCKETS &&
		m->sub_bucket_bits == XLAT_SUB_BUCKET_BITS,
		"length, CPU, geometry");
	ktap_ok(m->late_offset >= m->header_size &&
		m->early_offset >= m->late_offset + array &&
		m->ring_offset >= m->early_offset + array &&
		m->ring_offset + (uint64_t)m->slots * m->slot_size <= m->length,
		"arrays inside the mapping, apart from each other");
	ktap_ok(!m->later_offset[0] && !m->later_offset[3] && !m->reserved,
		"no later stages");
	ktap_ok(m->state == XLAT_STATE_READY && !m->end_reason && !m->head &&
		!m->counters.count && m->counters.min_ticks == INT64_MAX &&
		m->counters.max_ticks == INT64_MIN, "ready and empty");
	ktap_ok(m->warmup == s->setup.warmup && m->limit == s->setup.limit &&
		m->period_ticks == s->setup.period_ticks &&
		m->tick_hz == s->setup.tick_hz, "what was set up");
}

/* Data of one session must not be visible in the next. */
static void check_recycled(uint64_t cpus)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, cpus, MS);
	s.setup.limit = 50;
	if (ktap_is(session_record(&s, 10000), 0, "a recording"))
		session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, cpus, MS);
	if (!session_begin(&s))
		check_zeroed(s.map[63 - __builtin_clzll(cpus)]);
	session_close(&s);
}

/* A read-only descriptor is sufficient. */
static void check_read_only(unsigned int cpu)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1ULL << cpu, MS);
	s.setup.cpus = (uintptr_t)&s.cpus;
	s.fd = open("/dev/xlat", O_RDONLY | O_CLOEXEC);
	ktap_is(session_setup(&s), 0, "SETUP, opened read-only");
	ktap_is(session_map(&s), 0, "map, opened read-only");
	ktap_is(try_map(&s, s.setup.map_length, PROT_READ, MAP_PRIVATE,
			cpu * s.setup.map_stride), -EINVAL,
		"MAP_PRIVATE, opened read-only");
	check_protection(&s, cpu);
	session_close(&s);
}

int main(void)
{
	unsigned int cpu = cpu_last();
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1ULL << cpu, MS);
	session_open(&s);
	ktap_is(try_map(&s, 4096, PROT_READ, MAP_SHARED, 0), -EINVAL,
		"before SETUP");
	ktap_is(session_setup(&s), 0, "SETUP");
	check_refusals(&s, cpu);
	ktap_is(session_map(&s), 0, "map");
	check_header(&s, cpu);
	check_zeroed(s.map[cpu]);
	check_protection(&s, cpu);
	ktap_is(in_child(read_map, s.map[cpu]), 11,
		"a child does not inherit the mapping");
	session_close(&s);
	check_recycled(1ULL << cpu);
	check_read_only(cpu);
	return ktap_end();
}
