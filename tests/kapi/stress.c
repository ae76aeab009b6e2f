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
 * In three of four rounds the leader also keeps a descriptor and mappings that
 * it does not use until the crew has ended; then it checks every account. In
 * the fourth round the session ends when the processes close and unmap it.
 *
 * What a process chooses at a step depends on SEED, the round, the number of
 * the process and the number of the step only: the same SEED gives each process
 * the same operations. How many steps a process does, and what an operation
 * finds, depends on the scheduler: a START is left out if it must fail, and
 * which CPU goes offline depends on which CPUs are online.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"
#include "stress_member.h"
#include "stress_ops.h"
#include "stress_watch.h"

/* From so many operations on, each pair of kinds must have met, not only a third. */
enum { MANY = 50000 };

/* Shared by all processes. */
struct board {
	atomic_ulong tried[KINDS], done[KINDS];
	atomic_ulong spent_us[KINDS];
	struct crew crew;
	atomic_ulong trails[OUTSIDERS];
	atomic_int over;
};

static struct board *board;
static struct world world;

/* What the leader knows of all rounds. */
static struct {
	struct findings watched, others;
	struct findings deaths, choices;
	struct meet_counts met;
	unsigned long steps;
} known;

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

static void run_kind(struct member *m, enum kind kind, const struct choice *c)
{
	uint64_t began = now_us();

	count(kind, op_run(kind, m, c), began);
}

/*
 * SETUP and START work once in a session. Most of the later attempts are left
 * out, as they would all fail.
 */
static bool is_futile(const struct choice *c)
{
	return !c->rarely &&
	       (c->kind == SETUP || (c->kind == START && board->crew.started));
}

static void use(struct member *m, unsigned long round)
{
	struct meeting_point *point = &board->crew.point;
	unsigned long step;
	struct choice c;
	int meeting;

	for (step = 0; step < STEPS && has_descriptor(m); step++) {
		c = choose(world.seed, round, m->index, step);
		trail_add(&board->crew.trails[m->index], &c);
		meeting = meeting_at(step);
		if (meeting < 0) {
			run_kind(m, is_futile(&c) ? PAUSE : (enum kind)c.kind,
				 &c);
			continue;
		}
		op_prepare(m, &c);
		meet(point, meeting, m->index, (enum kind)c.kind);
		run_kind(m, (enum kind)c.kind, &c);
		meet_done(point, meeting, m->index);
	}
	meet_leave(point, m->index);
}

static void begin_crew(struct member *leader, const struct watch *watch,
		       unsigned long round)
{
	struct crew *crew = &board->crew;
	int i;

	for (i = 1; i <= CREW; i++) {
		pid_t pid = fork();

		if (!pid) {
			if (watch)
				close(watch->fd);
			leader->index = i;
			use(leader, round);
			_exit(0);
		}
		crew->pids[i] = pid > 0 ? pid : 0;
		if (pid < 0)
			meet_leave(&crew->point, i);
	}
}

/* Whoever kills a member says first that it is gone. */
static void check_death(unsigned long round, int index, int status)
{
	bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL &&
		      (board->crew.point.gone >> index & 1);

	if (status && !killed)
		findings_add(&known.deaths, "round %lu, member %d: %s %d",
			     round, index,
			     WIFSIGNALED(status) ? "signal" : "exit code",
			     WIFSIGNALED(status) ? WTERMSIG(status) :
						   WEXITSTATUS(status));
}

/* Forget a process before its number is free for another one. */
static void end_crew(unsigned long round)
{
	struct crew *crew = &board->crew;
	siginfo_t info;
	int i, status;
	pid_t pid;

	for (i = 1; i <= CREW; i++) {
		pid = crew->pids[i];
		if (!pid)
			continue;
		waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
		crew->pids[i] = 0;
		if (waitpid(pid, &status, 0) == pid)
			check_death(round, i, status);
	}
}

static void check_trail(unsigned long trail, unsigned long round, int index)
{
	known.steps += trail_steps(trail);
	if (!trail_is(trail, world.seed, round, index))
		findings_add(&known.choices, "round %lu, process %d", round,
			     index);
}

