// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clock_remarks.h"

/* A smaller slew shifts the lateness by less than 1 ns at a period of 1 ms. */
#define SLEW_PPM	1.0

static bool is_hrtimer(const struct report *r)
{
	return !strcmp(r->source, "hrtimer");
}

/* Without high-resolution timers an hrtimer expires at the next tick. */
static bool on_ticks(const struct report *r, char *text)
{
	const struct environment *e = &r->environment;

	if (!is_hrtimer(r) || e->resolution_ns < 2)
		return false;
	snprintf(text, CLOCK_REMARK_TEXT,
		 "high-resolution timers are off: the timer expires at the kernel's tick, every %" PRIu64
		 " ns, so the lateness is spread over a tick and is no result; boot without highres=off",
		 e->resolution_ns);
	return true;
}

static bool fell_back(const struct report *r, char *text)
{
	const struct environment *e = &r->environment;

	if (!e->clocksource_fell_back)
		return false;
	snprintf(text, CLOCK_REMARK_TEXT,
		 "Linux fell back to the clock source %s%s", e->clocksource,
		 is_hrtimer(r) ? ": every time of hrtimer is taken from it" :
				 "");
	return true;
}

static bool slewed(const struct report *r, char *text)
{
	const struct environment *e = &r->environment;

	if (!is_hrtimer(r) || !(fabs(e->slew_ppm) >= SLEW_PPM))
		return false;
	snprintf(text, CLOCK_REMARK_TEXT,
		 "NTP slewed CLOCK_MONOTONIC by %+.1f ppm, which shifts the lateness of hrtimer by that rate times the period: %+.1f ns",
		 e->slew_ppm, e->slew_ppm * 1e3 * (double)r->period_ticks /
		 (double)r->tick_hz);
	return true;
}

static bool cntfrq_differs(const struct report *r, char *text)
{
	const struct environment *e = &r->environment;

	if (!e->cntfrq[0])
		return false;
	snprintf(text, CLOCK_REMARK_TEXT,
		 "firmware set different CNTFRQ: %s", e->cntfrq);
	return true;
}

bool clock_remark(const struct report *r, unsigned int which,
		  char text[CLOCK_REMARK_TEXT])
{
	static bool (*const remarks[CLOCK_REMARKS])(const struct report *r,
						    char *text) = {
		on_ticks, fell_back, slewed, cntfrq_differs,
	};

	return remarks[which](r, text);
}
