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

static void fill_setup(struct member *m, const struct choice *c)
{
	uint64_t at = c->source % SOURCES;
	struct session s;

	session_init(&s, c->any_source ? (uint32_t)at :
					 m->world->free_sources[at],
		     1, c->period_ns);
	m->cpus = c->any_cpus ? c->cpus | 1 : (c->cpus & cpus_online()) | 1;
	s.setup.cpus = c->bad_cpus ? 8 : (uintptr_t)&m->cpus;
	s.setup.slots = (uint32_t)c->slots;
	s.setup.limit = c->limit;
	s.setup.watermark = (uint32_t)c->watermark;
	s.setup.phase_mode = (uint32_t)c->phase_mode;
	s.setup.dither_ns = c->dither_ns;
	s.setup.seed = c->seed;
	s.setup.idle_policy = (uint32_t)c->idle_policy;
	m->setup = s.setup;
}

bool op_set_up(struct member *m, int fd, const struct choice *c)
{
	fill_setup(m, c);
	return !ioctl(fd, XLAT_IOC_SETUP, &m->setup);
}

/*
 * The result of what must fail while there is a session. @held is the crew's
 * count before the attempt: if it is odd and has not changed, the session
 * existed all the time.
 */
static bool judge_success(struct member *m, unsigned long held, bool done)
{
	bool certain = held % 2 && m->crew->held == held;

	m->crew->wrong += certain && done;
	m->crew->refused += certain && !done;
	m->crew->unknown += !certain && done;
	return done;
}

/* The file has a session already. */
static bool set_up_again(struct member *m, const struct choice *c)
{
	struct member other = *m;
	bool done = op_set_up(&other, some_fd(m, c), c);

	m->crew->wrong += done;
	return done;
}

/* SETUP gives -EBUSY while the crew has the session. */
static bool set_up_elsewhere(struct member *m, const struct choice *c)
{
	unsigned long held = m->crew->held;
	struct member other = *m;
	int fd = open("/dev/xlat", O_RDWR | O_CLOEXEC);
	bool done;

	if (fd < 0)	/* the module is not loaded */
		return false;
	done = judge_success(m, held, op_set_up(&other, fd, c));
	close(fd);
	return done;
}

static bool start(struct member *m, const struct choice *c)
{
	bool done;

	/* START takes long: others must not try it meanwhile, or they fail */
	m->crew->started = 1;
	done = control(some_fd(m, c), XLAT_IOC_START);
	m->crew->starts += done;
	/* EINVAL: it was started; ENODEV: a measured CPU is offline */
	if (!done && errno != EINVAL && errno != ENODEV)
		m->crew->started = 0;
	return done;
}

bool op_stop(int fd)
{
	return control(fd, XLAT_IOC_STOP);
}

static bool stop(struct member *m, const struct choice *c)
{
	return op_stop(some_fd(m, c));
}

/* A process without a descriptor opens one for this. */
static bool inform(struct member *m, const struct choice *c)
{
	struct xlat_info info = { .size = sizeof(info) };

	if (!has_descriptor(m))
		return !session_info(&info);
	return !ioctl(some_fd(m, c), XLAT_IOC_INFO, &info);
}

static bool map_at(struct member *m, const struct choice *c, int protection,
		   uint64_t skip)
{
	unsigned int at = c->place % MAPPINGS, cpu = some_cpu(m, c);
	void *p;

	if (m->maps[at])
		return false;
	p = mmap(NULL, m->setup.map_length + skip, protection, MAP_SHARED,
		 some_fd(m, c), (off_t)(cpu * m->setup.map_stride + skip));
	if (p != MAP_FAILED)
		m->maps[at] = p;
	return p != MAP_FAILED;
}

static bool map(struct member *m, const struct choice *c)
{
	return map_at(m, c, c->writable ? PROT_READ | PROT_WRITE : PROT_READ,
		      c->odd * 4096);
}

static bool unmap(struct member *m, const struct choice *c)
{
	unsigned int at = some_map(m, c);
	bool done = m->maps[at] && !munmap(m->maps[at], m->setup.map_length);

	m->maps[at] = NULL;
	return done;
}

static bool protect(struct member *m, const struct choice *c)
{
	static const int protections[] = {
		PROT_READ, PROT_READ | PROT_WRITE, PROT_NONE,
		PROT_READ | PROT_EXEC,
	};
	unsigned int at = some_map(m, c);

	return m->maps[at] && !mprotect(m->maps[at], m->setup.map_length,
					protections[c->what % 4]);
}

