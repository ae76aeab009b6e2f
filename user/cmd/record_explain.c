// SPDX-License-Identifier: MIT
/* xlat-read record: messages about errors, with advice. */
#include <errno.h>
#include <string.h>

#include "record.h"
#include "user/record/hostenv.h"

static const struct xlat_source_info *find_source(const struct xlat_info *info,
						  int source)
{
	for (uint32_t i = 0; i < info->source_count && i < XLAT_SOURCES_MAX; i++) {
		if ((int)info->source[i].source == source)
			return &info->source[i];
	}
	return NULL;
}

static int explain_busy(const struct xlat_info *info, int source)
{
	const struct xlat_source_info *s = find_source(info, source);
	const char *name = hostenv_source_name((unsigned int)source);
	char why[128];

	if (s && s->state == XLAT_SOURCE_OWNED)
		return cmd_complain(EXIT_FAILED,
			"source %s: %s: choose another source ('xlat-read info' lists them)",
			name, hostenv_why_not(s, why, sizeof(why)));
	return cmd_complain(EXIT_FAILED,
		"another session is set up: wait for it, or end the other reader");
}

static int explain_absent(int source)
{
	const char *name = hostenv_source_name((unsigned int)source);

	if (hostenv_uses_acpi())
		return cmd_complain(EXIT_FAILED,
			"source %s: this machine is described by ACPI, raw timers need a device tree: use --source hrtimer",
			name);
	return cmd_complain(EXIT_FAILED,
		"source %s is not on this machine: use --source hrtimer ('xlat-read info' lists the sources)",
		name);
}

static int explain_idle(const struct request *r, const char *source)
{
	if (r->setup.idle_policy == XLAT_IDLE_KEEP)
		return cmd_complain(EXIT_FAILED,
			"--idle keep: an idle state here stops the timer of source %s, its interrupts would be lost: use --idle shallow",
			source);
	return cmd_complain(EXIT_FAILED,
		"source %s: even the shallowest idle state of a chosen CPU stops its timer: boot with cpuidle.off=1, or use --source hrtimer",
		source);
}

int record_explain_session(const struct capture *c,
			   const struct xlat_info *info,
			   const struct request *r, int source, int error)
{
	switch (error) {
	case -EBUSY:
		return explain_busy(info, source);
	case -EOPNOTSUPP:
		return explain_absent(source);
	case -EAGAIN:
		return cmd_complain(EXIT_FAILED,
			"cannot %s: the machine is about to suspend: record again when it has resumed",
			c->doing);
	case -ENODEV:
		return cmd_complain(EXIT_FAILED,
			"cannot %s: a chosen CPU has gone offline", c->doing);
	case -ERANGE:
		return cmd_complain(EXIT_USAGE,
			"period or dither out of range: 10us to 10s");
	case -EPERM:
		return explain_idle(r, hostenv_source_name((unsigned int)source));
	case -ENOMEM:
		return cmd_complain(EXIT_FAILED,
			"no memory for %zu rings of %u samples: give a smaller --ring-slots",
			r->count, r->setup.slots);
	case -EPROTO:
	case -E2BIG:
	case -ENOTTY:
		return cmd_complain(EXIT_FAILED,
			"cannot %s: module %.*s and xlat-read %s do not understand each other: use one version of both",
			c->doing, XLAT_NAME_LEN, info->module_version,
			XLAT_VERSION);
	default:
		return cmd_complain(EXIT_FAILED, "cannot %s: %s", c->doing,
				    strerror(-error));
	}
}

int record_explain_silence(const struct xlat_info *info, int source,
			   uint32_t cpu, uint64_t points)
{
	const struct xlat_source_info *s = find_source(info, source);
	const char *name = hostenv_source_name((unsigned int)source);
	unsigned long long n = points;

	if (!s || !s->intid)
		return cmd_complain(EXIT_FAILED,
			"CPU %u: no interrupt of %s came at any of %llu deadlines: nothing was measured",
			cpu, name, n);
	return cmd_complain(EXIT_FAILED,
		"CPU %u: no interrupt of %s came at any of %llu deadlines, INTID %u was waited for: compare it with the manual of this chip; the timer node of the device tree may name a wrong one",
		cpu, name, n, s->intid);
}

int record_explain_writing(const char *path, const char *doing, int error)
{
	const char *called = cmd_called(path), *remedy = "";

	if (called != path)
		remedy = "; the recording was stopped: give -o FILE, or set TMPDIR";
	else if (error == -ENOSPC || error == -EDQUOT || error == -EFBIG)
		remedy = "; the recording was stopped, what is in the file is valid: free some space";
	return cmd_complain(EXIT_FAILED, "cannot %s%s%s: %s%s", doing,
			    called != path ? " of " : " to ", called,
			    strerror(-error), remedy);
}
