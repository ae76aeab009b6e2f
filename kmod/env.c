// SPDX-License-Identifier: GPL-2.0
/*
 * What can be measured here: the list of sources and the machine's claims
 * about its counters.
 */
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include <generated/utsrelease.h>
#include <xen/xen.h>

#include "arch.h"
#include "env.h"
#include "probe.h"
#include "core/vendor.h"

static const struct xlat_source *source_at(u32 index)
{
	return index ? xlat_arch_sources[index - 1] : &xlat_source_hrtimer;
}

const struct xlat_source *xlat_env_source(u32 id)
{
	const struct xlat_source *source;
	u32 i;

	for (i = 0; (source = source_at(i)); i++)
		if (source->id == id)
			return source;
	return NULL;
}

static void describe(const struct xlat_source *source,
		     struct xlat_source_info *info)
{
	info->source = source->id;
	info->stage = source->stage;
	info->error = -source->usable(source, info);
	if (info->state != XLAT_SOURCE_ABSENT)
		info->tick_hz = source->tick_hz();
}

/* Reading the control register of another user's timer changes nothing. */
static void weigh(struct xlat_info *info)
{
	unsigned long flags;
	u32 i;

	local_irq_save(flags);
	info->cpu = smp_processor_id();
	xlat_arch_counters(&info->cntpct, &info->cntvct);
	for (i = 0; i < info->source_count; i++)
		if (info->source[i].state != XLAT_SOURCE_ABSENT)
			xlat_probe_costs(source_at(i),
					 &info->source[i].clock_read_ticks,
					 &info->source[i].control_read_ticks);
	local_irq_restore(flags);
}

/* Linux knows Xen by more than these answers: by ACPI, and as a PV domain. */
static void ask_hypervisor(struct xlat_info *info)
{
	xlat_arch_ask(&info->answers);
	info->hypervisor = xen_domain() ? XLAT_HYP_XEN :
			   xlat_vendor(&info->answers);
	if (xen_initial_domain())
		info->role = XLAT_ROLE_DOM0;
	else if (info->hypervisor == XLAT_HYP_NONE ||
		 (info->hypervisor == XLAT_HYP_UNKNOWN && !info->answers.asked))
		info->role = XLAT_ROLE_NATIVE;
	else
		info->role = XLAT_ROLE_GUEST;
}

void xlat_env_info(struct xlat_info *info, bool quiet)
{
	const struct xlat_source *source;
	u32 i;

	info->abi_version = XLAT_ABI_VERSION;
	strscpy(info->module_version, XLAT_VERSION,
		sizeof(info->module_version));
	strscpy(info->kernel, UTS_RELEASE, sizeof(info->kernel));
	xlat_arch_info(info);
	ask_hypervisor(info);
	for (i = 0; i < XLAT_SOURCES_MAX && (source = source_at(i)); i++)
		describe(source, &info->source[i]);
	info->source_count = i;
	if (!quiet)
		weigh(info);
}
