// SPDX-License-Identifier: MIT
/* xlat-read info: says what can be measured on this machine. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "cmd.h"
#include "user/record/device.h"
#include "user/record/hostenv.h"
#include "user/record/module.h"
#include "user/record/vermagic.h"

/* Directory of the installed kernel modules. */
#define MODULES	"/lib/modules"

enum { OPT_MODULE = 256, OPT_FORMAT };

static const struct cli_option options[] = {
	{ OPT_MODULE, "module", "FILE", "say which kernel this xlat.ko is for" },
	{ OPT_FORMAT, "format", "FORMAT", "text (default) or json" },
	{ 0 },
};

struct request {
	const char *module;
	bool json;
};

/**
 * struct machine - facts about this machine
 * @present: the module is loaded
 * @info: valid only if @present
 * @document: the environment document
 * @notes: sentences, for example why something cannot be measured
 */
struct machine {
	bool present;
	struct xlat_info info;
	json_t *document;
	json_t *notes;
};

static const char *text_at(const struct machine *m, const char *section,
			   const char *key)
{
	json_t *object = json_object_get(m->document, section);

	return json_string_value(json_object_get(object, key)) ?: "unknown";
}

static void note(struct machine *m, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void note(struct machine *m, const char *format, ...)
{
	char text[512];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	json_array_append_new(m->notes, json_string(text));
}

static const char *mechanism_of(const struct machine *m, unsigned int source)
{
	return hostenv_mechanism(&m->info, (int)source,
				 text_at(m, "timers", "clock_event"));
}

static const struct xlat_source_info *source_of(const struct machine *m,
						unsigned int source)
{
	for (uint32_t i = 0; i < m->info.source_count && i < XLAT_SOURCES_MAX; i++) {
		if (m->info.source[i].source == source)
			return &m->info.source[i];
	}
	return NULL;
}

static bool is_free(const struct machine *m, unsigned int source)
{
	const struct xlat_source_info *s = source_of(m, source);

	return s && s->state == XLAT_SOURCE_FREE;
}

static unsigned int intid_of(const struct machine *m, unsigned int source)
{
	const struct xlat_source_info *s = source_of(m, source);

	return s ? s->intid : 0;
}

/* Note which sources are a fair pair: see the table in docs/measuring.md. */
static void note_native_twin(struct machine *m)
{
	unsigned int phys = intid_of(m, XLAT_SOURCE_PHYS);
	unsigned int virt = intid_of(m, XLAT_SOURCE_VIRT);

	if (is_free(m, XLAT_SOURCE_PHYS))
		note(m, "phys (PPI %u) is real hardware here: it is the native twin of --source phys in a domU.",
		     phys);
	else if (is_free(m, XLAT_SOURCE_VIRT))
		note(m, "Linux was entered at EL2 and uses PPI %u itself: virt (PPI %u) is real hardware here and the native twin of a domU's timers; enter Linux at EL1 to have phys on both sides.",
		     phys, virt);
	else if (phys && virt)
		note(m, "neither raw timer is free: boot with kvm-arm.mode=none to have virt (PPI %u), or enter Linux at EL1 to have phys (PPI %u).",
		     virt, phys);
}

static void note_twins(struct machine *m)
{
	note(m, "hrtimer can be measured natively and in every domain: compare it with hrtimer only (stage T2).");
	if (!strcmp(text_at(m, "hypervisor", "role"), "native"))
		note_native_twin(m);
	else if (is_free(m, XLAT_SOURCE_PHYS))
		note(m, "phys in this domain is %s by the hypervisor: its native twin is phys on a kernel entered at EL1, or virt on one entered at EL2.",
		     mechanism_of(m, XLAT_SOURCE_PHYS));
}

static void note_owners(struct machine *m)
{
	char why[128];

	for (uint32_t i = 0; i < m->info.source_count && i < XLAT_SOURCES_MAX; i++) {
		const struct xlat_source_info *s = &m->info.source[i];

		if (s->state == XLAT_SOURCE_OWNED)
			note(m, "%s cannot be measured: %s.",
			     hostenv_source_name(s->source),
			     hostenv_why_not(s, why, sizeof(why)));
	}
	if (m->info.session)
		note(m, "another session is set up: recording has to wait for it.");
}

static void note_clock(struct machine *m)
{
	const struct xlat_info *info = &m->info;

	if (info->rate_claim == XLAT_RATE_NO_CLAIM)
		note(m, "no claim about the counter's rate agrees with the %llu Hz that were measured: phys and virt are reported in ticks.",
		     (unsigned long long)info->measured_hz);
	if (info->cntfrq[1].cpus && !info->measured_hz)
		note(m, "firmware set different CNTFRQ: %llu Hz on CPU %u, %llu Hz on CPU %u; no clock was fine enough to find out which is true.",
		     (unsigned long long)info->cntfrq[0].hz,
		     info->cntfrq[0].first_cpu,
		     (unsigned long long)info->cntfrq[1].hz,
		     info->cntfrq[1].first_cpu);
	else if (info->cntfrq[1].cpus)
		note(m, "firmware set different CNTFRQ: %llu Hz on CPU %u, %llu Hz on CPU %u; measured: %llu Hz.",
		     (unsigned long long)info->cntfrq[0].hz,
		     info->cntfrq[0].first_cpu,
		     (unsigned long long)info->cntfrq[1].hz,
		     info->cntfrq[1].first_cpu,
		     (unsigned long long)info->measured_hz);
	if (info->rate_claim != XLAT_RATE_UNTRIED)
		return;
	if (info->dt_clock_hz && info->dt_clock_hz != info->cntfrq_hz)
		note(m, "the device tree claims %llu Hz, CNTFRQ says %llu: Linux trusts the device tree; find out which is true before believing any nanosecond.",
		     (unsigned long long)info->dt_clock_hz,
		     (unsigned long long)info->cntfrq_hz);
}

static void note_governor(struct machine *m)
{
	json_t *all = json_object_get(json_object_get(m->document, "cpu"),
				      "governor");
	const char *cpu;
	json_t *value;

	json_object_foreach(all, cpu, value) {
		const char *name = json_string_value(value);

		if (!strcmp(name, "performance") || !strcmp(name, "unknown"))
			continue;
		note(m, "CPU %s changes its clock (governor %s): set the governor 'performance' before a comparison.",
		     cpu, name);
		return;
	}
}

static void note_all(struct machine *m)
{
	if (hostenv_uses_acpi() && !strcmp(text_at(m, "kernel", "machine"),
					   "aarch64"))
		note(m, "this machine is described by ACPI: the raw timers phys and virt need a device tree, hrtimer works.");
	if (m->present) {
		note_owners(m);
		note_twins(m);
		note_clock(m);
	}
	note_governor(m);
}

static void print_cost(const struct xlat_source_info *s)
{
	double ns = s->tick_hz ? 1e9 / (double)s->tick_hz / XLAT_COST_READS : 0;

	printf("; reading its clock costs %.0f ns",
	       (double)s->clock_read_ticks * ns);
	if (s->control_read_ticks)
		printf(", its control register %.0f ns",
		       (double)s->control_read_ticks * ns);
}

static void print_source(const struct machine *m,
			 const struct xlat_source_info *s)
{
	printf("  %-8s %-6s", hostenv_source_name(s->source),
	       hostenv_source_state(s->state));
	if (s->state == XLAT_SOURCE_ABSENT) {
		printf(" %s\n", s->error ? strerror((int)s->error) : "");
		return;
	}
	printf(" T%u %s, %.6g MHz", s->stage, mechanism_of(m, s->source),
	       (double)s->tick_hz / 1e6);
	if (s->intid)
		printf(", PPI %u", s->intid);
	if (s->state == XLAT_SOURCE_OWNED)
		printf(", owner '%.*s'", XLAT_NAME_LEN, s->owner);
	else if (!m->info.session)
		print_cost(s);
	putchar('\n');
}

static void print_text(const struct machine *m)
{
	json_t *asked = json_object_get(json_object_get(m->document,
							"hypervisor"), "asked");
	json_t *line;
	size_t i;

	printf("kernel      %s (%s)\n", text_at(m, "kernel", "release"),
	       text_at(m, "kernel", "machine"));
	printf("CPUs        %s online, %s\n", text_at(m, "cpu", "online"),
	       text_at(m, "cpu", "model"));
	printf("hypervisor  %s, role %s\n", text_at(m, "hypervisor", "type"),
	       text_at(m, "hypervisor", "role"));
	json_array_foreach(asked, i, line)
		printf("            %s\n", json_string_value(line));
	printf("timers      %s, clock source %s, %s\n",
	       text_at(m, "timers", "clock_event"),
	       text_at(m, "timers", "clocksource"), text_at(m, "timers", "gic"));
	if (m->present && m->info.exception_level)
		printf("runs at     EL%u%s\n", m->info.exception_level,
		       m->info.vhe ? " with VHE" : "");
	if (m->present)
		printf("sources\n");
	for (uint32_t n = 0; n < m->info.source_count && n < XLAT_SOURCES_MAX; n++)
		print_source(m, &m->info.source[n]);
	json_array_foreach(m->notes, i, line)
		printf("- %s\n", json_string_value(line));
}

static void print_json(const struct machine *m)
{
	json_object_set(m->document, "notes", m->notes);
	json_dumpf(m->document, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	putchar('\n');
}

static int look(struct machine *m)
{
	struct hostenv_request request = { .source = -1, .icount_shift = -1 };
	struct device device;

	m->present = cmd_open_device(&device, &m->info) == EXIT_GOOD;
	if (m->present)
		device_close(&device);
	else
		memset(&m->info, 0, sizeof(m->info));
	request.info = m->present ? &m->info : NULL;
	m->document = hostenv_collect(&request);
	m->notes = json_array();
	if (!m->document || !m->notes)
		return cmd_complain(EXIT_FAILED, "no memory");
	note_all(m);
	return m->present ? EXIT_GOOD : EXIT_FAILED;
}

static int show_machine(const struct request *r)
{
	struct machine m = { 0 };
	int code = look(&m);

	if (m.document && r->json)
		print_json(&m);
	else if (m.document)
		print_text(&m);
	json_decref(m.document);
	json_decref(m.notes);
	return code;
}

static int complain_module(const char *path, int error)
{
	if (error == -ENOTSUP)
		return cmd_complain(EXIT_FAILED, "%s is compressed: decompress it first",
				    path);
	if (error == -ENOEXEC || error == -ENODATA)
		return cmd_complain(EXIT_FAILED, "%s is no kernel module: give the xlat.ko that 'make module' built",
				    path);
	return cmd_complain(EXIT_FAILED, "cannot read %s: %s", path,
			    strerror(-error));
}

static const char *kernel_machine(const char *uname_machine)
{
	return strcmp(uname_machine, "aarch64") ? uname_machine : "arm64";
}

static int say_fit(const char *path, const struct module_facts *module,
		   const struct kernel_facts *kernel)
{
	char why[MODULE_TEXT];
	enum vermagic_fit fit = vermagic_compare(module, kernel, why,
						 sizeof(why));

	switch (fit) {
	case VERMAGIC_FITS:
		printf("it fits: vermagic is the same as that of this kernel's own modules\n");
		return EXIT_GOOD;
	case VERMAGIC_PARTLY:
		printf("it fits as far as could be compared. Not compared: %s, because no module of this kernel can be read under " MODULES "/%s/kernel. To find out, load it: if insmod refuses it, dmesg says which 'version magic' this kernel wants.\n",
		       why, kernel->release);
		return EXIT_GOOD;
	case VERMAGIC_OTHER_OPTIONS:
		return cmd_complain(EXIT_FAILED,
			"%s was built for %s with other options, this kernel will refuse it: %s: build it again with KDIR= of this kernel",
			path, kernel->release, why);
	case VERMAGIC_CRCS_DECIDE:
		return cmd_complain(EXIT_FAILED,
			"%s was built for kernel %.*s, this one is %s: insmod may still accept it (a kernel with modversions compares the CRCs of symbols instead, which is not done here): build it again with KDIR= of this kernel",
			path, (int)strcspn(module->vermagic, " "),
			module->vermagic, kernel->release);
	default:
		return cmd_complain(EXIT_FAILED,
			"%s was built for kernel %.*s (%s), this one is %s (%s): build it again with KDIR= of this kernel",
			path, (int)strcspn(module->vermagic, " "),
			module->vermagic, module->machine, kernel->release,
			kernel->machine);
	}
}

static int show_module(const struct request *r)
{
	struct module_facts facts, own;
	struct utsname running;
	struct kernel_facts kernel;
	int error = module_read(r->module, &facts);

	if (error)
		return complain_module(r->module, error);
	uname(&running);
	kernel = (struct kernel_facts) {
		.release = running.release, .version = running.version,
		.machine = kernel_machine(running.machine),
	};
	if (!module_installed(MODULES, running.release, &own))
		kernel.vermagic = own.vermagic;
	printf("%s: %s %s for %s, kernel %s\n", r->module, facts.name,
	       facts.version, facts.machine, facts.vermagic);
	printf("running: %s, kernel %s\n", kernel.machine,
	       kernel.vermagic ?: running.release);
	fflush(stdout);
	return say_fit(r->module, &facts, &kernel);
}

static int parse(struct request *r, int argc, char **argv)
{
	struct cli cli;
	int key;

	cli_start(&cli, argc, argv, options);
	while ((key = cli_next(&cli)) != CLI_END) {
		if (key == CLI_ERROR)
			return cmd_usage("info", "%s", cli.message);
		if (key == OPT_MODULE)
			r->module = cli.value;
		if (key != OPT_FORMAT)
			continue;
		r->json = !strcmp(cli.value, "json");
		if (!r->json && strcmp(cli.value, "text"))
			return cmd_usage("info", "--format %s: text or json",
					 cli.value);
	}
	if (cli.index < argc)
		return cmd_usage("info", "unexpected argument '%s'",
				 argv[cli.index]);
	return EXIT_GOOD;
}

static int cmd_info(int argc, char **argv)
{
	struct request request = { 0 };
	int code = parse(&request, argc, argv);

	if (code)
		return code;
	return request.module ? show_module(&request) : show_machine(&request);
}

const struct command info_command = {
	.name = "info",
	.arguments = "",
	.summary = "say what can be measured on this machine, and why the rest cannot",
	.options = options,
	.examples =
		"  xlat-read info\n"
		"  xlat-read info --module xlat.ko   before insmod: does it fit this kernel?\n",
	.run = cmd_info,
};
