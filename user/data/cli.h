/* SPDX-License-Identifier: MIT */
/*
 * Command lines: options from a table, CPU lists, durations. This code does no
 * I/O: it returns its messages.
 */
#ifndef XLAT_CLI_H
#define XLAT_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct cli_option - one option; an entry whose @name is NULL ends a table
 * @key: the short letter; for an option without one, a number from 256 on
 * @name: long name
 * @argument: the argument's name in the help ("TIME"); NULL if it takes none
 * @help: one line; NULL: the option works, but the help does not show it
 */
struct cli_option {
	int key;
	const char *name;
	const char *argument;
	const char *help;
};

#define CLI_END		(-1)
#define CLI_ERROR	'?'

/**
 * struct cli - a command line being read; initialise it with cli_start()
 * @argc: as main() receives it
 * @argv: as main() receives it
 * @options: the table of options
 * @value: argument of the last returned option
 * @index: index of the first operand in @argv, valid after %CLI_END
 * @message: what is wrong, valid after %CLI_ERROR
 */
struct cli {
	int argc;
	char **argv;
	const struct cli_option *options;
	const char *value;
	int index;
	char message[160];
};

/** cli_start() - begin; argv[0] is the command's name and is skipped */
void cli_start(struct cli *cli, int argc, char **argv,
	       const struct cli_option *options);

/**
 * cli_next() - the next option, also if operands come before it
 *
 * Return: the key of the option; %CLI_END; or %CLI_ERROR with cli->message set.
 */
int cli_next(struct cli *cli);

/**
 * struct cli_cpus - a set of CPU numbers
 * @word: bit n % 64 of word n / 64 is CPU n
 */
#define CLI_CPUS_MAX	8192u
struct cli_cpus {
	uint64_t word[CLI_CPUS_MAX / 64];
};

/**
 * cli_parse_cpus() - "0,2-5", as the kernel writes lists; "all" sets every bit
 *
 * Return: 0; -EINVAL if @text is not a list or is empty; -ERANGE if a number
 * is too large.
 */
int cli_parse_cpus(const char *text, struct cli_cpus *cpus);

/** cli_cpus_has() - is CPU @cpu in the set? */
bool cli_cpus_has(const struct cli_cpus *cpus, unsigned int cpu);

/** CLI_CPUS_TEXT: size in bytes that is enough for any list of CPUs */
#define CLI_CPUS_TEXT	20480

/**
 * cli_format_cpus() - write the shortest list; returns @text
 *
 * A list that does not fit is cut after a whole number and ends with ",...".
 * cli_parse_cpus() refuses such a list.
 */
char *cli_format_cpus(const struct cli_cpus *cpus, char *text, size_t size);

/**
 * cli_parse_duration() - "500us", "1.5ms", "10s", "2h": ns us ms s m h d
 * @text: a decimal number and a unit
 * @unit_ns: unit of a number that has none, in ns; 0: @text must have a unit
 * @out_ns: the result, rounded to the nearest ns
 *
 * Return: 0; -EINVAL if @text is not a duration; -ERANGE if over 2^63 ns.
 */
int cli_parse_duration(const char *text, uint64_t unit_ns, uint64_t *out_ns);

/** cli_parse_number() - a whole decimal number up to @max; 0 or -EINVAL, -ERANGE */
int cli_parse_number(const char *text, uint64_t max, uint64_t *out);

#endif /* XLAT_CLI_H */
