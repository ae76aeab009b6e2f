// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "user/data/environment.h"
#include "tests/unit/unit.h"

static struct environment facts;

static void read_facts(const char *document)
{
	ck_assert_int_eq(environment_read(document, &facts), 0);
}

START_TEST(the_set_up_is_read)
{
	read_facts("{\"kernel\": {\"machine\": \"aarch64\","
		   " \"cmdline\": \"quiet console=hvc0\", \"config_digest\": \"crc32:1\"},"
		   " \"cpu\": {\"model\": \"A53\","
		   " \"governor\": {\"0\": \"performance\", \"1\": \"performance\"}},"
		   " \"emulation\": {\"emulator\": \"QEMU\"}, \"host\": {\"xen\": {"
		   "\"commandline\": \"dom0_mem=1G vwfi=trap vwfi=native\","
		   " \"scheduler\": \"credit2\", \"debug\": \"n\"}}}");
	ck_assert_str_eq(facts.kernel_commandline, "quiet console=hvc0");
	ck_assert_str_eq(facts.config_digest, "crc32:1");
	ck_assert_str_eq(facts.cpu_model, "A53");
	ck_assert_str_eq(facts.governor, "performance");
	ck_assert_str_eq(facts.emulator, "QEMU");
	ck_assert_str_eq(facts.xen_commandline,
			 "dom0_mem=1G vwfi=trap vwfi=native");
	ck_assert_str_eq(facts.scheduler, "credit2");
	ck_assert_str_eq(facts.debug, "n");
	ck_assert_str_eq(facts.vwfi, "native");
}
END_TEST

START_TEST(missing_facts_are_not_guessed)
{
	read_facts("{\"kernel\": {\"machine\": \"aarch64\"},"
		   " \"cpu\": {\"governor\": {\"0\": \"a\", \"1\": \"b\"}}}");
	ck_assert_str_eq(facts.vwfi, "unknown");
	ck_assert_str_eq(facts.scheduler, "unknown");
	ck_assert_str_eq(facts.emulator, "none");
	ck_assert_str_eq(facts.governor, "0:a 1:b");
	read_facts("{\"kernel\": {\"machine\": \"aarch64\"},"
		   " \"xen\": {\"commandline\": \"xvwfi=native\"}}");
	ck_assert_str_eq(facts.vwfi, "trap");
	read_facts("{\"kernel\": {\"machine\": \"x86_64\"},"
		   " \"xen\": {\"commandline\": \"vwfi=native\"}}");
	ck_assert_str_eq(facts.vwfi, "unknown");
	environment_read("[]", &facts);
	ck_assert_str_eq(facts.emulator, "unknown");
}
END_TEST

START_TEST(each_cpu_has_a_model)
{
	read_facts("{\"cpu\": {\"model\": \"several\", \"models\":"
		   " {\"0\": \"A53\", \"1\": \"A53\", \"4\": \"A73\"}}}");
	ck_assert_str_eq(facts.cpu_model, "0-1:A53, 4:A73");
	read_facts("{\"cpu\": {\"models\": {\"4\": \"A73\", \"5\": \"A73\"}}}");
	ck_assert_str_eq(facts.cpu_model, "A73");
	read_facts("{\"cpu\": {\"model\": \"A53\", \"models\": {}}}");
	ck_assert_str_eq(facts.cpu_model, "A53");
}
END_TEST

/* 512 CPUs, no two of them adjacent, in three facts. */
START_TEST(long_lists_are_whole)
{
	static char list[4096], text[3 * 4096], governors[16384], *at;
	int cpu;

	for (cpu = 0; cpu < 1024; cpu += 2)
		sprintf(list + strlen(list), "%s%d", cpu ? "," : "", cpu);
	snprintf(text, sizeof(text), "{\"physical_cpus\": \"%s\","
		 " \"cpu\": {\"online\": \"%s\"}}", list, list);
	read_facts(text);
	ck_assert_str_eq(facts.cpus_online, list);
	ck_assert_str_eq(facts.physical_cpus, list);
	at = governors + sprintf(governors, "{\"cpu\": {\"governor\": {");
	for (cpu = 0; cpu < 1024; cpu++)
		at += sprintf(at, "%s\"%d\":\"%c\"", cpu ? "," : "", cpu,
			      cpu < 1000 ? 'a' : 'b');
	strcpy(at, "}}}");
	read_facts(governors);
	ck_assert_str_eq(facts.governor, "0-999:a 1000-1023:b");
}
END_TEST

