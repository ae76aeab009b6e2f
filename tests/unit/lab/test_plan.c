// SPDX-License-Identifier: GPL-2.0
/* Matrix files: their cells, and the place and reason of a refusal. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab/plan/plan_read.h"
#include "tests/unit/unit.h"

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

static struct plan plan;
static char message[512];

static int read_text(const char *text)
{
	plan_free(&plan);
	message[0] = '\0';
	return plan_read(&plan, text, "x.cfg", NULL, message);
}

static void must_read(const char *text)
{
	ck_assert_msg(!read_text(text), "%s", message);
}

static const struct settings *of(const char *cell)
{
	const struct plan_cell *found = plan_find(&plan, cell);

	ck_assert_msg(found != NULL, "no cell %s", cell);
	return &found->settings;
}

static void assert_setting(const char *cell, enum setting s, const char *value)
{
	ck_assert_str_eq(settings_text(of(cell), s), value);
}

#define CENTRES \
	"centres: { today: { pinning = \"no\"; };\n" \
	"  recommended: { pinning = \"yes\"; vwfi = \"native\"; }; };\n" \
	"loads = ( { name = \"contended\"; competitor = \"domain\";\n" \
	"  settle = \"100ms\"; } );\n"

START_TEST(a_cell_takes_defaults_and_its_own)
{
	must_read("name = \"t\"; defaults: { samples = 777; period = \"2ms\"; };"
		  "cells = ( { name = \"a\"; period = \"3ms\"; } );");
	ck_assert_str_eq(plan.name, "t");
	ck_assert_uint_eq(plan.count, 1);
	assert_setting("a", SET_SAMPLES, "777");
	assert_setting("a", SET_PERIOD, "3ms");
	assert_setting("a", SET_MACHINE, "xen");
	assert_setting("a", SET_HYPERVISOR, "debian-4.17");
	ck_assert_str_eq(plan.cells[0].load, "idle");
	ck_assert_str_eq(plan.cells[0].centre, "");
}
END_TEST

START_TEST(factors_vary_one_setting_of_each_centre)
{
	must_read("name = \"t\";" CENTRES
		  "factors = ( { setting = \"vwfi\";"
		  "  levels = (\"trap\", \"native\");"
		  "  centres = (\"today\", \"recommended\");"
		  "  loads = (\"idle\", \"contended\"); } );");
	/* both centres under both loads, and the cells that differ from each */
	ck_assert_uint_eq(plan.count, 8);
	assert_setting("today", SET_VWFI, "trap");
	assert_setting("today-vwfi-native", SET_VWFI, "native");
	assert_setting("today-vwfi-native", SET_PINNING, "no");
	assert_setting("recommended-vwfi-trap", SET_VWFI, "trap");
	assert_setting("recommended-contended-vwfi-trap", SET_COMPETITOR, "domain");
	assert_setting("recommended-contended-vwfi-trap", SET_PINNING, "yes");
	ck_assert_str_eq(plan_find(&plan, "today-contended")->load,
			 "contended");
	ck_assert_str_eq(plan_find(&plan, "today-contended")->factor, "");
	ck_assert_str_eq(plan_find(&plan, "today-vwfi-native")->factor, "vwfi");
	ck_assert_str_eq(plan_find(&plan, "today-vwfi-native")->level,
			 "native");
}
END_TEST

START_TEST(a_level_may_bring_what_it_needs)
{
	must_read("name = \"t\";" CENTRES
		  "factors = ( { setting = \"scheduler\"; levels = ("
		  "  { value = \"rtds\"; hypervisor = \"all-4.17\";"
		  "    scheduler_parameters = \"-p 1000 -b 500\"; } );"
		  "  centres = (\"today\"); loads = (\"idle\"); } );");
	assert_setting("today-scheduler-rtds", SET_HYPERVISOR, "all-4.17");
	assert_setting("today-scheduler-rtds", SET_SCHEDULER_PARAMETERS, "-p 1000 -b 500");
}
END_TEST

START_TEST(boards_only_is_a_cell_too)
{
	must_read("name = \"t\"; cells = ( { name = \"caches\";"
		  "  not_measurable = \"one clock\"; } );");
	ck_assert_str_eq(plan.cells[0].not_measurable, "one clock");
}
END_TEST

