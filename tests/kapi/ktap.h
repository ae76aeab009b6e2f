/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Prints the results of a test program as KTAP. The plan comes last: a program
 * that dies prints no plan, and counts as failed.
 */
#ifndef KTAP_H
#define KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
	int count, failed;
} ktap;

static void ktap_line(const char *verdict, const char *format, va_list ap)
{
	if (!ktap.count)
		printf("KTAP version 1\n");
	printf("%s %d - ", verdict, ++ktap.count);
	vprintf(format, ap);
}

__attribute__((unused, format(printf, 2, 3)))
static bool ktap_ok(bool good, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	ktap_line(good ? "ok" : "not ok", format, ap);
	va_end(ap);
	ktap.failed += !good;
	printf("\n");
	fflush(stdout);
	return good;
}

__attribute__((unused, format(printf, 1, 2)))
static void ktap_skip(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	ktap_line("ok", format, ap);
	va_end(ap);
	printf(" # SKIP\n");
	fflush(stdout);
}

__attribute__((unused, format(printf, 1, 2)))
static void ktap_note(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	printf("# ");
	vprintf(format, ap);
	va_end(ap);
	printf("\n");
}

/*
 * Does the machine run in real time? Then a slow host, or a kernel with
 * debugging checks, makes everything later.
 */
__attribute__((unused))
static bool ktap_real_time(void)
{
	return getenv("XLAT_REAL_TIME") != NULL;
}

/* Checks that got == want; prints both values if not. */
__attribute__((unused))
static bool ktap_is(long long got, long long want, const char *what)
{
	if (got == want)
		return ktap_ok(true, "%s", what);
	return ktap_ok(false, "%s: got %lld, want %lld", what, got, want);
}

/*
 * A check whose numbers depend on how fast the machine is: it is certain only
 * on the instruction clock. If the job says that the machine runs in real time
 * (the kernel option XLAT_REAL_TIME=1, which becomes part of the environment),
 * a failure is no result.
 */
__attribute__((unused, format(printf, 2, 3)))
static bool ktap_timed(bool good, const char *format, ...)
{
	bool real_time = ktap_real_time();
	va_list ap;

	va_start(ap, format);
	ktap_line(good || real_time ? "ok" : "not ok", format, ap);
	va_end(ap);
	ktap.failed += !good && !real_time;
	printf(good || !real_time ? "\n" : " # SKIP needs the instruction clock\n");
	fflush(stdout);
	return good;
}

__attribute__((unused))
static bool ktap_timed_is(long long got, long long want, const char *what)
{
	if (got == want)
		return ktap_ok(true, "%s", what);
	return ktap_timed(false, "%s: got %lld, want %lld", what, got, want);
}

/* Prints the plan; returns the exit code of the program. */
static int ktap_end(void)
{
	printf("1..%d\n", ktap.count);
	fflush(stdout);
	return ktap.failed != 0;
}

#endif
