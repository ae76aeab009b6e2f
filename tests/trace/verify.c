// SPDX-License-Identifier: GPL-2.0
/*
 * trace-verify TRACE SAMPLES.csv: is the account of each sample exact? Each sample
 * of the recording is in the trace, once, with its CPU. Between two samples the steps add up
 * to the instructions that the plugin counted, and with the times of sleep to what
 * the clock advanced. No sample has drift. Prints "N of N", or the first that is
 * wrong.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/trace/file.h"

static struct trace_sample before;
static uint64_t instructions, asleep_ns, samples;
static unsigned int shift;

enum { RECORDED = 10000 };

static struct {
	uint64_t cpu, entry;
	bool found;
} recording[RECORDED];

static unsigned int recorded;

__attribute__((noreturn))
static void wrong(const char *what)
{
	printf("sample %" PRIu64 ": %s\n", samples, what);
	exit(1);
}

static void *read_all(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	void *bytes;

	if (!f || fseek(f, 0, SEEK_END))
		wrong("there is no trace");
	*size = (size_t)ftell(f);
	rewind(f);
	bytes = malloc(*size + 1);
	if (!bytes || fread(bytes, 1, *size, f) != *size)
		wrong("the trace cannot be read");
	fclose(f);
	return bytes;
}

/* Of "xlat-read export": a column, "123". */
static uint64_t column(const char *line, int n)
{
	for (; n; n--) {
		line = strchr(line, ',');
		if (!line)
			wrong("cannot be read in the recording");
		line++;
	}
	return strtoull(line + 1, NULL, 10);
}

/* The recording, sorted by CPU, is short. */
static void read_recording(FILE *csv)
{
	char line[512];

	while (fgets(line, sizeof(line), csv)) {
		if (recorded == RECORDED)
			wrong("there are too many");
		recording[recorded].cpu = column(line, 0);
		recording[recorded++].entry = column(line, 3);
	}
}

static void find(const struct trace_sample *s)
{
	unsigned int n;

	for (n = 0; n < recorded; n++)
		if (recording[n].entry == s->entry &&
		    recording[n].cpu == s->cpu && !recording[n].found)
			break;
	if (n == recorded)
		wrong("is not in the recording, or of another CPU");
	recording[n].found = true;
}

static void add_steps(const struct trace_step *step, uint32_t bytes)
{
	for (; bytes; bytes -= sizeof(*step), step++)
		if (step->kind == TRACE_STEP_ASLEEP)
			asleep_ns += step->amount;
		else if (step->kind != TRACE_STEP_DOMAIN)
			instructions += step->amount;
}

static void take_sample(const struct trace_sample *s)
{
	samples++;
	if (s->serial != samples)
		wrong("has the wrong number");
	if (s->drift || s->jump_ns)
		wrong("the clock disagrees");
	find(s);
	if (samples > 1 && !s->gap) {
		if (s->instructions - before.instructions != instructions)
			wrong("the steps do not add up");
		if (s->clock_ns - before.clock_ns !=
		    (instructions << shift) + asleep_ns)
			wrong("the clock advanced by something else");
	}
	before = *s;
	instructions = 0;
	asleep_ns = 0;
}

int main(int argc, char *argv[])
{
	struct trace_done done = { .why = ~0u };
	struct trace_reader reader;
	struct trace_header header;
	struct trace_chunk chunk;
	enum trace_state state;
	const void *content;
	char line[512];
	const char *why;
	size_t size;
	void *bytes;
	FILE *csv;

	if (argc != 3)
		return 2;
	bytes = read_all(argv[1], &size);
	why = trace_open(&reader, bytes, size, &header);
	if (why)
		wrong(why);
	shift = header.icount_shift;
	csv = fopen(argv[2], "r");
	if (!csv || !fgets(line, sizeof(line), csv))
		wrong("there is no recording");
	read_recording(csv);
	while (!(state = trace_next(&reader, &chunk, &content))) {
		if (chunk.tag == TRACE_PATH)
			add_steps(content, chunk.bytes);
		else if (chunk.tag == TRACE_SAMPLE)
			take_sample(content);
		else if (chunk.tag == TRACE_DONE)
			memcpy(&done, content, sizeof(done));
	}
	if (state != TRACE_END || done.why != TRACE_END_EXIT)
		wrong("the trace is not whole");
	if (done.samples != samples || done.drifts)
		wrong("the plugin counted others");
	if (samples != recorded)
		wrong("more are in the recording");
	free(bytes);
	printf("%" PRIu64 " of %" PRIu64 "\n", samples, samples);
	return 0;
}
