/* SPDX-License-Identifier: MIT */
/*
 * main() of a unit test program that has one suite.
 */
#ifndef XLAT_UNIT_H
#define XLAT_UNIT_H

#include <check.h>
#include <stdlib.h>

/** unit_add() - one test of @suite, as a case of its own name */
static inline void unit_add(Suite *suite, const TTest *test)
{
	TCase *tcase = tcase_create(test->name);

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, test);
	suite_add_tcase(suite, tcase);
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
