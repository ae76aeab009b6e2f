// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

extern char **environ;

/* Terminate one word; return where the next begins, or NULL if malformed. */
static char *take_word(char *p, char **word)
{
	char quote = *p == '"';

	if (quote)
		p++;
	*word = p;
	p += strcspn(p, quote ? "\"" : " \t");
	if (quote && !*p)
		return NULL;
	if (*p)
		*p++ = '\0';
	return p;
}

int command_split(char *line, char *argv[COMMAND_WORDS])
{
	int n = 0;

	for (line += strspn(line, " \t"); *line; line += strspn(line, " \t")) {
		if (n == COMMAND_WORDS - 1)
			return -1;
		line = take_word(line, &argv[n++]);
		if (!line)
			return -1;
	}
	argv[n] = NULL;
	return n;
}

static int reap(pid_t wanted)
{
	int status;
	pid_t pid;

	do {
		pid = wait(&status);
	} while (pid != wanted && (pid > 0 || errno == EINTR));
	if (pid != wanted)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

static int start(pid_t *pid, char *const argv[],
		 const posix_spawn_file_actions_t *actions)
{
	char *applet[COMMAND_WORDS + 1] = { "busybox" };
	int error = posix_spawnp(pid, argv[0], actions, NULL, argv, environ);
	int i;

	if (error != ENOENT)
		return error;
	for (i = 0; i < COMMAND_WORDS && argv[i]; i++)
		applet[i + 1] = argv[i];
	return posix_spawn(pid, "/bin/busybox", actions, NULL, applet, environ);
}

int command_run(char *const argv[], int out)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, out, 2);
	error = start(&pid, argv, &actions);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		errno = error;
		return -1;
	}
	return reap(pid);
}
