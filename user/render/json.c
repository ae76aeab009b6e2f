// SPDX-License-Identifier: MIT
/*
 * Makes reports as JSON. An unknown number is null and an unknown text is
 * "unknown". A percentile is absent if there are too few samples for it. JSON
 * is UTF-8, but file names and environment documents may contain any byte: a
 * byte that is not UTF-8 becomes a question mark.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "user/data/report.h"

/* A whole number becomes a JSON integer, any other number a real. */
static json_t *number(double value)
{
	if (value == floor(value) && fabs(value) < 1e15)
		return json_integer((json_int_t)value);
	return json_real(value);
}

static json_t *value_or_null(const struct report_value *v)
{
	return v->known ? number(v->value) : json_null();
}

static void set_count(json_t *to, const char *key, uint64_t count)
{
	json_object_set_new(to, key, json_integer((json_int_t)count));
}

static void count_or_null(json_t *to, const char *key, bool known,
			  uint64_t count)
{
	json_object_set_new(to, key, known ?
			    json_integer((json_int_t)count) : json_null());
}

/* A cost of 0 means unknown. */
static json_t *cost(double value)
{
	return value > 0 ? number(value) : json_null();
}

/* Length in bytes of the UTF-8 character at @text, 0 if it is not UTF-8. */
static size_t utf8_length(const unsigned char *text)
{
	unsigned char first = text[0];
	size_t i, length = first < 0x80 ? 1 : first < 0xc2 ? 0 :
			   first < 0xe0 ? 2 : first < 0xf0 ? 3 :
			   first < 0xf5 ? 4 : 0;

	for (i = 1; i < length; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	if ((first == 0xe0 && text[1] < 0xa0) ||
	    (first == 0xed && text[1] >= 0xa0) ||
	    (first == 0xf0 && text[1] < 0x90) ||
	    (first == 0xf4 && text[1] >= 0x90))
		return 0;
	return length;
}

static json_t *text_of(const char *text)
{
	unsigned char *copy = (unsigned char *)strdup(text), *at;
	json_t *string = NULL;

	for (at = copy; at && *at;) {
		size_t length = utf8_length(at);

		if (!length)
			*at = '?';
		at += length ? length : 1;
	}
	if (copy)
		string = json_string((char *)copy);
	free(copy);
	return string ? string : json_string("unknown");
}

static void set_text(json_t *to, const char *key, const char *text)
{
	json_object_set_new(to, key, text_of(text));
}

static json_t *bounds(const struct report_value *v)
{
	return v->bounded ? json_pack("[o, o]", number(v->low), number(v->high)) :
	       json_null();
}

static json_t *percentiles_of(const struct report_value *value)
{
	json_t *to = json_object();
	int i;

	for (i = REPORT_FIRST_PERCENTILE; i < REPORT_STATISTICS; i++)
		if (value[i].known)
			json_object_set_new(to, report_percentile_name(i),
					    number(value[i].value));
	return to;
}

static json_t *intervals_of(const struct report_value *value)
{
	json_t *to = json_object();
	int i;

	if (value[REPORT_AVG].bounded)
		json_object_set_new(to, "avg", bounds(&value[REPORT_AVG]));
	for (i = REPORT_FIRST_PERCENTILE; i < REPORT_STATISTICS; i++)
		if (value[i].bounded)
			json_object_set_new(to, report_percentile_name(i),
					    bounds(&value[i]));
	return to;
}

static void set_statistics(json_t *to, const struct report_value *value)
{
	json_object_set_new(to, "avg", value_or_null(&value[REPORT_AVG]));
	json_object_set_new(to, "min", value_or_null(&value[REPORT_MIN]));
	json_object_set_new(to, "max", value_or_null(&value[REPORT_MAX]));
	json_object_set_new(to, "warm_max",
			    value_or_null(&value[REPORT_WARM_MAX]));
	json_object_set_new(to, "percentiles", percentiles_of(value));
}

static json_t *proofs_of(const struct report_summary *s)
{
	json_t *to = json_object();
	int i;

	for (i = 0; i < REPORT_PROOFS; i++)
		set_text(to, report_proof_name(i),
			 report_proof_state_name(s->proof[i]));
	return to;
}

static void set_account(json_t *to, const struct report_summary *s)
{
	set_count(to, "count", s->count);
	set_count(to, "received", s->received);
	count_or_null(to, "lost", s->final, s->lost);
	if (!s->final)
		set_count(to, "lost_at_least", s->lost);
	set_count(to, "gone", s->gone);
	set_count(to, "missed", s->missed);
	count_or_null(to, "unserved", s->final, s->unserved);
	set_count(to, "early", s->early);
	count_or_null(to, "spurious", s->final, s->spurious);
	json_object_set_new(to, "final", json_boolean(s->final));
	json_object_set_new(to, "lossless",
			    json_boolean(s->verdict == REPORT_LOSSLESS));
	set_text(to, "verdict", report_verdict_name(s->verdict));
	set_text(to, "why", s->why);
	json_object_set_new(to, "proofs", proofs_of(s));
}

static void set_summary(json_t *to, const struct report_summary *s)
{
	set_account(to, s);
	set_statistics(to, s->value);
	set_count(to, "values", s->values);
	set_text(to, "percentiles_from", s->from_samples ? "samples" : "histogram");
	json_object_set_new(to, "uncertainty", intervals_of(s->value));
	json_object_set_new(to, "deviation", value_or_null(&s->deviation));
	json_object_set_new(to, "busy_avg", value_or_null(&s->busy_avg));
	json_object_set_new(to, "busy_max", value_or_null(&s->busy_max));
	json_object_set_new(to, "clock_read", cost(s->clock_read));
	json_object_set_new(to, "control_read", cost(s->control_read));
	json_object_set_new(to, "core_changed",
			    s->core_again || s->core_changed ?
			    json_boolean(s->core_changed) : json_null());
}

static json_t *cpu_object(const struct report_summary *s)
{
	json_t *to = json_object();

	set_count(to, "cpu", s->cpu);
	set_text(to, "end", s->end);
	set_summary(to, s);
	json_object_set_new(to, "core_hz_before", cost(s->core_hz_before));
	json_object_set_new(to, "core_hz_after", cost(s->core_hz_after));
	return to;
}

static json_t *environment_object(const struct environment *e)
{
	json_t *to = json_object();

	set_text(to, "kernel", e->kernel);
	set_text(to, "kernel_commandline", e->kernel_commandline);
	set_text(to, "config_digest", e->config_digest);
	count_or_null(to, "hz", e->hz, e->hz);
	set_text(to, "hypervisor", e->hypervisor);
	set_text(to, "scheduler", e->scheduler);
	set_text(to, "debug", e->debug);
	set_text(to, "vwfi", e->vwfi);
	set_text(to, "xen_commandline", e->xen_commandline);
	set_text(to, "backing_timer", e->backing_timer);
	set_text(to, "cpu_model", e->cpu_model);
	set_text(to, "governor", e->governor);
	set_text(to, "cpus_online", e->cpus_online);
	set_text(to, "physical_cpus", e->physical_cpus);
	set_text(to, "emulator", e->emulator);
	if (e->instructions)
		set_count(to, "insn_shift", e->insn_shift);
	return to;
}

static json_t *lines(const struct report_lines *from)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < from->count; i++)
		json_array_append_new(to, text_of(from->line[i]));
	return to;
}

