// SPDX-License-Identifier: MIT
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "user/format/replace.h"
#include "unit_home.h"


static void begin(struct replacement *r, const char *target)
{
	ck_assert_int_eq(replace_begin(r, target), 0);
	fputs("new", r->file);
}

START_TEST(nothing_changes_before_the_end)
{
	struct replacement r;

	unit_put("run", "old");
	begin(&r, "run");
	ck_assert_int_eq(replace_flush(&r), 0);
	unit_holds("run", "old");
	unit_holds(r.path, "new");
	ck_assert_int_eq(replace_end(&r, false), 0);
	unit_holds("run", "new");
	unlink("run");
}
END_TEST

START_TEST(dropped_it_was_never_there)
{
	struct replacement r;

	unit_put("run", "old");
	begin(&r, "run");
	replace_drop(&r);
	unit_holds("run", "old");
	unlink("run");
	begin(&r, "run");
	replace_drop(&r);
	ck_assert_int_ne(access("run", F_OK), 0);
}
END_TEST

START_TEST(the_old_one_may_be_kept)
{
	struct replacement r;

	begin(&r, "run");
	ck_assert_int_eq(replace_end(&r, true), 0);
	unit_put("run", "old");
	begin(&r, "run");
	ck_assert_int_eq(replace_end(&r, true), 0);
	unit_holds("run", "new");
	unit_holds("run.old", "old");
	unlink("run");
	unlink("run.old");
}
END_TEST

START_TEST(links_and_permissions_stay)
{
	struct replacement r;
	struct stat st;

	unit_put("run", "old");
	ck_assert_int_eq(chmod("run", 0640), 0);
	ck_assert_int_eq(symlink("run", "link"), 0);
	begin(&r, "link");
	ck_assert_int_eq(replace_end(&r, false), 0);
	ck_assert_int_eq(lstat("link", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	unit_holds("run", "new");
	ck_assert_int_eq(stat("run", &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0640);
	unlink("run");
	unlink("link");
}
END_TEST

START_TEST(devices_are_written_to)
{
	struct replacement r;

	begin(&r, "/dev/null");
	ck_assert_int_eq(replace_end(&r, true), 0);
	begin(&r, "/dev/full");
	ck_assert_int_eq(replace_end(&r, true), -ENOSPC);
	ck_assert_int_eq(access("/dev/full", F_OK), 0);
	ck_assert_int_eq(replace_begin(&r, "/nowhere/run"), -ENOENT);
}
END_TEST

START_TEST(only_files_with_bytes_are_kept)
{
	char old[REPLACE_OLD_SIZE];

	ck_assert_int_eq(replace_keep_old("run", old), 0);
	unit_put("run", "");
	ck_assert_int_eq(replace_keep_old("run", old), 0);
	unit_put("run", "old");
	ck_assert_int_eq(replace_keep_old("run", old), 1);
	ck_assert_str_eq(old, "run.old");
	unit_holds("run.old", "old");
	ck_assert_int_eq(replace_keep_old("/dev/null", old), 0);
	ck_assert_str_eq(old, "");
	unlink("run.old");
}
END_TEST

START_TEST(every_old_one_is_kept)
{
	static const char *const kept[] = { "run.old", "run.old-2", "run.old-3" };
	char old[REPLACE_OLD_SIZE], text[] = "0";

	for (size_t i = 0; i < 3; i++, text[0]++) {
		unit_put("run", text);
		ck_assert_int_eq(replace_keep_old("run", old), 1);
		ck_assert_str_eq(old, kept[i]);
	}
	for (; text[0]-- > '0';) {
		unit_holds(kept[text[0] - '0'], text);
		unlink(kept[text[0] - '0']);
	}
}
END_TEST

START_TEST(a_signal_removes_the_temporary_file)
{
	struct replacement r;
	int status;
	pid_t child;

	child = fork();
	ck_assert_int_ge(child, 0);
	if (!child) {
		signal(SIGTERM, SIG_DFL);
		replace_begin(&r, "run");
		raise(SIGTERM);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}
END_TEST

START_TEST(two_names_of_one_file)
{
	unit_put("run", "old");
	ck_assert_int_eq(link("run", "hard"), 0);
	ck_assert_int_eq(symlink("run", "soft"), 0);
	unit_put("other", "old");
	ck_assert(replace_same("run", "run"));
	ck_assert(replace_same("run", "./hard"));
	ck_assert(replace_same("soft", "hard"));
	ck_assert(!replace_same("run", "other"));
	ck_assert(!replace_same("run", "none"));
	ck_assert(!replace_same("none", "none"));
	unlink("run");
	unlink("hard");
	unlink("soft");
	unlink("other");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("replace");

	unit_between(unit_home_enter, unit_home_leave);
	unit_add(suite, nothing_changes_before_the_end);
	unit_add(suite, dropped_it_was_never_there);
	unit_add(suite, the_old_one_may_be_kept);
	unit_add(suite, links_and_permissions_stay);
	unit_add(suite, devices_are_written_to);
	unit_add(suite, only_files_with_bytes_are_kept);
	unit_add(suite, every_old_one_is_kept);
	unit_add(suite, a_signal_removes_the_temporary_file);
	unit_add(suite, two_names_of_one_file);
	return unit_run(suite);
}
