// SPDX-License-Identifier: GPL-2.0
/* lab.json. Unknown values are null. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "json.h"

static json_t *number(double value)
{
	if (value == floor(value) && fabs(value) < 1e15)
		return json_integer((json_int_t)value);
	return json_real(value);
}

static json_t *text(const char *value)
{
	json_t *string = value ? json_string(value) : NULL;

	return string ? string : json_null();
}

static json_t *estimate(const struct study_estimate *e)
{
	if (!e->known)
		return json_null();
	return json_pack("{s:o, s:o}", "value", number(e->value), "interval",
			 e->bounded ? json_pack("[o, o]", number(e->low),
						number(e->high)) :
			 json_null());
}

static json_t *count(uint64_t value)
{
	return json_integer((json_int_t)value);
}

static json_t *summary_of(const struct study_summary *s)
{
	if (!s->recordings)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
			 " s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "unit", text(s->unit), "mechanism", text(s->mechanism),
			 "stage", text(s->stage), "recordings",
			 count(s->recordings), "set_aside", count(s->set_aside),
			 "samples", count(s->samples), "warm", count(s->warm),
			 "missed", count(s->missed), "early", count(s->early),
			 "avg", estimate(&s->avg), "min", number(s->min),
			 "max", number(s->max), "warm_max", number(s->warm_max),
			 "p50", estimate(&s->percentile[0]),
			 "p90", estimate(&s->percentile[1]),
			 "p99", estimate(&s->percentile[2]),
			 "p99.9", estimate(&s->percentile[3]));
}

static json_t *runs_of(const struct study_cell *cell)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < cell->run_count; i++) {
		const struct study_run *r = &cell->runs[i];
		bool good = r->lossless;

		json_array_append_new(to, json_pack(
			"{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			"file", text(r->file), "verdict", text(r->verdict),
			"count", count(r->count), "missed", count(r->missed),
			"avg", good ? number(r->avg) : json_null(),
			"min", good ? number(r->min) : json_null(),
			"max", good ? number(r->max) : json_null(),
			"warm_max", good ? number(r->warm_max) : json_null()));
	}
	return to;
}

static json_t *cell_object(const struct study_cell *cell)
{
	json_t *settings = json_object(), *said = json_object();
	json_t *to;
	size_t i;

	for (i = 0; i < cell->setting_count; i++)
		json_object_set_new(settings, cell->settings[i].key,
				    text(cell->settings[i].value));
	for (i = 0; i < STUDY_READBACKS; i++)
		json_object_set_new(said, study_readback_name(i),
				    text(cell->readback[i]));
	to = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		       "cell", text(cell->name), "load", text(cell->load),
		       "centre", text(cell->centre),
		       "factor", text(cell->factor),
		       "level", text(cell->level),
		       "source", text(cell->source),
		       "status", text(study_status_name(cell->status)),
		       "why", text(cell->why));
	json_object_set_new(to, "settings", settings);
	json_object_set_new(to, "readback", said);
	json_object_set_new(to, "system", count(cell->legend));
	json_object_set_new(to, "result", summary_of(&cell->summary));
	json_object_set_new(to, "recordings", runs_of(cell));
	return to;
}

static json_t *cells(const struct study *study)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < study->count; i++)
		json_array_append_new(to, cell_object(&study->cells[i]));
	return to;
}

static json_t *name_of(const struct study_cell *cell)
{
	return text(cell ? cell->name : NULL);
}

static json_t *published(const struct study_results *results)
{
	static const char *const names[] = { "native", "pinned",
					     "pinned_vwfi_native" };
	json_t *to = json_array();
	int i, row;

	for (i = 0; i < STUDY_TABLES; i++) {
		const struct study_published *t = &results->published[i];
		json_t *rows = json_object();

		for (row = 0; row < STUDY_PUBLISHED_ROWS; row++) {
			struct study_estimate ratio = study_ratio(t, row);

			json_object_set_new(rows, names[row], json_pack(
				"{s:o, s:o, s:o, s:o}", "cell",
				name_of(t->row[row]), "ratio",
				ratio.known ? number(ratio.value) : json_null(),
				"avg_2017_ns", number(study_2017[row].avg),
				"ratio_2017", number(study_ratio_2017(row))));
		}
		json_array_append_new(to, json_pack("{s:o, s:o, s:o}",
			"guest", text(t->guest), "physical_timer",
			text(strcmp(t->cntp, "trap") ? "forwarded" :
						       "emulated"),
			"rows", rows));
	}
	return to;
}

static const char *seen_name(enum study_seen seen)
{
	static const char *const names[] = {
		"no number", "no interval", "no effect seen", "effect",
	};

	return names[seen];
}

static json_t *change_object(const struct study_change *c)
{
	bool known = c->seen != STUDY_UNKNOWN;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "seen", text(seen_name(c->seen)),
			 "rank", c->rank ? count(c->rank) : json_null(),
			 "from", known ? number(c->from) : json_null(),
			 "to", known ? number(c->to) : json_null(),
			 "difference", estimate(&c->difference),
			 "percent", known ? number(c->percent) : json_null(),
			 "at_other_shift", estimate(&c->elsewhere),
			 "moves", json_boolean(c->moves));
}

static json_t *effects(const struct study_results *results)
{
	json_t *to = json_array(), *one;
	size_t i;
	int s;

	for (i = 0; i < results->effects.count; i++) {
		const struct study_effect *e = &results->effects.effect[i];

		one = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
				" s:b, s:b}",
				"cell", name_of(e->cell),
				"source", text(e->cell->source),
				"base", name_of(e->base),
				"centre", text(e->cell->centre),
				"load", text(e->cell->load),
				"factor", text(e->cell->factor),
				"level", text(study_level(e->cell)),
				"differs_too", text(e->also),
				"why", text(e->why[0] ? e->why : NULL),
				"repetition", e->repetition,
				"time_constant", e->time_constant);
		for (s = 0; s < STUDY_STATISTICS; s++)
			json_object_set_new(one, study_statistic_name(s),
					    change_object(&e->change[s]));
		json_array_append_new(to, one);
	}
	return to;
}

static json_t *advices(const struct study_results *results)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < results->advices.count; i++) {
		const struct study_advice *a = &results->advices.advice[i];
		const struct study_cell *cell = a->effect->cell;

		json_array_append_new(to, json_pack(
			"{s:o, s:o, s:o, s:o, s:o}",
			"centre", text(cell->centre),
			"factor", text(cell->factor),
			"level", text(study_level(cell)),
			"verdict", text(study_verdict_name(a->verdict)),
			"because", text(a->text)));
	}
	return to;
}

static json_t *names_in(const struct study_set *set)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < set->count; i++)
		json_array_append_new(to, json_pack("{s:o, s:o}", "cell",
			name_of(set->cell[i]), "source",
			text(set->cell[i]->source)));
	return to;
}

static json_t *mechanisms(const struct study_results *results)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < results->mechanisms.count; i++)
		json_array_append_new(to,
				      names_in(&results->mechanisms.set[i]));
	return to;
}

static json_t *leads(const struct study_results *results)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < results->leads.count; i++) {
		const struct study_set *set = &results->leads.set[i];
		int at = study_bites(set);

		json_array_append_new(to, json_pack("{s:o, s:o}", "cells",
			names_in(set), "late_up_to",
			at < 0 ? json_null() :
			text(study_setting(set->cell[at], "period"))));
	}
	return to;
}

static json_t *guests(const struct study_results *results)
{
	json_t *to = json_array();
	size_t i;

	for (i = 0; i < results->guests.count; i++) {
		const struct study_set *pair = &results->guests.set[i];
		struct study_estimate avg = study_guest_adds(pair, STUDY_AVG);
		struct study_estimate worst = study_guest_adds(pair,
							       STUDY_WARM_MAX);

		json_array_append_new(to, json_pack("{s:o, s:o, s:o, s:o}",
			"bare_metal", name_of(pair->cell[0]),
			"linux", name_of(pair->cell[1]),
			"adds_avg", estimate(&avg),
			"adds_warm_max", estimate(&worst)));
	}
	return to;
}

int study_json(FILE *out, const struct study_results *results)
{
	json_t *root = json_object();
	int error;

	json_object_set_new(root, "matrix", text(results->study->matrix));
	json_object_set_new(root, "file", text(results->study->file));
	json_object_set_new(root, "cells", cells(results->study));
	json_object_set_new(root, "published", published(results));
	json_object_set_new(root, "effects", effects(results));
	json_object_set_new(root, "advice", advices(results));
	json_object_set_new(root, "mechanisms", mechanisms(results));
	json_object_set_new(root, "leads", leads(results));
	json_object_set_new(root, "guests", guests(results));
	error = json_dumpf(root, out, JSON_INDENT(1) |
			   JSON_REAL_PRECISION(12)) ||
		fputc('\n', out) == EOF;
	json_decref(root);
	return error ? -1 : 0;
}
