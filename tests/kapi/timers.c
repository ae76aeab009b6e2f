// SPDX-License-Identifier: GPL-2.0
/*
 * A timer node that differs from QEMU's (tests/vm/NAME.tree).
 *
 *	timers odd	a disabled node comes first; the node has two of four
 *			interrupts, by name and in another order; the tree
 *			calls phys edge-triggered
 *	timers silent	the physical timer's interrupt has a wrong number
 *	timers cntfrq	xlat_cntfrq.ko halved CNTFRQ of CPU 0
 */
#include <errno.h>
#include <string.h>

#include "ktap.h"
#include "said.h"
#include "session.h"

static struct xlat_info info;

static void check_source(uint32_t source, uint32_t intid, uint32_t state)
{
	const struct xlat_source_info *s = &info.source[source];

	ktap_ok(s->intid == intid, "INFO: INTID of %s: %u",
		source_name(source), s->intid);
	ktap_is(s->state, state, "INFO: its state");
	ktap_is((long long)s->tick_hz, (long long)info.cntfrq_hz,
		"INFO: its rate is not the disabled node's");
}

/* Against Linux's own clock, which has its rate from CNTFRQ here. */
static void check_rate(void)
{
	ktap_ok(info.measured_hz + info.cntfrq_hz / 10000 >= info.cntfrq_hz &&
		info.measured_hz <= info.cntfrq_hz + info.cntfrq_hz / 10000,
		"INFO: the counter was measured: %llu Hz",
		(unsigned long long)info.measured_hz);
	ktap_is(info.rate_claim, XLAT_RATE_CNTFRQ, "INFO: CNTFRQ is right");
	ktap_ok(info.cntfrq[0].hz == info.cntfrq_hz &&
		info.cntfrq[0].cpus > 1 && !info.cntfrq[1].cpus,
		"INFO: on %u CPUs alike", info.cntfrq[0].cpus);
}

static void check_odd(void)
{
	check_rate();
	check_source(XLAT_SOURCE_PHYS, 30, XLAT_SOURCE_FREE);
	check_source(XLAT_SOURCE_VIRT, 27, XLAT_SOURCE_OWNED);
	ktap_is(said_by_reader("record -q -o /tmp/odd.xlat --source phys -a 0-1 -l 500"),
		0, "record: exit code");
	ktap_is(said_by_reader("report /tmp/odd.xlat"), 0, "report: exit code");
	said_check("lossless: ");
	ktap_is(said_by_reader("info"), 0, "info: exit code");
	said_check("phys     free   T1 ppi");
	said_check("phys (PPI 30) is real hardware here");
}

static void check_silent(void)
{
	check_source(XLAT_SOURCE_PHYS, 24, XLAT_SOURCE_FREE);
	ktap_is(said_by_reader("info"), 0, "info: exit code");
	said_check("phys (PPI 24) is real hardware here");
	ktap_is(said_by_reader("record -q -o /tmp/no.xlat --source phys -a 1 -l 500"),
		1, "record, with a limit and no duration: exit code");
	said_check("CPU 1: no interrupt of phys came at any of ");
	said_check("INTID 24 was waited for");
	ktap_is(said_by_reader("record -q -o /tmp/no.xlat --source phys -a 1 -D 100ms"),
		1, "record, with a duration: exit code");
	said_check("INTID 24 was waited for");
	ktap_is(said_by_reader("record -q -o /tmp/hr.xlat -a 1 -l 500"), 0,
		"hrtimer works all the same: exit code");
}

/* All but CPU 0 have the right value. */
static void check_cntfrq(void)
{
	uint64_t wrong = info.cntfrq[0].hz, right = info.cntfrq[1].hz;

	ktap_ok(right && wrong == right / 2, "INFO: CNTFRQ is %llu and %llu Hz",
		(unsigned long long)wrong, (unsigned long long)right);
	ktap_is(info.cntfrq[0].first_cpu, 0, "INFO: the first is CPU 0's");
	ktap_is(info.cntfrq[0].cpus, 1, "INFO: and of no other CPU");
	ktap_is(info.cntfrq[1].first_cpu, 1, "INFO: the other is CPU 1's");
	ktap_is(info.rate_claim, XLAT_RATE_CNTFRQ, "INFO: one of them is right");
	ktap_is(info.source[XLAT_SOURCE_VIRT].state, XLAT_SOURCE_FREE,
		"INFO: virt is free");
	ktap_is((long long)info.source[XLAT_SOURCE_VIRT].tick_hz,
		(long long)right, "INFO: the rate of virt");
	ktap_is(said_by_reader("info"), 0, "info: exit code");
	said_check("firmware set different CNTFRQ: ");
	ktap_is(said_by_reader("record -q -o /tmp/f.xlat --source virt -a 0-1 -l 500"),
		0, "record: exit code");
	ktap_is(said_by_reader("report /tmp/f.xlat"), 0, "report: exit code");
	said_check("lossless: ");
	said_check("firmware set different CNTFRQ: ");
}

int main(int argc, char *argv[])
{
	ktap_is(session_info(&info), 0, "INFO");
	if (argc > 1 && !strcmp(argv[1], "odd"))
		check_odd();
	else if (argc > 1 && !strcmp(argv[1], "cntfrq"))
		check_cntfrq();
	else
		check_silent();
	return ktap_end();
}
