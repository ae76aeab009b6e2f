// SPDX-License-Identifier: GPL-2.0
/*
 * Uses /dev/xlat in every way that the kernel allows, from several processes at
 * once. Run it on a kernel that checks itself, in real time, on several host
 * threads.
 *
 *	stress SEED OPERATIONS XLAT.KO
 *
 * A round is one session. A leader sets it up, and a crew of processes that
 * inherit its descriptor use it. A generator chooses every operation. Twice in
 * a round the processes wait for each other, and then each of them does one of
 * START, STOP, munmap(), close() or offline at the same moment. Other processes
 * take CPUs offline, ask for information, try to claim the timer and try to
 * remove the module.
 *
 * Each process has its own generator, seeded with SEED, the round and the
 * number of the process. The same SEED gives each process the same operations;
 * the scheduler decides the order between processes.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"
#include "stress_member.h"
#include "stress_ops.h"

enum { STEPS = 100, OUTSIDERS = 4, PATIENCE_US = 20000 };

/* Shared by all processes. */
struct board {
	atomic_ulong tried[KINDS], done[KINDS];
	atomic_ulong spent_us[KINDS];
	atomic_ulong accounts, broken;
	atomic_ulong met, alone;	/* at the meeting point */
	struct crew crew;
	atomic_int waiting, volley;	/* the meeting point */
	atomic_int over;
	char first_broken[128];
};

