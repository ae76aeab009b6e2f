// SPDX-License-Identifier: MIT
/* The output of xl on hosts with pools, odd names and many CPUs. */
#include <string.h>

#include "user/data/environment.h"
#include "user/record/hostenv.h"
#include "user/record/xl.h"
#include "fake_root.h"
#include "tests/unit/unit.h"

#define UUID_1	"a9d787ba-2c29-11ea-974c-7fe79d8a133e"
#define UUID_2	"00000000-1111-2222-3333-444444444444"

/** struct answer - what "xl @command" prints; @text NULL: it fails */
struct answer {
	const char *command;
	const char *text;
};

static const struct answer *answers;

static char *answer(const char *const *argv, int64_t deadline_ms)
{
	char command[64] = "";
	const struct answer *a;

	(void)deadline_ms;
	while (*++argv)
		snprintf(command + strlen(command),
			 sizeof(command) - strlen(command), "%s%s",
			 *command ? " " : "", *argv);
	for (a = answers; a->command; a++)
		if (!strcmp(a->command, command))
			return a->text ? strdup(a->text) : NULL;
	return NULL;
}

static json_t *ask(const struct answer *with)
{
	json_t *xen;

	answers = with;
	fake_root_put("/proc/xen/capabilities", "control_d\n");
	xen = hostenv_xen_by(answer);
	ck_assert_ptr_nonnull(xen);
	return xen;
}

#define INFO \
	"xen_major              : 4\nxen_minor              : 17\n" \
	"xen_scheduler          : credit2\n" \
	"xen_commandline        : sched=null dom0_mem=1G\n"
#define VCPU_HEAD "Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)\n"
#define POOL_HEAD "Name               CPUs   Sched     Active   Domain count\n"
#define LIST_HEAD "Name                                        ID   Mem VCPUs\tState\tTime(s)"
#define POOL_0 "Pool-0               2   credit2       y          1\n"

/* The output of xl of Xen 4.17: a name with blanks, and one of 40 letters. */
static const struct answer two_pools[] = {
	{ "info", INFO },
	{ "vcpu-list", VCPU_HEAD
	  "Domain-0                             0     0    0   r--       3.1  all / all\n"
	  "Domain-0                             0     1    1   -b-       2.0  1 / all\n"
	  "my small guest                       1     0    3   -b-       0.9  all / all\n"
	  "a-name-of-forty-letters-for-a-domain-xyz     2     0    2   -b-       0.9  0-2 / all\n"
	  "gone / astray                        3     0    0   -b-       0.9  0 / 1-2\n" },
	{ "list -l", "[{\"domid\": 1, \"config\": {\"c_info\": {\"uuid\": \"" UUID_1 "\"}}},"
	  " {\"domid\": 2}, {\"domid\": 3}]" },
	{ "cpupool-list", POOL_HEAD POOL_0
	  "real time pool       2      null       y          2\n" },
	{ "cpupool-list -c", "Name               CPU list\n"
	  "Pool-0             0,1\nreal time pool     2,3\n" },
	{ "list -c", LIST_HEAD "         Cpupool\n"
	  "Domain-0                                     0  1024     2     r-----       5.1          Pool-0\n"
	  "my small guest                               1   256     1     -b----       0.9  real time pool\n"
	  "a-name-of-forty-letters-for-a-domain-xyz     2   256     1     r-----  123456.9real time pool\n"
	  "gone / astray                                3   256     1     --p---       0.9          Pool-0\n" },
	{ 0 }
};

static void expect(json_t *xen, unsigned int domid, const char *vcpus,
		   const char *cpus, const char *scheduler)
{
	struct cli_cpus measured;
	json_t *pinned, *its;

	ck_assert_int_eq(cli_parse_cpus(vcpus, &measured), 0);
	pinned = hostenv_pinning(xen, domid, &measured);
	its = hostenv_scheduler(xen, domid);
	ck_assert_str_eq(json_string_value(pinned), cpus);
	ck_assert_str_eq(json_string_value(its), scheduler);
	json_decref(pinned);
	json_decref(its);
}

START_TEST(a_pool_confines_its_domains)
{
	json_t *xen = ask(two_pools);

	expect(xen, 0, "0", "0-1", "credit2");
	expect(xen, 0, "1", "1", "credit2");
	expect(xen, 1, "0", "2-3", "null");
	expect(xen, 2, "0", "2", "null");
	expect(xen, 3, "0", "0", "credit2");
	expect(xen, 9, "0", "unknown", "unknown");
	json_decref(xen);
}
END_TEST

