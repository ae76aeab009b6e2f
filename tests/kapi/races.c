// SPDX-License-Identifier: GPL-2.0
/*
 * Many things at once: sessions begin, stop and close, CPUs go offline and come
 * back, other programs try to claim the timer, and interrupts are so late that
 * sessions stop themselves. Run it in real time on several host threads.
 *
 *	races SECONDS
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

static atomic_bool stop;
static atomic_ulong sessions, busy, gone, hotplugs, broken;
static const char *first_broken;

static uint64_t draw(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static void check(const struct session *s)
{
	const char *error;
	int cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (!s->map[cpu])
			continue;
		error = account_check_map(s->map[cpu]);
		if (error && !atomic_fetch_add(&broken, 1))
			first_broken = error;
	}
}

static void one_session(uint64_t *state)
{
	static const uint64_t periods[] = { 10000, 50000, 200000, 1009000 };
	uint32_t source = (uint32_t)(draw(state) % SOURCES);
	struct session s;
	int error;

	session_init(&s, source, draw(state) & cpus_online(),
		     periods[draw(state) % 4]);
	s.cpus |= 1;
	s.setup.slots = 1 << 17;
	s.setup.limit = draw(state) % 2 * (draw(state) % 1000);
	s.setup.watermark = 64;
	error = session_begin(&s);
	if (!error)
		error = session_start(&s);
	if (error) {
		atomic_fetch_add(error == -EBUSY ? &busy : &gone, 1);
		session_close(&s);
		return;
	}
	usleep((useconds_t)(draw(state) % 30000));
	if (draw(state) % 4) {
		session_stop(&s);
		check(&s);
		atomic_fetch_add(&sessions, 1);
	}
	session_close(&s);
}

static void *measure(void *seed)
{
	uint64_t state = (uintptr_t)seed;

	while (!stop)
		one_session(&state);
	return NULL;
}

static void *hotplug(void *unused)
{
	uint64_t state = 99;
	unsigned int last = cpu_last();

	(void)unused;
	while (!stop && last) {
		unsigned int cpu = 1 + (unsigned int)(draw(&state) % last);

		if (!cpu_set_online(cpu, false))
			atomic_fetch_add(&hotplugs, 1);
		usleep((useconds_t)(draw(&state) % 10000));
		cpu_set_online(cpu, true);
		usleep((useconds_t)(draw(&state) % 20000));
	}
	return NULL;
}

static void *inform(void *unused)
{
	struct timespec t = { 0, 3000000 };

	(void)unused;
	while (!stop) {
		struct xlat_info info;

		session_info(&info);
		nanosleep(&t, NULL);
	}
	return NULL;
}

int main(int argc, char *argv[])
{
	pthread_t threads[4];
	struct session s;
	int i;

	if (argc != 2)
		return 2;
	pthread_create(&threads[0], NULL, measure, (void *)1);
	pthread_create(&threads[1], NULL, measure, (void *)2);
	pthread_create(&threads[2], NULL, hotplug, NULL);
	pthread_create(&threads[3], NULL, inform, NULL);
	sleep_ms((unsigned int)atoi(argv[1]) * 1000);
	stop = true;
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	ktap_note("%lu sessions, %lu busy, %lu without their CPU, %lu hotplugs",
		  sessions, busy, gone, hotplugs);
	ktap_ok(sessions > 5 && hotplugs > 5, "enough of each");
	ktap_ok(!broken, "every account adds up%s%s", broken ? ": " : "",
		broken ? first_broken : "");
	session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), 1000000);
	s.setup.limit = 20;
	ktap_is(session_record(&s, 10000), 0, "afterwards a session works");
	session_close(&s);
	ktap_is(module_unload("xlat"), 0, "afterwards rmmod works");
	return ktap_end();
}