static struct board *board;
static struct world world;

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void count(enum kind kind, bool done, uint64_t began_us)
{
	atomic_fetch_add(&board->tried[kind], 1);
	atomic_fetch_add(&board->done[kind], done);
	atomic_fetch_add(&board->spent_us[kind], now_us() - began_us);
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

/* An operation, and how often it is chosen. */
struct choice {
	enum kind kind;
	unsigned int weight;
};

/* fork() and exec() are rare: on a kernel that checks itself they take long. */
static const struct choice usual[] = {
	{ START, 8 }, { STOP, 6 }, { SETUP, 2 }, { INFO, 8 },
	{ MMAP, 32 }, { MUNMAP, 16 }, { MPROTECT, 10 }, { MREMAP, 8 },
	{ MADVISE, 8 }, { LOOK, 20 }, { POLL, 12 }, { READ, 10 },
	{ DUP, 10 }, { CLOSE, 8 }, { FORK, 1 }, { EXEC, 1 },
	{ KILL, 2 }, { AFFINITY, 6 }, { PAUSE, 8 },
};

/* What members do at the same moment. */
static const struct choice in_volley[] = {
	{ START, 10 }, { STOP, 14 }, { MUNMAP, 10 }, { CLOSE, 8 },
	{ OFFLINE, 1 },
};

/*
 * SETUP and START work once in a session. Most of the later attempts are left
 * out, as they would all fail.
 */
static bool is_futile(enum kind kind)
{
	return kind == SETUP || (kind == START && board->crew.started);
}

static void run_kind(struct member *m, enum kind kind)
{
	uint64_t began = now_us();

	count(kind, op_run(kind, m), began);
}

static void run_one(struct member *m, const struct choice *list, size_t n)
{
	unsigned int sum = 0, at;
	enum kind kind;
	size_t i;

	for (i = 0; i < n; i++)
		sum += list[i].weight;
	at = below(m, sum);
	for (i = 0; at >= list[i].weight; i++)
		at -= list[i].weight;
	kind = list[i].kind;
	if (is_futile(kind) && below(m, 256))
		kind = PAUSE;
	run_kind(m, kind);
}

/* Wait for the others, for a limited time: some of them may be dead. */
static void meet(struct member *m)
{
	int arrived = atomic_fetch_add(&board->waiting, 1) + 1;
	uint64_t end = now_us() + PATIENCE_US;

	if (arrived % (CREW + 1) == 0)
		board->volley++;
	while (board->volley <= (arrived - 1) / (CREW + 1) && now_us() < end)
		sched_yield();
	board->met += board->volley > (arrived - 1) / (CREW + 1);
	board->alone += board->volley <= (arrived - 1) / (CREW + 1);
	run_one(m, in_volley, sizeof(in_volley) / sizeof(in_volley[0]));
}

static void use(struct member *m)
{
	int i;

	for (i = 0; i < STEPS && has_descriptor(m); i++) {
		if (i == 2 || i == STEPS / 3)
			meet(m);
		else
			run_one(m, usual, sizeof(usual) / sizeof(usual[0]));
	}
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
	if (fd < 0 || !op_stop(fd))
		return;
	for (cpu = 0; cpu <= world.last_cpu; cpu++) {
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
	struct crew *crew = &board->crew;
	struct member m;
	uint64_t began;
	bool done;
	int i;

	member_init(&m, seed, round, 0);
	m.world = &world;
	m.crew = crew;
	m.fds[0] = open("/dev/xlat", O_RDWR);
	if (m.fds[0] < 0) {	/* the module is not loaded now */
		usleep(1000);
		return;
	}
	began = now_us();
	done = op_set_up(&m, m.fds[0]);
	count(SETUP, done, began);
	crew->started = board->waiting = board->volley = 0;
	for (i = 1; done && i <= CREW; i++) {
		pid_t pid = fork();

		if (!pid)
			crew_member(&m, seed, round, i);
		crew->pids[i] = pid;
	}
	if (done)
		use(&m);
	check_accounts(&m);
	member_release(&m);
	for (i = 1; done && i <= CREW; i++) {
		waitpid(crew->pids[i], NULL, 0);
		crew->pids[i] = 0;
	}
	if (round % 2)	/* the crew is gone */
		run_kind(&m, RMMOD);
}

/* What processes outside of the crew do, once in @every operations. */
static const struct {
	unsigned int every;
	struct choice choices[2];
} outsiders[OUTSIDERS] = {
	/* taking a CPU offline is slow */
	{ 400, { { OFFLINE, 1 }, { ONLINE, 1 } } },
	{ 20, { { INFO, 1 }, { AFFINITY, 1 } } },
	{ 60, { { FOREIGN, 1 }, { AFFINITY, 1 } } },
	{ 100, { { RMMOD, 1 }, { INFO, 1 } } },
};

static pid_t outsider(uint64_t seed, int index)
{
	unsigned long next = 0;
	struct member m;
	pid_t pid = fork();

	if (pid)
		return pid;
	member_init(&m, seed, 0, CREW + 1 + index);
	m.world = &world;
	m.crew = &board->crew;
	while (!board->over) {
		if (operations() >= next) {
			run_one(&m, outsiders[index].choices, 2);
			next = operations() + outsiders[index].every;
		}
		usleep(10000);	/* 1 ms took half of the processors */
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
	for (round = 0; operations() < wanted && !board->crew.module_lost;
	     round++) {
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
	for (cpu = 1; cpu <= world.last_cpu; cpu++)
		cpu_set_online(cpu, true);
}

static void find_sources(void)
{
	uint32_t i;

	for (i = 0; i < SOURCES; i++)
		world.free_sources[i] = source_free(i) ? i :
						 XLAT_SOURCE_HRTIMER;
}

static void print_counts(void)
{
	int i;

	for (i = 0; i < KINDS; i++)
		ktap_note("%-14s %8lu tried %8lu done %8lu ms", op_name(i),
			  board->tried[i], board->done[i],
			  board->spent_us[i] / 1000);
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

/* These must be possible, whatever the generator chooses. */
static void check_kinds(void)
{
	static const enum kind kinds[] = {
		SETUP, START, STOP, INFO, MMAP, MUNMAP, MPROTECT, MREMAP,
		MADVISE, LOOK, POLL, READ, DUP, CLOSE, FORK, EXEC, AFFINITY,
		OFFLINE, ONLINE, RMMOD,
	};
	size_t i, never = 0;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!board->done[kinds[i]]) {
			ktap_note("%s never succeeded", op_name(kinds[i]));
			never++;
		}
	ktap_ok(!never, "every kind of operation succeeded at least once");
}

static void check_meetings(void)
{
	ktap_ok(board->met, "at the same moment: %lu times all four were there, %lu times not",
		board->met, board->alone);
}

static void check_afterwards(void)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), 1000000);
	s.setup.limit = 20;
	ktap_is(session_record(&s, 10000), 0, "afterwards a session works");
	session_close(&s);
	ktap_is(module_unload("xlat"), 0, "afterwards rmmod works");
	ktap_is(module_load(world.module_path, ""), 0,
		"afterwards insmod works");
}

int main(int argc, char *argv[])
{
	unsigned long wanted;

	if (argc == 2)
		return !op_stop(atoi(argv[1]));	/* the operation EXEC */
	if (argc != 4)
		return 2;
	world.own_path = argv[0];
	world.module_path = argv[3];
	wanted = strtoul(argv[2], NULL, 10);
	world.last_cpu = cpu_last();
	board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		return 1;
	find_sources();
	ktap_note("seed %s", argv[1]);
	play(strtoull(argv[1], NULL, 10), wanted);
	print_counts();
	ktap_ok(operations() >= wanted, "%lu operations", operations());
	check_kinds();
	ktap_ok(!board->crew.module_lost, "insmod worked after every rmmod");
	check_meetings();
	check_share(SETUP, 3, "a third of the SETUPs succeeded");
	check_share(START, 2, "half of the STARTs succeeded");
	ktap_ok(board->accounts && !board->broken,
		"every account adds up (%lu checked)%s%s", board->accounts,
		board->broken ? ": " : "", board->first_broken);
	check_afterwards();
	return ktap_end();
}
