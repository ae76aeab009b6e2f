// SPDX-License-Identifier: MIT
/* The document of a recording: it is collected, and read back. */
#include <string.h>
#include <unistd.h>

#include "user/data/environment.h"
#include "user/record/hostenv.h"
#include "user/record/xl.h"
#include "core/insn_clock.h"
#include "module_info.h"
#include "tests/unit/unit.h"

#define SCRATCH "a9d787ba-2c29-11ea-974c-7fe79d8a133e"

static const char vcpu_list[] =
	"Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)\n"
	"Domain-0                             0     0    0   r--       3.1  0 / all\n"
	"Domain-0                             0     1    1   -b-       2.0  1 / all\n"
	"domu                                 1     0    2   -b-       0.9  2 / all\n"
	"domu                                 1     1    -   --p       0.0  3,5-6 / all\n"
	"loose                                2     0    1   -b-       0.0  all / all\n";

static json_t *xen(void)
{
	json_t *made = json_pack("{s:o, s:[{s:i, s:{s:{s:s}}}]}", "vcpus",
				 hostenv_parse_vcpus(vcpu_list), "domains",
				 "domid", 1, "config", "c_info", "uuid",
				 SCRATCH);

	ck_assert_ptr_nonnull(made);
	return made;
}

static void assert_pinned(unsigned int domid, const char *cpus,
			  const char *expected)
{
	struct cli_cpus measured;
	json_t *made = xen(), *pinned;

	ck_assert_int_eq(cli_parse_cpus(cpus, &measured), 0);
	pinned = hostenv_pinning(made, domid, &measured);
	ck_assert_str_eq(json_string_value(pinned), expected);
	json_decref(pinned);
	json_decref(made);
}

START_TEST(commands_are_given_a_time)
{
	static const char *const says[] = { "echo", "yes", NULL };
	static const char *const fails[] = { "sh", "-c", "echo no; exit 1", NULL };
	static const char *const silent[] = { "true", NULL };
	static const char *const none[] = { "xlat-no-such-command", NULL };
	static const char *const hangs[] = { "sh", "-c", "sleep 60; :", NULL };
	static const char *const closes[] = {
		"sh", "-c", "echo no; exec >&-; sleep 60; :", NULL
	};
	int64_t begin = hostenv_now_ms();
	char *text = hostenv_output_of(says, begin + 30000);

	ck_assert_ptr_nonnull(text);
	ck_assert_str_eq(text, "yes\n");
	free(text);
	ck_assert_ptr_null(hostenv_output_of(fails, begin + 30000));
	ck_assert_ptr_null(hostenv_output_of(silent, begin + 30000));
	ck_assert_ptr_null(hostenv_output_of(none, begin + 30000));
	begin = hostenv_now_ms();
	ck_assert_ptr_null(hostenv_output_of(hangs, begin + 200));
	ck_assert_ptr_null(hostenv_output_of(closes, begin + 400));
	ck_assert_int_lt(hostenv_now_ms() - begin, 20000);
}
END_TEST

START_TEST(pinning_is_read_from_xl)
{
	assert_pinned(0, "0-1", "0-1");
	assert_pinned(1, "0", "2");
	assert_pinned(1, "all", "2-3,5-6");
	assert_pinned(2, "0", "all");
	assert_pinned(7, "0", "unknown");
}
END_TEST

START_TEST(a_domain_is_found_by_its_uuid)
{
	json_t *made = xen();

	ck_assert_int_eq(hostenv_domain_of(made, SCRATCH), 1);
	ck_assert_int_eq(hostenv_domain_of(made, "none"), -1);
	ck_assert_int_eq(hostenv_domain_of(NULL, SCRATCH), -1);
	json_decref(made);
}
END_TEST

static void assert_interrupt(json_t *list, size_t i, int intid,
			     const char *owner)
{
	json_t *entry = json_array_get(list, i);

	ck_assert_int_eq(json_integer_value(json_object_get(entry, "intid")),
			 intid);
	ck_assert_str_eq(json_string_value(json_object_get(entry, "owner")),
			 owner);
}

