// SPDX-License-Identifier: MIT
/* xlat-read record: says how a recording ended, and chooses the exit code. */
#include "record.h"
#include "user/record/hostenv.h"

static int say_end(const struct capture_part *p, const char *path)
{
	switch (p->map->end_reason) {
	case XLAT_END_SHARE:
		return cmd_complain(EXIT_LIMIT,
			"CPU %u: stopped to protect the machine: more than half of the time passed between deadlines and the ends of their handlers; give a longer period",
			p->cpu);
	case XLAT_END_MISSED:
		return cmd_complain(EXIT_LIMIT,
			"CPU %u: stopped to protect the machine: more than one in ten samples had missed grid points; give a longer period",
			p->cpu);
	case XLAT_END_OFFLINE:
		return cmd_complain(EXIT_FAILED,
			"CPU %u went offline while recording: %s holds what came before",
			p->cpu, path);
	case XLAT_END_SUSPEND:
		return cmd_complain(EXIT_FAILED,
			"CPU %u: the machine was suspended while recording: %s holds what came before",
			p->cpu, path);
	default:
		return EXIT_GOOD;
	}
}

/* True if deadlines passed but no interrupt arrived. */
static bool never_fired(const struct capture_part *part)
{
	const struct xlat_counters *c = &part->map->counters;

	return !c->count && c->unserved;
}

static int say_served(const struct capture_part *p,
		      const struct xlat_info *info, int source)
{
	if (!never_fired(p))
		return EXIT_GOOD;
	return record_explain_silence(info, source, p->cpu,
				      p->map->counters.unserved);
}

int record_verdict(const struct capture *c, const struct xlat_info *info,
		   const struct request *r, int source, const char *path)
{
	uint64_t samples = 0, lost = 0;
	int code = EXIT_GOOD;

	path = cmd_called(path);
	for (size_t i = 0; i < c->count; i++) {
		code = cmd_worse(code, say_end(&c->parts[i], path));
		code = cmd_worse(code, say_served(&c->parts[i], info,
						  source));
		samples += c->parts[i].received;
		lost += c->parts[i].lost;
	}
	if (lost)
		code = cmd_worse(code, cmd_complain(EXIT_DAMAGED,
			"%s: %llu samples were lost, overwritten before they were read: give more --ring-slots",
			path, (unsigned long long)lost));
	if (c->exceeded)
		code = cmd_worse(code, cmd_complain(EXIT_LIMIT,
			"%s: stopped: a lateness exceeded the threshold of %.3f us",
			path, (double)r->threshold_ns / 1e3));
	cmd_say("%s: %s, %llu samples on %zu CPU%s", path,
		hostenv_source_name((unsigned int)source),
		(unsigned long long)samples, c->count,
		c->count == 1 ? "" : "s");
	return code;
}
