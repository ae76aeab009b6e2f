/* SPDX-License-Identifier: MIT */
/*
 * The helpers of a unit test program with one suite.
 */
#ifndef XLAT_UNIT_H
#define XLAT_UNIT_H

#include <check.h>
#include <stdlib.h>

/** UNIT_TIMEOUT - time limit of one test, in seconds; may be defined before */
#ifndef UNIT_TIMEOUT
#define UNIT_TIMEOUT 120
#endif

/** unit_begin, unit_end - the functions set by unit_between() */
static SFun unit_begin, unit_end;

/** unit_between() - run @begin and @end around each test added from now on */
static inline void unit_between(SFun begin, SFun end)
{
	unit_begin = begin;
	unit_end = end;
}

/** unit_add_loop() - add a test that runs @count times, with _i 0, 1, ... */
static inline void unit_add_loop(Suite *suite, const TTest *test, int count)
{
	TCase *tcase = tcase_create(test->name);

	tcase_set_timeout(tcase, UNIT_TIMEOUT);
	tcase_add_checked_fixture(tcase, unit_begin, unit_end);
	tcase_add_loop_test(tcase, test, 0, count);
	suite_add_tcase(suite, tcase);
}

/** unit_add() - add a test as a test case with the same name */
static inline void unit_add(Suite *suite, const TTest *test)
{
	unit_add_loop(suite, test, 1);
}

/** unit_run() - run @suite; return the exit code for main() */
static inline int unit_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif /* XLAT_UNIT_H */