START_TEST(sources_may_be_several)
{
	must_read("name = \"t\"; cells = ( { name = \"a\";"
		  "  source = \"hrtimer phys\"; } );");
	ck_assert(settings_has(of("a"), SET_SOURCE, "hrtimer"));
	ck_assert(settings_has(of("a"), SET_SOURCE, "phys"));
	ck_assert(!settings_has(of("a"), SET_SOURCE, "virt"));
	ck_assert(!settings_has(of("a"), SET_SOURCE, "hrtimer phys"));
}
END_TEST

START_TEST(what_does_not_apply_is_dropped)
{
	must_read("name = \"t\"; defaults: { scheduler = \"credit\";"
		  "  pinning = \"yes\"; vcpus = 2; competitor_cpu = \"other\";"
		  "  kernel_options = \"quiet\"; };"
		  "cells = ( { name = \"n\"; machine = \"native\"; },"
		  " { name = \"0\"; domain = \"dom0\"; },"
		  " { name = \"b\"; guest = \"bare-metal\"; source = \"virt\"; } );");
	assert_setting("n", SET_SCHEDULER, "-");
	assert_setting("n", SET_PINNING, "-");
	assert_setting("n", SET_HYPERVISOR, "none");
	assert_setting("n", SET_VWFI, "-");
	assert_setting("n", SET_VCPUS, "-");
	assert_setting("n", SET_COMPETITOR_CPU, "-");
	assert_setting("n", SET_XEN_OPTIONS, "-");
	assert_setting("n", SET_SCHEDULER_PARAMETERS, "-");
	assert_setting("n", SET_DEBUG, "-");
	assert_setting("n", SET_TIMER_SLOP, "-");
	assert_setting("n", SET_CNTP, "-");
	assert_setting("n", SET_DOMAIN, "-");
	assert_setting("n", SET_KERNEL_OPTIONS, "quiet");
	assert_setting("0", SET_VCPUS, "-");
	assert_setting("0", SET_SCHEDULER, "credit");
	assert_setting("b", SET_IDLE, "wfi");
	assert_setting("b", SET_VCPUS, "1");
	assert_setting("b", SET_KERNEL_OPTIONS, "");
	assert_setting("b", SET_SCHEDULER, "credit");
}
END_TEST

/* A level may make settings of its centre inapplicable: no contradiction. */
START_TEST(what_does_not_apply_to_a_level_is_dropped)
{
	must_read("name = \"t\";" CENTRES "factors = ( { setting = \"machine\";"
		  "  levels = (\"native\"); centres = (\"recommended\");"
		  "  loads = (\"idle\"); } );");
	assert_setting("recommended-machine-native", SET_PINNING, "-");
	assert_setting("recommended-machine-native", SET_VWFI, "-");
}
END_TEST

START_TEST(who_is_pinned_has_its_cpu_alone)
{
	must_read("name = \"t\"; defaults: { competitor = \"domain\"; };"
		  "cells = ( { name = \"a\"; pinning = \"no\"; },"
		  " { name = \"b\"; pinning = \"yes\"; },"
		  " { name = \"c\"; pinning = \"yes\";"
		  "   competitor_cpu = \"measured\"; } );");
	assert_setting("a", SET_COMPETITOR_CPU, "measured");
	assert_setting("b", SET_COMPETITOR_CPU, "other");
	assert_setting("c", SET_COMPETITOR_CPU, "measured");
}
END_TEST

START_TEST(a_kernel_is_dom0s_too)
{
	must_read("name = \"t\"; defaults: { kernel = \"debian-6.12\"; };"
		  "cells = ( { name = \"l\"; machine = \"native\"; },"
		  " { name = \"b\"; guest = \"bare-metal\"; },"
		  " { name = \"n\"; guest = \"bare-metal\";"
		  "   machine = \"native\"; } );");
	assert_setting("l", SET_KERNEL, "debian-6.12");
	assert_setting("b", SET_KERNEL, "debian-6.12");
	assert_setting("n", SET_KERNEL, "debian-6.1");
}
END_TEST

START_TEST(a_dom0less_domain_has_no_xl)
{
	must_read("name = \"t\"; defaults: { pinning = \"yes\"; };"
		  "cells = ( { name = \"d\"; guest = \"bare-metal\";"
		  "  domain = \"dom0less\"; } );");
	assert_setting("d", SET_PINNING, "-");
	assert_setting("d", SET_VCPUS, "-");
	assert_setting("d", SET_SCHEDULER, "credit2");
	assert_setting("d", SET_VWFI, "trap");
}
END_TEST

