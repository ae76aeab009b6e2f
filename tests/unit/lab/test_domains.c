// SPDX-License-Identifier: GPL-2.0
/* What dom0 recorded of measured domains, compared with what was requested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/plan/plan_read.h"
#include "lab/run/readback_domains.h"
#include "tests/unit/unit.h"
#include "user/format/file.h"
#include "user/record/xl.h"

static char dir[] = "/tmp/test-domains-XXXXXX";
static char differs[READBACK_DIFFERS];

/*
 * A recording holds what xl vcpu-list printed in dom0. In a guest's recording
 * it is part of the host's document.
 */
static void record_xen(const char *name, json_t *xen, bool by_dom0)
{
	json_t *document = by_dom0 ? json_pack("{s:o}", "xen", xen) :
			   json_pack("{s:{s:o}}", "host", "xen", xen);
	char *text = json_dumps(document, 0), path[128];
	struct file_writer w;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	ck_assert_int_eq(file_create(&w, path), 0);
	ck_assert_int_eq(file_put_environment(&w, text), 0);
	ck_assert_int_eq(file_put_end(&w), 0);
	ck_assert_int_eq(file_close(&w), 0);
	free(text);
	json_decref(document);
}

static void record(const char *name, const char *list, bool by_dom0)
{
	record_xen(name, json_pack("{s:o}", "vcpus", hostenv_parse_vcpus(list)),
		   by_dom0);
}

