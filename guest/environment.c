// SPDX-License-Identifier: MIT
/* Makes the environment document. */
#include <stddef.h>

#include "console.h"
#include "environment.h"
#include "registers.h"
#include "text.h"
#include "xen.h"

static char bytes[8192];
static struct text json = { .bytes = bytes, .size = sizeof(bytes) };

/* Adds a JSON string; boot arguments may contain any byte. */
static void quote(const char *text)
{
	text_put(&json, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			text_put(&json, '\\');
		text_put(&json, *text < ' ' || *text > '~' ? '?' : *text);
	}
	text_put(&json, '"');
}

/* Without xlat.scenario, the label is the one that the reader would choose. */
static void add_scenario(const struct options *options,
			 const struct hypervisor_facts *facts)
{
	const char *name = hypervisor_name(facts);

	if (*options->scenario)
		text_add(&json, "%s", options->scenario);
	else if (hypervisor_is_native(facts))
		text_add(&json, "native");
	else if (facts->vendor == XLAT_HYP_XEN)
		text_add(&json, "xen-domu");
	else
		text_add(&json, hypervisor_decide(facts) == HYPERVISOR_NAMED ?
			 "%s-guest" : "%s", name);
}

static enum hypervisor_read read_of(const struct measurement *m)
{
	const struct hypervisor_cost cost = {
		.clock = m->map.before.clock_read_ticks,
		.control = m->map.before.control_read_ticks,
	};

	return hypervisor_read(&cost);
}

/* Uses the more expensive of the measured and the physical timer. */
static struct hypervisor_facts facts_of(const struct machine *machine,
					const struct measurement *m)
{
	struct hypervisor_facts facts = machine->facts;
	enum hypervisor_read phys = hypervisor_read(&machine->phys);

	facts.read = read_of(m);
	if (phys > facts.read)
		facts.read = phys;
	return facts;
}

/* MIDR_EL1, worded as in Linux's /proc/cpuinfo */
static void add_cpu(void)
{
	uint64_t midr = read_register(midr_el1);

	text_add(&json, ",\"cpu\":{\"model\":\"implementer 0x%02lx part 0x%03lx\",\"online\":\"0\",\"measured\":\"0\",\"isolated\":\"unknown\",\"nohz_full\":\"unknown\",\"governor\":{\"0\":\"unknown\"}}",
		 midr >> 24 & 0xff, midr >> 4 & 0xfff);
}

static void add_asked(const struct hypervisor_facts *facts)
{
	const char *between = "";
	unsigned int i;

	text_add(&json, ",\"asked\":[");
	for (i = 0; i < HYPERVISOR_QUESTIONS; i++) {
		const char *answer = hypervisor_asked(facts, i);

		if (!answer)
			continue;
		text_add(&json, "%s\"%s\"", between, answer);
		between = ",";
	}
	text_add(&json, "]");
}

static const char *role_of(const struct hypervisor_facts *facts)
{
	return hypervisor_is_native(facts) ? "native" :
	       hypervisor_decide(facts) == HYPERVISOR_NAMED ? "guest" :
							      "unknown";
}

static void add_hypervisor(const struct hypervisor_facts *facts)
{
	char version[32] = "", uuid[40] = "";
	struct text of_xen = { .bytes = version, .size = sizeof(version) };
	struct text handle = { .bytes = uuid, .size = sizeof(uuid) };

	xen_version(&of_xen);
	xen_uuid(&handle);
	text_add(&json,
		 ",\"hypervisor\":{\"type\":\"%s\",\"role\":\"%s\",\"version\":",
		 hypervisor_name(facts), role_of(facts));
	quote(*version ? version : "unknown");
	text_add(&json, ",\"features\":\"unknown\",\"uuid\":\"%s\"",
		 *uuid ? uuid : "unknown");
	add_asked(facts);
	text_add(&json, "}");
	if (hypervisor_is_native(facts))
		text_add(&json, ",\"physical_cpus\":\"0\"");
}

