// SPDX-License-Identifier: GPL-2.0
/*
 * How PID 1 of a virtual machine reads the kernel log. A packet pipe stands
 * for the log: it also returns one record per read.
 */
#include <unistd.h>

static ssize_t read_log(int fd, void *to, size_t size);

#define read(fd, to, size)	read_log(fd, to, size)
#include "lab/init/klog.c"
#undef read
#include "unit_home.h"

#include <stdlib.h>

#define SAID	"said"

/* The error of the read at the end, or of the next read. */
static int at_the_end = EAGAIN, next_error;

static ssize_t read_log(int fd, void *to, size_t size)
{
	ssize_t n;

	if (next_error) {
		errno = next_error;
		next_error = 0;
		return -1;
	}
	n = read(fd, to, size);
	if (!n || (n < 0 && errno == EAGAIN))
		errno = at_the_end;
	return n;
}

static int ends[2];
static char text[1 << 14];

static void begin(void)
{
	unit_home_enter();
	ck_assert_ptr_nonnull(freopen(SAID, "w+", stdout));
	ck_assert_int_eq(pipe2(ends, O_DIRECT | O_NONBLOCK), 0);
}

static void end(void)
{
	close(ends[0]);
	close(ends[1]);
	unlink(SAID);
	unit_home_leave();
}

static void log_raw(const char *record, size_t length)
{
	ck_assert_int_eq(write(ends[1], record, length), (ssize_t)length);
}

static void log_record(unsigned int number, const char *message)
{
	int n = snprintf(text, sizeof(text), "6,%u,%u,-;%s\n SUBSYSTEM=x\n",
			 number, number * 1000000, message);

	log_raw(text, (size_t)n);
}

static int scan(void)
{
	return scan_all(ends[0], NULL);
}

static void assert_said(const char *words)
{
	size_t n;

	fflush(stdout);
	n = unit_get(SAID, text, sizeof(text));
	ck_assert_msg(*words ? !!strstr(text, words) : !n, "said: %s", text);
}

START_TEST(a_quiet_log)
{
	FILE *copy = tmpfile();

	log_record(0, "Booting Linux");
	log_record(1, "irq 30: affinity broken");
	log_record(2, "WARNINGS are fine; BUGS too");
	log_record(3, "xlat: loading out-of-tree module taints kernel.");
	log_record(4, "OOM killer disabled.");
	ck_assert_int_eq(scan_all(ends[0], copy), 0);
	assert_said("");
	rewind(copy);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), copy));
	ck_assert_str_eq(text, "[    0.000000] Booting Linux\n");
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), copy));
	ck_assert_str_eq(text, "[    1.000000] irq 30: affinity broken\n");
	fclose(copy);
}
END_TEST

static void each_is_bad(const char *const *lines, int count)
{
	int i;

	for (i = 0; i < count; i++)
		log_record((unsigned int)i, lines[i]);
	ck_assert_int_eq(scan(), count);
	for (i = 0; i < count; i++)
		assert_said(lines[i]);
}

START_TEST(errors_that_no_run_may_cause)
{
	static const char *const lines[] = {
		"WARNING: CPU: 0 PID: 1 at kernel/irq/manage.c:1 x+0x1/0x2",
		"irq 11: nobody cared (try booting with the \"irqpoll\" option)",
		"Call trace:",
		"BUG: sleeping function called from invalid context",
		"INFO: task insmod:12 blocked for more than 120 seconds.",
		"rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
		"Internal error: synchronous external abort",
		"kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
		"INFO: trying to register non-static key.",
		"BUG: KCSAN: data-race in xlat_fire [xlat] / xlat_mmap [xlat]",
		"BUG: KCSAN: data-race in hrtimer_start / callback [xlat]",
	};

	each_is_bad(lines, sizeof(lines) / sizeof(*lines));
}
END_TEST

