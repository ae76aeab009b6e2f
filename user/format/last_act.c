// SPDX-License-Identifier: MIT
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "last_act.h"

static char unfinished[LAST_ACT_SIZE];
static char words[LAST_ACT_SIZE];

/* SA_RESETHAND restored the default action, so raise() ends the program. */
static void act(int signal)
{
	ssize_t written = 0;

	if (*unfinished)
		unlink(unfinished);
	if (*words)
		written = write(STDERR_FILENO, words, strlen(words));
	(void)written;
	raise(signal);
}

static void catch_signal(int signal)
{
	struct sigaction before, action = {
		.sa_handler = act,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER),
	};

	if (!sigaction(signal, NULL, &before) && before.sa_handler == SIG_DFL)
		sigaction(signal, &action, NULL);
}

static void remember(char *to, const char *text)
{
	*to = '\0';
	if (!text || strlen(text) >= LAST_ACT_SIZE)
		return;
	strcpy(to, text);
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
}

void last_act_unlink(const char *path)
{
	remember(unfinished, path);
}

void last_act_say(const char *text)
{
	remember(words, text);
}