/* Levels and edges, unusual interrupt numbers, names with blanks. */
START_TEST(private_interrupts_of_any_number)
{
	char path[] = "/tmp/xlat-test-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	json_t *list;

	fputs("           CPU0       CPU1\n"
	      " 11:      5678         12     GICv3  20 Level     arch_timer\n"
	      " 12:         0          0     GICv3  21 Edge      kvm guest ptimer\n"
	      " 13:         7          0     GICv3 1062 Level     xlat\n"
	      " 14:        90          0     GICv3  33 Level     uart-pl011\n"
	      " 15:         1          0  ITS-MSI 16384 Edge     virtio1-config\n"
	      "IPI0:       100        200       Rescheduling interrupts\n",
	      file);
	fclose(file);
	list = hostenv_private_interrupts(path);
	unlink(path);
	ck_assert_uint_eq(json_array_size(list), 3);
	assert_interrupt(list, 0, 20, "arch_timer");
	assert_interrupt(list, 1, 21, "kvm guest ptimer");
	assert_interrupt(list, 2, 1062, "xlat");
	json_decref(list);
	list = hostenv_private_interrupts("/nonexistent/interrupts");
	ck_assert_uint_eq(json_array_size(list), 0);
	json_decref(list);
}
END_TEST

static void read_back(json_t *document, struct environment *environment)
{
	char *text = json_dumps(document, 0);

	ck_assert_int_eq(environment_read(text, environment), 0);
	free(text);
}

/* What the module measured goes into the recording, and out of it again. */
START_TEST(the_rate_travels_with_the_recording)
{
	struct xlat_info info = info_of(XLAT_HYP_NONE, 860);
	struct environment environment;
	struct cli_cpus measured;
	struct hostenv_request request = {
		.info = &info, .source = XLAT_SOURCE_PHYS,
		.measured = &measured, .icount_shift = -1,
	};
	json_t *document;

	cli_parse_cpus("0", &measured);
	info.measured_hz = 54000000;
	info.rate_claim = XLAT_RATE_NO_CLAIM;
	info.cntfrq[0] = (struct xlat_cntfrq) { 62500000, 1, 0 };
	info.cntfrq[1] = (struct xlat_cntfrq) { 0, 3, 1 };
	document = hostenv_collect(&request);
	read_back(document, &environment);
	ck_assert(environment.rate_unknown);
	ck_assert_str_eq(environment.cntfrq,
			 "62500000 Hz on 1 CPU (CPU 0), 0 Hz on 3 CPUs (first CPU 1)");
	ck_assert_uint_gt(environment.resolution_ns, 0);
	json_decref(document);
	info.rate_claim = XLAT_RATE_CNTFRQ;
	document = hostenv_collect(&request);
	read_back(document, &environment);
	ck_assert(!environment.rate_unknown);
	json_decref(document);
}
END_TEST

START_TEST(both_sides_have_the_same_facts)
{
	struct xlat_info info = info_of(XLAT_HYP_NONE, 860);
	struct environment environment;
	struct cli_cpus measured;
	struct hostenv_request request = {
		.info = &info, .source = XLAT_SOURCE_PHYS,
		.measured = &measured, .scenario = "here", .icount_shift = 3,
	};
	json_t *document;

	cli_parse_cpus("0", &measured);
	document = hostenv_collect(&request);
	ck_assert_ptr_nonnull(document);
	read_back(document, &environment);
	ck_assert(environment.instructions && !environment.insn_proven);
	ck_assert_uint_eq(environment.insn_shift, 3);
	hostenv_after(document, &request);
	json_object_set_new(document, "instructions", json_true());
	json_object_set_new(document, "insn_shift", json_integer(3));
	read_back(document, &environment);
	ck_assert_str_eq(environment.scenario, "here");
	ck_assert_str_eq(environment.mechanism, "ppi");
	ck_assert_str_eq(environment.backing_timer, "own");
	ck_assert_str_eq(environment.physical_cpus, "0");
	ck_assert_str_eq(environment.hypervisor, "none seen");
	ck_assert_str_ne(environment.kernel, "unknown");
	ck_assert_str_ne(environment.cpus_online, "unknown");
	ck_assert_uint_gt(environment.hz, 0);
	ck_assert(environment.instructions && environment.insn_proven);
	ck_assert_uint_eq(environment.insn_shift, 3);
	json_decref(document);
}
END_TEST

/* A claim at the beginning, proven or refuted at the end. */
START_TEST(the_unit_is_claimed_before_it_is_proven)
{
#define CLAIM	"\"emulation\": {\"emulator\": \"e\", \"icount_shift\": 2}"
	static const struct {
		const char *text;
		bool instructions, proven;
	} document[] = {
		{ "{" CLAIM "}", true, false },
		{ "{" CLAIM ", \"instructions\": true, \"insn_shift\": 2}", true, true },
		{ "{" CLAIM ", \"instructions\": false}", false, false },
		{ "{\"emulation\": {\"emulator\": \"e\"}}", false, false },
		{ "{\"emulation\": {\"icount_shift\": 11}}", false, false },
		{ "{\"emulation\": {\"icount_shift\": \"2\"}}", false, false },
	};
	struct environment e;

	for (size_t i = 0; i < sizeof(document) / sizeof(document[0]); i++) {
		ck_assert_int_eq(environment_read(document[i].text, &e), 0);
		ck_assert_int_eq(e.instructions, document[i].instructions);
		ck_assert_int_eq(e.insn_proven, document[i].proven);
		ck_assert_uint_eq(e.insn_shift, e.instructions ? 2 : 0);
	}
}
END_TEST

