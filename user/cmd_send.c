// SPDX-License-Identifier: MIT
/* xlat-read send: a file as text lines, for a serial console. */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "cmd.h"
#include "cmd_analysis.h"
#include "textline.h"

static const struct cli_option options[] = {
	{ 'N', "name", "NAME", "name of the run; default: the file's" },
	{ 0 },
};

/* "dir/run.xlat" -> "run", with what a name may not hold made '_'. */
static void name_of(const char *path, char name[TEXTLINE_NAME])
{
	const char *base = strrchr(path, '/');
	char *dot;

	snprintf(name, TEXTLINE_NAME, "%.*s", TEXTLINE_NAME - 1,
		 base ? base + 1 : path);
	dot = strstr(name, ".xlat");
	if (dot && dot != name)
		*dot = '\0';
	for (char *c = name; *c; c++) {
		char one[2] = { c == name && strchr(".-", *c) ? '_' : *c, '\0' };

		if (!textline_name_is_good(one) && !strchr(".-", *one))
			one[0] = '_';
		*c = one[0];
	}
}

static uint32_t crc_of(FILE *file)
{
	uint8_t bytes[4096];
	uLong crc = crc32(0, NULL, 0);
	size_t n;

	while ((n = fread(bytes, 1, sizeof(bytes), file)))
		crc = crc32(crc, bytes, (uInt)n);
	rewind(file);
	return (uint32_t)crc;
}

/* Starts on a fresh line, whatever the console shows now. */
static void send_lines(FILE *file, const char *name)
{
	uint8_t bytes[TEXTLINE_BYTES];
	char line[TEXTLINE_MAX];
	uint32_t crc = crc_of(file), number = 0;
	uint16_t tag = (uint16_t)crc;
	uint64_t total = 0;
	size_t n;

	textline_begin(line, tag, name);
	printf("\n%s\n", line);
	while ((n = fread(bytes, 1, sizeof(bytes), file))) {
		textline_data(line, tag, number++, bytes, n);
		puts(line);
		total += n;
	}
	textline_end(line, tag, number, total, crc);
	puts(line);
}

static int send_file(const char *path, const char *name)
{
	struct run run;
	int code = analysis_read(path, &run);
	FILE *file;

	run_free(&run);
	if (code)
		return code;
	file = fopen(path, "re");
	if (!file)
		return cmd_complain(EXIT_FAILED, "cannot read %s: %m", path);
	send_lines(file, name);
	if (ferror(file))
		code = cmd_complain(EXIT_FAILED, "cannot read %s", path);
	fclose(file);
	return code;
}

static int cmd_send(int argc, char **argv)
{
	char name[TEXTLINE_NAME];
	const char *given = NULL;
	struct cli cli;
	int key;

	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		if (key == CLI_ERROR)
			return cmd_usage("send", "%s", cli.message);
		given = cli.value;
	}
	if (cli.index != argc - 1)
		return cmd_usage("send", "give one file");
	if (given && !textline_name_is_good(given))
		return cmd_usage("send",
			"--name %s: 1 to %d of A-Z a-z 0-9 . _ -, beginning with none of . -",
			given, TEXTLINE_NAME - 1);
	name_of(argv[cli.index], name);
	return send_file(argv[cli.index], given ? given : name);
}

const struct command send_command = {
	.name = "send",
	.arguments = "FILE",
	.summary = "a run as checksummed text lines, for any serial console",
	.options = options,
	.run = cmd_send,
};
