/* SPDX-License-Identifier: MIT */
/*
 * Fixture for tests of xlat-read record and --histogram with a fake device in
 * memory: runs the commands in a temporary directory, checks what they leave.
 */
#ifndef XLAT_RECORDED_H
#define XLAT_RECORDED_H

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "user/cmd/cmd.h"
#include "fake_device.h"
#include "user/format/file.h"
#include "unit_home.h"

static char text[1 << 14];

static inline void begin(void)
{
	unit_home_enter();
	ck_assert_ptr_nonnull(freopen("said", "w+", stderr));
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
	signal(SIGHUP, SIG_DFL);	/* this test may run under nohup */
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}

/* Checks that the test left no other file, such as a temporary file. */
static inline void end(void)
{
	remove("said");
	remove("run.xlat");
	remove("run.xlat.old");
	unit_home_leave();
	ck_assert_uint_eq(fake.mapped, 0);
}

static inline void assert_said(const char *words)
{
	fflush(stderr);
	unit_get("said", text, sizeof(text));
	ck_assert_msg(strstr(text, words), "said: %s", text);
}

static inline int count_words(char **argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return argc;
}

static inline int record_with(char *option)
{
	char *argv[] = { "record", "-orun.xlat", "-a0", "-q", option, NULL };

	return record_command.run(count_words(argv), argv);
}

static inline int record(void)
{
	return record_with(NULL);
}

static inline int live(char *option)
{
	char *argv[] = { "xlat-read", "--histogram", "-a0", "-q", option, NULL };

	return cmd_live(count_words(argv), argv);
}

/* Counts the samples of CPU 0 in the file; no block may be damaged. */
static inline void assert_file(size_t at_least, bool complete)
{
	struct run run;

	ck_assert_int_eq(file_read("run.xlat", &run), 0);
	ck_assert_uint_eq(run.cpu_count, 1);
	ck_assert_uint_ge(run.cpus[0].sample_count, at_least);
	ck_assert_int_eq(run.cpus[0].final, complete);
	ck_assert_int_eq(run.complete, complete);
	ck_assert_uint_eq(run.damaged_bytes + run.cut_bytes, 0);
	run_free(&run);
}

static inline int ten(void)
{
	fake_publish(0, 10, 700);
	return DEVICE_ENDED;
}

#endif
