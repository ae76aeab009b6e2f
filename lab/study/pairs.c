// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "must.h"
#include "lab/plan/settings.h"
#include "pairs.h"

const struct study_2017 study_2017[STUDY_PUBLISHED_ROWS] = {
	{ "native", 300, 0, 0, 0 },
	{ "pinned", 4850, 4810, 7030, 4980 },
	{ "pinned + vwfi=native", 1850, 1680, 2650, 1950 },
};

/* Settings that differ between rows of the published table on purpose. */
static const char by_row[] =
	"machine hypervisor xen_options scheduler scheduler_parameters pinning "
	"vwfi debug timer_slop cntp domain vcpus competitor competitor_cpu "
	"cpus settle samples kernel_options";

static bool is_cell_of(const struct study_cell *cell,
		       const struct study_published *table,
		       enum study_published_row row)
{
	/* A cell that was not measured is one row for all its sources. */
	if (strcmp(cell->load, "idle") || !strstr(cell->source, "phys") ||
	    !study_is(cell, "guest", table->guest) ||
	    study_is(cell, "idle", "busy"))
		return false;
	if (row == STUDY_NATIVE)
		return !strncmp(study_setting(cell, "machine"), "native", 6);
	return study_is(cell, "machine", "xen") &&
	       study_is(cell, "pinning", "yes") &&
	       !study_is(cell, "debug", "yes") &&
	       study_is(cell, "cntp", table->cntp) &&
	       study_is(cell, "vwfi", row == STUDY_PINNED ? "trap" : "native");
}

/* Prefer a measured cell, then the nearest one, then the first of the plan. */
static const struct study_cell *nearest(const struct study *study,
					const struct study_published *table,
					enum study_published_row row,
					const struct study_cell *like,
					const char *ignore)
{
	const struct study_cell *best = NULL;
	size_t i, distance, least = 0;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (!is_cell_of(one, table, row))
			continue;
		distance = like ? study_distance(one, like, ignore) : 0;
		if (row == STUDY_NATIVE && !study_is(one, "machine", "native"))
			distance++;
		distance += study_measured(one) ? 0 : 1000;
		if (!best || distance < least) {
			least = distance;
			best = one;
		}
	}
	return best;
}

/* The pinned cell that has the closest partner with vwfi=native. */
static void find_pair(struct study_published *t, const struct study *study)
{
	const struct study_cell *partner;
	size_t i, distance, least = SIZE_MAX;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (!is_cell_of(one, t, STUDY_PINNED))
			continue;
		partner = nearest(study, t, STUDY_PINNED_VWFI, one, "vwfi");
		distance = partner ? study_distance(one, partner, "vwfi") :
				     SIZE_MAX - 1;
		if (partner && !(study_measured(one) &&
				 study_measured(partner)))
			distance += 1000;
		if (distance < least) {
			least = distance;
			t->row[STUDY_PINNED] = one;
			t->row[STUDY_PINNED_VWFI] = partner;
		}
	}
	if (!t->row[STUDY_PINNED])
		t->row[STUDY_PINNED_VWFI] =
			nearest(study, t, STUDY_PINNED_VWFI, NULL, "");
}

void study_published_find(struct study_published table[STUDY_TABLES],
			  const struct study *study)
{
	static const char *const guest[] = { "bare-metal", "linux" };
	static const char *const cntp[] = { "native", "trap" };
	const struct study_cell *like;
	int i;

	for (i = 0; i < STUDY_TABLES; i++) {
		struct study_published *t = &table[i];

		*t = (struct study_published) { guest[i / 2], cntp[i % 2],
						{ NULL } };
		find_pair(t, study);
		like = t->row[STUDY_PINNED] ? t->row[STUDY_PINNED] :
					      t->row[STUDY_PINNED_VWFI];
		t->row[STUDY_NATIVE] = nearest(study, t, STUDY_NATIVE, like,
					       by_row);
	}
}

struct study_estimate study_ratio(const struct study_published *table,
				  enum study_published_row row)
{
	const struct study_cell *cell = table->row[row];
	const struct study_cell *native = table->row[STUDY_NATIVE];

	if (!cell || !native || !study_measured(cell) ||
	    !study_measured(native) || native->summary.avg.value <= 0 ||
	    strcmp(cell->summary.unit, native->summary.unit))
		return (struct study_estimate) { 0 };
	return (struct study_estimate) {
		.known = true,
		.value = cell->summary.avg.value / native->summary.avg.value,
	};
}

double study_ratio_2017(enum study_published_row row)
{
	return (double)study_2017[row].avg / study_2017[STUDY_NATIVE].avg;
}

static struct study_set *add_set(struct study_sets *sets)
{
	sets->set = study_must(realloc(sets->set, (sets->count + 1) *
				       sizeof(*sets->set)));
	sets->set[sets->count] = (struct study_set) { 0 };
	return &sets->set[sets->count++];
}

static void add_cell(struct study_set *set, const struct study_cell *cell)
{
	set->cell = study_must(realloc(set->cell, (set->count + 1) *
				       sizeof(*set->cell)));
	set->cell[set->count++] = cell;
}