/* The crew still uses the session. */
static void look_at_accounts(const struct member *m)
{
	struct watch w;
	int i, fd = -1;

	for (i = 0; i < DESCRIPTORS; i++)
		if (m->fds[i] >= 0)
			fd = m->fds[i];
	if (fd < 0)
		return;
	if (!watch_begin(&w, m, fd)) {
		findings_add(&known.others, "mmap() gives error %d", errno);
		return;
	}
	watch_check(&w, -1, &known.others);
	watch_end(&w);
}

/* The leader has set up the session. */
static void play_session(struct member *m, unsigned long round)
{
	struct crew *crew = &board->crew;
	struct watch watch;
	bool watched = round % 4 != 3;
	int i;

	if (watched && !watch_begin(&watch, m, m->fds[0])) {
		findings_add(&known.watched, "mmap() gives error %d", errno);
		watched = false;
	}
	crew->held += watched;	/* odd: it exists */
	begin_crew(m, watched ? &watch : NULL, round);
	use(m, round);
	if (!watched)
		look_at_accounts(m);
	member_release(m);
	end_crew(round);
	if (watched) {
		watch_check(&watch, crew->starts, &known.watched);
		crew->held++;
		watch_end(&watch);
	}
	meet_count(&crew->point, &known.met);
	for (i = 0; i < MEMBERS; i++)
		check_trail(crew->trails[i], round, i);
}

static void play_round(unsigned long round)
{
	struct choice setup = choose(world.seed, round, 0, STEP_SETUP);
	struct choice online = choose(world.seed, round, 0, STEP_ONLINE);
	struct crew *crew = &board->crew;
	struct member m;
	uint64_t began;
	bool done;
	int i;

	member_init(&m, &world, crew, 0);
	m.fds[0] = open("/dev/xlat", O_RDWR);
	if (m.fds[0] < 0) {	/* the module is not loaded now */
		usleep(1000);
		return;
	}
	crew->started = crew->starts = 0;
	for (i = 0; i < MEMBERS; i++)
		crew->trails[i] = 0;
	meet_prepare(&crew->point);
	trail_add(&crew->trails[0], &setup);
	began = now_us();
	done = op_set_up(&m, m.fds[0], &setup);
	count(SETUP, done, began);
	if (done)
		play_session(&m, round);
	else
		member_release(&m);
	run_kind(&m, ONLINE, &online);
	if (round % 2)	/* the crew is gone */
		run_kind(&m, RMMOD, &setup);
}

/*
 * Outsiders do one operation in so many operations of all. Taking a CPU offline
 * is slow.
 */
static const unsigned int every[OUTSIDERS] = { 800, 20, 60, 100 };

static pid_t outsider(int number)
{
	unsigned long next = 0, step = 0;
	struct choice c;
	struct member m;
	pid_t pid = fork();

	if (pid)
		return pid;
	member_init(&m, &world, &board->crew, MEMBERS + number);
	while (!board->over) {
		if (operations() >= next) {
			c = choose(world.seed, 0, m.index, step++);
			trail_add(&board->trails[number], &c);
			run_kind(&m, (enum kind)c.kind, &c);
			next = operations() + every[number];
		}
		usleep(10000);	/* 1 ms took half of the processors */
	}
	_exit(0);
}

static void end_outsiders(const pid_t *pids)
{
	int i, status;

	board->over = 1;
	for (i = 0; i < OUTSIDERS; i++) {
		if (waitpid(pids[i], &status, 0) != pids[i] || status)
			findings_add(&known.deaths, "outsider %d: status %x",
				     i, status);
		check_trail(board->trails[i], 0, MEMBERS + i);
	}
}

