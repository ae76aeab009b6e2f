// SPDX-License-Identifier: GPL-2.0
/* Asks Xen for its console ring. Xen answers late, or no longer exists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/unit.h"
#include "lab/machine/xen_ring.h"

static char console[] = "/tmp/test-ring-XXXXXX";
static int keys[2];

static void begin(void)
{
	ck_assert_int_eq(truncate(console, 0), 0);
	ck_assert_int_eq(pipe(keys), 0);
}

static void end(void)
{
	close(keys[1]);
}

/* If the signal were not ignored, it would end this process. */
START_TEST(who_is_gone_is_not_waited_for)
{
	close(keys[0]);
	xen_ring_ask(keys[1], console, 0);
}
END_TEST

/* Xen reads the key, and ends. */
START_TEST(who_ends_is_not_waited_for)
{
	char key;
	pid_t pid = fork();

	if (!pid) {
		close(keys[1]);
		_exit(read(keys[0], &key, 1) != 1 || key != 'w');
	}
	close(keys[0]);
	alarm(30);
	xen_ring_ask(keys[1], console, 0);
	alarm(0);
	waitpid(pid, NULL, 0);
}
END_TEST

/* The answer comes after more than 10 s, which used to be the limit. */
START_TEST(who_is_slow_is_waited_for)
{
	char key, line[64] = "";
	pid_t pid = fork();
	FILE *f;

	if (!pid) {
		close(keys[1]);
		if (read(keys[0], &key, 1) != 1)
			_exit(1);
		sleep(20);
		f = fopen(console, "ae");
		fputs("(XEN) Command line: x\n", f);
		fclose(f);
		pause();
	}
	close(keys[0]);
	xen_ring_ask(keys[1], console, 0);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	f = fopen(console, "re");
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	fclose(f);
	ck_assert_ptr_nonnull(strstr(line, "Command line:"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ring");
	int failed, fd = mkstemp(console);

	if (fd < 0)
		return EXIT_FAILURE;
	close(fd);
	unit_between(begin, end);
	unit_add(suite, who_is_gone_is_not_waited_for);
	unit_add(suite, who_ends_is_not_waited_for);
	unit_add(suite, who_is_slow_is_waited_for);
	failed = unit_run(suite);
	unlink(console);
	return failed;
}
