// SPDX-License-Identifier: GPL-2.0
/* xlat-lab: start virtual machines, see to it that they end. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "lab/cmd/command.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *name;
	int (*run)(int argc, char *argv[]);
	const char *what;
} commands[] = {
	{ "run", cmd_run, "run one job in one virtual machine" },
	{ "matrix", cmd_matrix, "run the cells that a matrix file describes" },
	{ "report", cmd_study_report, "what a matrix of cells measured" },
	{ "gate", cmd_study_gate, "has a path grown beyond its baseline?" },
	{ "demo", cmd_demo, "run the smallest matrix, and compare its runs" },
	{ "symbols", cmd_symbols, "name the functions at addresses of a file" },
};

static int usage(FILE *f, int status)
{
	size_t i;

	fprintf(f, "usage: xlat-lab COMMAND [OPTION]... (COMMAND --help)\n");
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(f, "  %-8s %s\n", commands[i].name, commands[i].what);
	return status;
}

int main(int argc, char *argv[])
{
	size_t i;

	signal(SIGCHLD, SIG_DFL);	/* ignored, it would take wait()'s results */
	if (argc < 2)
		return usage(stderr, 2);
	if (!strcmp(argv[1], "--help"))
		return usage(stdout, 0);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "xlat-lab: unknown command '%s'\n", argv[1]);
	return usage(stderr, 2);
}
