// SPDX-License-Identifier: GPL-2.0
/* The files of a cell: its hypervisor, its kernel, its module, its tools. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cell.h"

enum { PATH_SIZE = 4096 };

static bool is_set(const struct plan_cell *cell, enum setting s,
		   const char *word)
{
	return settings_is(&cell->settings, s, word);
}

bool cell_is_xen_4_20(const struct plan_cell *cell)
{
	const char *name = settings_text(&cell->settings, SET_HYPERVISOR);

	return !strcmp(name, "debian-4.20") || !strncmp(name, "4.20-", 5);
}

static void tools_of_4_20(const struct cell_inputs *inputs,
			  char path[PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/arm64-trixie", inputs->parts_dir);
}

/* Path of the hypervisor's file, "" for a native cell. */
static void cell_hypervisor(const struct plan_cell *cell,
			    const struct cell_inputs *inputs, char path[4096])
{
	const char *name = settings_text(&cell->settings, SET_HYPERVISOR);

	*path = '\0';
	if (!strcmp(name, "debian-4.17"))
		snprintf(path, PATH_SIZE, "%s", inputs->parts.xen);
	else if (!strcmp(name, "debian-4.20"))
		snprintf(path, PATH_SIZE, "%s/arm64-trixie/boot/"
			 "xen-4.20-arm64", inputs->parts_dir);
	else if (strcmp(name, "none"))
		snprintf(path, PATH_SIZE, "%s/%s/xen", inputs->xen_dir, name);
}

static bool is_own_linux(const struct plan_cell *cell)
{
	return is_set(cell, SET_KERNEL, "debian-6.1");
}

/* Kernel "debian-6.12" is in directory linux-6.12. */
static void linux_root(const struct plan_cell *cell,
		       const struct cell_inputs *inputs, char path[PATH_SIZE])
{
	const char *kernel = settings_text(&cell->settings, SET_KERNEL);

	snprintf(path, PATH_SIZE, "%s/linux%s", inputs->parts_dir,
		 kernel + strcspn(kernel, "-"));
}

void cell_module(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, char path[4096])
{
	if (is_own_linux(cell))
		snprintf(path, PATH_SIZE, "%s", inputs->module);
	else
		snprintf(path, PATH_SIZE, "%s/%s/xlat.ko", inputs->modules_dir,
			 settings_text(&cell->settings, SET_KERNEL));
}

int cell_parts(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct parts *parts)
{
	char path[PATH_SIZE];
	int error = parts_copy(parts, &inputs->parts);

	if (!error && cell_is_xen_4_20(cell)) {
		tools_of_4_20(inputs, path);
		error = parts_use_xen(parts, path);
	}
	cell_hypervisor(cell, inputs, path);
	if (!error && *path)
		error = parts_use_hypervisor(parts, path);
	if (!error && !is_own_linux(cell)) {
		linux_root(cell, inputs, path);
		error = parts_use_linux(parts, path);
	}
	return error;
}

static bool has_xen(const struct plan_cell *cell,
		    const struct cell_inputs *inputs, char why[256])
{
	char path[PATH_SIZE], tools[PATH_SIZE];

	tools_of_4_20(inputs, tools);
	cell_hypervisor(cell, inputs, path);
	if (cell_is_xen_4_20(cell) && access(tools, R_OK))
		snprintf(why, 256, "no %.100s, which has the tools of Xen "
			 "4.20: make parts-trixie", tools);
	else if (*path && access(path, R_OK))
		snprintf(why, 256, "no %.100s: make xen-%.60s, or, if that is "
			 "none of xen/variants, put yours there", path,
			 settings_text(&cell->settings, SET_HYPERVISOR));
	return !*why;
}

/* Is the kernel present, with a module? The default kernel always is. */
static bool has_linux(const struct plan_cell *cell,
		      const struct cell_inputs *inputs, char why[256])
{
	const char *version = settings_text(&cell->settings, SET_KERNEL);
	char root[PATH_SIZE], module[PATH_SIZE];

	if (is_own_linux(cell))
		return true;
	version += strlen("debian-");
	linux_root(cell, inputs, root);
	cell_module(cell, inputs, module);
	if (access(root, R_OK))
		snprintf(why, 256, "no %.100s: make parts-trixie", root);
	else if (is_set(cell, SET_GUEST, "linux") && access(module, R_OK))
		snprintf(why, 256, "no %.100s: make module-arm64-%.20s",
			 module, version);
	return !*why;
}

bool cell_can_run(const struct plan_cell *cell,
		  const struct cell_inputs *inputs, char why[256])
{
	*why = '\0';
	if (!has_xen(cell, inputs, why) || !has_linux(cell, inputs, why))
		return false;
	if ((is_set(cell, SET_GUEST, "bare-metal") ||
	     is_set(cell, SET_COMPETITOR, "domain")) &&
	    access(inputs->bare_metal, R_OK))
		snprintf(why, 256, "no %.100s: make guest",
			 inputs->bare_metal);
	else if (is_set(cell, SET_SCHEDULER, "arinc653") &&
		 cell_is_xen_4_20(cell))
		snprintf(why, 256, "what sets ARINC653's schedule is made with "
			 "the libxenctrl of Xen 4.17, and for it only");
	else if (is_set(cell, SET_SCHEDULER, "arinc653") &&
		 access(inputs->arinc653, R_OK))
		snprintf(why, 256, "no %.100s, which sets ARINC653's schedule: "
			 "make lab-tools", inputs->arinc653);
	return !*why;
}

void cell_dom0(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct recipe *dom0)
{
	dom0->files[0].name = "/xlat-read";
	dom0->files[0].host_path = inputs->guest_reader;
	if (!is_set(cell, SET_SCHEDULER, "arinc653"))
		return;
	dom0->files[1].name = "/arinc653";
	dom0->files[1].host_path = inputs->arinc653;
}
