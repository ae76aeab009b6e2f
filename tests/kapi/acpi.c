// SPDX-License-Identifier: GPL-2.0
/*
 * A machine that ACPI describes. The raw timers need a device tree: a request
 * for them fails with one line that says so. hrtimer works.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ktap.h"
#include "said.h"
#include "session.h"

static void check_raw(uint32_t source)
{
	const char *name = source_name(source);
	char text[160];
	struct session s;

	ktap_ok(!source_free(source), "%s is not free", name);
	session_init(&s, source, 1, 1000000);
	ktap_is(session_begin(&s), -EOPNOTSUPP, "it cannot be set up");
	session_close(&s);
	snprintf(text, sizeof(text), "record -q -o /tmp/raw.xlat --source %s -l 100",
		 name);
	ktap_is(said_by_reader(text), 1, "record: exit code");
	snprintf(text, sizeof(text),
		 "xlat-read: source %s: this machine is described by ACPI, raw timers need a device tree: use --source hrtimer\n",
		 name);
	ktap_ok(!strcmp(said, text), "it says why and what to do, nothing else");
	ktap_ok(access("/tmp/raw.xlat", F_OK), "no file was made");
}

static void check_hrtimer(void)
{
	ktap_ok(source_free(XLAT_SOURCE_HRTIMER), "hrtimer is free");
	ktap_is(said_by_reader("record -q -o /tmp/run.xlat --source all -l 500"), 0,
		"record --source all: exit code");
	said_check("source phys is left out");
	said_check("source virt is left out");
	ktap_is(said_by_reader("report /tmp/run.hrtimer.xlat"), 0,
		"its report: exit code");
	said_check("lossless: ");
}

int main(void)
{
	ktap_ok(!access("/sys/firmware/acpi/tables/GTDT", F_OK),
		"the machine has ACPI");
	ktap_is(said_by_reader("info"), 0, "info: exit code");
	said_check("hypervisor  unknown, role unknown\n");
	said_check("this machine is described by ACPI: the raw timers phys and virt need a device tree, hrtimer works");
	check_raw(XLAT_SOURCE_PHYS);
	check_raw(XLAT_SOURCE_VIRT);
	check_hrtimer();
	return ktap_end();
}
