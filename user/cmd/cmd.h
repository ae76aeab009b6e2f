/* SPDX-License-Identifier: MIT */
/*
 * What xlat-read.c's table of subcommands holds, and the one way to complain.
 */
#ifndef XLAT_CMD_H
#define XLAT_CMD_H

#include "user/data/cli.h"

struct device;
struct xlat_info;

/**
 * enum exit_code - documented in xlat-read(1), the worst first
 * @EXIT_GOOD: done
 * @EXIT_FAILED: could not do it
 * @EXIT_USAGE: wrong usage
 * @EXIT_LIMIT: measured, and a limit or a regression gate was exceeded
 * @EXIT_DAMAGED: data were lost, damaged or unproven
 */
enum exit_code {
	EXIT_GOOD	= 0,
	EXIT_FAILED	= 1,
	EXIT_USAGE	= 2,
	EXIT_LIMIT	= 3,
	EXIT_DAMAGED	= 4,
};

/** cmd_worse() - the code of two things done: what failed hides what is good */
int cmd_worse(int code, int other);

/**
 * struct command - one subcommand
 * @name: as typed
 * @arguments: what follows the options, for the usage line ("FILE...")
 * @summary: one line, lower case
 * @options: for cli_next(), and printed as its help
 * @examples: lines for its help, or NULL
 * @run: argv[0] is @name; returns an enum exit_code. --help has been handled
 */
struct command {
	const char *name;
	const char *arguments;
	const char *summary;
	const struct cli_option *options;
	const char *examples;
	int (*run)(int argc, char **argv);
};

/* Each cmd_NAME.c defines one. */
extern const struct command record_command;
extern const struct command report_command;
extern const struct command compare_command;
extern const struct command info_command;
extern const struct command env_command;
extern const struct command export_command;
extern const struct command send_command;
extern const struct command import_command;

/**
 * cmd_live() - options without a subcommand: record, then report the file
 *
 * Takes the options of both: each is handed to the command that knows it, or
 * to both. Without -o the file is a temporary one.
 */
int cmd_live(int argc, char **argv);

/**
 * cmd_complain() - one line to stderr: what failed, on what, what to do
 * @code: returned, so that "return cmd_complain(EXIT_FAILED, ...)" reads well
 */
int cmd_complain(int code, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** cmd_usage() - the same for wrong usage; @command is told to help */
int cmd_usage(const char *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * cmd_open_device() - open /dev/xlat and ask it, or say why not
 *
 * Return: EXIT_GOOD; or a code, and nothing is open.
 */
int cmd_open_device(struct device *device, struct xlat_info *info);

/**
 * cmd_call() - from now on @path is called @name wherever it is printed
 *
 * For the file that nobody asked for and that will be gone.
 */
void cmd_call(const char *path, const char *name);

/** cmd_is_stdin() - is the operand @path "-", the standard input? */
bool cmd_is_stdin(const char *path);

/**
 * cmd_called() - what to call @path
 *
 * Return: what cmd_call() said, "standard input" for "-", or @path itself.
 */
const char *cmd_called(const char *path);

/** cmd_complain_file() - the line for a file_read() that returned @error */
int cmd_complain_file(const char *path, int error);

#endif /* XLAT_CMD_H */
