// SPDX-License-Identifier: GPL-2.0
/* One recording, analysed by the reader's library. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "must.h"
#include "read.h"
#include "user/analysis/analyse.h"
#include "user/format/file.h"

static int refuse(char *why, const char *path, const char *what)
{
	snprintf(why, STUDY_WHY, "%s: %s", path, what);
	return -1;
}

static char *copy(const char *text)
{
	return study_must(strdup(text));
}

static const char *unreadable(int error)
{
	switch (error) {
	case -EBADMSG:
		return "no recording of xlat, or nothing of it is intact";
	case -EPROTONOSUPPORT:
		return "its format is newer than this xlat-lab reads";
	default:
		return strerror(-error);
	}
}

static bool take_value(const struct report_value *from, double *value)
{
	*value = from->value;
	return from->known;
}

/* A lossless report must have every value; another one may lack some. */
static bool take_report(struct study_run *run, const struct report *report)
{
	const struct report_summary *total = &report->total;
	bool whole = true;

	run->source = copy(report->source);
	run->mechanism = copy(report->environment.mechanism);
	run->stage = copy(report->stage);
	run->unit = copy(report_unit_name(report->unit));
	run->verdict = copy(report_verdict_name(total->verdict));
	run->why = copy(total->why);
	run->lossless = total->verdict == REPORT_LOSSLESS;
	run->count = total->count;
	run->missed = total->missed;
	run->early = total->early;
	whole &= take_value(&total->value[REPORT_AVG], &run->avg);
	whole &= take_value(&total->value[REPORT_MIN], &run->min);
	whole &= take_value(&total->value[REPORT_MAX], &run->max);
	whole &= take_value(&total->value[REPORT_WARM_MAX], &run->warm_max);
	return whole || !run->lossless;
}

/* A recording without a report is set aside, with the reason. */
static void take_refusal(struct study_run *run, const struct run *recording)
{
	struct environment environment;
	enum report_verdict verdict;

	run->why = copy(analyse_refusal(recording, &verdict));
	run->verdict = copy(report_verdict_name(verdict));
	(void)environment_read(recording->environment, &environment);
	run->mechanism = copy(environment.mechanism);
	run->source = copy("unknown");
	run->stage = copy("unknown");
	run->unit = copy("unknown");
}

static void take_samples_of(struct study_run *run, const struct run_cpu *cpu,
			    const struct report *report)
{
	size_t i;

	for (i = 0; i < cpu->sample_count; i++) {
		const struct xlat_sample *s = &cpu->samples[i];

		if (run_sample_number(cpu, i) >= report->warmup)
			run->warm[run->warm_count++] = report->tick *
				(double)(int64_t)(s->entry - s->deadline);
	}
}

static int take_samples(struct study_run *run, const struct run *recording,
			const struct report *report, char *why)
{
	size_t i, count = 0;

	for (i = 0; i < recording->cpu_count; i++)
		count += recording->cpus[i].sample_count;
	if (count != run->count)
		return refuse(why, run->file,
			      "it holds other samples than its report counts");
	run->warm = study_must(calloc(count + 1, sizeof(*run->warm)));
	for (i = 0; i < recording->cpu_count; i++)
		take_samples_of(run, &recording->cpus[i], report);
	qsort(run->warm, run->warm_count, sizeof(*run->warm), study_order);
	return 0;
}

static int analyse(struct study_run *run, const struct run *recording,
		   char *why)
{
	static const struct stats_options options = {
		.warmup = STATS_WARMUP_RECORDED,
	};
	struct report report = { 0 };
	int error = analyse_run(recording, &options, &report);

	if (error == -ENODATA || error == -EINVAL) {
		take_refusal(run, recording);
		error = 0;
	} else if (error) {
		refuse(why, run->file, strerror(-error));
	} else if (!take_report(run, &report)) {
		error = refuse(why, run->file,
			"too short: its report has no average, or no warm sample");
	} else if (run->lossless) {
		error = take_samples(run, recording, &report, why);
	}
	report_free(&report);
	return error ? -1 : 0;
}

int study_read_run(struct study_run *run, const char *path, char *why)
{
	struct run recording = { 0 };
	int error;

	*run = (struct study_run) { .file = copy(path) };
	if (access(path, R_OK))
		return refuse(why, path,
			      "a recording that cell.json names is missing");
	error = file_read(path, &recording);
	if (error)
		refuse(why, path, unreadable(error));
	else
		error = analyse(run, &recording, why);
	run_free(&recording);
	return error ? -1 : 0;
}
