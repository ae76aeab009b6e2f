// SPDX-License-Identifier: MIT
/*
 * The whole command xlat-read import, on made-up logs: which file a run
 * goes to, which files are not touched, and the exit code for several runs.
 */
#include <stdio.h>

static FILE *open_log(const char *path, const char *mode);

#define fopen(path, mode)	open_log(path, mode)
#include "user/record/import.c"
#undef fopen

#include "user/cmd/import.c"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/synthetic.h"
#include "user/data/environment.h"
#include "unit_home.h"

#define LOG	"console.log"
#define SAID	"said"
#define FILES	"run.xlat", "a.xlat", "a.xlat.old", "a-2.xlat", "a-3.xlat", \
		"a-4.xlat", "b.xlat", "c.xlat", "unnamed.xlat", "host.json", LOG, SAID

static uint8_t bytes[1 << 17];
static FILE *log_file;

/* The stream delivers its bytes, and then an error. */
static bool broken_log;

static ssize_t read_until_broken(void *cookie, char *to, size_t size)
{
	size_t n = fread(to, 1, size, cookie);

	if (n)
		return (ssize_t)n;
	errno = EIO;
	return -1;
}

static FILE *open_log(const char *path, const char *mode)
{
	const cookie_io_functions_t io = { .read = read_until_broken };
	FILE *file = (fopen)(path, mode);

	return file && broken_log ? fopencookie(file, "r", io) : file;
}

static void begin(void)
{
	unit_home_enter();
	ck_assert_ptr_nonnull(freopen(SAID, "w+", stderr));
	log_file = fopen(LOG, "w");
	ck_assert_ptr_nonnull(log_file);
}

/* Only files that a test may make are left: no temporary file. */
static void end(void)
{
	static const char *const files[] = { FILES };

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		remove(files[i]);
	unit_home_leave();
}

static size_t read_bytes(const char *path)
{
	return unit_get(path, bytes, sizeof(bytes));
}

static void assert_said(const char *words)
{
	fflush(stderr);
	read_bytes(SAID);
	ck_assert_msg(strstr((char *)bytes, words), "said: %s", (char *)bytes);
}

/* The lines for @length bytes, without line number @hole. */
static void send_bytes(uint16_t tag, const char *name, size_t length, size_t hole)
{
	char line[TEXTLINE_MAX];
	uint32_t n = 0;

	textline_begin(line, tag, name, TEXTLINE_PLAIN);
	fprintf(log_file, "%s\r\n", line);
	for (size_t at = 0; at < length; at += TEXTLINE_BYTES, n++) {
		textline_data(line, tag, n, bytes + at,
			      length - at < TEXTLINE_BYTES ? length - at :
							     TEXTLINE_BYTES);
		if (n != hole)
			fprintf(log_file, "%s\r\n", line);
	}
	textline_end(line, tag, n, length, (uint32_t)crc32(0, bytes, (uInt)length));
	fprintf(log_file, "%s\r\n", line);
}

/* A recording of @count samples; the count identifies the file. */
static void send_run(uint16_t tag, const char *name, uint64_t count, bool intact)
{
	ck_assert_int_eq(synthetic_write_count(count, "run.xlat"), 0);
	send_bytes(tag, name, read_bytes("run.xlat"), intact ? SIZE_MAX : 30);
	unlink("run.xlat");
}

#define IMPORT(...) import((char *[]){ "import", __VA_ARGS__, LOG, NULL })

static int import(char **argv)
{
	int argc = 0;

	if (log_file)
		ck_assert_int_eq(fclose(log_file), 0);
	log_file = NULL;
	while (argv[argc])
		argc++;
	return import_command.run(argc, argv);
}

static int import_all(void)
{
	return import((char *[]){ "import", LOG, NULL });
}

static void assert_samples(const char *path, uint64_t count)
{
	struct run run;

	ck_assert_int_eq(file_read(path, &run), 0);
	ck_assert_uint_eq(run.cpu_count, 2);
	ck_assert_uint_eq(run.cpus[1].sample_count, count);
	run_free(&run);
}

START_TEST(intact_runs_come_first)
{
	send_run(1, "a", 10, false);
	send_run(2, "a", 20, true);
	send_run(3, "a-2", 30, true);
	send_run(4, "a", 40, true);
	ck_assert_int_eq(import_all(), EXIT_DAMAGED);
	assert_samples("a.xlat", 20);
	assert_samples("a-2.xlat", 30);
	assert_samples("a-3.xlat", 40);
	ck_assert_int_eq(access("a-4.xlat", F_OK), 0);
	assert_said("a.xlat: ");
	assert_said("a-4.xlat: ");
}
END_TEST

