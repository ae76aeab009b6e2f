// SPDX-License-Identifier: MIT
/* The environment document: collects all its parts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "hostenv.h"
#include "xl.h"

bool hostenv_uses_acpi(void)
{
	return hostenv_exists("/sys/firmware/acpi/tables") &&
	       !hostenv_exists("/proc/device-tree/timer");
}

/* Both files give the same digest, because gzopen() also reads plain text. */
static json_t *config_digest(const char *release)
{
	char path[HOSTENV_PATH], plain[256], bytes[4096];
	uLong crc = crc32(0, NULL, 0);
	gzFile file = gzopen(hostenv_path(path, "/proc/config.gz"), "re");
	int n = 0;

	snprintf(plain, sizeof(plain), "/boot/config-%s", release);
	if (!file)
		file = gzopen(hostenv_path(path, plain), "re");
	if (!file)
		return json_string("unknown");
	while ((n = gzread(file, bytes, sizeof(bytes))) > 0)
		crc = crc32(crc, (const Bytef *)bytes, (uInt)n);
	gzclose(file);
	return n ? json_string("unknown") : json_sprintf("crc32:%08lx", crc);
}

/* The coarse clocks advance by jiffies, so their resolution is 1/HZ. */
static json_int_t kernel_hz(void)
{
	struct timespec jiffy;

	if (clock_getres(CLOCK_MONOTONIC_COARSE, &jiffy) || jiffy.tv_sec ||
	    jiffy.tv_nsec <= 0)
		return 0;
	return (1000000000 + jiffy.tv_nsec / 2) / jiffy.tv_nsec;
}

static json_t *kernel(void)
{
	struct utsname name;

	uname(&name);
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:I}",
			 "release", name.release, "version", name.version,
			 "machine", name.machine,
			 "cmdline", hostenv_text("/proc/cmdline"),
			 "config_digest", config_digest(name.release),
			 "hz", kernel_hz());
}

static json_t *idle(const struct cli_cpus *cpus)
{
	return json_pack("{s:o, s:o, s:o}",
		"driver", hostenv_text("/sys/devices/system/cpu/cpuidle/"
				       "current_driver"),
		"governor", hostenv_text("/sys/devices/system/cpu/cpuidle/"
					 "current_governor"),
		"before", hostenv_idle_states(cpus));
}

static json_t *source_info(const struct xlat_source_info *s)
{
	return json_pack("{s:s, s:s, s:i, s:i, s:I, s:I, s:I, s:i, s:s#}",
		"name", hostenv_source_name(s->source),
		"state", hostenv_source_state(s->state),
		"stage", (int)s->stage, "intid", (int)s->intid,
		"tick_hz", (json_int_t)s->tick_hz,
		"clock_read_ticks", (json_int_t)s->clock_read_ticks,
		"control_read_ticks", (json_int_t)s->control_read_ticks,
		"error", (int)s->error, "owner", s->owner,
		(int)strnlen(s->owner, sizeof(s->owner)));
}

static json_t *module(const struct xlat_info *info)
{
	json_t *sources = json_array();

	for (uint32_t i = 0; i < info->source_count && i < XLAT_SOURCES_MAX; i++)
		json_array_append_new(sources, source_info(&info->source[i]));
	return json_pack("{s:i, s:s#, s:s#, s:i, s:b, s:i, s:I, s:I, s:I, s:I, s:i, s:o}",
		"abi_version", (int)info->abi_version,
		"version", info->module_version,
		(int)strnlen(info->module_version, sizeof(info->module_version)),
		"kernel", info->kernel,
		(int)strnlen(info->kernel, sizeof(info->kernel)),
		"exception_level", (int)info->exception_level,
		"vhe", (int)info->vhe, "cpu", (int)info->cpu,
		"cntfrq_hz", (json_int_t)info->cntfrq_hz,
		"dt_clock_hz", (json_int_t)info->dt_clock_hz,
		"cntpct", (json_int_t)info->cntpct,
		"cntvct", (json_int_t)info->cntvct,
		"cost_reads", (int)XLAT_COST_READS,
		"sources", sources);
}

static json_t *now_utc(void)
{
	time_t now = time(NULL);
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	return json_string(text);
}

/* Only a measurement has measured CPUs and an idle policy. */
static void add_chosen(json_t *document, const struct hostenv_request *request,
		       const struct cli_cpus *measured)
{
	json_t *cpu = json_object_get(document, "cpu");
	json_t *idle_states = json_object_get(document, "idle");

	json_object_set_new(cpu, "measured", hostenv_cpu_list(measured));
	json_object_set_new(idle_states, "policy", json_string(
		request->idle_policy == XLAT_IDLE_KEEP ? "keep" : "shallow"));
}

