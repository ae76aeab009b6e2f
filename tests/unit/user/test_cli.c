// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "user/data/cli.h"
#include "tests/unit/unit.h"

static const char *list_of(const char *text)
{
	static char out[256];
	static struct cli_cpus cpus;

	ck_assert_int_eq(cli_parse_cpus(text, &cpus), 0);
	return cli_format_cpus(&cpus, out, sizeof(out));
}

START_TEST(cpu_lists_come_back_shortest)
{
	ck_assert_str_eq(list_of("0"), "0");
	ck_assert_str_eq(list_of("0,2-5"), "0,2-5");
	ck_assert_str_eq(list_of("5,4,2-3,3"), "2-5");
	ck_assert_str_eq(list_of("63-64,8191"), "63-64,8191");
	ck_assert_str_eq(list_of("all"), "0-8191");
}
END_TEST

START_TEST(invalid_cpu_lists)
{
	static const struct {
		const char *text;
		int error;
	} bad[] = {
		{ "", -EINVAL }, { ",", -EINVAL }, { "1,", -EINVAL },
		{ ",1", -EINVAL }, { "-1", -EINVAL }, { "3-", -EINVAL },
		{ "5-2", -EINVAL }, { "1 2", -EINVAL }, { "0x1", -EINVAL },
		{ "All", -EINVAL }, { "8192", -ERANGE }, { "0-8192", -ERANGE },
		{ "99999999999999999999", -ERANGE },
	};
	struct cli_cpus cpus;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_int_eq(cli_parse_cpus(bad[i].text, &cpus),
				 bad[i].error);
}
END_TEST

static const char *cut_to(const char *list, size_t size)
{
	static char text[64];
	struct cli_cpus cpus;

	ck_assert_int_eq(cli_parse_cpus(list, &cpus), 0);
	memset(text, 'x', sizeof(text));
	cli_format_cpus(&cpus, text, size);
	ck_assert_int_eq(text[size], 'x');
	return text;
}

/* A truncated number would be a different number. */
START_TEST(cpu_lists_are_cut_between_numbers)
{
	struct cli_cpus cpus;

	ck_assert_str_eq(cut_to("10,20,30", 9), "10,20,30");
	ck_assert_str_eq(cut_to("10,20,30", 8), "10,...");
	ck_assert_str_eq(cut_to("10,20,30", 7), "10,...");
	ck_assert_str_eq(cut_to("10,20,30", 6), "...");
	ck_assert_str_eq(cut_to("10,20-30,44", 11), "10,...");
	ck_assert_str_eq(cut_to("10,20-30,44", 12), "10,20-30,44");
	ck_assert_int_eq(cli_parse_cpus("10,...", &cpus), -EINVAL);
	ck_assert_int_eq(cli_parse_cpus("0", &cpus), 0);
	ck_assert(!cli_cpus_has(&cpus, CLI_CPUS_MAX));
}
END_TEST

START_TEST(the_longest_list_has_room)
{
	struct cli_cpus cpus = { 0 }, back;
	static char text[CLI_CPUS_TEXT];

	for (unsigned int cpu = 1; cpu < CLI_CPUS_MAX; cpu += 2)
		cpus.word[cpu / 64] |= 1ULL << (cpu % 64);
	cli_format_cpus(&cpus, text, sizeof(text));
	ck_assert_int_eq(cli_parse_cpus(text, &back), 0);
	ck_assert(!memcmp(&cpus, &back, sizeof(cpus)));
}
END_TEST

/* More digits than any integer type can hold. */
START_TEST(long_fractions_end_somewhere)
{
	char text[256];
	uint64_t ns;

	for (int digits = 1; digits < 200; digits++) {
		snprintf(text, sizeof(text), "1.%0*ds", digits, 0);
		ck_assert_int_eq(cli_parse_duration(text, 0, &ns), 0);
		ck_assert_uint_eq(ns, 1000000000);
		text[2] = '5';
		ck_assert_int_eq(cli_parse_duration(text, 0, &ns), 0);
		ck_assert_uint_eq(ns, 1500000000);
	}
	ck_assert_int_eq(cli_parse_duration("12.1234567890123456789012s", 0,
					    &ns), 0);
	ck_assert_uint_eq(ns, 12123456789);
	ck_assert_int_eq(cli_parse_duration("0.00000000000000000000x", 0, &ns),
			 -EINVAL);
}
END_TEST

START_TEST(durations_are_exact)
{
	static const struct {
		const char *text;
		uint64_t bare, ns;
	} good[] = {
		{ "0", 1, 0 }, { "7ns", 0, 7 }, { "500us", 0, 500000 },
		{ "1.5ms", 0, 1500000 }, { "10s", 0, 10000000000 },
		{ "2m", 0, 120000000000 }, { "3h", 0, 10800000000000 },
		{ "1d", 0, 86400000000000 }, { "1009", 1000, 1009000 },
		{ "0.1us", 0, 100 }, { "0.0004us", 0, 0 },
		{ "0.0005us", 0, 1 }, { "1.", 1000, 1000 },
		{ "1.000000000000000000000001ns", 0, 1 },
		{ "9223372036854775807ns", 0, INT64_MAX },
	};
	uint64_t ns;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ck_assert_int_eq(cli_parse_duration(good[i].text, good[i].bare,
						    &ns), 0);
		ck_assert_uint_eq(ns, good[i].ns);
	}
}
END_TEST