/* Without the begin line, a run has no name. */
START_TEST(nameless_runs_get_names_too)
{
	char text[TEXTLINE_MAX];
	FILE *all = log_file;

	log_file = fopen("run.lines", "w+");
	send_run(1, "a", 10, true);
	rewind(log_file);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), log_file));
	while (fgets(text, sizeof(text), log_file))
		fputs(text, all);
	fclose(log_file);
	unlink("run.lines");
	log_file = all;
	send_run(2, "b", 20, true);
	ck_assert_int_eq(import_all(), EXIT_DAMAGED);
	assert_samples("unnamed.xlat", 10);
	assert_samples("b.xlat", 20);
}
END_TEST

START_TEST(sent_again_is_one_run)
{
	send_run(1, "a", 10, false);
	send_run(1, "a", 10, true);
	ck_assert_int_eq(import_all(), EXIT_GOOD);
	assert_samples("a.xlat", 10);
	ck_assert_int_ne(access("a-2.xlat", F_OK), 0);
	assert_said("1 more of the log were sent again");
}
END_TEST

START_TEST(numbers_do_not_depend_on_the_request)
{
	send_run(1, "a", 10, true);
	send_run(2, "b", 20, true);
	send_run(3, "a", 30, true);
	ck_assert_int_eq(IMPORT("--run=a"), EXIT_GOOD);
	assert_samples("a.xlat", 10);
	assert_samples("a-2.xlat", 30);
	ck_assert_int_ne(access("b.xlat", F_OK), 0);
}
END_TEST

START_TEST(damage_of_one_run_is_reported)
{
	send_run(1, "a", 10, false);
	send_run(2, "b", 20, true);
	ck_assert_int_eq(import_all(), EXIT_DAMAGED);
	assert_samples("b.xlat", 20);
}
END_TEST

/* c.xlat is a directory, so c cannot be written, before or after damage. */
START_TEST(not_written_is_worse_than_damaged)
{
	ck_assert_int_eq(mkdir("c.xlat", 0700), 0);
	send_run(1, "c", 10, true);
	send_run(2, "a", 20, false);
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_said("cannot write c.xlat");
	ck_assert_int_eq(access("a.xlat", F_OK), 0);
}
END_TEST

START_TEST(not_written_is_worse_in_any_order)
{
	ck_assert_int_eq(mkdir("c.xlat", 0700), 0);
	send_run(1, "a", 10, false);
	send_run(2, "c", 20, true);
	send_run(3, "b", 30, true);
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_samples("b.xlat", 30);
}
END_TEST

START_TEST(a_run_named_as_the_log_is_refused)
{
	char name[] = "b.xlat";

	send_run(1, "b", 10, true);
	send_run(2, "a", 20, false);
	ck_assert_int_eq(fclose(log_file), 0);
	log_file = NULL;
	ck_assert_int_eq(rename(LOG, name), 0);
	ck_assert_int_eq(import((char *[]){ "import", name, NULL }), EXIT_USAGE);
	assert_said("b.xlat is the log itself");
	ck_assert_int_eq(access("a.xlat", F_OK), 0);
	read_bytes(name);
	ck_assert_int_eq(memcmp(bytes, "#xlat", 5), 0);
}
END_TEST

START_TEST(the_worst_code_wins)
{
	static const int rising[] = {
		EXIT_GOOD, EXIT_DAMAGED, EXIT_USAGE, EXIT_FAILED,
	};

	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++)
			ck_assert_int_eq(cmd_worse(rising[i], rising[j]),
					 rising[i > j ? i : j]);
}
END_TEST

START_TEST(a_log_that_cannot_be_read_to_its_end)
{
	send_run(1, "a", 10, true);
	unit_put("a.xlat", "old");
	broken_log = true;
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_said("cannot read " LOG ": Input/output error");
	unit_holds("a.xlat", "old");
}
END_TEST

START_TEST(not_a_log)
{
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_said("no intact line");
	ck_assert_int_eq(import((char *[]){ "import", ".", NULL }), EXIT_FAILED);
	assert_said("cannot read .: Is a directory");
	ck_assert_int_eq(import((char *[]){ "import", "none", NULL }),
			 EXIT_FAILED);
	assert_said("cannot read none: No such file");
}
END_TEST

