// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"
#include "stress_member.h"
#include "stress_ops.h"

static bool control(int fd, unsigned long command)
{
	struct xlat_control c = { .size = sizeof(c) };

	return !ioctl(fd, command, &c);
}

/* In most cases a source that is free. */
static uint32_t some_source(struct member *m)
{
	unsigned int at = below(m, SOURCES);

	return below(m, 16) ? m->world->free_sources[at] : at;
}

/*
 * On a kernel that checks itself a handler takes about 100 us, and a page of a
 * mapping almost as long: with short periods and large rings nothing else gets
 * done. They are rare.
 */
static uint64_t some_period(struct member *m)
{
	static const uint64_t fast[] = { 10000, 50000 };
	static const uint64_t slow[] = { 503000, 1009000, 4003000, 4003000 };
	unsigned int at = below(m, 4);

	return below(m, 16) ? slow[at] : fast[at % 2];
}

static uint32_t some_slots(struct member *m)
{
	static const uint32_t slots[] = { 16, 64, 256, 1 << 10 };
	unsigned int at = below(m, 4);

	return below(m, 16) ? slots[at] : 1 << 14;
}

/* In most cases valid, so that most rounds have a session. */
static void draw_setup(struct member *m)
{
	struct session s;

	session_init(&s, some_source(m), 1, some_period(m));
	m->cpus = (draw(m) & cpus_online()) | 1;
	s.setup.cpus = (uintptr_t)&m->cpus;
	s.setup.slots = some_slots(m);
	s.setup.limit = below(m, 2) * below(m, 1000);
	s.setup.watermark = below(m, 128);
	s.setup.phase_mode = below(m, 3);
	s.setup.dither_ns = below(m, 2) * below(m, 5000);
	s.setup.seed = draw(m);
	s.setup.idle_policy = !below(m, 8);
	if (!below(m, 8))
		s.setup.slots = below(m, 8);
	if (!below(m, 16))
		s.setup.cpus = 8;
	if (!below(m, 16))
		m->cpus = draw(m) | 1;
	m->setup = s.setup;
}

bool op_set_up(struct member *m, int fd)
{
	draw_setup(m);
	return !ioctl(fd, XLAT_IOC_SETUP, &m->setup);
}

static bool set_up_again(struct member *m)
{
	struct member other = *m;
	int fd = some_fd(m);
	bool done = op_set_up(&other, fd);

	m->state = other.state;
	return done;
}

/* SETUP gives -EBUSY while the crew has the session. */
static bool set_up_elsewhere(struct member *m)
{
	struct member other = *m;
	int fd = open("/dev/xlat", O_RDWR | O_CLOEXEC);
	bool done = fd >= 0 && op_set_up(&other, fd);

	m->state = other.state;
	if (fd >= 0)
		close(fd);
	return done;
}

static bool start(struct member *m)
{
	bool done;

	/* START takes long: others must not try it meanwhile, or they fail */
	m->crew->started = 1;
	done = control(some_fd(m), XLAT_IOC_START);
	/* EINVAL: it was started; ENODEV: a measured CPU is offline */
	if (!done && errno != EINVAL && errno != ENODEV)
		m->crew->started = 0;
	return done;
}

bool op_stop(int fd)
{
	return control(fd, XLAT_IOC_STOP);
}

static bool stop(struct member *m)
{
	return op_stop(some_fd(m));
}

/* A process without a descriptor opens one for this. */
static bool inform(struct member *m)
{
	struct xlat_info info = { .size = sizeof(info) };

	if (!has_descriptor(m))
		return !session_info(&info);
	return !ioctl(some_fd(m), XLAT_IOC_INFO, &info);
}

static bool map(struct member *m)
{
	unsigned int at = below(m, MAPPINGS), cpu = some_cpu(m);
	uint64_t length = m->setup.map_length, skip = !below(m, 16) * 4096;
	int protection = below(m, 8) ? PROT_READ : PROT_READ | PROT_WRITE;
	void *p;

	if (m->maps[at])
		return false;
	p = mmap(NULL, length + skip, protection, MAP_SHARED, some_fd(m),
		 (off_t)(cpu * m->setup.map_stride + skip));
	if (p != MAP_FAILED)
		m->maps[at] = p;
	return p != MAP_FAILED;
}

static bool unmap(struct member *m)
{
	unsigned int at = some_map(m);
	bool done = m->maps[at] && !munmap(m->maps[at], m->setup.map_length);

	m->maps[at] = NULL;
	return done;
}

static bool protect(struct member *m)
{
	static const int protections[] = {
		PROT_READ, PROT_READ | PROT_WRITE, PROT_NONE,
		PROT_READ | PROT_EXEC,
	};
	unsigned int at = some_map(m), what = below(m, 4);

	return m->maps[at] && !mprotect(m->maps[at], m->setup.map_length,
					protections[what]);
}

