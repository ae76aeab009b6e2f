// SPDX-License-Identifier: GPL-2.0
/*
 * Uses /dev/xlat in every way that the kernel allows, from several processes at
 * once. Run it on a kernel that checks itself, in real time, on several host
 * threads.
 *
 *	stress SEED OPERATIONS XLAT.KO
 *
 * A round is one session. A leader sets it up, and a crew of processes that
 * inherit its descriptor use it. A generator chooses every operation. Twice in a
 * round the processes wait for each other, and then each of them does one of
 * START, STOP, munmap(), close() or offline at the same moment. Other processes
 * take CPUs offline, ask for information, try to claim the timer and try to
 * remove the module.
 *
 * Each process has its own generator, seeded with SEED, the round and the
 * number of the process. The same SEED gives each process the same operations;
 * the scheduler decides the order between processes.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum {
	DESCRIPTORS = 6,
	MAPPINGS = 12,
	CREW = 3,
	STEPS = 100,
	OUTSIDERS = 4,
};

enum kind {
	SETUP, START, STOP, INFO, MMAP, MUNMAP, MPROTECT, MREMAP, MADVISE, LOOK,
	POLL, READ, DUP, CLOSE, FORK, EXEC, KILL, AFFINITY, PAUSE, OFFLINE,
	ONLINE, RMMOD, FOREIGN, KINDS
};

static const char *const kind_names[KINDS] = {
	"SETUP", "START", "STOP", "INFO", "mmap", "munmap", "mprotect",
	"mremap", "madvise", "look", "poll", "read", "dup", "close", "fork",
	"exec", "kill", "affinity", "pause", "offline", "online", "rmmod",
	"foreign SETUP",
};

/* Shared by all processes. */
struct board {
	atomic_ulong tried[KINDS], done[KINDS];
	atomic_ulong accounts, broken;
	atomic_int started;		/* in this round; START is futile now */
	atomic_int waiting, volley;	/* the meeting point */
	atomic_int over;
	atomic_int pids[CREW + 1];
	char first_broken[128];
};

/* One process's view of a session. */
struct member {
	uint64_t state;			/* of the generator */
	struct xlat_setup setup;
	uint64_t cpus;			/* the measured ones */
	int index;
	int fds[DESCRIPTORS];
	void *maps[MAPPINGS];
};

static struct board *board;
static const char *module_path, *own_path;
static unsigned int last_cpu;
static uint32_t free_sources[SOURCES];	/* one of them may be there twice */