/* Move a mapping, or try to make it larger. */
static bool remap(struct member *m, const struct choice *c)
{
	size_t length = m->setup.map_length, more = c->amount % 2 * 4096;
	unsigned int at = some_map(m, c);
	void *p;

	if (!m->maps[at])
		return false;
	p = mremap(m->maps[at], length, length + more, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		return false;
	m->maps[at] = p;
	return true;
}

static bool advise(struct member *m, const struct choice *c)
{
	static const int advice[] = {
		MADV_DONTNEED, MADV_DONTFORK, MADV_DOFORK, MADV_WILLNEED,
	};
	unsigned int at = some_map(m, c);

	return m->maps[at] && !madvise(m->maps[at], m->setup.map_length,
				       advice[c->what % 4]);
}

/* The kernel reads the memory: a mapping without access is then no crash. */
static bool look(struct member *m, const struct choice *c)
{
	char *p = m->maps[some_map(m, c)];
	uint64_t page;
	int ends[2];
	bool done;

	if (!p || pipe(ends))
		return false;
	page = c->amount % (m->setup.map_length / 4096);
	done = write(ends[1], p + page * 4096, 64) == 64;
	close(ends[0]);
	close(ends[1]);
	return done;
}

static bool wait_event(struct member *m, const struct choice *c)
{
	static const short events[] = { POLLIN, 0, POLLIN | POLLOUT };
	struct pollfd fd = { .fd = some_fd(m, c) };

	fd.events = events[c->what % 3];
	return poll(&fd, 1, (int)(c->amount % 4)) > 0;
}

static bool take_events(struct member *m, const struct choice *c)
{
	size_t size = c->what % 4 ? 8 : c->amount % 17;
	char buffer[16];

	return read(some_fd(m, c), buffer, size) >= 0;
}

static bool duplicate(struct member *m, const struct choice *c)
{
	unsigned int to = c->place % DESCRIPTORS;

	if (m->fds[to] >= 0)
		return false;
	m->fds[to] = dup(some_fd(m, c));
	return m->fds[to] >= 0;
}

static bool close_one(struct member *m, const struct choice *c)
{
	unsigned int at = some_place(m, c);
	bool done = m->fds[at] >= 0 && !close(m->fds[at]);

	m->fds[at] = -1;
	return done;
}

/* Wait for a child. Returns its exit code, or -1: a signal killed it. */
static int exit_code(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* The child ends at once, or after it changed its own mappings. */
static bool fork_one(struct member *m, const struct choice *c)
{
	pid_t pid = fork();
	int code;

	if (!pid) {
		if (c->amount % 2) {
			protect(m, c);
			unmap(m, c);
			close_one(m, c);
		}
		_exit(0);
	}
	if (pid < 0)
		return false;
	code = exit_code(pid);
	m->crew->fork_died += code != 0;
	return !code;
}

/* This program again, as "stress FD": it stops the session that it inherits. */
static bool exec_one(struct member *m, const struct choice *c)
{
	char fd[16];
	pid_t pid;
	int code;

	snprintf(fd, sizeof(fd), "%d", some_fd(m, c));
	pid = fork();
	if (!pid) {
		execl(m->world->own_path, m->world->own_path, fd, NULL);
		_exit(1);
	}
	if (pid < 0)
		return false;
	code = exit_code(pid);
	if (code == EXEC_STOPPED || code == EXEC_REFUSED)
		return true;
	m->crew->not_executed++;
	return false;
}

/* Kill another member of the crew, but not the leader. */
static bool kill_one(struct member *m, const struct choice *c)
{
	unsigned int who = 1 + c->what % CREW;
	int pid = m->crew->pids[who];

	if ((int)who == m->index || pid <= 0)
		return false;
	meet_leave(&m->crew->point, (int)who);
	return !kill(pid, SIGKILL);
}

static bool move_to_cpu(struct member *m, const struct choice *c)
{
	return !pin_to((unsigned int)(c->cpu % (m->world->last_cpu + 1)));
}

static bool pause_a_little(struct member *m, const struct choice *c)
{
	(void)m;
	return !usleep((useconds_t)(c->amount % 500));
}

static bool offline(struct member *m, const struct choice *c)
{
	return !cpu_set_online(later_cpu(m, c, true), false);
}

static bool online(struct member *m, const struct choice *c)
{
	return !cpu_set_online(later_cpu(m, c, false), true);
}

/* After rmmod, insmod. */
static bool remove_module(struct member *m, const struct choice *c)
{
	unsigned long held = m->crew->held;

	(void)c;
	if (!judge_success(m, held, !module_unload("xlat")))
		return false;
	if (module_load(m->world->module_path, ""))
		m->crew->module_lost = 1;
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct member *m, const struct choice *c);
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

/* A munmap() needs a mapping. */
void op_prepare(struct member *m, const struct choice *c)
{
	if (c->kind == MUNMAP && !has_mapping(m))
		map_at(m, c, PROT_READ, 0);
}

bool op_run(enum kind kind, struct member *m, const struct choice *c)
{
	return kinds[kind].run(m, c);
}
