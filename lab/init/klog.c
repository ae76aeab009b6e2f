// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "klog.h"

/* The kernel's CONSOLE_EXT_LOG_MAX: a smaller buffer may not fit a record. */
#define RECORD_MAX	8192

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const char *const bad[] = {
	"WARNING:", "BUG:", "Oops", "KASAN", "KCSAN:", "UBSAN:",
	"INFO: rcu", "rcu_sched kthread", "detected stall", "soft lockup",
	"INFO: task ", "INFO: possible", "possible circular locking",
	"possible recursive locking", "inconsistent lock state",
	"suspicious RCU usage", "sleeping function called",
	"scheduling while atomic", "Unable to handle kernel",
	"Internal error:", "Kernel panic", "list_add corruption",
	"list_del corruption", "irq event stamp", "nobody cared",
	"Call trace:", "Call Trace:", "new suspected memory leaks",
	"INFO: trying to register",
	/*
	 * A detector that switches itself off finds nothing more. An
	 * out-of-tree module's taint leaves lockdep on, and is not bad.
	 */
	"ODEBUG disabled", "Disabling lock debugging",
	"turning off the locking correctness validator",
	"memory leak detector disabled", "Kmemleak disabled",
};

/*
 * KCSAN names both functions of a data race, with their modules. Linux itself
 * has many such races, so only those of xlat's modules count.
 */
static int is_bad(const char *text)
{
	size_t i;

	if (strstr(text, "BUG: KCSAN:") && !strstr(text, "[xlat"))
		return 0;
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (strstr(text, bad[i]))
			return 1;
	return 0;
}

/*
 * struct scan - a log that is being searched
 * @next: number of the next record, from 0
 */
struct scan {
	FILE *copy;
	unsigned long long next;
	int wrong;
};

/* Missing records cannot be searched, so they prove nothing. */
static void take_number(struct scan *scan, unsigned long long number)
{
	if (number != scan->next) {
		printf("init: kernel log: records are lost: %llu where %llu comes next\n",
		       number, scan->next);
		scan->wrong++;
	}
	scan->next = number + 1;
}

/* "6,1234,5678901,-;text": level, number, microseconds, flags */
static void take_record(struct scan *scan, char *record)
{
	unsigned long long number, us;
	char *text = strchr(record, ';');

	if (!text || sscanf(record, "%*u,%llu,%llu", &number, &us) != 2) {
		printf("init: kernel log: no record: %s\n", record);
		scan->wrong++;
		return;
	}
	text++;
	text[strcspn(text, "\n")] = '\0';
	take_number(scan, number);
	if (scan->copy)
		fprintf(scan->copy, "[%5llu.%06llu] %s\n", us / 1000000,
			us % 1000000, text);
	if (is_bad(text)) {
		printf("init: kernel log: %s\n", text);
		scan->wrong++;
	}
}

/* EAGAIN is the end of the log. Any other error leaves records unread. */
static int scan_all(int fd, FILE *copy)
{
	struct scan scan = { .copy = copy };
	char record[RECORD_MAX + 1];
	ssize_t n;

	for (;;) {
		n = read(fd, record, RECORD_MAX);
		if (n < 0 && errno == EPIPE)
			continue;	/* overwritten: the next number shows it */
		if (n <= 0)
			break;
		record[n] = '\0';
		take_record(&scan, record);
	}
	if (!n || errno != EAGAIN || !scan.next) {
		printf("init: kernel log: not read to its end: %s\n",
		       n ? strerror(errno) : "cut off");
		scan.wrong++;
	}
	return scan.wrong;
}

int klog_scan(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	FILE *copy = fopen("/tmp/out/dmesg", "we");
	int wrong = scan_all(fd, copy);

	if (copy)
		fclose(copy);
	if (fd >= 0)
		close(fd);
	return wrong;
}
