// SPDX-License-Identifier: MIT
/*
 * xlat-read info --module with crafted modules: what the modules of a kernel
 * say about it, and the comparison of all of vermagic with the running kernel.
 */
#include <elf.h>
#include <errno.h>
#include <sys/stat.h>

#include "unit_home.h"
#include "user/record/module.h"
#include "user/record/vermagic.h"

#define RELEASE	"6.1.0-56-arm64"
#define OPTIONS	" SMP mod_unload modversions aarch64"
#define UNAME	"#1 SMP Debian 6.1.176-1 (2026-11-01)"

static const char names[] = "\0.modinfo\0.shstrtab";

/* An ELF file with one section besides the section names. */
static void put_module(const char *path, uint16_t machine, const char *info,
		       size_t length)
{
	Elf64_Ehdr header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
			     ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_REL, .e_machine = machine, .e_version = EV_CURRENT,
		.e_ehsize = sizeof(header), .e_shentsize = sizeof(Elf64_Shdr),
		.e_shnum = 3, .e_shstrndx = 2,
	};
	Elf64_Shdr sections[3] = {
		[1] = { .sh_name = 1, .sh_type = SHT_PROGBITS,
			.sh_offset = sizeof(header), .sh_size = length,
			.sh_addralign = 1 },
		[2] = { .sh_name = 10, .sh_type = SHT_STRTAB,
			.sh_offset = sizeof(header) + length,
			.sh_size = sizeof(names), .sh_addralign = 1 },
	};
	char gap[8] = "";
	FILE *file = fopen(path, "w");
	size_t end = sizeof(header) + length + sizeof(names);

	ck_assert_ptr_nonnull(file);
	header.e_shoff = (end + 7) & ~(size_t)7;
	fwrite(&header, sizeof(header), 1, file);
	fwrite(info, 1, length, file);
	fwrite(names, sizeof(names), 1, file);
	fwrite(gap, 1, header.e_shoff - end, file);
	fwrite(sections, sizeof(sections), 1, file);
	ck_assert_int_eq(fclose(file), 0);
}

#define PUT(path, info) put_module(path, EM_AARCH64, info, sizeof(info))

START_TEST(a_module_is_read)
{
	struct module_facts facts;

	PUT("m.ko", "version=0.1\0name=xlat\0vermagic=" RELEASE OPTIONS);
	ck_assert_int_eq(module_read("m.ko", &facts), 0);
	ck_assert_str_eq(facts.name, "xlat");
	ck_assert_str_eq(facts.version, "0.1");
	ck_assert_str_eq(facts.machine, "arm64");
	ck_assert_str_eq(facts.vermagic, RELEASE OPTIONS);
	unit_put("m.ko", "\177ELF");
	ck_assert_int_eq(module_read("m.ko", &facts), -ENOEXEC);
	unlink("m.ko");
}
END_TEST

/* Its facts are unknown, but it may well be a kernel module. */
START_TEST(a_compressed_module_is_named)
{
	static const char *const starts[] = {
		"\x1f\x8b\x08", "\3757zXZ", "\x28\xb5\x2f\xfd\x04",
	};
	struct module_facts facts;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		unit_put("m.ko", starts[i]);
		ck_assert_int_eq(module_read("m.ko", &facts), -ENOTSUP);
		ck_assert_str_eq(facts.vermagic, "");
	}
	unit_put("m.ko", "\x28\xb5");
	ck_assert_int_eq(module_read("m.ko", &facts), -ENOEXEC);
	unlink("m.ko");
}
END_TEST

/* As long as a vermagic with CONFIG_RANDSTRUCT. */
START_TEST(a_long_vermagic_is_whole)
{
	static const char info[] = "vermagic=" RELEASE OPTIONS "RANDSTRUCT_"
		"0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef";
	struct module_facts facts;

	PUT("m.ko", info);
	ck_assert_int_eq(module_read("m.ko", &facts), 0);
	ck_assert_str_eq(facts.vermagic, info + strlen("vermagic="));
	unlink("m.ko");
}
END_TEST

