// SPDX-License-Identifier: MIT
/*
 * The record loop with a fake device in memory. The writer runs at the worst
 * moments: each read of shared memory and each barrier can call it.
 */
#define XLAT_BARRIER_H

static void looks_at(const volatile void *at);
static void is_at_barrier(void);

#define READ_ONCE(x)		(looks_at(&(x)), (x))
#define WRITE_ONCE(x, v)	((x) = (v))
#define smp_load_acquire(p)	(looks_at(p), *(p))
#define smp_store_release(p, v)	(*(p) = (v))
#define smp_wmb()		do { } while (0)
#define smp_rmb()		is_at_barrier()

#include "user/record/capture.c"
#include "fake_device.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static void (*on_look)(const volatile void *at);
static void (*on_barrier)(void);
static unsigned int looks;

static void looks_at(const volatile void *at)
{
	if (on_look)
		on_look(at);
}

static void is_at_barrier(void)
{
	if (on_barrier)
		on_barrier();
}

static const uint32_t both[] = { 0, 1 };
static char path[] = "/tmp/xlat-test-capture-XXXXXX";
static volatile sig_atomic_t interrupted;
static struct device device;
static struct capture c;
static struct file_writer writer;
static struct capture_options how;
static struct run run;

static void begin(void)
{
	struct xlat_setup setup = { 0 };
	int fd;

	strcpy(strrchr(path, '-'), "-XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	how = (struct capture_options) {
		.threshold_ticks = -1,
		.interrupted = &interrupted,
	};
	ck_assert_int_eq(capture_open(&c, &device, &setup, both, 2), 0);
	ck_assert_int_eq(file_create(&writer, path), 0);
	c.writer = &writer;
}

static void end(void)
{
	capture_close(&c);
	ck_assert_uint_eq(fake.mapped, 0);
	run_free(&run);
	unlink(path);
}

/* Makes a recording; returns its result. */
static int record(void)
{
	int error = capture_run(&c, &writer, &how);

	ck_assert_int_eq(file_close(&writer), 0);
	ck_assert_int_eq(file_read(path, &run), 0);
	return error;
}

static void assert_cpu(size_t cpu, size_t count, bool final)
{
	const struct run_cpu *is = &run.cpus[cpu];

	ck_assert_uint_eq(run.cpu_count, 2);
	ck_assert_uint_eq(is->sample_count, count);
	ck_assert_int_eq(is->final, final);
	ck_assert_uint_eq(is->lost, 0);
	if (final)
		ck_assert_uint_eq(is->received, count);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(is->samples[i].deadline,
				  FAKE_START + i * FAKE_PERIOD);
}

static int three_and_two(void)
{
	fake_publish(0, 3, 500);
	fake_publish(1, 2, 600);
	return fake.waits == 2 ? DEVICE_ENDED : 0;
}

static void four_more(void)
{
	fake_publish(0, 4, 500);
}

START_TEST(what_comes_before_stop_is_drained)
{
	fake.on_wait = three_and_two;
	fake.on_stop = four_more;
	ck_assert_int_eq(record(), 0);
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(0, 10, true);
	assert_cpu(1, 4, true);
	ck_assert_uint_eq(run.cpus[0].map.counters.count, 10);
	ck_assert_uint_eq(run.cpus[0].map.start_ticks, FAKE_START);
	ck_assert(!c.exceeded);
}
END_TEST

static int nothing(void)
{
	return 0;
}

/* No duration, and a limit that is never reached. */
START_TEST(what_never_comes_is_not_waited_for)
{
	fake.on_wait = nothing;
	how.patience_ns = 1;
	ck_assert_int_eq(record(), 0);
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(0, 0, true);
	assert_cpu(1, 0, true);
}
END_TEST

/* Samples of one CPU are enough; the silent one is reported at the end. */
static int first_sample(const struct capture *started, void *context)
{
	(void)started;
	(void)context;
	fake_publish(1, 1, 500);
	return 0;
}

static int ended_at_last(void)
{
	return fake.waits == 5 ? DEVICE_ENDED : 0;
}

START_TEST(after_a_first_sample_it_is_patient)
{
	fake.on_wait = ended_at_last;
	how.patience_ns = 1;
	how.started = first_sample;
	ck_assert_int_eq(record(), 0);
	ck_assert_uint_eq(fake.waits, 5);
	assert_cpu(1, 1, true);
}
END_TEST

static int signalled(void)
{
	if (fake.waits == 1)
		return -EINTR;		/* from SIGCONT or a debugger */
	fake_publish(0, 3, 500);
	interrupted = 1;
	return -EINTR;
}

START_TEST(only_our_signals_end_it)
{
	fake.on_wait = signalled;
	ck_assert_int_eq(record(), 0);
	ck_assert_uint_eq(fake.waits, 2);
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(0, 3, true);
	assert_cpu(1, 0, true);
}
END_TEST

static int broken(void)
{
	if (fake.waits > 2)
		return DEVICE_ENDED;
	fake_publish(0, 3, 500);
	return fake.waits == 2 ? -EIO : 0;
}