#define ON(machine, source) \
	"{\"kernel\": {\"machine\": \"" machine "\"}," \
	" \"timers\": {\"clocksource\": \"" source "\"}}"

START_TEST(a_clock_source_that_fell_back_is_seen)
{
	read_facts(ON("aarch64", "jiffies"));
	ck_assert(facts.clocksource_fell_back);
	ck_assert_str_eq(facts.clocksource, "jiffies");
	read_facts(ON("aarch64", "arch_mem_counter"));
	ck_assert(facts.clocksource_fell_back);
	read_facts(ON("aarch64", "arch_sys_counter"));
	ck_assert(!facts.clocksource_fell_back);
	read_facts(ON("x86_64", "hpet"));
	ck_assert(facts.clocksource_fell_back);
	read_facts(ON("x86_64", "xen"));
	ck_assert(!facts.clocksource_fell_back);
	read_facts(ON("x86_64", "unknown"));
	ck_assert(!facts.clocksource_fell_back);
	read_facts(ON("aarch64", "none"));	/* the bare-metal guest */
	ck_assert(!facts.clocksource_fell_back);
}
END_TEST

START_TEST(the_kernels_clock_is_described)
{
	read_facts("{\"clock\": {\"resolution_ns\": 4000000, \"slew_ppm\": 3.5},"
		   " \"clock_after\": {\"slew_ppm\": -70.25}}");
	ck_assert_uint_eq(facts.resolution_ns, 4000000);
	ck_assert(facts.slew_ppm == -70.25);
	read_facts("{\"clock\": {\"resolution_ns\": -1, \"slew_ppm\": \"unknown\"}}");
	ck_assert_uint_eq(facts.resolution_ns, 0);
	ck_assert(facts.slew_ppm == 0);
}
END_TEST

#define RATE(source, claim) \
	"{\"source\": \"" source "\", \"rate\": {\"claim\": \"" claim "\", \"cntfrq\":" \
	" [{\"hz\": 5, \"cpus\": 1, \"first_cpu\": 0}," \
	" {\"hz\": 0, \"cpus\": 3, \"first_cpu\": 1}]}}"

START_TEST(a_rate_is_unknown_to_raw_timers_only)
{
	read_facts(RATE("phys", "none"));
	ck_assert(facts.rate_unknown);
	ck_assert_str_eq(facts.cntfrq, "5 Hz on 1 CPU (CPU 0), 0 Hz on 3 CPUs (first CPU 1)");
	read_facts(RATE("hrtimer", "none"));
	ck_assert(!facts.rate_unknown);
	read_facts(RATE("phys", "CNTFRQ"));
	ck_assert(!facts.rate_unknown);
	read_facts("{\"source\": \"phys\"}");
	ck_assert(!facts.rate_unknown);
	ck_assert_str_eq(facts.cntfrq, "");
}
END_TEST

START_TEST(no_text_drives_a_terminal)
{
	read_facts("{\"scenario\": \"a\\u001b[2Jb\\u009bc\\nd\\u007f\","
		   " \"kernel\": {\"release\": \"\\u001b\", \"version\": \"\\r\"}}");
	ck_assert_str_eq(facts.scenario, "a?[2Jb?c?d?");
	ck_assert_str_eq(facts.kernel, "? ?");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("environment");

	unit_add(suite, the_set_up_is_read);
	unit_add(suite, missing_facts_are_not_guessed);
	unit_add(suite, each_cpu_has_a_model);
	unit_add(suite, long_lists_are_whole);
	unit_add(suite, a_clock_source_that_fell_back_is_seen);
	unit_add(suite, the_kernels_clock_is_described);
	unit_add(suite, a_rate_is_unknown_to_raw_timers_only);
	unit_add(suite, no_text_drives_a_terminal);
	return unit_run(suite);
}
