// SPDX-License-Identifier: MIT
/* The environment document: the hypervisor, and how it delivers a timer. */
#include <stdio.h>
#include <string.h>

#include "core/hypervisor.h"
#include "core/vendor.h"
#include "hostenv.h"

/* The owner of the interrupt of Linux's tick. */
#define TICK	"arch_timer"

static const struct xlat_source_info *source_of(const struct xlat_info *info,
						unsigned int source)
{
	for (uint32_t i = 0; i < info->source_count && i < XLAT_SOURCES_MAX; i++) {
		if (info->source[i].source == source)
			return &info->source[i];
	}
	return NULL;
}

static bool is_owned_by(const struct xlat_source_info *s, const char *owner)
{
	return s && s->state == XLAT_SOURCE_OWNED &&
	       !strncmp(s->owner, owner, sizeof(s->owner));
}

/*
 * A kernel that was entered at EL2, but does not run there, uses the physical
 * timer for its tick, even if there is a virtual one. A kernel that was entered
 * at EL1 uses the virtual timer (arch_timer_select_ppi()). KVM also needs EL2.
 */
static bool entered_el2(const struct xlat_info *info)
{
	const struct xlat_source_info *phys = source_of(info, XLAT_SOURCE_PHYS);
	const struct xlat_source_info *virt = source_of(info, XLAT_SOURCE_VIRT);

	return info->exception_level == 2 ||
	       (is_owned_by(phys, TICK) && virt && virt->intid) ||
	       is_owned_by(virt, "kvm guest vtimer");
}

/* Reads of a counter may also be trapped, so this uses the cheaper one. */
static uint64_t cheapest_clock(const struct xlat_info *info)
{
	const struct xlat_source_info *phys = source_of(info, XLAT_SOURCE_PHYS);
	const struct xlat_source_info *virt = source_of(info, XLAT_SOURCE_VIRT);
	uint64_t one = phys ? phys->clock_read_ticks : 0;
	uint64_t other = virt ? virt->clock_read_ticks : 0;

	return one && (!other || one < other) ? one : other;
}

static enum hypervisor_read read_of(const struct xlat_info *info,
				    unsigned int source)
{
	const struct xlat_source_info *s = source_of(info, source);
	const struct hypervisor_cost cost = {
		.clock = cheapest_clock(info),
		.control = s ? s->control_read_ticks : 0,
	};

	return hypervisor_read(&cost);
}

static enum hypervisor_read dearest_read(const struct xlat_info *info)
{
	enum hypervisor_read phys = read_of(info, XLAT_SOURCE_PHYS);
	enum hypervisor_read virt = read_of(info, XLAT_SOURCE_VIRT);

	return phys > virt ? phys : virt;
}

static bool says_xen(void)
{
	char line[64];

	return !hostenv_first_line("/sys/hypervisor/type", line, sizeof(line)) &&
	       !strcmp(line, "xen");
}

static void collect_facts(const struct xlat_info *info,
			  struct hypervisor_facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	if (info) {
		facts->vendor = info->hypervisor;
		facts->answers = info->answers;
		facts->entered_el2 = entered_el2(info);
		facts->read = dearest_read(info);
	}
	facts->answers.node[sizeof(facts->answers.node) - 1] = '\0';
	if (says_xen())
		facts->vendor = XLAT_HYP_XEN;
}

static const char *role(const struct xlat_info *info,
			const struct hypervisor_facts *facts)
{
	char line[64];

	if (hypervisor_is_native(facts))
		return "native";
	if (hypervisor_decide(facts) != HYPERVISOR_NAMED)
		return "unknown";
	if (info && info->role == XLAT_ROLE_DOM0)
		return "dom0";
	if (!hostenv_first_line("/proc/xen/capabilities", line, sizeof(line)) &&
	    strstr(line, "control_d"))
		return "dom0";
	return "guest";
}

static json_t *xen_version(void)
{
	char major[16], minor[16], extra[64];
	json_t *version;

	if (hostenv_first_line("/sys/hypervisor/version/major", major,
			       sizeof(major)) ||
	    hostenv_first_line("/sys/hypervisor/version/minor", minor,
			       sizeof(minor)))
		return json_string("unknown");
	if (hostenv_first_line("/sys/hypervisor/version/extra", extra,
			       sizeof(extra)))
		*extra = '\0';
	version = json_sprintf("%s.%s%s", major, minor, extra);
	return version ? version : json_string("unknown");	/* no UTF-8 */
}

