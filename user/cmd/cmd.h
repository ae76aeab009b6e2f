/* SPDX-License-Identifier: MIT */
/*
 * The type of a subcommand, the exit codes, and the functions that print error
 * messages.
 */
#ifndef XLAT_CMD_H
#define XLAT_CMD_H

#include "user/data/cli.h"

struct device;
struct xlat_info;

/**
 * enum exit_code - exit codes, as in xlat-read(1); after 0, the worst first
 * @EXIT_GOOD: done
 * @EXIT_FAILED: failed
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

/** cmd_worse() - the worse of two exit codes */
int cmd_worse(int code, int other);

/**
 * struct command - one subcommand
 * @name: its name on the command line
 * @arguments: operands after the options, for the usage line ("FILE...")
 * @summary: one line, lower case
 * @options: for cli_next(); its help lists them
 * @examples: lines for its help
 * @run: runs it and returns an enum exit_code; argv[0] is @name; the caller has
 *	handled --help
 */
struct command {
	const char *name;
	const char *arguments;
	const char *summary;
	const struct cli_option *options;
	const char *examples;
	int (*run)(int argc, char **argv);
};

/* Each is defined in the file user/cmd/NAME.c. */
extern const struct command record_command;
extern const struct command report_command;
extern const struct command compare_command;
extern const struct command info_command;
extern const struct command env_command;
extern const struct command export_command;
extern const struct command send_command;
extern const struct command import_command;

/**
 * cmd_live() - run xlat-read without a subcommand: record, then report
 *
 * It takes the options of both commands and passes each option to the commands
 * that have it. Without -o it records to a temporary file.
 */
int cmd_live(int argc, char **argv);

/**
 * cmd_complain() - print one line to stderr: what failed, on what, what to do
 * @code: exit code
 *
 * Return: @code, so that a caller can write return cmd_complain(...).
 */
int cmd_complain(int code, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** cmd_note() - print one line to stderr that is no error: "xlat-read: note: " */
void cmd_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** cmd_say() - print one line to stderr as it is; unsafe characters become '?' */
void cmd_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * cmd_usage() - print one line about wrong usage
 * @command: subcommand whose --help the line recommends
 *
 * Return: EXIT_USAGE.
 */
int cmd_usage(const char *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * cmd_open_device() - open /dev/xlat and read its description into @info
 *
 * Return: EXIT_GOOD; otherwise another code, after a message, and @device is
 * not open.
 */
int cmd_open_device(struct device *device, struct xlat_info *info);

/**
 * cmd_call() - print @name instead of @path from now on
 *
 * For the temporary file of a live recording: the user does not know its path.
 */
void cmd_call(const char *path, const char *name);

/** cmd_is_stdin() - true if the operand @path is "-", the standard input */
bool cmd_is_stdin(const char *path);

/**
 * cmd_called() - name of @path for messages
 *
 * Return: the name that cmd_call() gave it, "standard input" for "-", or @path.
 */
const char *cmd_called(const char *path);

/** cmd_complain_file() - print why file_read() of @path returned @error */
int cmd_complain_file(const char *path, int error);

#endif /* XLAT_CMD_H */