static bool holds(const struct study_sets *sets, const struct study_cell *cell)
{
	size_t i, j;

	for (i = 0; i < sets->count; i++)
		for (j = 0; j < sets->set[i].count; j++)
			if (sets->set[i].cell[j] == cell)
				return true;
	return false;
}

static void drop_last(struct study_sets *sets)
{
	free(sets->set[--sets->count].cell);
}

void study_sets_free(struct study_sets *sets)
{
	while (sets->count)
		drop_last(sets);
	free(sets->set);
	*sets = (struct study_sets) { 0 };
}

/* Only sources whose own interrupt handler reads the clock. */
static bool is_raw(const struct study_cell *cell)
{
	return strcmp(cell->source, "hrtimer") != 0;
}


/*
 * A forwarded timer needs a patched Xen, so the hypervisor may differ. If one
 * mechanism has several cells, take the one with the same Xen.
 */
static void add_mechanism(struct study_set *set, const struct study *study,
			  const struct study_cell *anchor, const char *source,
			  const char *cntp)
{
	static const char free_to_differ[] =
		"source cntp hypervisor xen_options";
	const struct study_cell *best = NULL;
	size_t i, distance, least = SIZE_MAX;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (strcmp(one->source, source) ||
		    (cntp && !study_is(one, "cntp", cntp)) ||
		    study_distance(one, anchor, free_to_differ))
			continue;
		distance = study_distance(one, anchor, "source cntp");
		if (distance < least) {
			least = distance;
			best = one;
		}
	}
	if (best)
		add_cell(set, best);
}

/* Emulated cells without a forwarded twin count only if they are centres. */
void study_mechanisms(struct study_sets *sets, const struct study *study)
{
	static const char *const anchors[] = { "native", "trap" };
	size_t i, j;

	for (j = 0; j < 2; j++)
		for (i = 0; i < study->count; i++) {
			const struct study_cell *one = &study->cells[i];
			struct study_set *set;

			if (!study_is(one, "machine", "xen") ||
			    strcmp(one->source, "phys") ||
			    !study_is(one, "cntp", anchors[j]) ||
			    (j && one->factor) || holds(sets, one))
				continue;
			set = add_set(sets);
			add_mechanism(set, study, one, "virt", NULL);
			add_mechanism(set, study, one, "phys", "trap");
			add_mechanism(set, study, one, "phys", "native");
			if (set->count < 2)
				drop_last(sets);
		}
}

static bool says_the_same(const struct study_cell *a,
			  const struct study_cell *b, enum study_readback what)
{
	const char *one = a->readback[what], *other = b->readback[what];

	return one == other || (one && other && !strcmp(one, other));
}

bool study_same_xen(const struct study_set *set)
{
	const struct study_cell *first = NULL;
	size_t i;

	for (i = 0; i < set->count; i++) {
		if (!study_measured(set->cell[i]))
			continue;
		if (!first)
			first = set->cell[i];
		if (!says_the_same(first, set->cell[i], STUDY_XEN_VERSION) ||
		    !says_the_same(first, set->cell[i], STUDY_XEN_BUILD))
			return false;
	}
	return true;
}

static int64_t period_of(const struct study_cell *cell)
{
	return settings_time_ns(study_setting(cell, "period"));
}

static int by_period(const void *a, const void *b)
{
	int64_t x = period_of(*(const struct study_cell *const *)a);
	int64_t y = period_of(*(const struct study_cell *const *)b);

	return (x > y) - (x < y);
}

void study_leads(struct study_sets *sets, const struct study *study)
{
	size_t i, j;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *first = &study->cells[i];
		struct study_set *set;

		if (holds(sets, first) || !period_of(first))
			continue;
		set = add_set(sets);
		for (j = i; j < study->count; j++) {
			const struct study_cell *one = &study->cells[j];

			if (!strcmp(one->source, first->source) &&
			    !study_distance(one, first,
					    "period dither samples warm_up"))
				add_cell(set, one);
		}
		qsort(set->cell, set->count, sizeof(*set->cell), by_period);
		if (set->count < 3)
			drop_last(sets);
	}
}

int study_bites(const struct study_set *set)
{
	const struct study_cell *far = set->cell[set->count - 1];
	int i;

	if (!study_measured(far))
		return -1;
	for (i = (int)set->count - 2; i >= 0; i--)
		if (study_measured(set->cell[i]) &&
		    set->cell[i]->summary.avg.value >
		    1.1 * far->summary.avg.value)
			return i;
	return -1;
}

/* The same cell with another guest. */
static const struct study_cell *linux_of(const struct study *study,
					 const struct study_cell *bare)
{
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (study_is(one, "guest", "linux") &&
		    !strcmp(one->source, bare->source) &&
		    !study_distance(one, bare, "guest kernel idle samples "
						"warm_up vcpus cpus settle "
						"kernel_options"))
			return one;
	}
	return NULL;
}

void study_guests(struct study_sets *sets, const struct study *study)
{
	const struct study_cell *other;
	struct study_set *set;
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *bare = &study->cells[i];

		if (!study_is(bare, "guest", "bare-metal") ||
		    study_is(bare, "idle", "busy") || !is_raw(bare))
			continue;
		other = linux_of(study, bare);
		if (!other)
			continue;
		set = add_set(sets);
		add_cell(set, bare);
		add_cell(set, other);
	}
}
