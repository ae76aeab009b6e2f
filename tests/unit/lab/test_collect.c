// SPDX-License-Identifier: GPL-2.0
/* The recordings that a boot sent over a console. */
#include <sys/stat.h>
#include <zlib.h>

#include "lab/run/cell_collect.h"
#include "lab/plan/plan_read.h"
#include "tests/synthetic.h"
#include "tests/unit/user/unit_home.h"
#include "user/format/file.h"
#include "user/format/textline.h"

#define CELL(settings) \
	"name = \"x\"; cells = ( { name = \"a\"; phases = 1; " \
	"source = \"phys\"; " settings " } );"
#define BARE_DOMU CELL("guest = \"bare-metal\"; domain = \"domu\";")
#define DOMU	"guest-phys-phase-1.log"
#define RUN	"phys-phase-1.xlat"

static uint8_t bytes[1 << 17];
static char why[256];

static void end(void)
{
	static const char *const files[] = {
		RUN, DOMU, "host-phys-phase-1.json", "phys-phase-1/console.log",
		"phys-phase-1/host.json", "phys-phase-1",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		remove(files[i]);
	unit_home_leave();
}

/* A console log with a recording in which one line is missing. */
static void send_without(const char *console, const char *name, uint32_t hole)
{
	FILE *log = fopen(console, "w");
	char line[TEXTLINE_MAX];
	size_t length, at;
	uint32_t n = 0;

	ck_assert_ptr_nonnull(log);
	ck_assert_int_eq(synthetic_write_count(100, RUN), 0);
	length = unit_get(RUN, bytes, sizeof(bytes));
	textline_begin(line, 1, name, TEXTLINE_PLAIN);
	fprintf(log, "(XEN) hello\n%s\r\n", line);
	for (at = 0; at < length; at += TEXTLINE_BYTES, n++) {
		textline_data(line, 1, n, bytes + at,
			      length - at < TEXTLINE_BYTES ? length - at :
							     TEXTLINE_BYTES);
		if (n != hole)
			fprintf(log, "%s\r\n", line);
	}
	textline_end(line, 1, n, length,
		     (uint32_t)crc32(0, bytes, (uInt)length));
	fprintf(log, "%s\r\n", line);
	ck_assert_int_eq(fclose(log), 0);
}

static void send(const char *console)
{
	send_without(console, "phys-phase-1", UINT32_MAX);
}

static int collect(const char *matrix)
{
	struct plan plan = { .count = 0 };
	char message[512] = "";
	int error;

	ck_assert_msg(!plan_read(&plan, matrix, "x.cfg", NULL, message), "%s",
		      message);
	*why = '\0';
	error = cell_collect(&plan.cells[0], ".", why);
	plan_free(&plan);
	return error;
}

static void assert_recorded(const char *in_environment)
{
	struct run run;

	ck_assert_msg(!collect(BARE_DOMU), "%s", why);
	ck_assert_int_eq(file_read(RUN, &run), 0);
	ck_assert(run.complete && !run.damaged_blocks);
	ck_assert_uint_eq(run.cpus[1].sample_count, 100);
	ck_assert_ptr_nonnull(strstr(run.environment, in_environment));
	run_free(&run);
}

static void assert_refused(const char *matrix, const char *words)
{
	ck_assert_int_eq(collect(matrix), -1);
	ck_assert_msg(strstr(why, words), "%s", why);
}

START_TEST(over_the_console_of_a_domu)
{
	send(DOMU);
	assert_recorded("{");
}
END_TEST

START_TEST(with_what_dom0_said_of_the_host)
{
	send(DOMU);
	unit_put("host-phys-phase-1.json", "{\"xen\": {\"scheduler\": \"null\"}}");
	assert_recorded("\"null\"");
}
END_TEST

START_TEST(dom0less_has_a_directory_of_its_own)
{
	ck_assert_int_eq(mkdir("phys-phase-1", 0755), 0);
	send("phys-phase-1/console.log");
	unit_put("phys-phase-1/host.json", "[]");
	assert_refused(CELL("guest = \"bare-metal\"; domain = \"dom0less\";"),
		       "phys-phase-1/host.json: not an object");
}
END_TEST

START_TEST(a_lost_line_is_said)
{
	send_without(DOMU, "phys-phase-1", 30);
	assert_refused(BARE_DOMU, RUN ": 157 lines, 1 missing or damaged");
}
END_TEST

START_TEST(an_earlier_recording_is_not_taken_for_it)
{
	send_without(DOMU, "virt-phase-1", UINT32_MAX);
	ck_assert_int_eq(access(RUN, F_OK), 0);
	assert_refused(BARE_DOMU, "has no recording phys-phase-1");
	ck_assert_int_eq(access(RUN, F_OK), -1);
}
END_TEST

START_TEST(without_a_console)
{
	assert_refused(BARE_DOMU, "cannot read ./" DOMU ": No such file");
}
END_TEST

START_TEST(a_file_that_is_missing)
{
	assert_refused(CELL("machine = \"native\";"),
		       "there is no recording phys-phase-1");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("collect");

	unit_between(unit_home_enter, end);
	unit_add(suite, over_the_console_of_a_domu);
	unit_add(suite, with_what_dom0_said_of_the_host);
	unit_add(suite, dom0less_has_a_directory_of_its_own);
	unit_add(suite, a_lost_line_is_said);
	unit_add(suite, an_earlier_recording_is_not_taken_for_it);
	unit_add(suite, without_a_console);
	unit_add(suite, a_file_that_is_missing);
	return unit_run(suite);
}