#define DOM0LESS "guest = \"bare-metal\";\ndomain = \"dom0less\";\n"
#define SLOTS \
	"hypervisor = \"v\"; vcpus = 1; cpus = \"0\";\n" \
	"scheduler = \"arinc653\";\n"

START_TEST(slots_are_shared_with_the_busy_domain)
{
	must_read("name = \"t\"; cells = ( { name = \"a\"; pinning = \"yes\";"
		  SLOTS "competitor = \"domain\"; scheduler_parameters ="
		  " \"major=2ms domu:0=1ms busy:0=1000us\"; } );");
	assert_setting("a", SET_COMPETITOR_CPU, "measured");
}
END_TEST

#define BAD(cell) "name = \"t\";\ncells = ( {\n name = \"a\";\n" cell "\n} );"

static const struct {
	const char *text, *place, *says;
} bad[] = {
	{ "name = \"t\"; cells = (", "x.cfg:1:", "syntax error" },
	{ "name = \"t\";\n\ncells = ( { name = \"a\" } ) )", "x.cfg:3:",
	  "syntax error" },
	{ "cells = ( { name = \"a\"; } );", "x.cfg:1:", "no name" },
	{ "name = \"t\";", "x.cfg:1:", "no cells" },
	{ "name = \"t\";\ncell = ( );", "x.cfg:2:", "unknown key \"cell\"" },
	{ "name = \"t\";\ncells = { };", "x.cfg:2:", "list" },
	{ "name = \"t\";\ncells = ( 1 );", "x.cfg:2:", "group" },
	{ "name = \"t\";\ncells = ( { vwfi = \"trap\"; } );", "x.cfg:2:",
	  "without a name" },
	{ "name = \"t\";\ncells = ( { name = \"a/b\"; } );", "x.cfg:2:",
	  "a cell's name" },
	{ "name = \"t\";\ncells = ( { name = \"a\"; },\n{ name = \"a\"; } );",
	  "x.cfg:3:", "a second cell" },
	{ BAD("vwfy = \"trap\";"), "x.cfg:4:", "unknown setting \"vwfy\"" },
	{ BAD("vwfi = \"maybe\";"), "x.cfg:4:", "not one of trap native" },
	{ BAD("vwfi = \"\";"), "x.cfg:4:", "not one of" },
	{ BAD("vwfi = true;"), "x.cfg:4:", "a number or a text" },
	{ BAD("vwfi = 1.5;"), "x.cfg:4:", "a number or a text" },
	{ BAD("samples = 0;"), "x.cfg:4:", "not a number from 1" },
	{ BAD("samples = 10000001;"), "x.cfg:4:", "not a number from 1" },
	{ BAD("samples = \"many\";"), "x.cfg:4:", "not a number" },
	{ BAD("period = \"1009\";"), "x.cfg:4:", "not a time" },
	{ BAD("period = \"1000000000ns\";"), "x.cfg:4:", "not a time" },
	{ BAD("period = \"1 ms\";"), "x.cfg:4:", "not a time" },
	{ BAD("period = \"11s\";"), "x.cfg:4:", "1us to 10s" },
	{ BAD("period = \"9us\";"), "x.cfg:4:", "10us" },
	{ BAD("source = \"phys rtc\";"), "x.cfg:4:", "one or several" },
	{ BAD("source = \"phys  virt\";"), "x.cfg:4:", "one or several" },
	{ BAD("source = \"phys \";"), "x.cfg:4:", "one or several" },
	{ BAD("source = \"phys hrtimer phys\";"), "x.cfg:4:", "one or several" },
	{ BAD("pinning = \"yes no\";"), "x.cfg:4:", "not one of yes no" },
	{ BAD("cpus = \"1,1\";"), "x.cfg:4:", "in order" },
	{ BAD("cpus = \"2\";"), "x.cfg:4:", "no such CPU" },
	{ BAD("cpus = \"3,2\";"), "x.cfg:4:", "in order" },
	{ BAD("cpus = \"3\";"), "x.cfg:4:", "no such CPU" },
	{ BAD("guest = \"bare-metal\"; pinning = \"yes\";\ncpus = \"2\";"),
	  "x.cfg:5:", "no such CPU" },
	{ BAD("xen_options = \"a \\\" b\";"), "x.cfg:4:", "quote" },
	{ BAD("vwfi = \"trap\";\nxen_options = \"loglvl=all vwfi=native\";"),
	  "x.cfg:5:", "this setting's" },
	{ BAD("xen_options = \"sched=rtds\";"), "x.cfg:4:", "scheduler" },
	{ BAD("xen_options = \"timer_slop=0\";"), "x.cfg:4:", "timer_slop" },
	{ BAD("xen_options = \"vcntp=native\";"), "x.cfg:4:", "cntp" },
	{ BAD("hypervisor = \"../x\";"), "x.cfg:4:", "not a name" },
	{ BAD("machine = \"native\"; scheduler = \"credit\";"), "x.cfg:4:",
	  "does not apply" },
	{ BAD("machine = \"native\"; hypervisor = \"debian-4.17\";"),
	  "x.cfg:4:", "does not apply" },
	{ BAD("hypervisor = \"none\";"), "x.cfg:4:", "needs a hypervisor" },
	{ BAD("cntp = \"native\";"), "x.cfg:4:", "patched Xen" },
	{ BAD("scheduler = \"null\";"), "x.cfg:4:", "credit and credit2 only" },
	{ BAD("debug = \"yes\";"), "x.cfg:4:", "without DEBUG" },
	{ BAD("hypervisor = \"v\";\nscheduler = \"null\";\n"
	      "competitor = \"domain\";"), "x.cfg:6:", "nothing competes" },
	{ BAD("hypervisor = \"v\";\nscheduler = \"null\";\n"
	      "scheduler_parameters = \"-p 1\";"), "x.cfg:6:",
	  "no parameters" },
	{ BAD(SLOTS), "x.cfg:5:", "no major=TIME" },
	{ BAD(SLOTS "scheduler_parameters = \"major=2ms\";"), "x.cfg:6:",
	  "no DOMAIN:VCPU=TIME" },
	{ BAD(SLOTS "scheduler_parameters = \"major=2 domu:0=1ms\";"),
	  "x.cfg:6:", "no time with its unit" },
	{ BAD(SLOTS "scheduler_parameters = \"major=2ms domu=1ms\";"),
	  "x.cfg:6:", "neither major=TIME" },
	{ BAD(SLOTS "scheduler_parameters ="
	      " \"major=2ms domu:0=1ms busy:0=1001us\";"), "x.cfg:6:",
	  "longer than its major frame" },
	{ BAD(SLOTS "scheduler_parameters = \"major=2ms busy:0=1ms\";"),
	  "x.cfg:6:", "never runs" },
	{ BAD(SLOTS "scheduler_parameters = \"major=2ms domu:0=1ms\";\n"
	      "competitor = \"domain\";"), "x.cfg:7:", "never runs" },
	{ BAD(SLOTS "scheduler_parameters ="
	      " \"major=2ms domu:0=1ms dom0:0=1ms\";"), "x.cfg:6:",
	  "slots are those" },
	{ BAD("hypervisor = \"v\"; scheduler = \"arinc653\";\nvcpus = 2;"),
	  "x.cfg:5:", "one pCPU" },
	{ BAD("guest = \"bare-metal\";\nsource = \"hrtimer\";"), "x.cfg:",
	  "hrtimer is Linux's" },
	{ BAD("guest = \"bare-metal\";\ndomain = \"dom0\";"), "x.cfg:",
	  "dom0 is Linux" },
	{ BAD("guest = \"bare-metal\"; machine = \"native-vhe\";"), "x.cfg:4:",
	  "EL1" },
	{ BAD("guest = \"bare-metal\"; competitor = \"spinner\";"),
	  "x.cfg:4:", "process of Linux" },
	{ BAD("guest = \"bare-metal\"; idle = \"keep\";"), "x.cfg:4:",
	  "shallow and keep" },
	{ BAD("guest = \"bare-metal\"; source = \"phys virt\";\n"
	      "phases = 33;"), "x.cfg:5:", "bare metal takes 64" },
	{ BAD("idle = \"wfi\";"), "x.cfg:4:", "shallow and keep" },
	{ BAD("source = \"virt\";"), "x.cfg:4:", "Linux's tick" },
	{ BAD("machine = \"native-el2\"; source = \"phys\";"), "x.cfg:4:",
	  "Linux's tick" },
	{ BAD("machine = \"native-acpi\"; source = \"phys\";"), "x.cfg:4:",
	  "hrtimers only" },
	{ BAD("machine = \"native\"; competitor = \"domain\";"), "x.cfg:4:",
	  "no domains" },
	{ BAD("domain = \"dom0\"; competitor = \"domain\";"), "x.cfg:4:",
	  "competes with a domU" },
	{ BAD("competitor = \"domain\"; competitor_cpu = \"other\";"),
	  "x.cfg:4:", "only pinning" },
	{ BAD("competitor_cpu = \"other\";"), "x.cfg:4:", "does not apply" },
	{ BAD("kernel = \"debian-5.10\";"), "x.cfg:4:",
	  "not one of debian-6.1 debian-6.12" },
	{ BAD("guest = \"bare-metal\"; machine = \"native\";\n"
	      "kernel = \"debian-6.12\";"), "x.cfg:5:", "does not apply" },
	{ BAD(DOM0LESS "kernel = \"debian-6.12\";"), "x.cfg:6:",
	  "does not apply" },
	{ BAD("domain = \"dom0less\";"), "x.cfg:4:", "no way to send" },
	{ BAD("domain = \"dom0\";\nscheduler_parameters = \"-w 512\";"),
	  "x.cfg:5:", "not dom0's" },
	{ BAD(DOM0LESS "pinning = \"yes\";"), "x.cfg:6:",
	  "pinning = \"yes\" contradicts domain = \"dom0less\"" },
	{ BAD(DOM0LESS "vcpus = 2;"), "x.cfg:6:", "does not apply" },
	{ BAD(DOM0LESS "competitor = \"domain\";"), "x.cfg:6:",
	  "competes with a domU" },
	{ BAD(DOM0LESS "hypervisor = \"v\"; scheduler = \"rtds\";\n"
	      "scheduler_parameters = \"-p 1000\";"), "x.cfg:7:",
	  "xl sets them" },
	{ BAD(DOM0LESS "hypervisor = \"v\"; scheduler = \"arinc653\";"),
	  "x.cfg:6:", "set from a dom0" },
	{ BAD("period = \"100us\";\ndither = \"51us\";"), "x.cfg:", "half" },
	{ BAD("phase = \"staggered\"; phases = 2;"), "x.cfg:4:", "one phase" },
	{ BAD("samples = 50;"), "x.cfg:4:", "cold" },
	{ BAD("samples = 100;"), "x.cfg:4:", "cold" },
	{ "name = \"t\";\ndefaults: {\n vwfi = \"x\"; };\n"
	  "cells = ( { name = \"a\"; } );", "x.cfg:3:", "not one of" },
	{ "name = \"t\";\ncentres: { a: {\n foo = 1; }; };\n"
	  "cells = ( { name = \"a\"; } );", "x.cfg:3:", "unknown setting" },
	{ "name = \"t\";\nloads = (\n { competitor = \"none\"; } );\n"
	  "cells = ( { name = \"a\"; } );", "x.cfg:3:", "without a name" },
	{ "name = \"t\";" CENTRES "factors = ( {\n setting = \"color\";"
	  " levels = (\"a\"); centres = (\"today\"); loads = (\"idle\"); } );",
	  "x.cfg:", "\"color\" is none" },
	{ "name = \"t\";" CENTRES "factors = ( { setting = \"vwfi\";"
	  " levels = ( ); centres = (\"today\"); loads = (\"idle\"); } );",
	  "x.cfg:", "something in it" },
	{ "name = \"t\";" CENTRES "factors = ( { setting = \"vwfi\";"
	  " levels = (\"trap\"); centres = (\"tomorrow\");"
	  " loads = (\"idle\"); } );", "x.cfg:", "no centre \"tomorrow\"" },
	{ "name = \"t\";" CENTRES "factors = ( { setting = \"vwfi\";"
	  " levels = (\"trap\"); centres = (\"today\");"
	  " loads = (\"heavy\"); } );", "x.cfg:", "no load \"heavy\"" },
	{ "name = \"t\";" CENTRES "factors = ( { setting = \"vwfi\";"
	  " levels = ( { vwfi = \"trap\"; } ); centres = (\"today\");"
	  " loads = (\"idle\"); } );", "x.cfg:", "without a value" },
	{ "name = \"t\";" CENTRES "factors = ( { setting = \"vwfi\";"
	  " level = (\"trap\"); centres = (\"today\"); loads = (\"idle\"); } );",
	  "x.cfg:", "unknown key \"level\"" },
	{ "@include \"nowhere.cfg\"\nname = \"t\";", "x.cfg:1:",
	  "cannot open include file" },
};

