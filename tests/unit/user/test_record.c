// SPDX-License-Identifier: MIT
/*
 * xlat-read record and --histogram with a fake device in memory: the exit
 * codes, and what is left when a file cannot grow.
 */
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "recorded.h"

static int too_many(void)
{
	fake_publish(0, 40, 700);
	return DEVICE_ENDED;
}

START_TEST(a_run)
{
	fake.on_wait = ten;
	ck_assert_int_eq(record(), EXIT_GOOD);
	assert_file(10, true);
	assert_said("run.xlat: hrtimer, 10 samples on 1 CPU");
	ck_assert_int_eq(live(NULL), EXIT_GOOD);
}
END_TEST

START_TEST(loss_is_4)
{
	fake.on_wait = too_many;
	ck_assert_int_eq(record(), EXIT_DAMAGED);
	assert_said("run.xlat: 25 samples were lost");
	assert_file(15, true);
}
END_TEST

static uint32_t end_reason;

static void ends_for_a_reason(void)
{
	fake_end(0, end_reason);
}

/* Without and with loss: loss is reported, but an early end sets the code. */
static void assert_end(uint32_t reason, int code, const char *words)
{
	end_reason = reason;
	fake.on_stop = ends_for_a_reason;
	fake.on_wait = ten;
	ck_assert_int_eq(record(), code);
	assert_said(words);
	unlink("run.xlat");
	fake.on_wait = too_many;
	ck_assert_int_eq(record(), code ? code : EXIT_DAMAGED);
	assert_said("25 samples were lost");
}

START_TEST(a_protection_is_3)
{
	assert_end(XLAT_END_SHARE, EXIT_LIMIT, "more than half of the time");
	unlink("run.xlat");
	assert_end(XLAT_END_MISSED, EXIT_LIMIT, "more than one in ten samples");
}
END_TEST

START_TEST(a_cpu_that_went_is_1)
{
	assert_end(XLAT_END_OFFLINE, EXIT_FAILED, "CPU 0 went offline");
	unlink("run.xlat");
	assert_end(XLAT_END_SUSPEND, EXIT_FAILED, "the machine was suspended");
}
END_TEST

/* The device waits for an interrupt that never comes. */
static int wait_in_vain(void)
{
	const struct timespec nap = { .tv_nsec = 20000000 };

	nanosleep(&nap, NULL);
	return 0;
}

/* CPU 1, if it exists, was served. */
static void leave_points(void)
{
	fake.part[0].map.counters.unserved = 7;
}

static void serve_cpu_1(void)
{
	leave_points();
	fake_publish(1, 3, 100);
}

/* Even without a duration, it does not wait for ever. */
START_TEST(an_interrupt_that_never_comes_is_1)
{
	fake.phys_intid = 24;
	fake.on_wait = wait_in_vain;
	fake.on_stop = leave_points;
	ck_assert_int_eq(record_with("--source=phys"), 1);
	assert_said("CPU 0: no interrupt of phys came at any of 7 deadlines, INTID 24 was waited for");
	assert_file(0, true);
}
END_TEST

START_TEST(a_silent_timer_without_a_number_is_1)
{
	fake.on_stop = leave_points;
	ck_assert_int_eq(record_with("-l500"), 1);
	assert_said("CPU 0: no interrupt of hrtimer came at any of 7 deadlines: nothing was measured");
}
END_TEST

START_TEST(one_silent_cpu_is_1)
{
	char *argv[] = { "record", "-orun.xlat", "-a0-1", "-q", "--source=phys",
			 NULL };

	fake.phys_intid = 24;
	fake.on_stop = serve_cpu_1;
	ck_assert_int_eq(record_command.run(5, argv), 1);
	assert_said("CPU 0: no interrupt of phys came");
	ck_assert_ptr_null(strstr(text, "CPU 1"));
}
END_TEST

/* It was stopped before its first deadline. */
START_TEST(no_deadline_no_complaint)
{
	ck_assert_int_eq(record(), 0);
}
END_TEST

START_TEST(the_limit_of_samples_is_0)
{
	assert_end(XLAT_END_LIMIT, EXIT_GOOD, "10 samples");
}
END_TEST

START_TEST(above_the_threshold_is_3)
{
	fake.on_wait = ten;
	ck_assert_int_eq(record_with("-b700ns"), EXIT_GOOD);
	ck_assert_uint_eq(fake.setup.watermark, 1);
	unlink("run.xlat");
	ck_assert_int_eq(record_with("-b699ns"), EXIT_LIMIT);
	assert_said("a lateness exceeded the threshold of 0.699 us");
	unlink("run.xlat");
	fake.on_wait = too_many;
	ck_assert_int_eq(record_with("-b699ns"), EXIT_LIMIT);
}
END_TEST

START_TEST(a_limit_comes_before_loss)
{
	fake.on_wait = too_many;
	ck_assert_int_eq(live("--fail-above=1us"), EXIT_DAMAGED);
	ck_assert_int_eq(live("--fail-above=500ns"), EXIT_LIMIT);
	fake.on_wait = ten;
	ck_assert_int_eq(live("--fail-above=500ns"), EXIT_LIMIT);
	ck_assert_int_eq(live("--fail-above=1us"), EXIT_GOOD);
}
END_TEST

START_TEST(no_option_is_dropped)
{
	char *argv[80] = { "xlat-read", "--histogram", "-a0", "-q" };

	for (int i = 4; i < 78; i++)
		argv[i] = "--limit=max=1us";
	argv[78] = "--limit=max=1ns";
	fake.on_wait = ten;
	ck_assert_int_eq(cmd_live(79, argv), EXIT_USAGE);
	assert_said("more than 16 limits");
	ck_assert_uint_eq(fake.waits, 0);
}
END_TEST