/* splitmix64 */
static uint64_t draw(struct member *m)
{
	uint64_t z = m->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static unsigned int below(struct member *m, unsigned int n)
{
	return (unsigned int)(draw(m) % n);
}

static void count(enum kind kind, bool done)
{
	atomic_fetch_add(&board->tried[kind], 1);
	atomic_fetch_add(&board->done[kind], done);
}

/* Pauses do not count. */
static unsigned long operations(void)
{
	unsigned long sum = 0;
	int i;

	for (i = 0; i < KINDS; i++)
		if (i != PAUSE)
			sum += board->tried[i];
	return sum;
}

/* In most cases a descriptor that is open. */
static int some_fd(struct member *m)
{
	unsigned int at = below(m, DESCRIPTORS);
	bool any = !below(m, 16);
	int i;

	for (i = 0; !any && i < DESCRIPTORS && m->fds[at] < 0; i++)
		at = (at + 1) % DESCRIPTORS;
	return m->fds[at];
}

/* In most cases a place with a mapping. */
static unsigned int some_map(struct member *m)
{
	unsigned int at = below(m, MAPPINGS);
	bool any = !below(m, 16);
	int i;

	for (i = 0; !any && i < MAPPINGS && !m->maps[at]; i++)
		at = (at + 1) % MAPPINGS;
	return at;
}

/* In most cases a measured CPU. */
static unsigned int some_cpu(struct member *m)
{
	unsigned int cpu = below(m, last_cpu + 2);

	if (below(m, 16))
		while (!(m->cpus >> cpu & 1))
			cpu = (cpu + 1) % 64;
	return cpu;
}

static bool control(int fd, unsigned long command)
{
	struct xlat_control c = { .size = sizeof(c) };

	return !ioctl(fd, command, &c);
}

static bool start(struct member *m)
{
	bool done;

	/* START takes long: others must not try it meanwhile, or they fail */
	board->started = 1;
	done = control(some_fd(m), XLAT_IOC_START);
	/* EINVAL: it was started; ENODEV: a measured CPU is offline */
	if (!done && errno != EINVAL && errno != ENODEV)
		board->started = 0;
	return done;
}

static bool stop(struct member *m)
{
	return control(some_fd(m), XLAT_IOC_STOP);
}

static bool inform(struct member *m)
{
	struct xlat_info info = { .size = sizeof(info) };
	int fd = some_fd(m);

	return !ioctl(fd, XLAT_IOC_INFO, &info);
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
		execl(own_path, own_path, fd, NULL);
		_exit(1);
	}
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* Kill another member of the crew, but not the leader. */
static bool kill_one(struct member *m)
{
	unsigned int who = 1 + below(m, CREW);
	int pid = board->pids[who];

	return (int)who != m->index && pid > 0 && !kill(pid, SIGKILL);
}

static bool move_to_cpu(struct member *m)
{
	return !pin_to(below(m, last_cpu + 1));
}

static bool pause_a_little(struct member *m)
{
	return !usleep(below(m, 500));
}

static bool offline(struct member *m)
{
	unsigned int cpu = 1 + below(m, last_cpu ? last_cpu : 1);

	return !cpu_set_online(cpu, false);
}

static bool online(struct member *m)
{
	unsigned int cpu = 1 + below(m, last_cpu ? last_cpu : 1);

	return !cpu_set_online(cpu, true);
}

/* After rmmod, insmod. */
static bool remove_module(struct member *m)
{
	(void)m;
	if (module_unload("xlat"))
		return false;
	module_load(module_path, "");
	return true;
}

static bool set_up_again(struct member *m);

static const struct op {
	enum kind kind;
	unsigned int weight;
	bool (*run)(struct member *m);
} ops[] = {
	{ START, 4, start },
	{ STOP, 3, stop },
	{ SETUP, 1, set_up_again },
	{ INFO, 4, inform },
	{ MMAP, 16, map },
	{ MUNMAP, 8, unmap },
	{ MPROTECT, 5, protect },
	{ MREMAP, 4, remap },
	{ MADVISE, 4, advise },
	{ LOOK, 10, look },
	{ POLL, 6, wait_event },
	{ READ, 5, take_events },
	{ DUP, 5, duplicate },
	{ CLOSE, 4, close_one },
	{ FORK, 1, fork_one },
	{ EXEC, 1, exec_one },
	{ KILL, 1, kill_one },
	{ AFFINITY, 3, move_to_cpu },
	{ PAUSE, 4, pause_a_little },
};

/* What members do at the same moment. */
static const struct op volley_ops[] = {
	{ START, 10, start },
	{ STOP, 14, stop },
	{ MUNMAP, 10, unmap },
	{ CLOSE, 8, close_one },
	{ OFFLINE, 1, offline },
};

static const struct op pause_op = { PAUSE, 1, pause_a_little };

/*
 * SETUP and START work once in a session. Most of the later attempts are left
 * out, as they would all fail.
 */
static bool is_futile(enum kind kind)
{
	return kind == SETUP || (kind == START && board->started);
}

static void run_one(struct member *m, const struct op *list, size_t n)
{
	unsigned int sum = 0, at;
	const struct op *op;
	size_t i;

	for (i = 0; i < n; i++)
		sum += list[i].weight;
	at = below(m, sum);
	for (i = 0; at >= list[i].weight; i++)
		at -= list[i].weight;
	op = &list[i];
	if (is_futile(op->kind) && below(m, 256))
		op = &pause_op;
	count(op->kind, op->run(m));
}

/* Wait for the others, for a limited time: some of them may be dead. */
static void meet(struct member *m)
{
	int arrived = atomic_fetch_add(&board->waiting, 1) + 1, tries;

	if (arrived % (CREW + 1) == 0)
		board->volley++;
	for (tries = 0; tries < 2000; tries++) {
		if (board->volley > (arrived - 1) / (CREW + 1))
			break;
		sched_yield();
	}
	run_one(m, volley_ops, sizeof(volley_ops) / sizeof(volley_ops[0]));
}

static bool has_descriptor(const struct member *m)
{
	int i;

	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			return true;
	return false;
}

static void use(struct member *m)
{
	int i;

	for (i = 0; i < STEPS && has_descriptor(m); i++) {
		if (i == 2 || i == STEPS / 3)
			meet(m);
		else
			run_one(m, ops, sizeof(ops) / sizeof(ops[0]));
	}
}

/* In most cases a source that is free. */
static uint32_t some_source(struct member *m)
{
	unsigned int at = below(m, SOURCES);

	return below(m, 16) ? free_sources[at] : at;
}

/* In most cases valid, so that most rounds have a session. */
static void draw_setup(struct member *m)
{
	static const uint64_t periods[] = { 10000, 50000, 200000, 1009000 };
	static const uint32_t slots[] = { 16, 256, 1 << 12, 1 << 16 };
	struct session s;

	session_init(&s, some_source(m), 1, periods[below(m, 4)]);
	m->cpus = (draw(m) & cpus_online()) | 1;
	s.setup.cpus = (uintptr_t)&m->cpus;
	s.setup.slots = slots[below(m, 4)];
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

static bool set_up(struct member *m, int fd)
{
	draw_setup(m);
	return !ioctl(fd, XLAT_IOC_SETUP, &m->setup);
}

static bool set_up_again(struct member *m)
{
	struct member other = *m;
	int fd = some_fd(m);
	bool done = set_up(&other, fd);

	m->state = other.state;
	return done;
}

static void member_init(struct member *m, uint64_t seed, unsigned long round,
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

static void release(struct member *m)
{
	int i;

	for (i = 0; i < MAPPINGS; i++)
		if (m->maps[i])
			munmap(m->maps[i], m->setup.map_length);
	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			close(m->fds[i]);
}

/* If a descriptor is still open, the accounts must add up. */
static void check_accounts(struct member *m)
{
	const char *error;
	unsigned int cpu;
	int fd = -1, i;
	void *p;

	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			fd = m->fds[i];
	if (fd < 0 || !control(fd, XLAT_IOC_STOP))
		return;
	for (cpu = 0; cpu <= last_cpu; cpu++) {
		p = mmap(NULL, m->setup.map_length, PROT_READ, MAP_SHARED, fd,
			 (off_t)(cpu * m->setup.map_stride));
		if (p == MAP_FAILED)
			continue;
		error = account_check_map(p);
		board->accounts++;
		if (error && !atomic_fetch_add(&board->broken, 1))
			snprintf(board->first_broken,
				 sizeof(board->first_broken), "%s", error);
		munmap(p, m->setup.map_length);
	}
}

static void crew_member(const struct member *leader, uint64_t seed,
			unsigned long round, int index)
{
	struct member m = *leader;
	struct member fresh;

	member_init(&fresh, seed, round, index);
	m.state = fresh.state;
	m.index = index;
	use(&m);
	_exit(0);
}

static void play_round(uint64_t seed, unsigned long round)
{
	struct member m;
	bool done;
	int i;

	member_init(&m, seed, round, 0);
	m.fds[0] = open("/dev/xlat", O_RDWR);
	if (m.fds[0] < 0) {	/* the module is not loaded now */
		usleep(1000);
		return;
	}
	done = set_up(&m, m.fds[0]);
	count(SETUP, done);
	board->started = board->waiting = board->volley = 0;
	for (i = 1; done && i <= CREW; i++) {
		pid_t pid = fork();

		if (!pid)
			crew_member(&m, seed, round, i);
		board->pids[i] = pid;
	}
	if (done)
		use(&m);
	check_accounts(&m);
	release(&m);
	for (i = 1; done && i <= CREW; i++) {
		waitpid(board->pids[i], NULL, 0);
		board->pids[i] = 0;
	}
}

/* SETUP gives -EBUSY while the crew has the session. */
static bool set_up_elsewhere(struct member *m)
{
	struct member other = *m;
	int fd = open("/dev/xlat", O_RDWR | O_CLOEXEC);
	bool done = fd >= 0 && set_up(&other, fd);

	m->state = other.state;
	if (fd >= 0)
		close(fd);
	return done;
}

static bool inform_elsewhere(struct member *m)
{
	struct xlat_info info;

	(void)m;
	return !session_info(&info);
}

/* What processes outside of the crew do, once in @every operations. */
static const struct {
	unsigned int every;
	struct op ops[2];
} outsiders[OUTSIDERS] = {
	/* taking a CPU offline is slow */
	{ 400, { { OFFLINE, 1, offline }, { ONLINE, 1, online } } },
	{ 20, { { INFO, 1, inform_elsewhere }, { AFFINITY, 1, move_to_cpu } } },
	{ 60, { { FOREIGN, 1, set_up_elsewhere }, { AFFINITY, 1, move_to_cpu } } },
	{ 100, { { RMMOD, 1, remove_module }, { INFO, 1, inform_elsewhere } } },
};

static pid_t outsider(uint64_t seed, int index)
{
	unsigned long next = 0;
	struct member m;
	pid_t pid = fork();

	if (pid)
		return pid;
	member_init(&m, seed, 0, CREW + 1 + index);
	while (!board->over) {
		if (operations() >= next) {
			run_one(&m, outsiders[index].ops, 2);
			next = operations() + outsiders[index].every;
		}
		usleep(1000);
	}
	_exit(0);
}

static void play(uint64_t seed, unsigned long wanted)
{
	pid_t pids[OUTSIDERS];
	unsigned long round, next = 0;
	unsigned int cpu;
	int i;

	for (i = 0; i < OUTSIDERS; i++)
		pids[i] = outsider(seed, i);
	for (round = 0; operations() < wanted; round++) {
		play_round(seed, round);
		if (operations() < next)
			continue;
		ktap_note("%lu operations", operations());
		fflush(stdout);
		next += wanted / 20 + 1;
	}
	board->over = 1;
	for (i = 0; i < OUTSIDERS; i++)
		waitpid(pids[i], NULL, 0);
	for (cpu = 1; cpu <= last_cpu; cpu++)
		cpu_set_online(cpu, true);
}

static void find_sources(void)
{
	uint32_t i;

	for (i = 0; i < SOURCES; i++)
		free_sources[i] = source_free(i) ? i : XLAT_SOURCE_HRTIMER;
}

static void print_counts(void)
{
	int i;

	for (i = 0; i < KINDS; i++)
		ktap_note("%-14s %8lu tried %8lu done", kind_names[i],
			  board->tried[i], board->done[i]);
}

/* The share varies from run to run if there are few attempts. */
static void check_share(enum kind kind, unsigned long of, const char *what)
{
	unsigned long done = board->done[kind], tried = board->tried[kind];

	if (tried < 100)
		ktap_skip("%s: %lu of %lu, too few to say", what, done, tried);
	else
		ktap_ok(done * of >= tried, "%s: %lu of %lu", what, done, tried);
}

static void check_afterwards(void)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), 1000000);
	s.setup.limit = 20;
	ktap_is(session_record(&s, 10000), 0, "afterwards a session works");
	session_close(&s);
	ktap_is(module_unload("xlat"), 0, "afterwards rmmod works");
	ktap_is(module_load(module_path, ""), 0, "afterwards insmod works");
}

/* What exec_one() starts. */
static int stop_inherited(const char *fd)
{
	return !control(atoi(fd), XLAT_IOC_STOP);
}

int main(int argc, char *argv[])
{
	unsigned long wanted;

	if (argc == 2)
		return stop_inherited(argv[1]);
	if (argc != 4)
		return 2;
	own_path = argv[0];
	module_path = argv[3];
	wanted = strtoul(argv[2], NULL, 10);
	last_cpu = cpu_last();
	board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		return 1;
	find_sources();
	ktap_note("seed %s", argv[1]);
	play(strtoull(argv[1], NULL, 10), wanted);
	print_counts();
	ktap_ok(operations() >= wanted, "%lu operations", operations());
	check_share(SETUP, 3, "a third of the SETUPs succeeded");
	check_share(START, 2, "half of the STARTs succeeded");
	ktap_ok(board->accounts && !board->broken,
		"every account adds up (%lu checked)%s%s", board->accounts,
		board->broken ? ": " : "", board->first_broken);
	check_afterwards();
	return ktap_end();
}
