// SPDX-License-Identifier: MIT
/* The CPUs of fake machines, from their /proc and /sys. */
#include <string.h>

#include "user/data/environment.h"
#include "user/record/hostenv.h"
#include "fake_root.h"
#include "tests/unit/unit.h"

#define SYS_CPU	"/sys/devices/system/cpu/"
#define EVENT(n) "/sys/devices/system/clockevents/clockevent" n "/current_device"

static const char *text_in(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *online(void)
{
	static char text[CLI_CPUS_TEXT];
	struct cli_cpus cpus;

	ck_assert_int_eq(hostenv_online(&cpus), 0);
	return cli_format_cpus(&cpus, text, sizeof(text));
}

/* The kernel's interrupts are on CPUs 4 and 5; the container says otherwise. */
START_TEST(a_container_cannot_hide_the_cpus)
{
	fake_root_put(SYS_CPU "online", "0-1\n");
	ck_assert_str_eq(online(), "0-1");
	fake_root_put("/proc/interrupts", "            CPU4       CPU5       \n"
		      " 11:       5    7     GIC-0  27 Level     arch_timer\n");
	ck_assert_str_eq(online(), "4-5");
}
END_TEST

START_TEST(long_lists_of_cpus_are_read_whole)
{
	static char list[32768], back[32768];
	char *at = list;

	for (int cpu = 1; cpu < 8192; cpu += 2)
		at += sprintf(at, "%s%d", cpu > 1 ? "," : "", cpu);
	fake_root_put(SYS_CPU "online", list);
	strcpy(back, online());
	ck_assert_str_eq(back, list);
	at = list;
	for (int cpu = 0; cpu < 1024; cpu++)
		at += sprintf(at, "CPU%-8d", cpu);
	fake_root_put("/proc/interrupts", list);
	ck_assert_str_eq(online(), "0-1023");
}
END_TEST

static json_t *document_of(const char *cpus)
{
	struct cli_cpus measured;
	struct hostenv_request request = {
		.measured = &measured, .icount_shift = -1,
	};
	json_t *document;

	ck_assert_int_eq(cli_parse_cpus(cpus, &measured), 0);
	document = hostenv_collect(&request);
	ck_assert_ptr_nonnull(document);
	return document;
}

/* The recording has the number of every measured CPU. */
START_TEST(the_measured_cpus_are_written_whole)
{
	static char list[8192];
	char *at = list;
	json_t *document;

	for (int cpu = 0; cpu < 1024; cpu += 2)
		at += sprintf(at, "%s%d", cpu ? "," : "", cpu);
	document = document_of(list);
	ck_assert_str_eq(text_in(json_object_get(document, "cpu"), "measured"),
			 list);
	json_decref(document);
}
END_TEST

START_TEST(without_proc_and_sys_the_scheduler_is_asked)
{
	json_t *document;

	ck_assert_str_ne(online(), "");
	document = document_of("0");
	ck_assert_str_eq(text_in(document, "mechanism"), "unknown");
	ck_assert_str_eq(text_in(json_object_get(document, "cpu"), "model"),
			 "unknown");
	json_decref(document);
}
END_TEST

/* The clock event device of CPU 0 on arm64 after that CPU went offline. */
START_TEST(an_offline_cpu_0_does_not_hide_the_mechanism)
{
	json_t *document;

	fake_root_put("/proc/interrupts", "           CPU1\n");
	fake_root_put(EVENT("0"), "");
	fake_root_put(EVENT("1"), "lapic-deadline\n");
	document = document_of("1");
	ck_assert_str_eq(text_in(document, "mechanism"), "lapic");
	ck_assert_str_eq(text_in(document, "backing_timer"), "lapic-deadline");
	json_decref(document);
}
END_TEST

static const char big_little[] =
	"processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n\n"
	"processor\t: 4\nCPU implementer\t: 0x41\nCPU part\t: 0xd09\n\n";

static const char *model_of(const char *cpus)
{
	static struct environment facts;
	json_t *document = document_of(cpus);
	char *text = json_dumps(document, 0);

	ck_assert_int_eq(environment_read(text, &facts), 0);
	free(text);
	json_decref(document);
	return facts.cpu_model;
}

START_TEST(each_measured_cpu_has_its_model)
{
	fake_root_put("/proc/cpuinfo", big_little);
	ck_assert_str_eq(model_of("0"), "implementer 0x41 part 0xd03");
	ck_assert_str_eq(model_of("4"), "implementer 0x41 part 0xd09");
	ck_assert_str_eq(model_of("0,4"),
			 "0:implementer 0x41 part 0xd03, 4:implementer 0x41 part 0xd09");
	ck_assert_str_eq(model_of("7"), "unknown");
}
END_TEST

/* A container does not renumber the kernel's register files. */
START_TEST(the_identification_register_is_believed_first)
{
	fake_root_put("/proc/cpuinfo", big_little);
	fake_root_put(SYS_CPU "cpu0/regs/identification/midr_el1",
		      "0x00000000410fd034\n");
	fake_root_put(SYS_CPU "cpu7/regs/identification/midr_el1",
		      "0x00000000410fd083\n");
	ck_assert_str_eq(model_of("0"), "implementer 0x41 part 0xd03");
	ck_assert_str_eq(model_of("7"), "implementer 0x41 part 0xd08");
}
END_TEST

START_TEST(x86_has_a_name)
{
	fake_root_put("/proc/cpuinfo",
		      "processor\t: 0\nmodel\t\t: 85\nmodel name\t: A 1\n\n"
		      "processor\t: 1\nmodel\t\t: 85\nmodel name\t: A 1\n\n");
	ck_assert_str_eq(model_of("0-1"), "A 1");
	/* renumbered, but all values are equal */
	ck_assert_str_eq(model_of("5"), "A 1");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostenv_cpu");

	unit_between(fake_root_make, fake_root_drop);
	unit_add(suite, a_container_cannot_hide_the_cpus);
	unit_add(suite, long_lists_of_cpus_are_read_whole);
	unit_add(suite, the_measured_cpus_are_written_whole);
	unit_add(suite, without_proc_and_sys_the_scheduler_is_asked);
	unit_add(suite, an_offline_cpu_0_does_not_hide_the_mechanism);
	unit_add(suite, each_measured_cpu_has_its_model);
	unit_add(suite, the_identification_register_is_believed_first);
	unit_add(suite, x86_has_a_name);
	return unit_run(suite);
}