START_TEST(what_was_recorded_before_is_kept)
{
	fake.on_wait = ten;
	ck_assert_int_eq(record(), EXIT_GOOD);
	ck_assert_int_eq(record(), EXIT_GOOD);
	assert_said("there was a run.xlat: it is run.xlat.old now");
	ck_assert_int_eq(access("run.xlat.old", F_OK), 0);
}
END_TEST

static cpu_set_t during;

static int ten_elsewhere(void)
{
	ck_assert_int_eq(sched_getaffinity(0, sizeof(during), &during), 0);
	return ten();
}

/* Only one of the CPUs where this test may run is measured. */
START_TEST(the_reader_leaves_the_measured_cpus)
{
	cpu_set_t before, expected;

	ck_assert_int_eq(sched_getaffinity(0, sizeof(before), &before), 0);
	expected = before;
	if (CPU_COUNT(&before) > 1)
		CPU_CLR(0, &expected);
	fake.on_wait = ten_elsewhere;
	ck_assert_int_eq(record(), EXIT_GOOD);
	ck_assert(CPU_EQUAL(&during, &expected));
}
END_TEST

/* Where there is no other CPU the reader stays, and records. */
START_TEST(the_reader_stays_on_its_only_cpu)
{
	cpu_set_t only;

	CPU_ZERO(&only);
	CPU_SET(0, &only);
	if (sched_setaffinity(0, sizeof(only), &only))
		return;		/* this test may not run on CPU 0 */
	fake.on_wait = ten_elsewhere;
	ck_assert_int_eq(record(), EXIT_GOOD);
	ck_assert(CPU_EQUAL(&during, &only));
}
END_TEST

static int without_end(void)
{
	fake_publish(0, 10, 700);
	return fake.waits < 10000 ? 0 : DEVICE_ENDED;
}

START_TEST(a_file_that_may_not_grow)
{
	struct rlimit limit = { 30000, 30000 };

	signal(SIGXFSZ, SIG_IGN);	/* as main() does */
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	fake.on_wait = without_end;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("cannot write the samples to run.xlat: File too large");
	assert_said("what is in the file is valid");
	ck_assert_uint_lt(fake.waits, 10000);
	ck_assert_uint_eq(fake.stops, 1);
	assert_file(500, false);
}
END_TEST

START_TEST(a_failed_session_is_reported)
{
	fake.setup_error = -EBUSY;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("another session is set up");
	ck_assert_int_ne(access("run.xlat", F_OK), 0);
	fake.setup_error = 0;
	fake.unstoppable = 1;
	fake.on_wait = ten;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("cannot read the final account: module ");
	assert_file(10, false);
}
END_TEST

/* 2^4 ns per instruction, as --icount-shift=4 claims. */
static const struct xlat_probe sixteen = {
	.loop_insn = 40000, .loop_ticks = 640000, .at_ticks = 5000,
	.busy_tries = 16,
};

START_TEST(the_clock_is_proven_by_probes)
{
	fake.on_wait = ten;
	fake.before = fake.after = sixteen;
	ck_assert_int_eq(record_with("--icount-shift=4"), EXIT_GOOD);
	assert_file(10, true);
	fake.after.loop_ticks = 700000;
	ck_assert_int_eq(record_with("--icount-shift=4"), EXIT_FAILED);
	assert_said("the core-clock loop measured 17.500 ns");
}
END_TEST

/* An older module: CPU 0 reached its limit, then went offline. */
START_TEST(a_probe_that_was_not_taken_refutes_nothing)
{
	end_reason = XLAT_END_LIMIT;
	fake.on_stop = ends_for_a_reason;
	fake.on_wait = ten;
	fake.before = sixteen;
	ck_assert_int_eq(record_with("--icount-shift=4"), EXIT_GOOD);
	assert_file(10, true);
}
END_TEST

START_TEST(a_suspend_that_is_near)
{
	fake.start_error = -EAGAIN;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("the machine is about to suspend");
}
END_TEST

START_TEST(a_timer_stopped_by_idle_states)
{
	fake.setup_error = -EPERM;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("even the shallowest idle state of a chosen CPU stops its timer");
	ck_assert_int_eq(record_with("--idle=keep"), EXIT_FAILED);
	assert_said("--idle keep: an idle state here stops the timer");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("record");

	unit_between(begin, end);
	unit_add(suite, a_run);
	unit_add(suite, loss_is_4);
	unit_add(suite, a_protection_is_3);
	unit_add(suite, a_cpu_that_went_is_1);
	unit_add(suite, an_interrupt_that_never_comes_is_1);
	unit_add(suite, a_silent_timer_without_a_number_is_1);
	unit_add(suite, one_silent_cpu_is_1);
	unit_add(suite, no_deadline_no_complaint);
	unit_add(suite, the_limit_of_samples_is_0);
	unit_add(suite, above_the_threshold_is_3);
	unit_add(suite, a_limit_comes_before_loss);
	unit_add(suite, no_option_is_dropped);
	unit_add(suite, what_was_recorded_before_is_kept);
	unit_add(suite, the_reader_leaves_the_measured_cpus);
	unit_add(suite, the_reader_stays_on_its_only_cpu);
	unit_add(suite, a_file_that_may_not_grow);
	unit_add(suite, a_failed_session_is_reported);
	unit_add(suite, the_clock_is_proven_by_probes);
	unit_add(suite, a_probe_that_was_not_taken_refutes_nothing);
	unit_add(suite, a_suspend_that_is_near);
	unit_add(suite, a_timer_stopped_by_idle_states);
	return unit_run(suite);
}
