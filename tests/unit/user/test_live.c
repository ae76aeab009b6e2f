// SPDX-License-Identifier: MIT
/*
 * xlat-read --histogram --json, and its numbers for samples lost in the ring,
 * from a fake device in memory to the output.
 */
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "user/cmd/cmd.h"
#include "user/cmd/record.h"
#include "fake_device.h"
#include "user/format/file.h"
#include "unit_home.h"


static int ten(void)
{
	fake_publish(0, 10, 700);
	return DEVICE_ENDED;
}

static int too_many(void)
{
	fake_publish(0, 40, 700);
	return DEVICE_ENDED;
}

static void begin(void)
{
	unit_home_enter();
	ck_assert_ptr_nonnull(freopen("said", "w", stderr));
	fake.on_wait = ten;
}

/* Only these files are left: no temporary file. */
static void end(void)
{
	remove("said");
	remove("printed");
	remove("run.json");
	remove("run.xlat");
	unit_home_leave();
}

static void print_to(const char *path)
{
	ck_assert_ptr_nonnull(freopen(path, "w", stdout));
}

static int live(char *one, char *other)
{
	char *argv[] = { "xlat-read", "-H", "-a0", "-q", one, other, NULL };

	print_to("printed");
	return cmd_live(other ? 6 : 5, argv);
}

START_TEST(the_text_and_the_document)
{
	static char text[1 << 16], document[1 << 16];
	char *again[] = { "report", "-H", "--format=json", "run.xlat", NULL };

	ck_assert_int_eq(live("--json=run.json", "-orun.xlat"), EXIT_GOOD);
	unit_get("printed", text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "lossless: 10 samples taken"));
	print_to("printed");
	ck_assert_int_eq(report_command.run(4, again), EXIT_GOOD);
	ck_assert_uint_gt(unit_get("printed", text, sizeof(text)), 1000);
	unit_get("run.json", document, sizeof(document));
	ck_assert_str_eq(document, text);
}
END_TEST

START_TEST(the_document_alone)
{
	json_t *document;

	ck_assert_int_eq(live("--json=-", NULL), EXIT_GOOD);
	document = json_load_file("printed", 0, NULL);
	ck_assert_int_eq(json_integer_value(json_object_get(document, "count")),
			 10);
	json_decref(document);
}
END_TEST

static int ten_and_tell(void)
{
	ck_assert_int_eq(mkdir("recorded", 0700), 0);
	return ten();
}

/* No process reads the pipe: the report blocks, until a signal ends it. */
static pid_t live_into_a_pipe(void)
{
	pid_t child;

	signal(SIGTERM, SIG_DFL);	/* libcheck has its own */
	fake.on_wait = ten_and_tell;
	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (!child)
		_exit(live("--json=pipe", NULL));
	return child;
}

static void end_by_signal(pid_t child, int signal)
{
	const struct timespec nap = { .tv_nsec = 20000000 };
	int status;

	while (!waitpid(child, &status, WNOHANG)) {
		if (!access("recorded", F_OK))
			kill(child, signal);
		nanosleep(&nap, NULL);
	}
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == signal);
}

START_TEST(a_signal_while_reporting_leaves_the_recording)
{
	static char said[1 << 16];
	struct run run;
	char *path;

	end_by_signal(live_into_a_pipe(), SIGTERM);
	unit_get("said", said, sizeof(said));
	path = strstr(said, "the recording is kept: ");
	ck_assert_ptr_nonnull(path);
	path += strlen("the recording is kept: ");
	path[strcspn(path, "\n")] = '\0';
	ck_assert_int_eq(file_read(path, &run), 0);
	ck_assert(run.complete);
	ck_assert_uint_eq(run.cpus[0].sample_count, 10);
	run_free(&run);
	unlink(path);
	unlink("pipe");
	rmdir("recorded");
}
END_TEST

static void terminate(void *arg)
{
	*(bool *)arg = true;
	raise(SIGTERM);
}

/*
 * Live recording decides what a signal does to its temporary file while no
 * signal can end the program: else a signal would remove a whole recording.
 */
START_TEST(no_signal_ends_the_program_before_the_recording_is_kept)
{
	static struct request r;
	bool called = false;

	signal(SIGTERM, SIG_DFL);
	record_begin(&r);
	r.output = "run.xlat";
	r.quiet = true;
	ck_assert_int_eq(record_check(&r), EXIT_GOOD);
	r.ended = terminate;
	r.ended_arg = &called;
	ck_assert_int_eq(record_run(&r), EXIT_GOOD);
	ck_assert(called);
	record_end(&r);
}
END_TEST

/* No process reads the report: the recording is kept, and its name printed. */
START_TEST(a_reader_that_goes_leaves_the_recording)
{
	char *argv[] = { "xlat-read", "-H", "-a0", "-q", NULL };
	char said[4096], *path;
	int ends[2];

	signal(SIGPIPE, SIG_DFL);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[1], STDOUT_FILENO), STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
	ck_assert_int_eq(cmd_live(4, argv), EXIT_FAILED);
	fflush(stderr);
	unit_get("said", said, sizeof(said));
	path = strstr(said, "the recording is kept: ");
	ck_assert_msg(path, "said: %s", said);
	path += strlen("the recording is kept: ");
	path[strcspn(path, "\n")] = '\0';
	ck_assert_int_eq(unlink(path), 0);
	print_to("printed");
}
END_TEST

START_TEST(of_two_failures_the_worse)
{
	fake.on_wait = too_many;
	ck_assert_int_eq(live("--json=none/x.json", "-orun.xlat"), EXIT_FAILED);
}
END_TEST

START_TEST(refused_before_anything_is_recorded)
{
	ck_assert_int_eq(live("--json=./run.xlat", "-orun.xlat"), EXIT_USAGE);
	ck_assert_int_eq(live("--json=-", "--format=csv"), EXIT_USAGE);
	ck_assert_int_eq(live("--json=run.json", "--what=when"), EXIT_USAGE);
	ck_assert_uint_eq(fake.waits, 0);
	ck_assert_int_ne(access("run.xlat", F_OK), 0);
	ck_assert_int_ne(access("run.json", F_OK), 0);
}
END_TEST

START_TEST(what_the_ring_lost_is_passed_over)
{
	struct run run;

	fake.on_wait = too_many;
	ck_assert_int_eq(live("-orun.xlat", NULL), EXIT_DAMAGED);
	ck_assert_int_eq(file_read("run.xlat", &run), 0);
	ck_assert_uint_eq(run.cpus[0].sample_count, FAKE_SLOTS - 1);
	ck_assert_uint_eq(run.cpus[0].lost, 40 - (FAKE_SLOTS - 1));
	ck_assert_uint_eq(run.cpus[0].passed, run.cpus[0].lost);
	for (size_t i = 0; i < run.cpus[0].sample_count; i++)
		ck_assert_uint_eq(run_sample_number(&run.cpus[0], i),
				  (run.cpus[0].samples[i].deadline - FAKE_START) /
				  FAKE_PERIOD);
	run_free(&run);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("live");

	unit_between(begin, end);
	unit_add(suite, the_text_and_the_document);
	unit_add(suite, the_document_alone);
	unit_add(suite, refused_before_anything_is_recorded);
	unit_add(suite, what_the_ring_lost_is_passed_over);
	unit_add(suite, a_signal_while_reporting_leaves_the_recording);
	unit_add(suite, no_signal_ends_the_program_before_the_recording_is_kept);
	unit_add(suite, a_reader_that_goes_leaves_the_recording);
	unit_add(suite, of_two_failures_the_worse);
	return unit_run(suite);
}
