// SPDX-License-Identifier: MIT
/* xlat-read export: prints the samples of a run as CSV. */
#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "analyse.h"
#include "user/format/replace.h"
#include "user/data/run.h"

static const struct cli_option options[] = {
	{ 'o', "output", "FILE", "write to FILE; default: the terminal" },
	{ 0 },
};

static const char *const column[] = {
	"cpu", "index", "deadline_ticks", "entry_ticks", "lateness_ticks",
	"missed", "flags",
};

#define COLUMNS	(sizeof(column) / sizeof(column[0]))

static void put_row(FILE *to, char text[COLUMNS][24])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		csv_fwrite(to, text[i], strlen(text[i]));
		fputc(i + 1 < COLUMNS ? ',' : '\n', to);
	}
}

static void put_header(FILE *to)
{
	char text[COLUMNS][24];

	for (size_t i = 0; i < COLUMNS; i++)
		snprintf(text[i], sizeof(text[i]), "%s", column[i]);
	put_row(to, text);
}

static void put_sample(FILE *to, uint32_t cpu, uint64_t index,
		       const struct xlat_sample *s)
{
	char text[COLUMNS][24] = { 0 };
	size_t i = 0;

	snprintf(text[i++], sizeof(text[0]), "%" PRIu32, cpu);
	if (index != RUN_UNKNOWN)
		snprintf(text[i], sizeof(text[0]), "%" PRIu64, index);
	i++;
	snprintf(text[i++], sizeof(text[0]), "%" PRIu64, (uint64_t)s->deadline);
	snprintf(text[i++], sizeof(text[0]), "%" PRIu64, (uint64_t)s->entry);
	snprintf(text[i++], sizeof(text[0]), "%" PRId64,
		 (int64_t)(s->entry - s->deadline));
	snprintf(text[i++], sizeof(text[0]), "%" PRIu32, s->missed);
	snprintf(text[i], sizeof(text[0]), "%" PRIu32, s->flags);
	put_row(to, text);
}

/* Return: 0 or -errno. */
static int put_run(FILE *to, const struct run *run)
{
	put_header(to);
	for (size_t i = 0; i < run->cpu_count; i++) {
		const struct run_cpu *cpu = &run->cpus[i];

		for (size_t n = 0; n < cpu->sample_count; n++)
			put_sample(to, cpu->map.cpu, run_sample_number(cpu, n),
				   &cpu->samples[n]);
	}
	errno = 0;
	return fflush(to) || ferror(to) ? -(errno ? errno : EIO) : 0;
}

/* Exit code of an export. A message says which samples are missing. */
static int exit_code_of(const struct run *run)
{
	uint64_t away = 0, numberless = 0;

	for (size_t i = 0; i < run->cpu_count; i++) {
		const struct run_cpu *cpu = &run->cpus[i];

		away += (cpu->final ? cpu->lost : cpu->passed) + cpu->gone;
		for (size_t n = 0; n < cpu->sample_count; n++)
			numberless += run_sample_number(cpu, n) == RUN_UNKNOWN;
	}
	if (numberless)
		return cmd_complain(EXIT_DAMAGED,
			"%s: %" PRIu64 " samples have no index: the numbers in the file contradict each other",
			run->name, numberless);
	if (away || run->damaged_blocks)
		return cmd_complain(EXIT_DAMAGED,
			"%s: %s%" PRIu64 " samples are missing from this output: they were lost or damaged; 'xlat-read report' says which",
			run->name, run->complete ? "" : "at least ", away);
	if (!run->complete)
		return cmd_complain(EXIT_DAMAGED,
			"%s: the recording was cut off: later samples are missing",
			run->name);
	return EXIT_GOOD;
}

static int export_to_file(const struct run *run, const char *output)
{
	struct replacement to;
	int error = replace_begin(&to, output);

	if (error)
		return cmd_complain(EXIT_FAILED, "cannot create %s: %s", output,
				    strerror(-error));
	error = put_run(to.file, run);
	if (error)
		replace_drop(&to);
	else
		error = replace_end(&to, false);
	return error ? cmd_complain(EXIT_FAILED, "cannot write %s: %s", output,
				    strerror(-error)) : EXIT_GOOD;
}

static int export_run(const char *path, const char *output)
{
	struct run run;
	int code = analysis_read(path, &run);

	if (!code && output)
		code = export_to_file(&run, output);
	else if (!code && put_run(stdout, &run))
		code = cmd_complain(EXIT_FAILED, "cannot write the output: %m");
	if (!code)
		code = exit_code_of(&run);
	run_free(&run);
	return code;
}

static int cmd_export(int argc, char **argv)
{
	const char *output = NULL;
	struct cli cli;
	int key;

	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		if (key == CLI_ERROR)
			return cmd_usage("export", "%s", cli.message);
		output = cli.value;
	}
	if (cli.index != argc - 1)
		return cmd_usage("export", "give one file");
	if (output && replace_same(output, argv[cli.index]))
		return cmd_usage("export", "-o %s is the recording itself",
				 output);
	return export_run(argv[cli.index], output);
}

const struct command export_command = {
	.name = "export",
	.arguments = "FILE",
	.summary = "print the samples of a recording as CSV",
	.options = options,
	.examples =
		"  xlat-read export a.xlat | head\n"
		"  xlat-read export -o a.csv a.xlat\n",
	.run = cmd_export,
};