START_TEST(a_detector_that_switches_itself_off)
{
	static const char *const lines[] = {
		"ODEBUG: Out of memory. ODEBUG disabled",
		"Disabling lock debugging due to kernel taint",
		"BUG: MAX_LOCKDEP_CHAINS too low!",
		"turning off the locking correctness validator.",
		"kmemleak: Kernel memory leak detector disabled",
		"kmemleak: Kmemleak disabled without freeing internal data.",
	};

	each_is_bad(lines, sizeof(lines) / sizeof(*lines));
}
END_TEST

START_TEST(a_race_of_linux_alone_is_none_of_ours)
{
	log_record(0, "BUG: KCSAN: data-race in tick_nohz_stop_tick / tick_sched_timer");
	ck_assert_int_eq(scan(), 0);
}
END_TEST

START_TEST(a_log_without_its_beginning_is_no_proof)
{
	log_record(7, "Booting Linux");
	log_record(8, "all is well");
	ck_assert_int_eq(scan(), 1);
	assert_said("records are lost: 7 where 0 comes next");
}
END_TEST

START_TEST(nor_is_one_with_a_hole)
{
	log_record(0, "Booting Linux");
	log_record(1, "all is well");
	log_record(5, "all is well");
	log_record(6, "all is well");
	ck_assert_int_eq(scan(), 1);
	assert_said("records are lost: 5 where 2 comes next");
}
END_TEST

START_TEST(nor_is_an_empty_one)
{
	ck_assert_int_eq(scan(), 1);
	assert_said("not read to its end");
}
END_TEST

START_TEST(nor_one_that_cannot_be_read)
{
	log_record(0, "Booting Linux");
	close(ends[1]);
	ends[1] = -1;
	ck_assert_int_eq(scan(), 1);
	assert_said("not read to its end: cut off");
	ck_assert_int_eq(scan_all(-1, NULL), 1);
	assert_said("not read to its end: Bad file descriptor");
}
END_TEST

START_TEST(nor_one_that_breaks_off)
{
	log_record(0, "Booting Linux");
	at_the_end = EINVAL;
	ck_assert_int_eq(scan(), 1);
	assert_said("not read to its end: Invalid argument");
}
END_TEST

START_TEST(what_is_overwritten_meanwhile_is_a_hole)
{
	next_error = EPIPE;
	log_record(3, "WARNING: x");
	ck_assert_int_eq(scan(), 2);
	assert_said("records are lost: 3 where 0 comes next");
	assert_said("WARNING: x");
}
END_TEST

START_TEST(text_that_is_not_a_record_is_refused)
{
	log_record(0, "Booting Linux");
	log_raw("all is well", 11);
	ck_assert_int_eq(scan(), 1);
	assert_said("no record: all is well");
}
END_TEST

START_TEST(the_longest_record_is_read_whole)
{
	/* a packet is at most one page: the rest would be another packet */
	char record[4096];

	memset(record, 'x', sizeof(record));
	memcpy(record, "6,0,0,-;", 8);
	memcpy(record + sizeof(record) - 8, "WARNING:", 8);
	log_raw(record, sizeof(record));
	ck_assert_int_eq(scan(), 1);
	ck_assert_uint_ge(RECORD_MAX, 8192);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("klog");

	unit_between(begin, end);
	unit_add(suite, a_quiet_log);
	unit_add(suite, errors_that_no_run_may_cause);
	unit_add(suite, a_detector_that_switches_itself_off);
	unit_add(suite, a_race_of_linux_alone_is_none_of_ours);
	unit_add(suite, a_log_without_its_beginning_is_no_proof);
	unit_add(suite, nor_is_one_with_a_hole);
	unit_add(suite, nor_is_an_empty_one);
	unit_add(suite, nor_one_that_cannot_be_read);
	unit_add(suite, nor_one_that_breaks_off);
	unit_add(suite, what_is_overwritten_meanwhile_is_a_hole);
	unit_add(suite, text_that_is_not_a_record_is_refused);
	unit_add(suite, the_longest_record_is_read_whole);
	return unit_run(suite);
}
