/* SPDX-License-Identifier: MIT */
/*
 * main() of a unit test program that has one suite.
 */
#ifndef XLAT_UNIT_H
#define XLAT_UNIT_H

#include <check.h>
#include <stdlib.h>

/** UNIT_TIMEOUT - seconds for one test, unless defined before */
#ifndef UNIT_TIMEOUT
#define UNIT_TIMEOUT 120
#endif

/** unit_begin, unit_end - what unit_between() was told */
static SFun unit_begin, unit_end;

/** unit_between() - each test that is added from now on is between these two */
static inline void unit_between(SFun begin, SFun end)
{
	unit_begin = begin;
	unit_end = end;
}

/** unit_add_loop() - one test of @suite, @count times: _i is 0, 1, ... */
static inline void unit_add_loop(Suite *suite, const TTest *test, int count)
{
	TCase *tcase = tcase_create(test->name);

	tcase_set_timeout(tcase, UNIT_TIMEOUT);
	tcase_add_checked_fixture(tcase, unit_begin, unit_end);
	tcase_add_loop_test(tcase, test, 0, count);
	suite_add_tcase(suite, tcase);
}

/** unit_add() - one test of @suite, as a case of its own name */
static inline void unit_add(Suite *suite, const TTest *test)
{
	unit_add_loop(suite, test, 1);
}

/** unit_run() - run @suite; what main() returns */
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