START_TEST(a_wait_that_fails_is_reported_and_disarms)
{
	fake.on_wait = broken;
	ck_assert_int_eq(record(), -EIO);
	ck_assert_str_eq(c.doing, "wait for samples");
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(0, 3, false);
	ck_assert_uint_eq(fake.waits, 2);
}
END_TEST

START_TEST(a_stop_that_fails_is_reported)
{
	fake.on_wait = three_and_two;
	fake.stop_error = -EIO;
	ck_assert_int_eq(record(), -EIO);
	ck_assert_str_eq(c.doing, "stop");
	assert_cpu(0, 6, false);
	assert_cpu(1, 4, false);
}
END_TEST

START_TEST(an_account_that_is_not_final_is_not_written)
{
	fake.on_wait = three_and_two;
	fake.unstoppable = 1u << 1;
	ck_assert_int_eq(record(), -EPROTO);
	/* "write" would blame the file */
	ck_assert_str_eq(c.doing, "read the final account");
	assert_cpu(0, 6, true);
	assert_cpu(1, 4, false);
	ck_assert_ptr_null(run.cpus[1].late);
}
END_TEST

START_TEST(a_start_that_fails_needs_no_stop)
{
	fake.start_error = -ENODEV;
	ck_assert_int_eq(record(), -ENODEV);
	ck_assert_str_eq(c.doing, "start");
	ck_assert_uint_eq(fake.stops + fake.waits, 0);
}
END_TEST

static int contradict(const struct capture *capture, void *context)
{
	ck_assert_ptr_eq(capture, &c);
	ck_assert_ptr_eq(context, &how);
	return -EDOM;
}

START_TEST(the_started_callback_may_end_it)
{
	how.started = contradict;
	how.context = &how;
	ck_assert_int_eq(record(), -EDOM);
	ck_assert_uint_eq(fake.waits, 0);
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(0, 0, false);
}
END_TEST

START_TEST(the_longest_duration_is_no_short_one)
{
	how.duration_ns = UINT64_MAX;
	fake.on_wait = three_and_two;
	ck_assert_int_eq(record(), 0);
	assert_cpu(0, 6, true);
}
END_TEST

static int64_t worst;

static int one_late(void)
{
	fake_publish(0, 1, -500);
	fake_publish(1, 1, worst);
	return fake.waits == 3 ? DEVICE_ENDED : 0;
}

static const struct {
	int threshold, worst;
	bool exceeded;
} lateness[] = { { 700, 700, false }, { 700, 701, true }, { 0, 0, false } };

START_TEST(only_above_the_threshold_it_stops)
{
	fake.on_wait = one_late;
	how.threshold_ticks = lateness[_i].threshold;
	worst = lateness[_i].worst;
	ck_assert_int_eq(record(), 0);
	ck_assert_int_eq(c.exceeded, lateness[_i].exceeded);
	ck_assert_uint_eq(fake.stops, 1);
	assert_cpu(1, lateness[_i].exceeded ? 1 : 3, true);
}
END_TEST

static void a_late_one(void)
{
	fake_publish(1, 1, 701);
}

START_TEST(the_last_samples_are_watched_too)
{
	fake.on_stop = a_late_one;
	how.threshold_ticks = 700;
	ck_assert_int_eq(record(), 0);
	ck_assert(c.exceeded);
}
END_TEST

/* The writer of CPU 0 is as fast as the reader, or faster. */
#define PATIENCE	1000u

static __u64 pace;

static void writer_goes_on(const volatile void *at)
{
	if (at == &fake.part[0].map.head && looks++ < PATIENCE)
		fake_publish(0, pace, 500);
}

/* After at most one full ring of CPU 0, the reader goes on to CPU 1. */
static void assert_served(__u64 of_each_look)
{
	looks = 0;
	pace = of_each_look;
	fake_publish(1, 5, 500);
	on_look = writer_goes_on;
	ck_assert_int_eq(drain(&c, -1), 0);
	ck_assert_uint_lt(looks, PATIENCE);
	ck_assert_uint_lt(c.parts[0].received, 2 * FAKE_SLOTS);
	ck_assert_uint_eq(c.parts[0].received + c.parts[0].lost,
			  c.parts[0].position);
	ck_assert_uint_eq(c.parts[1].received, 5);
}

START_TEST(a_fast_writer_does_not_hold_up_the_others)
{
	assert_served(FAKE_SLOTS / 4);
	ck_assert_uint_ge(c.parts[0].received, FAKE_SLOTS);
}
END_TEST

START_TEST(nor_does_one_too_fast_to_be_read)
{
	assert_served(2 * FAKE_SLOTS);
	ck_assert_uint_eq(c.parts[0].received, 0);
}
END_TEST

/* All words of the scalars have the same value, unless they are torn. */
static void write_counters(__u64 value)
{
	__u64 *word = (__u64 *)&fake.part[0].map.counters;

	for (size_t i = 0; i < sizeof(struct xlat_counters) / 8; i++)
		word[i] = value;
}

static void assert_counters(__u64 value)
{
	struct xlat_counters out;

	write_counters(1);
	ck_assert(read_counters(&fake.part[0].map, &out));
	for (size_t i = 0; i < sizeof(out) / 8; i++)
		ck_assert_uint_eq(((__u64 *)&out)[i], value);
}

