// SPDX-License-Identifier: GPL-2.0
/*
 * verify FIRST.json [SECOND.json]: does the compare.json of a demo have what
 * the demo promises, and does a second demo repeat the first one?
 */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

static const char *const scenarios[] = {
	"native", "xen-dom0", "xen-domu", "xen-domu-vwfi",
};
static const char *const sources[] = { "hrtimer", "phys" };

enum { SCENARIOS = 4, SOURCES = 2, SAMPLES = 2000 };

static int passed, failed;

static void check(bool good, const char *what, const char *scenario,
		  const char *source)
{
	printf("%s: %s, %s: %s\n", good ? "ok" : "FAILED", scenario, source,
	       what);
	*(good ? &passed : &failed) += 1;
}

static const json_t *find(const json_t *document, const char *scenario,
			  const char *source)
{
	const json_t *runs = json_object_get(document, "runs");
	size_t i;

	for (i = 0; i < json_array_size(runs); i++) {
		const json_t *run = json_array_get(runs, i);
		const char *s = json_string_value(json_object_get(run, "scenario"));
		const char *t = json_string_value(json_object_get(run, "source"));

		if (s && t && !strcmp(s, scenario) && !strcmp(t, source))
			return run;
	}
	return NULL;
}

static double number(const json_t *run, const char *key)
{
	const json_t *value = json_object_get(run, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

static double percentile(const json_t *run, const char *which)
{
	return number(json_object_get(run, "percentiles"), which);
}

static bool says(const json_t *run, const char *key, const char *value)
{
	const char *text = json_string_value(json_object_get(run, key));

	return text && !strcmp(text, value);
}

/* The mechanism of each timer under each hypervisor. */
static const char *mechanism(const char *scenario, const char *source)
{
	if (!strcmp(scenario, "native"))
		return "ppi";
	return strcmp(source, "phys") ? "virtual" : "emulated";
}

static void check_run(const json_t *run, const char *scenario,
		      const char *source)
{
	check(run, "is there", scenario, source);
	if (!run)
		return;
	check(json_is_true(json_object_get(run, "lossless")), "lossless",
	      scenario, source);
	check(number(run, "count") >= SAMPLES &&
	      number(run, "count") == number(run, "received") &&
	      number(run, "lost") == 0 && number(run, "missed") == 0 &&
	      number(run, "unserved") == 0 && number(run, "early") == 0,
	      "all samples, none lost, missed, unserved or early", scenario,
	      source);
	check(says(run, "mechanism", mechanism(scenario, source)),
	      "names its mechanism", scenario, source);
	check(says(run, "stage", strcmp(source, "phys") ? "T2" : "T1"),
	      "names its stage", scenario, source);
	check(number(run, "min") <= percentile(run, "50") &&
	      percentile(run, "50") <= percentile(run, "90") &&
	      percentile(run, "90") <= number(run, "max") &&
	      number(run, "warm_max") <= number(run, "max"),
	      "minimum, percentiles and maxima ascend", scenario, source);
}

static void check_order(const json_t *document, const char *source)
{
	double native = number(find(document, "native", source), "avg");
	double vwfi = number(find(document, "xen-domu-vwfi", source), "avg");
	double trap = number(find(document, "xen-domu", source), "avg");

	check(native < vwfi && vwfi < trap,
	      "AVG: native < vwfi=native < vwfi=trap", "all", source);
}

static bool near(double a, double b, double share, double least)
{
	return fabs(a - b) <= fmax(share * fabs(a), least);
}

static void check_repeats(const json_t *first, const json_t *second,
			  const char *scenario, const char *source)
{
	const json_t *a = find(first, scenario, source);
	const json_t *b = find(second, scenario, source);

	check(near(percentile(a, "50"), percentile(b, "50"), 0.005, 2),
	      "median repeats within 0.5 %", scenario, source);
	check(near(percentile(a, "90"), percentile(b, "90"), 0.005, 2),
	      "p90 repeats within 0.5 %", scenario, source);
	check(near(number(a, "avg"), number(b, "avg"), 0.02, 0),
	      "AVG repeats within 2 %", scenario, source);
}

static json_t *load(const char *path)
{
	json_error_t error;
	json_t *document = json_load_file(path, 0, &error);

	if (!document)
		fprintf(stderr, "verify: %s: %s\n", path, error.text);
	return document;
}

int main(int argc, char *argv[])
{
	json_t *first = argc > 1 ? load(argv[1]) : NULL;
	json_t *second = argc > 2 ? load(argv[2]) : NULL;
	size_t i, j;

	if (argc < 2 || argc > 3 || !first || (argc > 2 && !second)) {
		fprintf(stderr, "usage: verify FIRST.json [SECOND.json]\n");
		return 2;
	}
	check(says(first, "unit", "instructions"), "unit is instructions",
	      "all", "all");
	for (i = 0; i < SCENARIOS; i++)
		for (j = 0; j < SOURCES; j++) {
			check_run(find(first, scenarios[i], sources[j]),
				  scenarios[i], sources[j]);
			if (second)
				check_repeats(first, second, scenarios[i],
					      sources[j]);
		}
	for (j = 0; j < SOURCES; j++)
		check_order(first, sources[j]);
	printf("%d passed, %d failed, 0 skipped\n", passed, failed);
	json_decref(first);
	json_decref(second);
	return failed > 0;
}