START_TEST(bad_files_are_refused_with_file_and_line)
{
	ck_assert_int_ne(read_text(bad[_i].text), 0);
	ck_assert_msg(!strncmp(message, bad[_i].place, strlen(bad[_i].place)),
		      "\"%s\" is not at %s:\n%s", message, bad[_i].place,
		      bad[_i].text);
	ck_assert_msg(strstr(message, bad[_i].says) != NULL,
		      "\"%s\" does not say \"%s\":\n%s", message, bad[_i].says,
		      bad[_i].text);
}
END_TEST

START_TEST(both_places_of_a_contradiction_are_named)
{
	ck_assert_int_ne(read_text(BAD("hypervisor = \"v\";\n"
		"scheduler = \"null\";\ncompetitor = \"domain\";")), 0);
	ck_assert_msg(strstr(message, "x.cfg:5") != NULL, "%s", message);
	ck_assert_msg(strstr(message, "x.cfg:6") != NULL, "%s", message);
}
END_TEST

/* An error in an included file has the name and line of that file. */
START_TEST(an_included_file_is_blamed_itself)
{
	char directory[] = "/tmp/test-plan-XXXXXX", path[64];
	FILE *f;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/in.cfg", directory);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs("\ndefaults: { vwfi = \"no\"; };\n", f);
	fclose(f);
	plan_free(&plan);
	ck_assert_int_ne(plan_read(&plan, "name = \"t\";\n@include \"in.cfg\"\n"
		"cells = ( { name = \"a\"; } );", "x.cfg", directory,
		message), 0);
	ck_assert_msg(strstr(message, "in.cfg:2: vwfi") != NULL, "%s", message);
	unlink(path);
	rmdir(directory);
}
END_TEST

