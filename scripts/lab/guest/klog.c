// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "klog.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const char *const bad[] = {
	"WARNING:", "BUG:", "Oops", "KASAN", "KCSAN:", "UBSAN:",
	"INFO: rcu", "rcu_sched kthread", "detected stall", "soft lockup",
	"INFO: task ", "INFO: possible", "possible circular locking",
	"possible recursive locking", "inconsistent lock state",
	"suspicious RCU usage", "sleeping function called",
	"scheduling while atomic", "Unable to handle kernel",
	"Internal error:", "Kernel panic", "list_add corruption",
	"list_del corruption", "irq event stamp",
};

static int is_bad(const char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (strstr(text, bad[i]))
			return 1;
	return 0;
}

/* "6,1234,5678901,-;text": level, number, microseconds, flags */
static int take_record(char *record, FILE *copy)
{
	char *text = strchr(record, ';');
	unsigned long long us = 0;

	if (!text)
		return 0;
	text++;
	text[strcspn(text, "\n")] = '\0';
	sscanf(record, "%*u,%*u,%llu", &us);
	if (copy)
		fprintf(copy, "[%5llu.%06llu] %s\n", us / 1000000,
			us % 1000000, text);
	if (!is_bad(text))
		return 0;
	printf("init: kernel log: %s\n", text);
	return 1;
}

int klog_scan(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	FILE *copy = fopen("/tmp/out/dmesg", "we");
	char record[8192];
	int wrong = 0;
	ssize_t n;

	if (fd < 0)
		wrong++;
	for (;;) {
		n = fd < 0 ? 0 : read(fd, record, sizeof(record) - 1);
		if (n < 0 && errno == EPIPE)
			continue;	/* overwritten meanwhile */
		if (n <= 0)
			break;
		record[n] = '\0';
		wrong += take_record(record, copy);
	}
	if (copy)
		fclose(copy);
	if (fd >= 0)
		close(fd);
	return wrong;
}