START_TEST(invalid_durations)
{
	static const struct {
		const char *text;
		int error;
	} bad[] = {
		{ "", -EINVAL }, { "10", -EINVAL }, { "s", -EINVAL },
		{ "-1s", -EINVAL }, { "+1s", -EINVAL }, { " 1s", -EINVAL },
		{ "1 s", -EINVAL }, { "1sec", -EINVAL }, { ".5s", -EINVAL },
		{ "1.2.3s", -EINVAL }, { "1e3s", -EINVAL },
		{ "106752d", -ERANGE }, { "9223372036854775808ns", -ERANGE },
		{ "99999999999999999999999999ns", -ERANGE },
	};
	uint64_t ns;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_int_eq(cli_parse_duration(bad[i].text, 0, &ns),
				 bad[i].error);
}
END_TEST

START_TEST(numbers)
{
	uint64_t n;

	ck_assert_int_eq(cli_parse_number("0", 0, &n), 0);
	ck_assert_int_eq(cli_parse_number("18446744073709551615", UINT64_MAX,
					  &n), 0);
	ck_assert_uint_eq(n, UINT64_MAX);
	ck_assert_int_eq(cli_parse_number("18446744073709551616", UINT64_MAX,
					  &n), -ERANGE);
	ck_assert_int_eq(cli_parse_number("11", 10, &n), -ERANGE);
	ck_assert_int_eq(cli_parse_number("-1", 10, &n), -EINVAL);
	ck_assert_int_eq(cli_parse_number("1x", 10, &n), -EINVAL);
	ck_assert_int_eq(cli_parse_number("", 10, &n), -EINVAL);
}
END_TEST

static const struct cli_option table[] = {
	{ 'a', "affinity", "CPUS", "with a letter" },
	{ 'q', "quiet", NULL, "no value" },
	{ 300, "phase", "MODE", "without a letter" },
	{ 0 },
};

static void start(struct cli *cli, int argc, char **argv)
{
	cli_start(cli, argc, argv, table);
}

START_TEST(options_stand_anywhere)
{
	char *argv[] = { "x", "one", "-qa2", "--phase=p", "two", "--", "-q",
			 NULL };
	struct cli cli;

	start(&cli, 7, argv);
	ck_assert_int_eq(cli_next(&cli), 'q');
	ck_assert_int_eq(cli_next(&cli), 'a');
	ck_assert_str_eq(cli.value, "2");
	ck_assert_int_eq(cli_next(&cli), 300);
	ck_assert_str_eq(cli.value, "p");
	ck_assert_int_eq(cli_next(&cli), CLI_END);
	ck_assert_int_eq(cli.index, 4);
	ck_assert_str_eq(cli.argv[4], "one");
	ck_assert_str_eq(cli.argv[6], "-q");
}
END_TEST

START_TEST(errors_name_the_cause)
{
	static const struct {
		char *word;
		const char *message;
	} bad[] = {
		{ "-z", "unknown option '-z'" },
		{ "--zzz", "unknown or ambiguous option '--zzz'" },
		{ "--quiet=1", "option '--quiet=1' takes no value" },
		{ "--phase", "option '--phase' needs a value" },
		{ "-a", "option '-a' needs a value" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *argv[] = { "x", bad[i].word, NULL };
		struct cli cli;

		start(&cli, 2, argv);
		ck_assert_int_eq(cli_next(&cli), CLI_ERROR);
		ck_assert_str_eq(cli.message, bad[i].message);
	}
}
END_TEST

START_TEST(a_second_command_line_starts_anew)
{
	char *first[] = { "x", "-q", "a", NULL };
	char *second[] = { "y", "-q", "b", NULL };
	struct cli cli;

	start(&cli, 3, first);
	while (cli_next(&cli) != CLI_END)
		;
	start(&cli, 3, second);
	ck_assert_int_eq(cli_next(&cli), 'q');
	ck_assert_int_eq(cli_next(&cli), CLI_END);
	ck_assert_str_eq(cli.argv[cli.index], "b");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cli");

	unit_add(suite, cpu_lists_come_back_shortest);
	unit_add(suite, invalid_cpu_lists);
	unit_add(suite, cpu_lists_are_cut_between_numbers);
	unit_add(suite, the_longest_list_has_room);
	unit_add(suite, long_fractions_end_somewhere);
	unit_add(suite, durations_are_exact);
	unit_add(suite, invalid_durations);
	unit_add(suite, numbers);
	unit_add(suite, options_stand_anywhere);
	unit_add(suite, errors_name_the_cause);
	unit_add(suite, a_second_command_line_starts_anew);
	return unit_run(suite);
}