static void play(unsigned long wanted)
{
	pid_t pids[OUTSIDERS];
	unsigned long round, next = 0;
	unsigned int cpu;
	int i;

	for (i = 0; i < OUTSIDERS; i++)
		pids[i] = outsider(i);
	for (round = 0; operations() < wanted && !board->crew.module_lost;
	     round++) {
		play_round(round);
		if (operations() < next)
			continue;
		ktap_note("%lu operations", operations());
		fflush(stdout);
		next += wanted / 20 + 1;
	}
	end_outsiders(pids);
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

/*
 * The share varies from run to run if there are few attempts: three standard
 * deviations are at most 1.5 times the root of their number.
 */
static void check_share(enum kind kind, unsigned long of, const char *what)
{
	unsigned long done = board->done[kind], tried = board->tried[kind];
	unsigned long chance = 0;

	while (tried < 100 && 4 * chance * chance < 9 * tried)
		chance++;
	ktap_ok(done && (done + chance) * of >= tried, "%s: %lu of %lu%s",
		what, done, tried, chance ? ", chance allowed for" : "");
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
	const struct meet_counts *met = &known.met;

	ktap_note("released at the same moment: 2 members %lu times, 3 %lu times, 4 %lu times; one that was alone: %lu times",
		  met->of[2], met->of[3], met->of[4], met->alone);
	ktap_ok(met->complete && met->complete >= met->incomplete,
		"at the same moment: %lu times all that were alive, %lu times not all",
		met->complete, met->incomplete);
}

static void check_pairs(unsigned long wanted)
{
	static const enum kind kinds[] = { START, STOP, MUNMAP, CLOSE, OFFLINE };
	unsigned long n, never = 0;
	int a, b;

	for (a = 0; a < 5; a++)
		for (b = a; b < 5; b++) {
			n = known.met.pairs[kinds[a]][kinds[b]];
			ktap_note("%s and %s: %lu times, %lu of them overlapped",
				  op_name(kinds[a]), op_name(kinds[b]), n,
				  known.met.overlaps[kinds[a]][kinds[b]]);
			never += !n;
		}
	ktap_ok(never <= (wanted < MANY ? 10 : 0),
		"%lu of 15 pairs met at the same moment", 15 - never);
}

static void check_findings(const struct findings *f, bool enough,
			   const char *what)
{
	ktap_ok(enough && !f->broken, "%s%s%s", what, f->broken ? ": " : "",
		f->first);
}

static void check_accounts(void)
{
	const struct findings *w = &known.watched, *o = &known.others;

	ktap_note("accounts: %lu of %lu watched sessions; %lu of %lu others; %lu sessions were not started",
		  w->accounts, w->started, o->accounts, o->started, w->idle);
	ktap_note("ends of the watched accounts: STOP %lu, limit %lu, offline %lu, protection %lu",
		  w->ends[XLAT_END_STOP], w->ends[XLAT_END_LIMIT],
		  w->ends[XLAT_END_OFFLINE],
		  w->ends[XLAT_END_SHARE] + w->ends[XLAT_END_MISSED]);
	check_findings(w, w->started && w->accounts >= w->started,
		       "every account of every watched session adds up");
	check_findings(o, true, "so do those of the others");
}

static void check_processes(void)
{
	const struct crew *crew = &board->crew;

	check_findings(&known.deaths, true, "members die of SIGKILL only");
	ktap_ok(!crew->not_executed && !crew->fork_died,
		"each program of exec() ran (%lu did not), each child of fork() ended well (%lu did not)",
		crew->not_executed, crew->fork_died);
	ktap_ok(!crew->wrong,
		"no SETUP and no rmmod beside a session: %lu refused, %lu succeeded when there may have been none, %lu beside one",
		crew->refused, crew->unknown, crew->wrong);
	ktap_note("the choices of 64 rounds: %010lx",
		  choices_hash(world.seed));
	ktap_ok(known.steps && !known.choices.broken,
		"each process chose what the seed says: %lu choices%s%s",
		known.steps, known.choices.broken ? ", not in " : "",
		known.choices.first);
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

	if (argc == 2)	/* the operation EXEC */
		return op_stop(atoi(argv[1])) ? EXEC_STOPPED : EXEC_REFUSED;
	if (argc != 4)
		return 2;
	world.own_path = argv[0];
	world.module_path = argv[3];
	world.seed = strtoull(argv[1], NULL, 10);
	wanted = strtoul(argv[2], NULL, 10);
	world.last_cpu = cpu_last();
	board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		return 1;
	find_sources();
	ktap_note("seed %s", argv[1]);
	play(wanted);
	print_counts();
	ktap_ok(operations() >= wanted, "%lu operations", operations());
	check_kinds();
	ktap_ok(!board->crew.module_lost, "insmod worked after every rmmod");
	check_meetings();
	check_pairs(wanted);
	check_share(SETUP, 3, "a third of the SETUPs succeeded");
	check_share(START, 2, "half of the STARTs succeeded");
	check_accounts();
	check_processes();
	check_afterwards();
	return ktap_end();
}
