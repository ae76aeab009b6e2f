// SPDX-License-Identifier: GPL-2.0
/* QEMU's command line with a trace; the functions by which a trace finds samples. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "lab/machine/vm.h"
#include "lab/run/trace.h"

/* The word behind "-plugin"; NULL: there is none. */
static const char *plugin_of(const struct vm *vm)
{
	const struct vm_fds fds = { 60, 61, 62 };
	char **argv = vm_argv(vm, "console", "files", &fds);

	ck_assert_ptr_nonnull(argv);
	for (; *argv; argv++)
		if (!strcmp(*argv, "-plugin"))
			return argv[1];
	return NULL;
}

START_TEST(with_and_without)
{
	struct vm vm = {
		.qemu = "qemu", .kernel = "Image", .append = "", .cpus = 1,
		.memory_mb = 128, .tracer = "x,y.so",
		.trace_marks = "fire=x,start=y",
	};

	ck_assert_ptr_null(plugin_of(&vm));
	vm.trace = "a,b";
	ck_assert_str_eq(plugin_of(&vm), "x,,y.so,out=a,,b,fire=x,start=y");
}
END_TEST

START_TEST(what_cannot_be_traced)
{
	struct scenario_options o = { .icount = true, .tracer = "/dev/null" };
	char marks[TRACE_MARKS_SIZE], culprit[4096];

	ck_assert_int_eq(trace_marks(&o, marks, culprit), 0);
	ck_assert_str_eq(marks, "");
	o.trace = "t";
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -EINVAL);
	ck_assert_str_eq(culprit,
			 "--trace: there is no xlat.ko among the guest's files");
	o.recipe.files[0].name = "/lib/xlat.ko";
	o.recipe.files[0].host_path = "/dev/null";
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -EINVAL);
	ck_assert_str_eq(culprit, "/dev/null: xlat_fire: no ELF file");
	o.recipe.files[0].host_path = "/nonexistent";
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -ENOENT);
	o.recipe.files[0].host_path = "/dev/zero";
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -EFBIG);
	o.tracer = "/nonexistent.so";
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -ENOENT);
	ck_assert_str_eq(culprit, "/nonexistent.so");
	o.icount = false;
	ck_assert_int_eq(trace_marks(&o, marks, culprit), -EINVAL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("machine");

	unit_add(suite, with_and_without);
	unit_add(suite, what_cannot_be_traced);
	return unit_run(suite);
}