#define NEVER_CAME \
	"INTID 24: the virt timer's interrupt never came (waited 2 s)"

/* The log of a domain has Xen's prefix. */
START_TEST(a_guest_that_stopped_says_why)
{
	fprintf(log_file, "(d1) xlat-guest: 1000 samples, wfi\r\n"
		"(d1) xlat-guest: " NEVER_CAME "\r\n(XEN) a line of Xen's\r\n"
		"(d1) xlat-guest: stopped\r\n");
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_said(" (0 damaged); the guest stopped: " NEVER_CAME "\n");
}
END_TEST

/* A log without a newline at its end; a reason that is too long is cut. */
START_TEST(a_long_reason_is_cut)
{
	fprintf(log_file, "xlat-guest: \033[2J%0500d\nxlat-guest: stopped", 7);
	ck_assert_int_eq(import_all(), EXIT_FAILED);
	assert_said("; the guest stopped: ?[2J0000");
}
END_TEST

START_TEST(a_guest_that_stopped_after_a_recording)
{
	send_run(1, "a", 10, true);
	fprintf(log_file, "xlat-guest: " NEVER_CAME "\nxlat-guest: stopped\n");
	ck_assert_int_eq(import_all(), EXIT_GOOD);
	assert_samples("a.xlat", 10);
	assert_said("note: console.log: the guest stopped: " NEVER_CAME "\n");
}
END_TEST

START_TEST(the_old_file_is_kept)
{
	send_run(1, "a", 10, true);
	unit_put("a.xlat", "old");
	ck_assert_int_eq(IMPORT("-oa.xlat"), EXIT_GOOD);
	assert_samples("a.xlat", 10);
	unit_holds("a.xlat.old", "old");
	assert_said("there was a a.xlat: it is ");
}
END_TEST

/* A path may have characters that control the terminal. */
START_TEST(its_notes_are_plain)
{
	send_run(1, "a", 10, true);
	unit_put("a\033[2J", "old");
	ck_assert_int_eq(IMPORT("-oa\033[2J"), EXIT_GOOD);
	assert_said("there was a a?[2J: it is ");
	assert_said("\na?[2J: ");
	ck_assert_ptr_null(strchr((char *)bytes, '\033'));
	remove("a\033[2J");
	remove("a\033[2J.old");
}
END_TEST

START_TEST(the_hosts_document_goes_with_it)
{
	struct run run;

	unit_put("host.json", "{\"said\": \"by dom0\"}");
	send_run(1, "a", 10, true);
	ck_assert_int_eq(IMPORT("--host-env=host.json"), EXIT_GOOD);
	assert_samples("a.xlat", 10);
	ck_assert_int_eq(file_read("a.xlat", &run), 0);
	ck_assert(strstr(run.environment, "by dom0"));
	ck_assert(strstr(run.environment, "arch_sys_timer"));
	run_free(&run);
}
END_TEST

START_TEST(an_invalid_recording_replaces_nothing)
{
	unit_put("host.json", "{\"said\": \"by dom0\"}");
	unit_put("a.xlat", "old");
	memset(bytes, 'x', 3000);
	send_bytes(1, "a", 3000, SIZE_MAX);
	ck_assert_int_eq(IMPORT("--host-env=host.json"), EXIT_FAILED);
	assert_said("a.xlat is not a recording");
	unit_holds("a.xlat", "old");
	ck_assert_int_ne(access("a.xlat.old", F_OK), 0);
}
END_TEST

START_TEST(a_document_too_long_replaces_nothing)
{
	FILE *file = fopen("host.json", "w");

	fputs("{\"said\": \"", file);
	for (size_t i = 0; i < 5 << 20; i++)
		fputc('x', file);
	fputs("\"}", file);
	ck_assert_int_eq(fclose(file), 0);
	send_run(1, "a", 10, true);
	unit_put("a.xlat", "old");
	ck_assert_int_eq(IMPORT("--host-env=host.json"), EXIT_FAILED);
	assert_said("cannot write a.xlat: ");
	unit_holds("a.xlat", "old");
	ck_assert_int_ne(access("a.xlat.old", F_OK), 0);
}
END_TEST