static void writer_leaves(const volatile void *at)
{
	if (at != &fake.part[0].map.seq || looks++ != 4)
		return;
	write_counters(2);
	fake.part[0].map.seq++;
}

START_TEST(scalars_under_the_pen_are_awaited)
{
	fake.part[0].map.seq = 7;
	on_look = writer_leaves;
	assert_counters(2);
}
END_TEST

/* Makes a complete update in the middle of the first copy. */
static void writer_passes(const volatile void *at)
{
	if (at != &fake.part[0].map.counters.sum_ticks || looks++)
		return;
	write_counters(2);
	fake.part[0].map.seq += 2;
}

START_TEST(torn_scalars_are_read_again)
{
	on_look = writer_passes;
	assert_counters(2);
}
END_TEST

static void writer_is_seen_at_the_barrier(void)
{
	if (looks++)
		return;
	write_counters(2);
	fake.part[0].map.seq += 2;
}

START_TEST(the_second_look_is_behind_a_barrier)
{
	on_barrier = writer_is_seen_at_the_barrier;
	assert_counters(2);
	ck_assert_uint_eq(looks, 2);
}
END_TEST

START_TEST(scalars_that_stay_torn_are_not_stored)
{
	uint32_t blocks = writer.sequence;

	fake.part[0].map.seq = 7;
	ck_assert_int_eq(put_intervals(&c, 1), 0);
	ck_assert_uint_eq(writer.sequence, blocks + 1);
	fake.part[0].map.seq = 8;
	ck_assert_int_eq(put_intervals(&c, 1), 0);
	ck_assert_uint_eq(writer.sequence, blocks + 3);
}
END_TEST

static unsigned int calls;

static void show_progress(const struct capture *capture, void *context)
{
	(void)capture;
	(void)context;
	calls++;
}

START_TEST(scalars_are_written_at_intervals)
{
	uint32_t blocks = writer.sequence;

	how.interval_ns = 1;
	how.progress = show_progress;
	ck_assert_int_eq(record(), 0);
	ck_assert_uint_eq(calls, 1);
	/* two set-ups, twice; scalars; two sides of a histogram, an account */
	ck_assert_uint_eq(writer.sequence, blocks + 4 + 2 + 2 * 3);
}
END_TEST

START_TEST(the_mask_names_the_cpus)
{
	const uint32_t few[] = { 3, 64, 127 };
	struct xlat_setup setup = { 0 };

	capture_close(&c);
	ck_assert_int_eq(capture_open(&c, &device, &setup, few, 3), 0);
	ck_assert_uint_eq(fake.setup.cpus_len, 16);
	ck_assert_uint_eq(fake.mask[0], 1ULL << 3);
	ck_assert_uint_eq(fake.mask[1], 1ULL | 1ULL << 63);
	ck_assert_uint_eq(setup.cpus, 0);
	ck_assert_uint_eq(fake.mapped, 3);
}
END_TEST

START_TEST(what_was_mapped_is_unmapped)
{
	struct xlat_setup setup = { 0 };

	capture_close(&c);
	fake.map_error = -EPROTO;
	ck_assert_int_eq(capture_open(&c, &device, &setup, both, 2), -EPROTO);
	ck_assert_str_eq(c.doing, "map the recording");
	ck_assert_uint_eq(fake.mapped, 1);
	capture_close(&c);
	fake.setup_error = -EBUSY;
	ck_assert_int_eq(capture_open(&c, &device, &setup, both, 2), -EBUSY);
	ck_assert_uint_eq(fake.mapped, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("capture");

	unit_between(begin, end);
	unit_add(suite, what_comes_before_stop_is_drained);
	unit_add(suite, what_never_comes_is_not_waited_for);
	unit_add(suite, after_a_first_sample_it_is_patient);
	unit_add(suite, only_our_signals_end_it);
	unit_add(suite, a_wait_that_fails_is_reported_and_disarms);
	unit_add(suite, a_stop_that_fails_is_reported);
	unit_add(suite, an_account_that_is_not_final_is_not_written);
	unit_add(suite, a_start_that_fails_needs_no_stop);
	unit_add(suite, the_started_callback_may_end_it);
	unit_add(suite, the_longest_duration_is_no_short_one);
	unit_add_loop(suite, only_above_the_threshold_it_stops, 3);
	unit_add(suite, the_last_samples_are_watched_too);
	unit_add(suite, a_fast_writer_does_not_hold_up_the_others);
	unit_add(suite, nor_does_one_too_fast_to_be_read);
	unit_add(suite, scalars_under_the_pen_are_awaited);
	unit_add(suite, torn_scalars_are_read_again);
	unit_add(suite, the_second_look_is_behind_a_barrier);
	unit_add(suite, scalars_that_stay_torn_are_not_stored);
	unit_add(suite, scalars_are_written_at_intervals);
	unit_add(suite, the_mask_names_the_cpus);
	unit_add(suite, what_was_mapped_is_unmapped);
	return unit_run(suite);
}