/* Move a mapping, or try to make it larger. */
static bool remap(struct member *m)
{
	unsigned int at = some_map(m);
	size_t length = m->setup.map_length, more = below(m, 2) * 4096;
	void *p;

	if (!m->maps[at])
		return false;
	p = mremap(m->maps[at], length, length + more, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		return false;
	m->maps[at] = p;
	return true;
}

static bool advise(struct member *m)
{
	static const int advice[] = {
		MADV_DONTNEED, MADV_DONTFORK, MADV_DOFORK, MADV_WILLNEED,
	};
	unsigned int at = some_map(m), what = below(m, 4);

	return m->maps[at] &&
	       !madvise(m->maps[at], m->setup.map_length, advice[what]);
}

/* The kernel reads the memory: a mapping without access is then no crash. */
static bool look(struct member *m)
{
	unsigned int at = some_map(m);
	uint64_t page = draw(m);
	char *p = m->maps[at];
	int ends[2];
	bool done;

	if (!p || pipe(ends))
		return false;
	page %= m->setup.map_length / 4096;
	done = write(ends[1], p + page * 4096, 64) == 64;
	close(ends[0]);
	close(ends[1]);
	return done;
}

static bool wait_event(struct member *m)
{
	static const short events[] = { POLLIN, 0, POLLIN | POLLOUT };
	struct pollfd fd = { .fd = some_fd(m) };

	fd.events = events[below(m, 3)];
	return poll(&fd, 1, (int)below(m, 4)) > 0;
}

static bool take_events(struct member *m)
{
	char buffer[16];
	int fd = some_fd(m);

	return read(fd, buffer, below(m, 4) ? 8 : below(m, 17)) >= 0;
}

static bool duplicate(struct member *m)
{
	unsigned int to = below(m, DESCRIPTORS);
	int from = some_fd(m);

	if (m->fds[to] >= 0)
		return false;
	m->fds[to] = dup(from);
	return m->fds[to] >= 0;
}

static bool close_one(struct member *m)
{
	unsigned int at = below(m, DESCRIPTORS);
	bool done = m->fds[at] >= 0 && !close(m->fds[at]);

	m->fds[at] = -1;
	return done;
}

/* The child ends at once, or after it changed its own mappings. */
static bool fork_one(struct member *m)
{
	bool change = below(m, 2);
	pid_t pid = fork();

	if (!pid) {
		if (change) {
			protect(m);
			unmap(m);
			close_one(m);
		}
		_exit(0);
	}
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* This program again, as "stress FD": it stops the session that it inherits. */
static bool exec_one(struct member *m)
{
	char fd[16];
	pid_t pid;

	snprintf(fd, sizeof(fd), "%d", some_fd(m));
	pid = fork();
	if (!pid) {
		execl(m->world->own_path, m->world->own_path, fd, NULL);
		_exit(1);
	}
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* Kill another member of the crew, but not the leader. */
static bool kill_one(struct member *m)
{
	unsigned int who = 1 + below(m, CREW);
	int pid = m->crew->pids[who];

	return (int)who != m->index && pid > 0 && !kill(pid, SIGKILL);
}

static bool move_to_cpu(struct member *m)
{
	return !pin_to(below(m, m->world->last_cpu + 1));
}

static bool pause_a_little(struct member *m)
{
	return !usleep(below(m, 500));
}

/* Not CPU 0, so that one CPU stays online. */
static unsigned int later_cpu(struct member *m)
{
	unsigned int last = m->world->last_cpu;

	return 1 + below(m, last ? last : 1);
}

static bool offline(struct member *m)
{
	return !cpu_set_online(later_cpu(m), false);
}

static bool online(struct member *m)
{
	return !cpu_set_online(later_cpu(m), true);
}

/* After rmmod, insmod. */
static bool remove_module(struct member *m)
{
	if (module_unload("xlat"))
		return false;
	if (module_load(m->world->module_path, ""))
		m->crew->module_lost = 1;
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct member *m);
} kinds[KINDS] = {
	[SETUP] = { "SETUP", set_up_again },
	[START] = { "START", start },
	[STOP] = { "STOP", stop },
	[INFO] = { "INFO", inform },
	[MMAP] = { "mmap", map },
	[MUNMAP] = { "munmap", unmap },
	[MPROTECT] = { "mprotect", protect },
	[MREMAP] = { "mremap", remap },
	[MADVISE] = { "madvise", advise },
	[LOOK] = { "look", look },
	[POLL] = { "poll", wait_event },
	[READ] = { "read", take_events },
	[DUP] = { "dup", duplicate },
	[CLOSE] = { "close", close_one },
	[FORK] = { "fork", fork_one },
	[EXEC] = { "exec", exec_one },
	[KILL] = { "kill", kill_one },
	[AFFINITY] = { "affinity", move_to_cpu },
	[PAUSE] = { "pause", pause_a_little },
	[OFFLINE] = { "offline", offline },
	[ONLINE] = { "online", online },
	[RMMOD] = { "rmmod", remove_module },
	[FOREIGN] = { "foreign SETUP", set_up_elsewhere },
};

const char *op_name(enum kind kind)
{
	return kinds[kind].name;
}

bool op_run(enum kind kind, struct member *m)
{
	return kinds[kind].run(m);
}