static void assert_distinct(char **names, size_t count)
{
	char last[TEXTLINE_NAME + 16];

	for (size_t i = 0; i < count; i++) {
		if (i)
			snprintf(last, sizeof(last), "a-%zu", i + 1);
		else
			snprintf(last, sizeof(last), "a");
		ck_assert_str_eq(names[i], last);
	}
}

/* With cubic run time, this test would not end in time. */
START_TEST(many_damaged_runs_of_one_name)
{
	struct textline_log log = { .count = 20000 };
	char **names;

	log.runs = calloc(log.count, sizeof(*log.runs));
	for (size_t i = 0; i < log.count; i++)
		strcpy(log.runs[i].name, "a");
	names = import_names(&log);
	ck_assert_ptr_nonnull(names);
	assert_distinct(names, log.count);
	import_names_free(names, log.count);
	textline_free(&log);
}
END_TEST

/* The host's document does not replace the lost document of the guest. */
START_TEST(a_lost_document_stays_lost)
{
	struct environment environment;
	struct run run;

	unit_put("host.json", "{\"said\": \"by dom0\"}");
	ck_assert_int_eq(synthetic_write_count(10, "run.xlat"), 0);
	/* the second block, after the 40 bytes of the first */
	send_bytes(1, "a", read_bytes("run.xlat"), 1);
	unlink("run.xlat");
	ck_assert_int_eq(IMPORT("--host-env=host.json"), EXIT_DAMAGED);
	ck_assert_int_eq(file_read("a.xlat", &run), 0);
	ck_assert(strstr(run.environment, "by dom0"));
	ck_assert_int_eq(environment_read(run.environment, &environment), 0);
	ck_assert(environment.lost);
	run_free(&run);
}
END_TEST

START_TEST(an_invalid_document_stops_the_import)
{
	send_run(1, "a", 10, true);
	unit_put("a.xlat", "old");
	unit_put("host.json", "[1]");
	ck_assert_int_eq(IMPORT("--host-env=host.json"), EXIT_FAILED);
	assert_said("host.json: not the output of 'xlat-read env': not an object");
	ck_assert_int_eq(IMPORT("--host-env=none.json"), EXIT_FAILED);
	unit_holds("a.xlat", "old");
}
END_TEST

START_TEST(wrong_usage_writes_nothing)
{
	send_run(1, "a", 10, true);
	send_run(2, "b", 20, true);
	ck_assert_int_eq(IMPORT("-oc.xlat"), EXIT_USAGE);
	assert_said("holds 2 such runs (a, b)");
	ck_assert_int_eq(IMPORT("-o" LOG), EXIT_USAGE);
	ck_assert_int_eq(IMPORT(LOG), EXIT_USAGE);
	ck_assert_int_eq(IMPORT("--run=c"), EXIT_FAILED);
	assert_said("no run 'c'; it has: a, b");
	ck_assert_int_ne(access("c.xlat", F_OK), 0);
	ck_assert_int_ne(access("a.xlat", F_OK), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("import");

	unit_between(begin, end);
	unit_add(suite, intact_runs_come_first);
	unit_add(suite, nameless_runs_get_names_too);
	unit_add(suite, sent_again_is_one_run);
	unit_add(suite, numbers_do_not_depend_on_the_request);
	unit_add(suite, damage_of_one_run_is_reported);
	unit_add(suite, not_written_is_worse_than_damaged);
	unit_add(suite, not_written_is_worse_in_any_order);
	unit_add(suite, a_run_named_as_the_log_is_refused);
	unit_add(suite, the_worst_code_wins);
	unit_add(suite, a_log_that_cannot_be_read_to_its_end);
	unit_add(suite, not_a_log);
	unit_add(suite, a_guest_that_stopped_says_why);
	unit_add(suite, a_long_reason_is_cut);
	unit_add(suite, a_guest_that_stopped_after_a_recording);
	unit_add(suite, the_old_file_is_kept);
	unit_add(suite, its_notes_are_plain);
	unit_add(suite, the_hosts_document_goes_with_it);
	unit_add(suite, an_invalid_recording_replaces_nothing);
	unit_add(suite, a_document_too_long_replaces_nothing);
	unit_add(suite, many_damaged_runs_of_one_name);
	unit_add(suite, a_lost_document_stays_lost);
	unit_add(suite, an_invalid_document_stops_the_import);
	unit_add(suite, wrong_usage_writes_nothing);
	return unit_run(suite);
}