/* The keys of one run that are the same in report and compare. */
static json_t *run_object(const struct report *r)
{
	json_t *to = json_object();

	set_text(to, "unit", report_unit_name(r->unit));
	set_text(to, "scenario", r->environment.scenario);
	set_text(to, "source", r->source);
	set_text(to, "mechanism", r->environment.mechanism);
	set_text(to, "stage", r->stage);
	set_summary(to, &r->total);
	set_count(to, "warmup", r->warmup);
	set_text(to, "file", r->name);
	set_text(to, "what", report_what_name(r->what));
	json_object_set_new(to, "ended_early",
			    json_boolean(r->total.ended_early));
	set_count(to, "damaged_blocks", r->damaged_blocks);
	set_count(to, "damaged_bytes", r->damaged_bytes);
	set_count(to, "cut_bytes", r->cut_bytes);
	json_object_set_new(to, "period", number(r->period));
	json_object_set_new(to, "tick", number(r->tick));
	set_count(to, "tick_hz", r->tick_hz);
	set_count(to, "period_ticks", r->period_ticks);
	set_count(to, "dither_ticks", r->dither_ticks);
	set_text(to, "phase_mode", r->phase_mode);
	set_text(to, "idle_policy", r->idle_policy);
	set_text(to, "cpus_measured", r->measured_cpus);
	json_object_set_new(to, "core_hz", cost(r->core_hz));
	json_object_set_new(to, "environment", environment_object(&r->environment));
	json_object_set_new(to, "notes", lines(&r->notes));
	return to;
}