START_TEST(a_module_of_the_kernel_is_found)
{
	struct module_facts facts;

	mkdir("r", 0700);
	mkdir("r/" RELEASE, 0700);
	mkdir("r/" RELEASE "/extra", 0700);
	PUT("r/" RELEASE "/extra/x.ko", "vermagic=" RELEASE " SMP");
	ck_assert_int_eq(module_installed("r", RELEASE, &facts), -ENOENT);
	mkdir("r/" RELEASE "/kernel", 0700);
	PUT("r/" RELEASE "/kernel/old.ko", "vermagic=6.1.0-5 SMP");
	unit_put("r/" RELEASE "/kernel/bad.ko", "\xfd" "7zXZ");
	ck_assert_int_eq(module_installed("r", RELEASE, &facts), -ENOENT);
	mkdir("r/" RELEASE "/kernel/net", 0700);
	PUT("r/" RELEASE "/kernel/net/n.ko", "vermagic=" RELEASE OPTIONS);
	ck_assert_int_eq(module_installed("r", RELEASE, &facts), 0);
	ck_assert_str_eq(facts.vermagic, RELEASE OPTIONS);
	ck_assert_int_eq(module_installed("r", "6.1.0", &facts), -ENOENT);
	ck_assert_int_eq(system("rm -r r"), 0);
}
END_TEST

static char why[128];

static enum vermagic_fit compare(const char *module, const char *own,
				 const char *version)
{
	const struct kernel_facts kernel = {
		.release = RELEASE, .version = version, .machine = "arm64",
		.vermagic = own,
	};
	struct module_facts facts = { .machine = "arm64" };

	snprintf(facts.vermagic, sizeof(facts.vermagic), "%s", module);
	return vermagic_compare(&facts, &kernel, why, sizeof(why));
}

static void assert_fit(const char *module, enum vermagic_fit want,
		       const char *words)
{
	ck_assert_int_eq(compare(module, RELEASE OPTIONS, UNAME), want);
	ck_assert_str_eq(why, words);
}

START_TEST(all_words_decide)
{
	assert_fit(RELEASE OPTIONS, VERMAGIC_FITS, "");
	assert_fit("6.1.0-5" OPTIONS, VERMAGIC_OTHER_RELEASE, "");
	assert_fit("", VERMAGIC_OTHER_RELEASE, "");
	assert_fit(RELEASE " SMP preempt mod_unload modversions aarch64",
		   VERMAGIC_OTHER_OPTIONS, "only the module has 'preempt'");
	assert_fit(RELEASE " SMP mod_unload aarch64", VERMAGIC_OTHER_OPTIONS,
		   "only the kernel has 'modversions'");
	assert_fit(RELEASE " mod_unload modversions aarch64",
		   VERMAGIC_OTHER_OPTIONS, "only the kernel has 'SMP'");
	assert_fit(RELEASE " SMP modversions aarch64 ", VERMAGIC_OTHER_OPTIONS,
		   "only the kernel has 'mod_unload'");
	assert_fit(RELEASE " SMP mod_unload modversions ARMv7",
		   VERMAGIC_OTHER_OPTIONS,
		   "only the module has 'ARMv7', only the kernel has 'aarch64'");
	assert_fit(RELEASE OPTIONS " ", VERMAGIC_OTHER_OPTIONS,
		   "the same words in another order");
}
END_TEST

