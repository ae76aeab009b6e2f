// SPDX-License-Identifier: MIT
/* The record loop with a fake device in memory: what begins and ends it. */
#include "captured.h"

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
	unit_add(suite, scalars_are_written_at_intervals);
	unit_add(suite, the_mask_names_the_cpus);
	unit_add(suite, what_was_mapped_is_unmapped);
	return unit_run(suite);
}