static json_t *bars_array(const struct report *r)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < r->bar_count; i++)
		json_array_append_new(to, json_pack("{s:o, s:o, s:I}",
			"low", number(r->bars[i].low),
			"high", number(r->bars[i].high),
			"count", (json_int_t)r->bars[i].count));
	return to;
}

/* A name of a recording must not control the terminal that shows it. */
static int dump(FILE *out, json_t *root)
{
	size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(12);
	int err;

	if (isatty(fileno(out)))
		flags |= JSON_ENSURE_ASCII;
	if (!root)
		return -ENOMEM;
	err = json_dumpf(root, out, flags) ||
	      fputc('\n', out) == EOF ? -EIO : 0;
	json_decref(root);
	return err;
}

int render_report_json(FILE *out, const struct report *report,
		       const struct report_view *view)
{
	json_t *root = json_object(), *run = run_object(report);
	json_t *cpus = json_array();
	size_t i;

	json_object_update(root, run);
	json_decref(run);
	for (i = 0; i < report->cpu_count; i++)
		json_array_append_new(cpus, cpu_object(&report->cpu[i]));
	json_object_set_new(root, "cpus", cpus);
	if (view->histogram)
		json_object_set_new(root, "histogram", bars_array(report));
	return dump(out, root);
}

/* Set the keys that are unknown if the file has no set-up. */
static void set_nothing(json_t *to)
{
	static const char * const keys[] = {
		"unit", "source", "stage", "count", "received", "lost",
		"missed", "unserved", "early", "avg", "min", "max", "warm_max",
		"warmup",
	};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		json_object_set_new(to, keys[i], json_null());
	json_object_set_new(to, "percentiles", json_object());
	json_object_set_new(to, "cpus", json_array());
}

int render_refusal_json(FILE *out, const char *name,
			const struct environment *environment,
			enum report_verdict verdict, const char *why)
{
	json_t *root = json_object();

	set_text(root, "file", name);
	set_text(root, "scenario", environment->scenario);
	set_text(root, "mechanism", environment->mechanism);
	set_nothing(root);
	json_object_set_new(root, "lossless", json_false());
	set_text(root, "verdict", report_verdict_name(verdict));
	set_text(root, "why", why);
	json_object_set_new(root, "environment", environment_object(environment));
	return dump(out, root);
}

/* Differences or ratios, under the same keys as the statistics. */
static json_t *against_baseline(const struct report_value *value)
{
	json_t *to = json_object();

	set_statistics(to, value);
	json_object_set_new(to, "uncertainty", intervals_of(value));
	return to;
}

static json_t *with_interval(const struct report_value *v)
{
	if (!v->known)
		return json_null();
	return json_pack("{s:o, s:o}", "value", number(v->value), "interval",
			 bounds(v));
}

/* "baseline" numbers runs from 1, like the warnings. */
static json_t *row_object(const struct comparison *c, size_t i)
{
	const struct comparison_row *row = &c->rows[i];
	json_t *to = run_object(row->report);
	bool some = row->baseline != i;

	count_or_null(to, "baseline", some, row->baseline + 1);
	json_object_set_new(to, "difference", some ?
			    against_baseline(row->difference) : json_null());
	json_object_set_new(to, "ratio", some ?
			    against_baseline(row->ratio) : json_null());
	json_object_set_new(to, "cliffs_delta", with_interval(&row->delta));
	return to;
}

int render_comparison_json(FILE *out, const struct comparison *comparison)
{
	json_t *root = json_object(), *runs = json_array();
	size_t i;

	set_text(root, "unit", report_unit_name(comparison->unit));
	for (i = 0; i < comparison->row_count; i++)
		json_array_append_new(runs, row_object(comparison, i));
	json_object_set_new(root, "runs", runs);
	json_object_set_new(root, "compared", lines(&comparison->compared));
	json_object_set_new(root, "warnings", lines(&comparison->warnings));
	json_object_set_new(root, "forced", lines(&comparison->refusals));
	return dump(out, root);
}