#define TWO_MACHINES \
	"name = \"t\"; defaults: { guest = \"bare-metal\"; source = \"phys\"; };" \
	"cells = ( { name = \"x\"; hypervisor = \"v\"; }," \
	" { name = \"f\"; hypervisor = \"v\"; cntp = \"native\"; }," \
	" { name = \"n\"; machine = \"native\"; } );"

START_TEST(another_hypervisor_is_put_under_those_that_have_one)
{
	must_read(TWO_MACHINES);
	ck_assert_int_eq(plan_use_hypervisor(&plan, "mine", message), 0);
	assert_setting("x", SET_HYPERVISOR, "mine");
	assert_setting("f", SET_HYPERVISOR, "mine");
	assert_setting("f", SET_CNTP, "native");
	assert_setting("n", SET_HYPERVISOR, "none");
}
END_TEST

START_TEST(another_hypervisor_may_contradict)
{
	must_read(TWO_MACHINES);
	ck_assert_int_ne(plan_use_hypervisor(&plan, "debian-4.17", message), 0);
	ck_assert_msg(strstr(message, "--hypervisor") != NULL, "%s", message);
	ck_assert_msg(strstr(message, "forwards") != NULL, "%s", message);
	must_read(TWO_MACHINES);
	ck_assert_int_ne(plan_use_hypervisor(&plan, "none", message), 0);
	must_read(TWO_MACHINES);
	ck_assert_int_ne(plan_use_hypervisor(&plan, "a/b", message), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("plan");

	unit_add(suite, a_cell_takes_defaults_and_its_own);
	unit_add(suite, factors_vary_one_setting_of_each_centre);
	unit_add(suite, a_level_may_bring_what_it_needs);
	unit_add(suite, boards_only_is_a_cell_too);
	unit_add(suite, sources_may_be_several);
	unit_add(suite, what_does_not_apply_is_dropped);
	unit_add(suite, what_does_not_apply_to_a_level_is_dropped);
	unit_add(suite, who_is_pinned_has_its_cpu_alone);
	unit_add(suite, a_kernel_is_dom0s_too);
	unit_add(suite, a_dom0less_domain_has_no_xl);
	unit_add(suite, slots_are_shared_with_the_busy_domain);
	unit_add(suite, both_places_of_a_contradiction_are_named);
	unit_add(suite, an_included_file_is_blamed_itself);
	unit_add(suite, another_hypervisor_is_put_under_those_that_have_one);
	unit_add(suite, another_hypervisor_may_contradict);
	unit_add_loop(suite, bad_files_are_refused_with_file_and_line, LEN(bad));
	return unit_run(suite);
}
