// SPDX-License-Identifier: MIT
/* The effect of signals on xlat-read record, with a fake device in memory. */
#include <errno.h>

#include "recorded.h"

static void press_ctrl_c(void)
{
	raise(SIGINT);
}

START_TEST(interrupted_before_it_began)
{
	FILE *file = fopen("run.xlat", "w");

	fputs("old", file);
	fclose(file);
	fake.on_setup = press_ctrl_c;
	ck_assert_int_eq(record(), EXIT_FAILED);
	assert_said("source hrtimer was not recorded: interrupted");
	ck_assert_int_ne(access("run.xlat.old", F_OK), 0);
	ck_assert_uint_eq(fake.waits, 0);
	ck_assert_int_eq(live(NULL), EXIT_FAILED);
}
END_TEST

static int sent;

static int signalled(void)
{
	if (fake.waits > 1)
		return DEVICE_ENDED;
	fake_publish(0, 10, 700);
	raise(sent);
	return -EINTR;
}

static void assert_ends(int signal, unsigned int waits)
{
	sent = signal;
	fake.waits = 0;
	fake.on_wait = signalled;
	ck_assert_int_eq(record(), EXIT_GOOD);
	ck_assert_uint_eq(fake.waits, waits);
	assert_file(10, true);
}

START_TEST(a_signal_ends_it)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	assert_ends(signals[_i], 1);
}
END_TEST

START_TEST(nohup_is_heeded)
{
	signal(SIGHUP, SIG_IGN);
	assert_ends(SIGHUP, 2);
}
END_TEST

START_TEST(afterwards_signals_are_what_they_were)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction now;

	signal(SIGTERM, SIG_IGN);
	assert_ends(SIGINT, 1);
	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(sigaction(signals[i], NULL, &now), 0);
		ck_assert(now.sa_handler == (i == 1 ? SIG_IGN : SIG_DFL));
	}
}
END_TEST

static int ten_after_a_broken_pipe(void)
{
	raise(SIGPIPE);
	return ten();
}

START_TEST(a_broken_pipe_does_not_end_it)
{
	struct sigaction now;

	signal(SIGPIPE, SIG_DFL);
	fake.on_wait = ten_after_a_broken_pipe;
	ck_assert_int_eq(record(), EXIT_GOOD);
	assert_file(10, true);
	ck_assert_int_eq(sigaction(SIGPIPE, NULL, &now), 0);
	ck_assert(now.sa_handler == SIG_DFL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("record_signal");

	unit_between(begin, end);
	unit_add(suite, interrupted_before_it_began);
	unit_add_loop(suite, a_signal_ends_it, 3);
	unit_add(suite, nohup_is_heeded);
	unit_add(suite, afterwards_signals_are_what_they_were);
	unit_add(suite, a_broken_pipe_does_not_end_it);
	return unit_run(suite);
}
