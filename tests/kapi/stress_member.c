// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stress_member.h"

unsigned int some_place(const struct member *m, const struct choice *c)
{
	unsigned int at = c->fd % DESCRIPTORS;
	int i;

	for (i = 0; !c->any_fd && i < DESCRIPTORS && m->fds[at] < 0; i++)
		at = (at + 1) % DESCRIPTORS;
	return at;
}

int some_fd(const struct member *m, const struct choice *c)
{
	return m->fds[some_place(m, c)];
}

unsigned int some_map(const struct member *m, const struct choice *c)
{
	unsigned int at = c->map % MAPPINGS;
	int i;

	for (i = 0; !c->any_map && i < MAPPINGS && !m->maps[at]; i++)
		at = (at + 1) % MAPPINGS;
	return at;
}

/* From @cpu on, the next one in @set, which is not empty. */
static unsigned int next_in(uint64_t set, unsigned int cpu)
{
	while (!(set >> cpu & 1))
		cpu = (cpu + 1) % CPUS_MAX;
	return cpu;
}

unsigned int some_cpu(const struct member *m, const struct choice *c)
{
	unsigned int cpu = c->cpu % (m->world->last_cpu + 2);

	return c->any_cpu || !m->cpus ? cpu : next_in(m->cpus, cpu);
}

unsigned int later_cpu(const struct member *m, const struct choice *c,
		       bool online)
{
	unsigned int last = m->world->last_cpu;
	unsigned int cpu = 1 + c->cpu % (last ? last : 1);
	uint64_t later = (2ULL << last) - 2, set = cpus_online();

	set = later & (online ? set : ~set);
	if (!c->any_cpu && (set & m->cpus))
		set &= m->cpus;
	return set ? next_in(set, cpu) : cpu;
}

bool has_descriptor(const struct member *m)
{
	int i;

	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			return true;
	return false;
}

bool has_mapping(const struct member *m)
{
	int i;

	for (i = 0; i < MAPPINGS; i++)
		if (m->maps[i])
			return true;
	return false;
}

void member_init(struct member *m, const struct world *world,
		 struct crew *crew, int index)
{
	int i;

	memset(m, 0, sizeof(*m));
	m->world = world;
	m->crew = crew;
	m->index = index;
	for (i = 0; i < DESCRIPTORS; i++)
		m->fds[i] = -1;
}

void member_release(struct member *m)
{
	int i;

	for (i = 0; i < MAPPINGS; i++)
		if (m->maps[i])
			munmap(m->maps[i], m->setup.map_length);
	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			close(m->fds[i]);
}
