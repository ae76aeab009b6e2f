// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "analyse.h"
#include "user/analysis/analyse.h"
#include "user/format/file.h"

int analysis_format(const char *text, enum analysis_format *out)
{
	static const char * const names[] = {
		[ANALYSIS_TEXT]	= "text",
		[ANALYSIS_JSON]	= "json",
		[ANALYSIS_CSV]	= "csv",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!names[i] || strcmp(text, names[i]))
			continue;
		*out = i;
		return EXIT_GOOD;
	}
	return cmd_complain(EXIT_USAGE, "--format %s: text, json or csv", text);
}

int analysis_what(const char *text, enum report_what *out)
{
	*out = strcmp(text, "interval") ? REPORT_LATENESS : REPORT_INTERVAL;
	if (!strcmp(text, report_what_name(*out)))
		return EXIT_GOOD;
	return cmd_complain(EXIT_USAGE, "--what %s: lateness or interval", text);
}

int analysis_warmup(const char *text, uint32_t *out)
{
	uint64_t number;

	if (cli_parse_number(text, XLAT_WARMUP_MAX, &number))
		return cmd_complain(EXIT_USAGE,
				    "--warm-up %s: a number of samples up to %u",
				    text, XLAT_WARMUP_MAX);
	*out = (uint32_t)number;
	return EXIT_GOOD;
}

int analysis_read(const char *path, struct run *run)
{
	int err = file_read(path, run);
	const char *called = cmd_called(path);

	if (!err && called != path) {
		free(run->name);
		run->name = strdup(called);
		err = run->name ? 0 : -ENOMEM;
	}
	return err ? cmd_complain_file(path, err) : EXIT_GOOD;
}

int analysis_report(const struct run *run, const struct stats_options *options,
		    struct report *report)
{
	int err = analyse_run(run, options, report);

	switch (err) {
	case 0:
		return EXIT_GOOD;
	case -ENODATA:
		return cmd_complain(EXIT_DAMAGED,
				    "%s: no CPU's set-up is intact, so its ticks have no length",
				    run->name);
	case -EINVAL:
		return cmd_complain(EXIT_DAMAGED,
				    "%s: the set-up in the file contradicts itself",
				    run->name);
	default:
		return cmd_complain(EXIT_FAILED, "%s: not enough memory",
				    run->name);
	}
}

int analysis_end(int error)
{
	if (!error && !fflush(stdout) && !ferror(stdout))
		return EXIT_GOOD;
	return cmd_complain(EXIT_FAILED, "cannot write the output: %s",
			    strerror(error < 0 ? -error : errno));
}