START_TEST(a_claimed_clock_is_checked_by_the_loop)
{
	struct xlat_probe probe = { .loop_insn = 100000, .loop_ticks = 50000 };
	const uint64_t hz = 62500000;

	ck_assert(insn_clock_agrees(&probe, hz, 3));
	ck_assert(!insn_clock_agrees(&probe, hz, 2));
	ck_assert(!insn_clock_agrees(&probe, hz, 4));
	probe.loop_ticks = 50499;
	ck_assert(insn_clock_agrees(&probe, hz, 3));
	probe.loop_ticks = 50501;
	ck_assert(!insn_clock_agrees(&probe, hz, 3));
	probe.loop_insn = 0;
	ck_assert(!insn_clock_agrees(&probe, hz, 3));
	ck_assert(insn_clock_ns(&probe, hz) == 0);
}
END_TEST

START_TEST(without_a_measurement_there_is_no_claim)
{
	struct hostenv_request request = { .source = -1, .icount_shift = -1 };
	json_t *document = hostenv_collect(&request);

	ck_assert_ptr_nonnull(document);
	ck_assert_ptr_null(json_object_get(json_object_get(document, "cpu"),
					   "measured"));
	ck_assert_ptr_null(json_object_get(json_object_get(document, "idle"),
					   "policy"));
	ck_assert_ptr_null(json_object_get(document, "physical_cpus"));
	json_decref(document);
}
END_TEST

START_TEST(an_owner_is_named_in_one_way)
{
	struct xlat_source_info s = {
		.state = XLAT_SOURCE_OWNED, .intid = 27, .owner = "arch_timer",
	};
	char text[128];

	ck_assert_str_eq(hostenv_why_not(&s, text, sizeof(text)),
			 "PPI 27 belongs to 'arch_timer'");
	s.state = XLAT_SOURCE_ABSENT;
	ck_assert_str_eq(hostenv_why_not(&s, text, sizeof(text)),
			 "not on this machine");
}
END_TEST

START_TEST(the_hosts_document_places_the_guest)
{
	struct environment environment;
	json_t *host = json_pack("{s:o}", "xen", xen());
	json_t *guest = json_pack("{s:{s:s}, s:{s:s, s:s}}",
				  "cpu", "measured", "0-1", "hypervisor",
				  "type", "xen", "uuid", SCRATCH);

	json_object_set_new(json_object_get(host, "xen"), "version",
			    json_string("4.17.4"));
	hostenv_attach_host(guest, host);
	read_back(guest, &environment);
	ck_assert_str_eq(environment.physical_cpus, "2-3,5-6");
	ck_assert_str_eq(environment.hypervisor, "xen 4.17.4");
	json_decref(guest);
	json_decref(host);
}
END_TEST

START_TEST(nothing_known_is_unknown)
{
	static const char *const damaged[] = {
		"", "{", "[]", "3", "{\"scenario\": 7, \"kernel\": []}",
		"{\"instructions\": true, \"insn_shift\": 4000000000}",
	};
	struct environment environment;

	ck_assert_int_eq(environment_read(NULL, &environment), 0);
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		environment_read(damaged[i], &environment);
		ck_assert_str_eq(environment.scenario, "unknown");
		ck_assert_str_eq(environment.mechanism, "unknown");
		ck_assert_uint_eq(environment.hz, 0);
		ck_assert(!environment.instructions);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostenv");

	unit_add(suite, commands_are_given_a_time);
	unit_add(suite, pinning_is_read_from_xl);
	unit_add(suite, a_domain_is_found_by_its_uuid);
	unit_add(suite, private_interrupts_of_any_number);
	unit_add(suite, the_rate_travels_with_the_recording);
	unit_add(suite, both_sides_have_the_same_facts);
	unit_add(suite, the_unit_is_claimed_before_it_is_proven);
	unit_add(suite, a_claimed_clock_is_checked_by_the_loop);
	unit_add(suite, without_a_measurement_there_is_no_claim);
	unit_add(suite, an_owner_is_named_in_one_way);
	unit_add(suite, the_hosts_document_places_the_guest);
	unit_add(suite, nothing_known_is_unknown);
	return unit_run(suite);
}
