// SPDX-License-Identifier: MIT
/* xlat-read send: prints a file as text lines for a serial console. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "cmd.h"
#include "user/format/file.h"
#include "user/format/file_bytes.h"
#include "user/format/textline.h"

enum { OPT_COMPRESS = 256 };

static const struct cli_option options[] = {
	{ 'N', "name", "NAME", "name of the run; default: the file's" },
	{ OPT_COMPRESS, "compress", NULL,
	  "fewer lines; a lost line costs all later ones, so use it only if the console loses no lines" },
	{ 0 },
};

/* "dir/run.xlat" -> "run"; characters not allowed in a name become '_'. */
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

/**
 * struct sender - a run that is being sent
 * @lines: number of lines printed
 * @bytes: number of bytes of the file in these lines
 */
struct sender {
	uint16_t tag;
	uint32_t lines;
	uint64_t bytes;
};

static void put_line(struct sender *s, const uint8_t *bytes, size_t count)
{
	char line[TEXTLINE_MAX];

	textline_data(line, s->tag, s->lines++, bytes, count);
	puts(line);
}

static int send_plain(struct sender *s, FILE *file)
{
	uint8_t bytes[TEXTLINE_BYTES];
	size_t n;

	while ((n = fread(bytes, 1, sizeof(bytes), file))) {
		put_line(s, bytes, n);
		s->bytes += n;
	}
	return 0;
}

/* Deflate all input and, with Z_FINISH, print the rest of the stream. */
static void deflate_lines(struct sender *s, z_stream *z, int flush,
			  uint8_t out[TEXTLINE_BYTES])
{
	int state;

	do {
		state = deflate(z, flush);
		if (z->avail_out && state != Z_STREAM_END)
			return;
		put_line(s, out, TEXTLINE_BYTES - z->avail_out);
		z->next_out = out;
		z->avail_out = TEXTLINE_BYTES;
	} while (state != Z_STREAM_END);
}

static int send_deflated(struct sender *s, FILE *file)
{
	uint8_t in[4096], out[TEXTLINE_BYTES];
	z_stream z = { .next_out = out, .avail_out = sizeof(out) };
	size_t n;

	if (deflateInit(&z, Z_BEST_COMPRESSION) != Z_OK)
		return -ENOMEM;
	do {
		n = fread(in, 1, sizeof(in), file);
		z.next_in = in;
		z.avail_in = (uInt)n;
		s->bytes += n;
		deflate_lines(s, &z, n ? Z_NO_FLUSH : Z_FINISH, out);
	} while (n);
	deflateEnd(&z);
	return 0;
}

static int (*const send_coded[])(struct sender *, FILE *) = {
	[TEXTLINE_PLAIN]	= send_plain,
	[TEXTLINE_DEFLATE]	= send_deflated,
};

/* The first line starts with a newline, in case the console is mid-line. */
static int send_lines(FILE *file, const char *name, enum textline_coding coding)
{
	uint32_t crc = crc_of(file);
	struct sender s = { .tag = (uint16_t)crc };
	char line[TEXTLINE_MAX];
	int error;

	textline_begin(line, s.tag, name, coding);
	printf("\n%s\n", line);
	error = send_coded[coding](&s, file);
	if (error)
		return error;
	textline_end(line, s.tag, s.lines, s.bytes, crc);
	puts(line);
	return 0;
}

/* Read the file once, since stdin cannot be read again, and check that copy. */
static int read_file(const char *path, uint8_t **bytes, size_t *length)
{
	int fd = cmd_is_stdin(path) ? dup(STDIN_FILENO) :
				      open(path, O_RDONLY | O_CLOEXEC);
	struct run run;
	int error;

	if (fd < 0)
		return cmd_complain_file(path, -errno);
	error = file_read_bytes(fd, bytes, length);
	close(fd);
	if (!error) {
		error = file_decode(*bytes, *length, path, &run);
		run_free(&run);
	}
	return error ? cmd_complain_file(path, error) : EXIT_GOOD;
}

static int send_file(const char *path, const char *name,
		     enum textline_coding coding)
{
	uint8_t *bytes = NULL;
	size_t length;
	int code = read_file(path, &bytes, &length);
	FILE *file = code ? NULL : fmemopen(bytes, length, "r");

	if (!code && (!file || send_lines(file, name, coding)))
		code = cmd_complain(EXIT_FAILED, "no memory");
	if (file)
		fclose(file);
	free(bytes);
	return code;
}

static int cmd_send(int argc, char **argv)
{
	char name[TEXTLINE_NAME];
	enum textline_coding coding = TEXTLINE_PLAIN;
	const char *given = NULL;
	struct cli cli;
	int key;

	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		if (key == CLI_ERROR)
			return cmd_usage("send", "%s", cli.message);
		if (key == OPT_COMPRESS)
			coding = TEXTLINE_DEFLATE;
		else
			given = cli.value;
	}
	if (cli.index != argc - 1)
		return cmd_usage("send", "give one file");
	if (given && !textline_name_is_good(given))
		return cmd_usage("send",
			"--name %s: 1 to %d of A-Z a-z 0-9 . _ -, beginning with none of . -",
			given, TEXTLINE_NAME - 1);
	name_of(cmd_called(argv[cli.index]), name);
	return send_file(argv[cli.index], given ? given : name, coding);
}

const struct command send_command = {
	.name = "send",
	.arguments = "FILE",
	.summary = "print a recording as checksummed text lines, for a serial console",
	.options = options,
	.examples =
		"  xlat-read send a.xlat >/dev/console\n"
		"  xlat-read send --compress a.xlat\n",
	.run = cmd_send,
};