static void add_guest(const struct machine *machine,
		      const struct options *options,
		      const struct measurement *m)
{
	const struct xlat_probe *p = &m->map.before;

	text_add(&json, ",\"guest\":{\"program\":\"xlat-guest\",\"version\":\"%s\",\"entered_el\":%lu,\"exception_level\":1,\"console\":\"%s\",\"wait\":\"%s\",\"phase_ns\":%lu,\"delay_ns\":%lu,\"instructions_before_stamp\":0",
		 XLAT_VERSION, machine->entered_el, console_name(),
		 options->busy ? "busy" : "wfi", options->phase_ns,
		 options->delay_ns);
	text_add(&json, ",\"cntfrq_hz\":%lu,\"dt_clock_hz\":%lu,\"cntpct\":%lu,\"cntvct\":%lu,\"cost_reads\":%u,\"clock_read_ticks\":%lu,\"control_read_ticks\":%lu,\"strangers\":%lu}",
		 machine->timer.cntfrq_hz, machine->timer.dt_hz,
		 (uint64_t)p->cntpct, (uint64_t)p->cntvct, XLAT_COST_READS,
		 (uint64_t)p->clock_read_ticks,
		 (uint64_t)p->control_read_ticks, m->strangers);
}

/*
 * Does an instruction of the loop take 2^shift ns, within 1 %? This is the
 * reader's insn_clock_agrees() in integer arithmetic.
 */
static bool agrees(const struct xlat_probe *p, uint64_t hz, int shift)
{
	unsigned __int128 measured = (unsigned __int128)p->loop_ticks *
				     1000000000 * 100;
	unsigned __int128 claimed = ((unsigned __int128)p->loop_insn * hz)
				    << shift;

	return measured > claimed * 99 && measured < claimed * 101;
}

static void add_emulation(const struct options *options,
			  const struct measurement *m)
{
	const struct xlat_map *map = &m->map;
	int shift = options->icount_shift;
	bool proven;

	if (shift < 0)
		return;
	proven = agrees(&map->before, map->tick_hz, shift) &&
		 agrees(&map->after, map->tick_hz, shift);
	text_add(&json, ",\"emulation\":{\"emulator\":\"unknown\",\"icount_shift\":%u},\"instructions\":%s",
		 (unsigned int)shift, proven ? "true" : "false");
	if (proven)
		text_add(&json, ",\"insn_shift\":%u", (unsigned int)shift);
}

const char *environment_write(const struct machine *machine,
			      const struct options *options,
			      const struct measurement *m,
			      const char *arguments)
{
	const struct hypervisor_facts facts = facts_of(machine, m);
	bool physical = m->map.source == XLAT_SOURCE_PHYS;

	text_add(&json, "{\"xlat\":{\"version\":\"%s\"},\"recorded_at\":\"unknown\",\"scenario\":\"",
		 XLAT_VERSION);
	add_scenario(options, &facts);
	text_add(&json, "\",\"source\":\"%s\",\"mechanism\":\"%s\",\"backing_timer\":\"own\"",
		 m->timer->name,
		 hypervisor_mechanism(&facts, physical, read_of(m)));
	text_add(&json, ",\"kernel\":{\"release\":\"none\",\"version\":\"(xlat-guest %s)\",\"machine\":\"aarch64\",\"config_digest\":\"none\",\"hz\":0,\"cmdline\":",
		 XLAT_VERSION);
	quote(arguments);
	text_add(&json, "},\"idle\":{\"policy\":\"shallow\",\"driver\":\"none\",\"governor\":\"none\"},\"timers\":{\"clock_event\":\"none\",\"clocksource\":\"none\",\"gic\":\"%s\",\"private_interrupts\":[{\"intid\":%u,\"chip\":\"%s\",\"owner\":\"xlat-guest\"}]}",
		 m->gic->name, m->intid, m->gic->name);
	add_cpu();
	add_hypervisor(&facts);
	add_guest(machine, options, m);
	add_emulation(options, m);
	text_put(&json, '}');
	return json.cut ? NULL : json.bytes;
}
