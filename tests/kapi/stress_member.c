// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stress_member.h"

/* splitmix64 */
uint64_t draw(struct member *m)
{
	uint64_t z = m->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

unsigned int below(struct member *m, unsigned int n)
{
	return (unsigned int)(draw(m) % n);
}

int some_fd(struct member *m)
{
	unsigned int at = below(m, DESCRIPTORS);
	bool any = !below(m, 16);
	int i;

	for (i = 0; !any && i < DESCRIPTORS && m->fds[at] < 0; i++)
		at = (at + 1) % DESCRIPTORS;
	return m->fds[at];
}

unsigned int some_map(struct member *m)
{
	unsigned int at = below(m, MAPPINGS);
	bool any = !below(m, 16);
	int i;

	for (i = 0; !any && i < MAPPINGS && !m->maps[at]; i++)
		at = (at + 1) % MAPPINGS;
	return at;
}

unsigned int some_cpu(struct member *m)
{
	unsigned int cpu = below(m, m->world->last_cpu + 2);

	if (below(m, 16))
		while (!(m->cpus >> cpu & 1))
			cpu = (cpu + 1) % 64;
	return cpu;
}

bool has_descriptor(const struct member *m)
{
	int i;

	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			return true;
	return false;
}

void member_init(struct member *m, uint64_t seed, unsigned long round,
		 int index)
{
	int i;

	memset(m, 0, sizeof(*m));
	m->index = index;
	m->state = seed * 1000003 + round * 16 + (unsigned int)index;
	draw(m);
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
