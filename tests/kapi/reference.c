// SPDX-License-Identifier: GPL-2.0
/*
 * Compares xlat with a second, independent path in the same machine: a handler
 * that does nothing but read the clock. This finds a stamp that is taken late
 * without a table of expected values for each kernel.
 *
 *	reference TOLERANCE	greatest difference of medians, and of the 5 %
 *				quantiles, in ticks
 *
 * Minima are not compared: sometimes an interrupt comes right after another one
 * and skips the path into the kernel.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

#include "account.h"
#include "ktap.h"
#include "session.h"
#include "truth_device.h"

/* LOW: the 5 % quantile. */
enum { COUNT = 300, LOW = COUNT / 20 };

struct point {
	int64_t low, median;
};

static volatile bool stop;

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Runs a loop in user space on the measured CPU. */
static void *spin(void *unused)
{
	(void)unused;
	pin_to(cpu_last());
	while (!stop)
		;
	return NULL;
}

static int refer(uint32_t source, uint64_t period, struct point *point)
{
	static int64_t lateness[COUNT];
	int error;

	error = truth_reference(source, cpu_last(), period, COUNT, lateness);
	qsort(lateness, COUNT, sizeof(*lateness), compare);
	*point = (struct point) { lateness[LOW], lateness[COUNT / 2] };
	return error;
}

static int measure(uint32_t source, uint64_t period, struct point *point)
{
	unsigned int cpu = cpu_last();
	struct account a;
	struct session s;
	int error;

	session_init(&s, source, 1ULL << cpu, period);
	s.setup.limit = COUNT;
	error = session_record(&s, 60000);
	if (error)
		return error;
	a = account_take(s.map[cpu]);
	*point = (struct point) {
		account_rank(&a, LOW), account_rank(&a, COUNT / 2),
	};
	free((void *)a.samples);
	return session_close(&s);
}

static bool check_both(uint32_t source, uint64_t period, const char *load,
		       struct point *reference, struct point *ours)
{
	int error = refer(source, period, reference);

	if (!error)
		error = measure(source, period, ours);
	return ktap_timed(!error, "%s, CPU %s: both recordings",
		       source_name(source), load);
}

/* On an idle CPU only the medians: other wake-ups change the low end. */
static void check_idle(uint32_t source, int64_t tolerance)
{
	struct point reference, ours;

	sleep_ms(100);
	if (!check_both(source, 1009000, "idle", &reference, &ours))
		return;
	ktap_timed(llabs(ours.median - reference.median) <= tolerance,
		"median %" PRId64 ", reference %" PRId64, ours.median,
		reference.median);
}

static void check_spinning(uint32_t source, int64_t tolerance)
{
	struct point reference, ours;
	pthread_t spinner;
	bool good;

	stop = false;
	pthread_create(&spinner, NULL, spin, NULL);
	sleep_ms(5);
	good = check_both(source, 201000, "spinning", &reference, &ours);
	stop = true;
	pthread_join(spinner, NULL);
	if (!good)
		return;
	ktap_timed(llabs(ours.low - reference.low) <= tolerance,
		"low %" PRId64 ", reference %" PRId64, ours.low,
		reference.low);
	ktap_timed(llabs(ours.median - reference.median) <= tolerance,
		"median %" PRId64 ", reference %" PRId64, ours.median,
		reference.median);
}

int main(int argc, char *argv[])
{
	uint32_t source;

	if (argc != 2)
		return 2;
	pin_to(0);
	if (!ktap_ok(!truth_open(), "test-only module"))
		return ktap_end();
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_idle(source, atoll(argv[1]));
		check_spinning(source, atoll(argv[1]));
	}
	return ktap_end();
}
