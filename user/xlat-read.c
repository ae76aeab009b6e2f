// SPDX-License-Identifier: MIT
/*
 * xlat-read records, analyses and transfers runs of /dev/xlat. This file has
 * the table of its subcommands, and makes the help from it.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "user/cmd/cmd.h"
#include "user/data/table.h"

static const struct command *const commands[] = {
	&record_command,
	&report_command,
	&compare_command,
	&info_command,
	&env_command,
	&export_command,
	&send_command,
	&import_command,
};

#define COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static const char examples[] =
	"Examples:\n"
	"  xlat-read --histogram -a 2,3 -D 30s     measure two CPUs and show the result\n"
	"  xlat-read record -o a.xlat -l 20000     every sample of a run in a file\n"
	"  xlat-read report --histogram a.xlat\n"
	"  xlat-read report --json=a.json a.xlat   the text here, JSON in a file\n"
	"  xlat-read compare native.xlat xen.xlat  what did Xen add?\n"
	"  xlat-read info                          what can be measured here\n"
	"  xlat-read send a.xlat                   as text, over a serial console\n"
	"  xlat-read import console.log -o a.xlat  and back into a file\n"
	"\n"
	"Exit codes: 0 good, 1 could not do it, 2 wrong usage, 3 a limit was exceeded,\n"
	"4 data were lost, damaged or unproven.\n";

/* Blanks as wide as the names of the options. */
#define INDENT	"                             "

static void print_options(FILE *to, const struct cli_option *option)
{
	for (; option->name; option++) {
		char left[64], first[96];

		if (!option->help)
			continue;
		snprintf(left, sizeof(left), "--%s%s%s", option->name,
			 option->argument ? " " : "",
			 option->argument ? option->argument : "");
		if (option->key < 256)
			snprintf(first, sizeof(first), "  -%c, %-22s ",
				 option->key, left);
		else
			snprintf(first, sizeof(first), "      %-22s ", left);
		table_words(to, first, INDENT, option->help);
	}
}

static void print_usage(FILE *to)
{
	fputs("Measure how late timer interrupts arrive, natively and under Xen.\n\n"
	      "Usage: xlat-read SUBCOMMAND [options]\n"
	      "       xlat-read --histogram [options of record and report]\n\n",
	      to);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-8s %s\n", commands[i]->name,
			commands[i]->summary);
	fputs("\n  -h, --help     this; after a subcommand: its options\n"
	      "      --version\n\n", to);
	fputs(examples, to);
}

static int print_help(const struct command *command)
{
	printf("Usage: xlat-read %s [options] %s\n%s\n\n", command->name,
	       command->arguments, command->summary);
	print_options(stdout, command->options);
	printf("\nExamples:\n%s", command->examples);
	return EXIT_GOOD;
}

static bool wants_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return true;
	}
	return false;
}

static int run_command(int argc, char **argv)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[0], commands[i]->name))
			continue;
		return wants_help(argc, argv) ? print_help(commands[i]) :
						commands[i]->run(argc, argv);
	}
	return cmd_complain(EXIT_USAGE,
			    "unknown subcommand '%s'; see 'xlat-read --help'",
			    argv[0]);
}

static int live(int argc, char **argv)
{
	if (wants_help(argc, argv)) {
		print_usage(stdout);
		return EXIT_GOOD;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("xlat-read " XLAT_VERSION);
		return EXIT_GOOD;
	}
	return cmd_live(argc, argv);
}

int main(int argc, char **argv)
{
	int code;

	/* at the limit of file sizes write() fails, instead of a signal */
	signal(SIGXFSZ, SIG_IGN);
	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (argv[1][0] == '-')
		code = live(argc, argv);
	else
		code = run_command(argc - 1, argv + 1);
	/* a command that failed has already printed a message */
	if ((fflush(stdout) || ferror(stdout)) && code != EXIT_FAILED)
		return cmd_complain(EXIT_FAILED, "cannot write the output: %m");
	return code;
}