static void expect_of_one_pool(const char *cpus, const char *affinity)
{
	const struct answer one_pool[] = {
		{ "info", INFO "nr_cpus                : 4\n" },
		{ "vcpu-list", VCPU_HEAD
		  "Domain-0                             0     0    0   r--       3.1  all / all\n" },
		{ "list -l", "[]" }, { "cpupool-list", POOL_HEAD POOL_0 },
		{ "cpupool-list -c", cpus }, { 0 }
	};
	json_t *xen = ask(one_pool);

	expect(xen, 0, "0", affinity, "credit2");
	json_decref(xen);
}

/* A CPU that was removed from the only pool belongs to no pool. */
START_TEST(one_pool_need_not_have_all_cpus)
{
	expect_of_one_pool("Name               CPU list\nPool-0             0,1,2,3\n", "all");
	expect_of_one_pool("Name               CPU list\nPool-0             0,1,3\n", "0-1,3");
	expect_of_one_pool(NULL, "all");
}
END_TEST

START_TEST(names_may_hold_blanks)
{
	json_t *xen = ask(two_pools);
	json_t *vcpus = json_object_get(xen, "vcpus");
	static const char *const names[] = {
		"Domain-0", "Domain-0", "my small guest",
		"a-name-of-forty-letters-for-a-domain-xyz", "gone / astray",
	};

	ck_assert_uint_eq(json_array_size(vcpus), 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_str_eq(json_string_value(json_object_get(
			json_array_get(vcpus, i), "domain")), names[i]);
	json_decref(xen);
}
END_TEST

/* A guest's environment has the scheduler of its pool, not of dom0's pool. */
START_TEST(a_guest_has_its_pools_scheduler)
{
	static struct environment facts;
	json_t *host = json_pack("{s:o}", "xen", ask(two_pools));
	json_t *guest = json_pack("{s:{s:s}, s:{s:s, s:s}}",
				  "cpu", "measured", "0", "hypervisor",
				  "type", "xen", "uuid", UUID_1);
	char *text;

	hostenv_attach_host(guest, host);
	text = json_dumps(guest, 0);
	ck_assert_int_eq(environment_read(text, &facts), 0);
	ck_assert_str_eq(facts.scheduler, "null");
	ck_assert_str_eq(facts.physical_cpus, "2-3");
	ck_assert_str_eq(facts.scheduler_ignored, "null");
	free(text);
	json_decref(guest);
	json_decref(host);
}
END_TEST

static const struct answer undescribed[] = {
	{ "info", INFO },
	{ "vcpu-list", VCPU_HEAD
	  "Domain-0                             0     0    0   r--       3.1  0 / all\n"
	  "good                                 1     0    3   -b-       0.9  2 / all\n"
	  "bad                                  2     0    3   -b-       0.9  3 / all\n" },
	{ "list -l", NULL },
	{ "list -l 1", "{\"domid\": 1, \"config\": {\"c_info\": {\"uuid\": \"" UUID_1 "\"}}}" },
	{ "list -l 2", NULL },
	{ "list -v", LIST_HEAD "   UUID                            Reason-Code\tSecurity Label\n"
	  "Domain-0                                     0  1024     2     r-----       5.1 00000000-0000-0000-0000-000000000000        -                -\n"
	  "good                                         1   256     1     -b----       0.9 " UUID_1 "        -                -\n"
	  "bad                                          2   256     1     -b----       0.9 " UUID_2 "        -                -\n" },
	{ "cpupool-list", POOL_HEAD POOL_0 },
	{ 0 }
};

START_TEST(one_domain_does_not_hide_the_others)
{
	json_t *xen = ask(undescribed);

	ck_assert_int_eq(hostenv_domain_of(xen, UUID_1), 1);
	ck_assert_int_eq(hostenv_domain_of(xen, UUID_2), 2);
	ck_assert_int_eq(hostenv_domain_of(xen, "x"), -1);
	/* xl is asked for each of them */
	ck_assert_uint_eq(json_array_size(json_object_get(xen, "domains")), 1);
	expect(xen, 1, "0", "2", "credit2");
	expect(xen, 2, "0", "3", "credit2");
	json_decref(xen);
}
END_TEST

/* 64 vCPUs, each with an affinity of 64 CPUs, no two of them adjacent. */
START_TEST(long_lists_of_vcpus_are_read_whole)
{
	static char list[65536], cpus[1024], all[1040];
	const struct answer large[] = {
		{ "info", INFO }, { "vcpu-list", list },
		{ "list -l", "[{\"domid\": 1}]" }, { 0 }
	};
	json_t *xen;

	for (int cpu = 0; cpu < 128; cpu += 2)
		sprintf(cpus + strlen(cpus), "%s%d", cpu ? "," : "", cpu);
	strcpy(list, VCPU_HEAD);
	for (int vcpu = 0; vcpu < 64; vcpu++)
		sprintf(list + strlen(list),
			"big                                  1    %2d    0   -b-       0.9  %s / all\n",
			vcpu, vcpu < 63 ? cpus : "129");
	snprintf(all, sizeof(all), "%s,129", cpus);
	xen = ask(large);
	expect(xen, 1, "0-62", cpus, "credit2");
	expect(xen, 1, "0-63", all, "credit2");
	json_decref(xen);
}
END_TEST

static const struct answer parameters[] = {
	{ "info", INFO }, { "vcpu-list", VCPU_HEAD }, { "list -l", "[]" },
	{ "cpupool-list", POOL_HEAD POOL_0
	  "real time pool       2        rtds       y          2\n"
	  "solitary             1        null       y          2\n" },
	{ "sched-credit2", "Cpupool Pool-0: ratelimit=1000us\n"
	  "Name                                ID Weight  Cap\n"
	  "Domain-0                             0    256    0\n"
	  "my 2 guests                          1    512   50\n" },
	{ "sched-rtds -v all", "Cpupool real time pool: sched=RTDS\n"
	  "Name                                ID VCPU    Period    Budget  Extratime\n"
	  "domu                                 2    0     10000      4000        yes\n"
	  "domu                                 2    1      1000       500         no\n" },
	{ 0 }
};

/* Each domain, or each vCPU, has the parameters of its pool's scheduler. */
START_TEST(the_schedulers_parameters_are_recorded)
{
	json_t *xen = ask(parameters), *expected = json_pack(
		"[{s:s,s:s,s:i,s:i,s:i}, {s:s,s:s,s:i,s:i,s:i},"
		" {s:s,s:s,s:i,s:i,s:i,s:i,s:b}, {s:s,s:s,s:i,s:i,s:i,s:i,s:b}]",
		"scheduler", "credit2", "domain", "Domain-0", "domid", 0,
		"weight", 256, "cap", 0,
		"scheduler", "credit2", "domain", "my 2 guests", "domid", 1,
		"weight", 512, "cap", 50,
		"scheduler", "rtds", "domain", "domu", "domid", 2, "vcpu", 0,
		"period_us", 10000, "budget_us", 4000, "extratime", 1,
		"scheduler", "rtds", "domain", "domu", "domid", 2, "vcpu", 1,
		"period_us", 1000, "budget_us", 500, "extratime", 0);

	ck_assert_ptr_nonnull(expected);
	ck_assert(json_equal(json_object_get(xen, "parameters"), expected));
	json_decref(expected);
	json_decref(xen);
}
END_TEST

static const char *ignored(const char *commandline, const char *scheduler)
{
	static struct environment facts;
	char text[256];

	snprintf(text, sizeof(text), "{\"xen\": {\"commandline\": \"%s\","
		 " \"scheduler\": \"%s\"}}", commandline, scheduler);
	ck_assert_int_eq(environment_read(text, &facts), 0);
	return facts.scheduler_ignored;
}

START_TEST(an_option_that_xen_did_not_obey_is_seen)
{
	ck_assert_str_eq(ignored("sched=null", "credit2"), "null");
	ck_assert_str_eq(ignored("sched=null", "null"), "");
	ck_assert_str_eq(ignored("sched=null x sched=rtds y", "rtds"), "");
	ck_assert_str_eq(ignored("x sched=credit y", "credit2"), "credit");
	ck_assert_str_eq(ignored("xsched=null", "credit2"), "");
	ck_assert_str_eq(ignored("", "credit2"), "");
	ck_assert_str_eq(ignored("sched=null", "unknown"), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostenv_xen");

	unit_between(fake_root_make, fake_root_drop);
	unit_add(suite, a_pool_confines_its_domains);
	unit_add(suite, one_pool_need_not_have_all_cpus);
	unit_add(suite, names_may_hold_blanks);
	unit_add(suite, a_guest_has_its_pools_scheduler);
	unit_add(suite, one_domain_does_not_hide_the_others);
	unit_add(suite, long_lists_of_vcpus_are_read_whole);
	unit_add(suite, the_schedulers_parameters_are_recorded);
	unit_add(suite, an_option_that_xen_did_not_obey_is_seen);
	return unit_run(suite);
}