static const struct {
	const char *version, *options;
	enum vermagic_fit want;
	const char *why;
} partly[] = {
#define REST "words that only the kernel has"
	{ UNAME, OPTIONS, VERMAGIC_PARTLY,
	  "'mod_unload', 'modversions', 'aarch64' and " REST },
	{ UNAME, " mod_unload", VERMAGIC_OTHER_OPTIONS,
	  "only the kernel has 'SMP'" },
	{ UNAME, " SMP preempt", VERMAGIC_OTHER_OPTIONS,
	  "only the module has 'preempt'" },
	{ UNAME, " SMP preempt_rt", VERMAGIC_OTHER_OPTIONS,
	  "only the module has 'preempt_rt'" },
	{ "#1 Mon", OPTIONS, VERMAGIC_OTHER_OPTIONS,
	  "only the module has 'SMP'" },
	{ "#1 SMP PREEMPT Mon", " SMP preempt", VERMAGIC_PARTLY, REST },
	{ "#1 SMP PREEMPT_DYNAMIC Mon", " SMP preempt", VERMAGIC_PARTLY, REST },
	{ "#1 SMP PREEMPT_DYNAMIC Mon", " SMP", VERMAGIC_OTHER_OPTIONS,
	  "only the kernel has 'preempt'" },
	{ "#1 SMP PREEMPT Mon", " SMP preempt_rt", VERMAGIC_OTHER_OPTIONS,
	  "only the module has 'preempt_rt', only the kernel has 'preempt'" },
	{ "#1 SMP PREEMPT_RT Mon", " SMP preempt_rt", VERMAGIC_PARTLY, REST },
	{ "#1 SMP PREEMPT_RT Mon", " SMP preempt", VERMAGIC_PARTLY, REST },
	{ "#1 SMP PREEMPT_RT Mon", " SMP", VERMAGIC_OTHER_OPTIONS,
	  "only the kernel has 'preempt_rt'" },
	{ "built by hand", " preempt", VERMAGIC_PARTLY,
	  "'preempt' and " REST },
	{ "built by hand", "", VERMAGIC_PARTLY, REST },
	{ UNAME, " SMP modversions", VERMAGIC_PARTLY,
	  "'modversions' and " REST },
};

START_TEST(uname_gives_some_facts)
{
	char module[64];

	snprintf(module, sizeof(module), "%s%s", RELEASE, partly[_i].options);
	ck_assert_int_eq(compare(module, NULL, partly[_i].version),
			 partly[_i].want);
	ck_assert_str_eq(why, partly[_i].why);
}
END_TEST

START_TEST(another_architecture)
{
	const struct kernel_facts kernel = {
		.release = RELEASE, .version = UNAME, .machine = "x86_64",
		.vermagic = RELEASE OPTIONS,
	};
	struct module_facts facts = {
		.machine = "arm64", .vermagic = RELEASE OPTIONS,
	};

	ck_assert_int_eq(vermagic_compare(&facts, &kernel, why, sizeof(why)),
			 VERMAGIC_OTHER_RELEASE);
}
END_TEST

/* A file may contain anything. */
START_TEST(many_words_are_cut)
{
	char module[MODULE_TEXT] = RELEASE;

	while (strlen(module) < sizeof(module) - 8)
		strcat(module, " abcdef");
	ck_assert_int_eq(compare(module, RELEASE OPTIONS, UNAME),
			 VERMAGIC_OTHER_OPTIONS);
	ck_assert_uint_eq(strlen(why), sizeof(why) - 1);
	memcpy(module, RELEASE " SMP   ", strlen(RELEASE " SMP   "));
	ck_assert_int_eq(compare(module, NULL, UNAME), VERMAGIC_PARTLY);
	ck_assert_uint_eq(strlen(why), sizeof(why) - 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("module");

	unit_between(unit_home_enter, unit_home_leave);
	unit_add(suite, a_module_is_read);
	unit_add(suite, a_compressed_module_is_named);
	unit_add(suite, a_long_vermagic_is_whole);
	unit_add(suite, a_module_of_the_kernel_is_found);
	unit_add(suite, all_words_decide);
	unit_add_loop(suite, uname_gives_some_facts,
		      sizeof(partly) / sizeof(partly[0]));
	unit_add(suite, another_architecture);
	unit_add(suite, many_words_are_cut);
	return unit_run(suite);
}