static void forget(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static void look(const char *file)
{
	struct plan plan = { .count = 0 };
	char message[512] = "";

	ck_assert_msg(!plan_read(&plan, file, "x.cfg", NULL, message), "%s",
		      message);
	readback_domains(differs, &plan.cells[0], dir);
	plan_free(&plan);
}

#define BARE \
	"name = \"x\"; cells = ( { name = \"a\"; guest = \"bare-metal\";" \
	" pinning = \"yes\"; source = \"phys\"; phases = 2; } );"
#define SCHEDULED(scheduler, parameters) \
	"name = \"x\"; cells = ( { name = \"a\"; hypervisor = \"4.17-x\";" \
	" scheduler = \"" scheduler "\"; source = \"hrtimer\";" \
	" scheduler_parameters = \"" parameters "\"; } );"
#define RTDS SCHEDULED("rtds", "-v all -p 1000 -b 500 -e 0")
#define PINNED(domain) \
	"name = \"x\"; cells = ( { name = \"a\"; domain = \"" domain "\";" \
	" pinning = \"yes\"; source = \"hrtimer\"; phases = 2; } );"
#define TITLE "Name  ID  VCPU  CPU State  Time(s) Affinity (Hard / Soft)\n"
#define DOM0_0 "Domain-0  0  0  0  r--  5.3  0 / all\n"
#define DOM0_1 "Domain-0  0  1  1  r--  5.2  1 / all\n"
#define FREE_1 "Domain-0  0  1  1  r--  5.2  all / all\n"
#define HEAD TITLE DOM0_0 DOM0_1
#define DOMU_0 "domu  1  0  2  r--  0.0  2 / all\n"
#define DOMU_1 "domu  1  1  -  --p  0.0  3 / all\n"
#define FIRST HEAD "phys-phase-1  2  0  3  ---  0.0  "
#define SECOND HEAD "phys-phase-2  3  0  3  ---  0.0  "
#define NOTHING NULL

static const struct {
	const char *cell, *list, *second, *expected;
} pinnings[] = {
	{ BARE, FIRST "3 / all\n", SECOND "3 / all\n", "" },
	{ BARE, FIRST "all / all\n", SECOND "3 / all\n",
	  "xl vcpu-list does not say phys-phase-1/0:3" },
	{ BARE, FIRST "3 / all\n", SECOND "all / all\n",
	  "xl vcpu-list does not say phys-phase-2/0:3" },
	{ BARE, FIRST "3 / all\n", HEAD,
	  "xl vcpu-list does not say phys-phase-2/0:3" },
	{ BARE, FIRST "3 / all\n", NOTHING,
	  "xl vcpu-list does not say Domain-0/0:0" },
	{ PINNED("domu"), HEAD DOMU_0 DOMU_1, NOTHING, "" },
	{ PINNED("domu"), HEAD DOMU_1 DOMU_0, NOTHING, "" },
	{ PINNED("domu"), HEAD DOMU_1, NOTHING,
	  "xl vcpu-list does not say domu/0:2" },
	{ PINNED("domu"), HEAD DOMU_0, NOTHING,
	  "xl vcpu-list does not say domu/1:3" },
	{ PINNED("domu"), TITLE DOM0_0 FREE_1 DOMU_0 DOMU_1, NOTHING,
	  "xl vcpu-list does not say Domain-0/1:1" },
	{ PINNED("dom0"), HEAD, HEAD, "" },
	{ PINNED("dom0"), TITLE DOM0_1, HEAD,
	  "xl vcpu-list does not say Domain-0/0:0" },
	{ PINNED("dom0"), TITLE DOM0_0 FREE_1, HEAD,
	  "xl vcpu-list does not say Domain-0/1:1" },
	{ PINNED("dom0"), HEAD, TITLE DOM0_0 FREE_1,
	  "xl vcpu-list does not say Domain-0/1:1" },
};

START_TEST(each_vcpu_is_pinned)
{
	bool by_dom0 = strstr(pinnings[_i].cell, "\"dom0\"");

	record("phys-phase-1.xlat", pinnings[_i].list, by_dom0);
	record("hrtimer-phase-1.xlat", pinnings[_i].list, by_dom0);
	forget("phys-phase-2.xlat");
	forget("hrtimer-phase-2.xlat");
	if (pinnings[_i].second) {
		record("phys-phase-2.xlat", pinnings[_i].second, by_dom0);
		record("hrtimer-phase-2.xlat", pinnings[_i].second, by_dom0);
	}
	look(pinnings[_i].cell);
	ck_assert_str_eq(differs, pinnings[_i].expected);
}
END_TEST

#define RTDS_EACH \
	SCHEDULED("rtds", "-v 0 -p 1000 -b 500 -v 1 -p 2000 -b 700")
#define RTDS_HEAD "Cpupool Pool-0: sched=RTDS\n" \
	"Name  ID VCPU  Period  Budget  Extratime\n" \
	"Domain-0  0  0  10000  4000  yes\n"
#define CREDIT_HEAD "Cpupool Pool-0: tslice=30ms ratelimit=1000us\n" \
	"Name  ID Weight  Cap\nDomain-0  0  256  0\n"

static const struct {
	const char *cell, *said, *expected;
} parameters[] = {
	{ RTDS, RTDS_HEAD "domu 1 0 1000 500 no\ndomu 1 1 1000 500 no\n", "" },
	{ RTDS, RTDS_HEAD "domu 1 0 1000 500 no\ndomu 1 1 1000 400 no\n",
	  "xl sched-rtds does not say that budget_us of domu is 500" },
	{ RTDS, RTDS_HEAD "domu 1 0 10000 500 no\n",
	  "xl sched-rtds does not say that period_us of domu is 1000" },
	{ RTDS, RTDS_HEAD "domu 1 0 1000 500 yes\n",
	  "xl sched-rtds does not say that extratime of domu is 0" },
	{ RTDS, RTDS_HEAD,
	  "xl sched-rtds does not say that period_us of domu is 1000" },
	{ RTDS_EACH, RTDS_HEAD "domu 1 0 1000 500 no\ndomu 1 1 2000 700 no\n",
	  "" },
	{ RTDS_EACH, RTDS_HEAD "domu 1 0 1000 500 no\ndomu 1 1 2000 500 no\n",
	  "xl sched-rtds does not say that budget_us of domu is 700" },
	{ RTDS_EACH, RTDS_HEAD "domu 1 0 1000 500 no\n",
	  "xl sched-rtds does not say that period_us of domu is 2000" },
	{ SCHEDULED("credit", "-w 512"), CREDIT_HEAD "domu 1 512 0\n", "" },
	{ SCHEDULED("credit", "-w 512"), CREDIT_HEAD "domu 1 256 0\n",
	  "xl sched-credit does not say that weight of domu is 512" },
	{ SCHEDULED("credit2", "-w 512 -c 50"), CREDIT_HEAD "domu 1 512 0\n",
	  "xl sched-credit2 does not say that cap of domu is 50" },
	{ SCHEDULED("credit", ""), "", "" },
};

START_TEST(parameters_are_as_asked)
{
	json_t *all = json_array();

	hostenv_parse_parameters(parameters[_i].said,
				 strstr(parameters[_i].cell, "rtds") ? "rtds" :
				 "credit", all);
	record_xen("hrtimer-phase-1.xlat", json_pack("{s:o}", "parameters", all),
		   false);
	look(parameters[_i].cell);
	ck_assert_str_eq(differs, parameters[_i].expected);
}
END_TEST

int main(void)
{
	static const char *const files[] = {
		"phys-phase-1.xlat", "phys-phase-2.xlat",
		"hrtimer-phase-1.xlat", "hrtimer-phase-2.xlat",
	};
	Suite *suite = suite_create("domains");
	size_t i;
	int failed;

	if (!mkdtemp(dir))
		return EXIT_FAILURE;
	unit_add_loop(suite, each_vcpu_is_pinned,
		      sizeof(pinnings) / sizeof(pinnings[0]));
	unit_add_loop(suite, parameters_are_as_asked,
		      sizeof(parameters) / sizeof(parameters[0]));
	failed = unit_run(suite);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		forget(files[i]);
	return rmdir(dir) || failed;
}