static json_t *uid_text(const uint32_t uid[4])
{
	return json_sprintf("SMCCC UID: %08x %08x %08x %08x", uid[0], uid[1],
			    uid[2], uid[3]);
}

static json_t *signature_text(const char *letters)
{
	char text[40];

	snprintf(text, sizeof(text), "CPUID signature: %.15s", letters);
	return json_string(text);
}

/* Lists the raw answers, for a hypervisor that is not in our tables. */
static void add_answers(json_t *list, const struct xlat_answers *a)
{
	if (a->node[0])
		json_array_append_new(list, json_sprintf("/hypervisor: %s",
							 a->node));
	if (xlat_vendor_uid_given(a->vendor_uid))
		json_array_append_new(list, uid_text(a->vendor_uid));
	if (xlat_vendor_uid_given(a->standard_uid))
		json_array_append_new(list, uid_text(a->standard_uid));
	for (int i = 0; i < 2; i++)
		if (a->signature[i][0])
			json_array_append_new(list,
					      signature_text(a->signature[i]));
}

static json_t *asked(const struct hypervisor_facts *facts)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < HYPERVISOR_QUESTIONS; i++) {
		const char *text = hypervisor_asked(facts, i);

		if (text)
			json_array_append_new(list, json_string(text));
	}
	add_answers(list, &facts->answers);
	return list;
}

json_t *hostenv_hypervisor(const struct xlat_info *info)
{
	struct hypervisor_facts facts;

	collect_facts(info, &facts);
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}",
		"type", hypervisor_name(&facts), "role", role(info, &facts),
		"version", xen_version(),
		"features", hostenv_text("/sys/hypervisor/properties/features"),
		"uuid", hostenv_text("/sys/hypervisor/uuid"),
		"asked", info ? asked(&facts) : json_array());
}

const char *hostenv_default_scenario(json_t *hypervisor, char *text,
				     size_t size)
{
	const char *type =
		json_string_value(json_object_get(hypervisor, "type"));
	const char *role =
		json_string_value(json_object_get(hypervisor, "role"));

	if (!strcmp(role, "native") || !strcmp(role, "unknown"))
		return role;
	if (!strcmp(type, "xen"))
		return strcmp(role, "dom0") ? "xen-domu" : "xen-dom0";
	snprintf(text, size, "%s-guest", type);
	return text;
}

static const char *timer_mechanism(const struct xlat_info *info,
				   unsigned int source)
{
	struct hypervisor_facts facts;

	collect_facts(info, &facts);
	return hypervisor_mechanism(&facts, source == XLAT_SOURCE_PHYS,
				    read_of(info, source));
}

/*
 * Linux's tick uses one of the two EL1 timers, and owns it. With VHE it uses a
 * timer of EL2, which no other program uses.
 */
static const char *tick_mechanism(const struct xlat_info *info)
{
	static const unsigned int timers[] = {
		XLAT_SOURCE_PHYS, XLAT_SOURCE_VIRT,
	};
	struct hypervisor_facts facts;

	for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++)
		if (is_owned_by(source_of(info, timers[i]), TICK))
			return timer_mechanism(info, timers[i]);
	collect_facts(info, &facts);
	return info->vhe && hypervisor_is_native(&facts) ? "ppi" : "unknown";
}

const char *hostenv_mechanism(const struct xlat_info *info, int source,
			      const char *clock_event)
{
	if (!strncmp(clock_event, "lapic", 5) && source == XLAT_SOURCE_HRTIMER)
		return "lapic";
	if (!strcmp(clock_event, "xen") && source == XLAT_SOURCE_HRTIMER)
		return "virtual";
	if (!info)
		return "unknown";
	if (source == XLAT_SOURCE_PHYS || source == XLAT_SOURCE_VIRT)
		return timer_mechanism(info, (unsigned int)source);
	return strcmp(clock_event, "arch_sys_timer") ? "unknown" :
						       tick_mechanism(info);
}
