// SPDX-License-Identifier: MIT
/* The environment document: names of the contract's enum values. */
#include <stdio.h>
#include <string.h>

#include "hostenv.h"

static const char *name_of(const char *const *names, size_t count,
			   unsigned int index)
{
	return index < count && names[index] ? names[index] : "unknown";
}

#define NAME_OF(names, index) \
	name_of(names, sizeof(names) / sizeof((names)[0]), index)

const char *hostenv_source_name(unsigned int source)
{
	static const char *const names[] = {
		[XLAT_SOURCE_HRTIMER]	= "hrtimer",
		[XLAT_SOURCE_PHYS]	= "phys",
		[XLAT_SOURCE_VIRT]	= "virt",
	};

	return NAME_OF(names, source);
}

const char *hostenv_source_state(unsigned int state)
{
	static const char *const names[] = {
		[XLAT_SOURCE_ABSENT]	= "absent",
		[XLAT_SOURCE_FREE]	= "free",
		[XLAT_SOURCE_OWNED]	= "owned",
	};

	return NAME_OF(names, state);
}

const char *hostenv_why_not(const struct xlat_source_info *s, char *text,
			    size_t size)
{
	if (s->state == XLAT_SOURCE_OWNED)
		snprintf(text, size, "PPI %u belongs to '%.*s'", s->intid,
			 XLAT_NAME_LEN, s->owner);
	else
		snprintf(text, size, "not on this machine%s%s",
			 s->error ? ": " : "",
			 s->error ? strerror((int)s->error) : "");
	return text;
}
