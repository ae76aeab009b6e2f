// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "demo_job.h"

const char *const demo_sources[] = { "hrtimer", "phys", NULL };

const char demo_dom0_job[] = "out host.json /xlat-read env\n";

/* Read back and kept, not assumed. */
static const char pin_dom0[] =
	"must xl vcpu-pin Domain-0 0 0\n"
	"must xl vcpu-pin Domain-0 1 1\n"
	"out xl-vcpu-list.txt xl vcpu-list\n"
	"out xl-info.txt xl info\n"
	"out xl-dmesg.txt xl dmesg\n";

struct text {
	char *bytes;
	size_t size, used;
};

__attribute__((format(printf, 2, 3)))
static void add(struct text *t, const char *format, ...)
{
	size_t left = t->size - t->used;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(t->bytes + t->used, left, format, ap);
	va_end(ap);
	t->used = n < 0 || (size_t)n >= left ? t->size : t->used + (size_t)n;
}

int demo_job(char *bytes, size_t size, const struct scenario *scenario,
	     const char *cpus, const char *emulator)
{
	struct text t = { bytes, size, 0 };
	const char *const *source;

	add(&t, "must insmod /xlat.ko\n");
	if (scenario->domu)
		add(&t, "must await-dom0 120\n");
	else if (scenario->machine == VM_XEN)
		add(&t, "%s", pin_dom0);
	for (source = demo_sources; *source; source++)
		add(&t, "sleep 2\n"
		    "/xlat-read record -q -o /tmp/out/%s-%s.xlat --source %s "
		    "-a %s -l 2000 --period 1009us --dither 20us "
		    "--scenario %s --icount-shift 0 --emulator \"%s\"\n",
		    scenario->name, *source, *source, cpus, scenario->name,
		    emulator);
	for (source = demo_sources; scenario->domu && *source; source++)
		add(&t, "/xlat-read send /tmp/out/%s-%s.xlat\n",
		    scenario->name, *source);
	return t.used >= t.size ? -ENOSPC : 0;
}
