#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# GSL's running quantile does not recover from a cold start.
#
# Version:  libgsl27 2.7.1+dfsg-5+deb12u1 (Debian 12)
# Expected: gsl_rstat_quantile estimates a percentile in constant memory, with
#	an error that shrinks as samples arrive: the manual's own example shows
#	errors of a few per cent. Ten cold samples at the start, 0.01 % of all,
#	cannot matter to p99 of 100,000 samples.
# Seen:	ten samples of 50,000 ns, then 99,990 samples of 1,000 to 1,006 ns:
#		p99 exact 1006, running 29205
#		p99.9 exact 1006, running 49986
#	The same samples with the ten cold ones last:
#		p99 exact 1006, running 1010
#		p99.9 exact 1006, running 1415
#	The algorithm (P squared) keeps five markers and takes the first five
#	samples as their first heights. The upper markers start on cold samples
#	and are far from down after 100,000.
# Matters:	the first interrupts after a start run with cold caches, so this
#	order is the usual one. A monitor that keeps running percentiles
#	instead of samples reports a p99 that 99.99 % of the samples are below,
#	by a factor of 29. Drop the warm-up first, or use a histogram.

. "$(dirname "$0")/packages"
packages libgsl27=2.7.1+dfsg-5+deb12u1 libgslcblas0=2.7.1+dfsg-5+deb12u1 \
	libgsl-dev=2.7.1+dfsg-5+deb12u1

build libgsl.so.27 libgslcblas.so.0 <<'END'
#include <stdio.h>
#include <gsl/gsl_rstat.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#define COUNT 100000
#define COLD 10

static double samples[COUNT];

static void fill(int first_cold)
{
	for (int i = 0; i < COUNT; i++)
		samples[i] = i >= first_cold && i < first_cold + COLD ?
			     50000 : 1000 + i % 7;
}

static double running(double p)
{
	gsl_rstat_quantile_workspace *w = gsl_rstat_quantile_alloc(p);
	double value;

	for (int i = 0; i < COUNT; i++)
		gsl_rstat_quantile_add(samples[i], w);
	value = gsl_rstat_quantile_get(w);
	gsl_rstat_quantile_free(w);
	return value;
}

static void show(const char *order, int first_cold)
{
	double p[] = { 0.99, 0.999 }, estimate;

	for (int i = 0; i < 2; i++) {
		fill(first_cold);
		estimate = running(p[i]);
		gsl_sort(samples, 1, COUNT);
		printf("%s p%g exact %.0f running %.0f\n", order, p[i] * 100,
		       gsl_stats_quantile_from_sorted_data(samples, 1, COUNT,
							   p[i]), estimate);
	}
}

int main(void)
{
	show("cold-first", 0);
	show("cold-last", COUNT - COLD);
	return 0;
}
END
run "$work/program" >"$work/out" || cannot "the program failed"
cat "$work/out"
verdict awk '
	$4 != 1006 { bad = 1 }
	$1 == "cold-first" && $6 < 20 * $4 { bad = 1 }
	$1 == "cold-last" && $2 == "p99" && $6 > 1.1 * $4 { bad = 1 }
	END { exit bad || NR != 4 }' "$work/out"