static void add_measurement(json_t *document,
			    const struct hostenv_request *request)
{
	json_t *timers = json_object_get(document, "timers");
	const char *event =
		json_string_value(json_object_get(timers, "clock_event"));

	json_object_set_new(document, "source", json_string(
		hostenv_source_name((unsigned int)request->source)));
	json_object_set_new(document, "mechanism", json_string(
		hostenv_mechanism(request->info, request->source, event)));
	json_object_set_new(document, "backing_timer", json_string(
		request->source == XLAT_SOURCE_HRTIMER ? event : "own"));
}

static void add_emulation(json_t *document,
			  const struct hostenv_request *request)
{
	json_t *emulation;

	if (!request->emulator && request->icount_shift < 0)
		return;
	emulation = json_pack("{s:s}", "emulator", request->emulator ?
			      request->emulator : "unknown");
	if (request->icount_shift >= 0)
		json_object_set_new(emulation, "icount_shift",
				    json_integer(request->icount_shift));
	json_object_set_new(document, "emulation", emulation);
}

/* Without a hypervisor the measured CPUs are physical CPUs. */
static void add_physical_cpus(json_t *document)
{
	json_t *hyp = json_object_get(document, "hypervisor");
	const char *role = json_string_value(json_object_get(hyp, "role"));
	json_t *cpu = json_object_get(document, "cpu");

	if (role && !strcmp(role, "native") && json_object_get(cpu, "measured"))
		json_object_set(document, "physical_cpus",
				json_object_get(cpu, "measured"));
}

/* @measured: the measured CPUs; NULL: none */
static void add_xen(json_t *document, const struct cli_cpus *measured)
{
	json_t *xen = hostenv_xen();

	if (!xen)
		return;
	json_object_set_new(document, "xen", xen);
	if (!measured)
		return;
	json_object_set_new(document, "scheduler", hostenv_scheduler(xen, 0));
	json_object_set_new(document, "physical_cpus",
			    hostenv_pinning(xen, 0, measured));
}

json_t *hostenv_collect(const struct hostenv_request *request)
{
	struct cli_cpus measured = { 0 };
	json_t *document, *hyp = hostenv_hypervisor(request->info);
	char label[64];

	if (!hyp)
		return NULL;
	if (request->measured)
		measured = *request->measured;
	else
		hostenv_online(&measured);
	document = json_pack("{s:{s:s}, s:o, s:s, s:o, s:o, s:o, s:o, s:O}",
		"xlat", "version", XLAT_VERSION,
		"recorded_at", now_utc(),
		"scenario", request->scenario ? request->scenario :
			hostenv_default_scenario(hyp, label, sizeof(label)),
		"kernel", kernel(), "cpu", hostenv_cpus(&measured),
		"idle", idle(&measured), "timers", hostenv_timers(&measured),
		"hypervisor", hyp);
	json_decref(hyp);
	if (!document)
		return NULL;
	json_object_set_new(document, "clock", hostenv_clock());
	if (request->info) {
		json_object_set_new(document, "module", module(request->info));
		json_object_set_new(document, "rate",
				    hostenv_rate(request->info));
	}
	if (request->source >= 0) {
		add_chosen(document, request, &measured);
		add_measurement(document, request);
	}
	add_emulation(document, request);
	add_physical_cpus(document);
	add_xen(document, request->source >= 0 ? &measured : NULL);
	return document;
}

void hostenv_after(json_t *document, const struct hostenv_request *request)
{
	json_object_set_new(json_object_get(document, "idle"), "after",
			    hostenv_idle_states(request->measured));
	json_object_set_new(document, "clock_after", hostenv_clock());
}

void hostenv_attach_host(json_t *document, json_t *host)
{
	const char *text = json_string_value(json_object_get(
		json_object_get(document, "cpu"), "measured"));
	const char *uuid = json_string_value(json_object_get(
		json_object_get(document, "hypervisor"), "uuid"));
	json_t *xen = json_object_get(host, "xen");
	struct cli_cpus measured;
	int domid = uuid ? hostenv_domain_of(xen, uuid) : -1;

	json_object_set(document, "host", host);
	if (domid < 0)
		return;
	json_object_set_new(document, "scheduler",
			    hostenv_scheduler(xen, (unsigned int)domid));
	if (text && !cli_parse_cpus(text, &measured))
		json_object_set_new(document, "physical_cpus",
			hostenv_pinning(xen, (unsigned int)domid, &measured));
}
