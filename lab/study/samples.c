// SPDX-License-Identifier: GPL-2.0
/* One recording, through the reader: its report, and its warm samples. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jansson.h>

#include "lab/machine/program.h"
#include "must.h"
#include "read.h"

enum { READER_DAMAGED = 4 };

/* What the reader prints, as a stream; its exit status. */
static FILE *capture(const char *const argv[], int *status)
{
	int fd = memfd_create("report", 0);
	char path[64];
	FILE *out;

	if (fd < 0)
		return NULL;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	*status = program_run(argv, path);
	out = fdopen(fd, "r");
	if (out)
		rewind(out);
	else
		close(fd);
	return out;
}

static int refuse(char *why, const char *path, const char *what)
{
	snprintf(why, STUDY_WHY, "%s: %s", path, what);
	return -1;
}

static char *text_of(const json_t *from, const char *key)
{
	const char *text = json_string_value(json_object_get(from, key));

	return study_must(strdup(text ? text : "unknown"));
}

static bool take_number(const json_t *from, const char *key, double *value)
{
	const json_t *number = json_object_get(from, key);

	*value = json_number_value(number);
	return json_is_number(number);
}

static uint64_t count_of(const json_t *from, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(from, key));
}

/* Every key of a lossless report; of any other what there is. */
static bool take_report(struct study_run *run, const json_t *report,
			double *tick, double *warmup)
{
	bool whole = true;

	run->source = text_of(report, "source");
	run->mechanism = text_of(report, "mechanism");
	run->stage = text_of(report, "stage");
	run->unit = text_of(report, "unit");
	run->verdict = text_of(report, "verdict");
	run->why = text_of(report, "why");
	run->lossless = json_is_true(json_object_get(report, "lossless"));
	run->count = count_of(report, "count");
	run->missed = count_of(report, "missed");
	run->early = count_of(report, "early");
	whole &= take_number(report, "avg", &run->avg);
	whole &= take_number(report, "min", &run->min);
	whole &= take_number(report, "max", &run->max);
	whole &= take_number(report, "tick", tick);
	whole &= take_number(report, "warmup", warmup);
	whole &= take_number(report, "warm_max", &run->warm_max);
	return whole || !run->lossless;
}

static int read_report(struct study_run *run, const char *reader,
		       double *tick, double *warmup, char *why)
{
	const char *argv[] = { reader, "report", "--format", "json", run->file,
			       NULL };
	json_error_t error;
	json_t *report;
	int status = -1;
	FILE *in = capture(argv, &status);
	bool good;

	if (!in)
		return refuse(why, run->file, strerror(errno));
	report = json_loadf(in, 0, &error);
	fclose(in);
	if (!report || (status && status != READER_DAMAGED)) {
		json_decref(report);
		return refuse(why, run->file, "the reader cannot analyse it");
	}
	good = take_report(run, report, tick, warmup);
	json_decref(report);
	return good ? 0 : refuse(why, run->file,
		"too short: its report has no average, or no warm sample");
}

/* "2","17","deadline","entry","lateness","0","0" */
static bool parse_sample(const char *line, uint64_t *index, double *lateness)
{
	long long late;
	unsigned long long i;

	if (sscanf(line, "\"%*[^\"]\",\"%llu\",\"%*[^\"]\",\"%*[^\"]\",\"%lld\"",
		   &i, &late) != 2)
		return false;
	*index = i;
	*lateness = (double)late;
	return true;
}

static bool take_samples(struct study_run *run, FILE *in, double tick,
			 double warmup)
{
	char line[512];
	uint64_t index, count = 0;
	double lateness;

	if (!fgets(line, sizeof(line), in) ||
	    !strstr(line, "\"index\",\"deadline_ticks\",\"entry_ticks\","
			  "\"lateness_ticks\""))
		return false;
	run->warm = study_must(calloc(run->count + 1, sizeof(*run->warm)));
	while (fgets(line, sizeof(line), in)) {
		if (!parse_sample(line, &index, &lateness) ||
		    count++ == run->count)
			return false;
		if ((double)index >= warmup)
			run->warm[run->warm_count++] = lateness * tick;
	}
	qsort(run->warm, run->warm_count, sizeof(*run->warm), study_order);
	return count == run->count;
}

static int read_samples(struct study_run *run, const char *reader, double tick,
			double warmup, char *why)
{
	const char *argv[] = { reader, "export", run->file, NULL };
	int status = -1;
	FILE *in = capture(argv, &status);
	bool good;

	if (!in)
		return refuse(why, run->file, strerror(errno));
	good = !status && take_samples(run, in, tick, warmup);
	fclose(in);
	return good ? 0 : refuse(why, run->file,
				 "the reader cannot export its samples");
}

int study_read_run(struct study_run *run, const char *path, const char *reader,
		   char *why)
{
	double tick = 1, warmup = 0;

	*run = (struct study_run) { .file = study_must(strdup(path)) };
	if (access(path, R_OK))
		return refuse(why, path,
			      "a recording that cell.json names is missing");
	if (read_report(run, reader, &tick, &warmup, why))
		return -1;
	return run->lossless ? read_samples(run, reader, tick, warmup, why) : 0;
}
