// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "user/cmd/cmd.h"
#include "user/cmd/document.h"
#include "tests/synthetic.h"
#include "unit_home.h"


static int write_document(const char *path, const char *text, int error)
{
	struct document d;

	ck_assert_int_eq(document_begin(&d, path), EXIT_GOOD);
	ck_assert_ptr_nonnull(d.out);
	fputs(text, d.out);
	return document_end(&d, error);
}

static void record(const char *path)
{
	struct synthetic s = synthetic_defaults();
	struct run run;

	s.count = 10;
	synthetic_run(&s, &run);
	ck_assert_int_eq(synthetic_write(&run, path), 0);
	run_free(&run);
}

START_TEST(nothing_is_begun_without_a_file)
{
	struct document d;

	ck_assert_int_eq(document_begin(&d, NULL), EXIT_GOOD);
	ck_assert_ptr_null(d.out);
	ck_assert_int_eq(document_begin(&d, "-"), EXIT_GOOD);
	ck_assert_ptr_null(d.out);
}
END_TEST

START_TEST(a_dash_is_a_format)
{
	enum analysis_format format = ANALYSIS_UNSET;

	ck_assert_int_eq(document_choose("report", "x", &format), EXIT_GOOD);
	ck_assert_int_eq(format, ANALYSIS_UNSET);
	ck_assert_int_eq(document_choose("report", "-", &format), EXIT_GOOD);
	ck_assert_int_eq(format, ANALYSIS_JSON);
	ck_assert_int_eq(document_choose("report", "-", &format), EXIT_GOOD);
	format = ANALYSIS_TEXT;
	ck_assert_int_eq(document_choose("report", "x", &format), EXIT_GOOD);
	ck_assert_int_eq(document_choose("report", "-", &format), EXIT_USAGE);
	format = ANALYSIS_CSV;
	ck_assert_int_eq(document_choose("report", "-", &format), EXIT_USAGE);
	ck_assert_int_eq(format, ANALYSIS_CSV);
}
END_TEST

START_TEST(a_link_stays_and_leads_to_the_document)
{
	struct stat st;

	unit_put("real", "old");
	ck_assert_int_eq(symlink("real", "soft"), 0);
	ck_assert_int_eq(write_document("soft", "new", 0), EXIT_GOOD);
	unit_holds("real", "new");
	ck_assert_int_eq(lstat("soft", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	unlink("soft");
	unlink("real");
}
END_TEST

START_TEST(a_pipe_is_written_in_place)
{
	char got[8] = "";
	struct stat st;
	int fd;

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	fd = open("pipe", O_RDWR | O_NONBLOCK);
	ck_assert_int_eq(write_document("pipe", "new", 0), EXIT_GOOD);
	ck_assert_int_eq(read(fd, got, sizeof(got)), 3);
	ck_assert_str_eq(got, "new");
	ck_assert_int_eq(lstat("pipe", &st), 0);
	ck_assert(S_ISFIFO(st.st_mode));
	close(fd);
	unlink("pipe");
}
END_TEST

/* The document follows the printed text; the file is not replaced. */
START_TEST(a_standard_output_that_is_a_file_is_written_to)
{
	int terminal = dup(STDOUT_FILENO);

	ck_assert_ptr_nonnull(freopen("printed", "w", stdout));
	fputs("text,", stdout);
	ck_assert_int_eq(write_document("/dev/stdout", "new", 0), EXIT_GOOD);
	fputs(",more", stdout);
	fflush(stdout);
	dup2(terminal, STDOUT_FILENO);
	unit_holds("printed", "text,new,more");
	unlink("printed");
}
END_TEST

START_TEST(a_failure_keeps_the_old_file)
{
	struct rlimit limit = { .rlim_cur = 4, .rlim_max = 4 };

	unit_put("old", "old");
	ck_assert_int_eq(write_document("old", "new", -EIO), EXIT_FAILED);
	unit_holds("old", "old");
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(write_document("old", "longer than four", 0),
			 EXIT_FAILED);
	unit_holds("old", "old");
	ck_assert_int_eq(write_document("/dev/full", "new", 0), EXIT_FAILED);
	unlink("old");
}
END_TEST

START_TEST(no_recording_is_overwritten)
{
	char one[] = "one.xlat", none[] = "none.xlat";
	char *const inputs[] = { none, one };

	record("one.xlat");
	record("other.xlat");
	unit_put("old.json", "{}");
	ck_assert_int_eq(link("one.xlat", "hard"), 0);
	ck_assert_int_eq(symlink("one.xlat", "soft"), 0);
	ck_assert_int_eq(document_spare("x", "one.xlat", inputs, 2), EXIT_USAGE);
	ck_assert_int_eq(document_spare("x", "./hard", inputs, 2), EXIT_USAGE);
	ck_assert_int_eq(document_spare("x", "soft", inputs, 2), EXIT_USAGE);
	ck_assert_int_eq(document_spare("x", "./none.xlat", inputs, 2),
			 EXIT_USAGE);
	ck_assert_int_eq(document_spare("x", "other.xlat", inputs, 2),
			 EXIT_USAGE);
	ck_assert_int_eq(document_spare("x", "old.json", inputs, 2), EXIT_GOOD);
	ck_assert_int_eq(document_spare("x", "new.json", inputs, 2), EXIT_GOOD);
	ck_assert_int_eq(document_spare("x", "/dev/null", inputs, 2), EXIT_GOOD);
	ck_assert_int_eq(document_spare("x", "-", inputs, 2), EXIT_GOOD);
	ck_assert_int_eq(document_spare("x", NULL, inputs, 2), EXIT_GOOD);
	unlink("hard");
	unlink("soft");
	unlink("one.xlat");
	unlink("other.xlat");
	unlink("old.json");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("document");

	unit_between(unit_home_enter, unit_home_leave);
	unit_add(suite, nothing_is_begun_without_a_file);
	unit_add(suite, a_dash_is_a_format);
	unit_add(suite, a_link_stays_and_leads_to_the_document);
	unit_add(suite, a_pipe_is_written_in_place);
	unit_add(suite, a_standard_output_that_is_a_file_is_written_to);
	unit_add(suite, a_failure_keeps_the_old_file);
	unit_add(suite, no_recording_is_overwritten);
	return unit_run(suite);
}
