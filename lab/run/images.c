// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cpupool.h"
#include "dom0_job.h"
#include "images.h"

enum { DOMAINS = 72 };

static int end_image(const struct scenario_options *o, struct image *image,
		     int error, const char *path, char culprit[4096])
{
	if (!error)
		error = o->hash ? image_hash(image, o->hash) :
				  image_write(image, path);
	if (error)
		snprintf(culprit, 4096, "%s", image->culprit);
	image_free(image);
	return error;
}

static int make_guest(const struct scenario_options *o, bool ports,
		      const char *path, char culprit[4096])
{
	struct image image = { .count = 0 };
	int error = recipe_guest(&image, &o->recipe, &o->parts, ports);

	return end_image(o, &image, error, path, culprit);
}

static int add(struct recipe_domain domains[DOMAINS],
	       const struct recipe_domain *domain)
{
	size_t n = 0;

	while (domains[n].name)
		n++;
	if (n == DOMAINS - 1)
		return -E2BIG;
	domains[n] = *domain;
	return 0;
}

/* Make the image of dom0, which contains the images of its domains. */
static int make_dom0(const struct scenario *s,
		     const struct scenario_options *o,
		     const struct recipe_domain domains[], const char *path,
		     char culprit[4096])
{
	struct image image = { .count = 0 };
	const struct dom0_wishes wishes = {
		.job = o->dom0.job ? o->dom0.job : "", .host = o->host,
	};
	struct recipe recipe = o->dom0;
	static char job[65536];
	int error;

	recipe.init = o->recipe.init;
	recipe.job = job;
	error = dom0_job(job, sizeof(job), s, o->bare, &wishes);
	if (error) {
		snprintf(culprit, 4096, "dom0's job");
		return error;
	}
	error = recipe_dom0(&image, &recipe, &o->parts, domains);
	return end_image(o, &image, error, path, culprit);
}

/* Add the busy domain. It never sleeps and takes an interrupt every 10 s. */
static int add_busy(const struct scenario *s, const struct scenario_options *o,
		    struct recipe_domain domains[DOMAINS])
{
	static const char *const cpus[] = { "0", "1", "2", "3" };
	const struct recipe_domain busy = {
		"busy", 1, 64, "busy.kernel", o->bare_metal, NULL,
		"xlat.timer=virt xlat.idle=busy xlat.period=10s "
		"xlat.count=100000", cpus[dom0_job_busy_cpu(s)],
		cpupool_config(&s->settings, true),
	};

	if (!settings_is(&s->settings, SET_COMPETITOR, "domain"))
		return 0;
	return add(domains, &busy);
}

static int make_domains(const struct scenario *s,
			const struct scenario_options *o, const char *append,
			const char *path, char culprit[4096])
{
	struct recipe_domain domains[DOMAINS] = { { .name = NULL } };
	const struct recipe_domain *bare;
	char initramfs[4096] = "";
	const struct recipe_domain domu = {
		"domu", settings_number(&s->settings, SET_VCPUS), 192,
		"domu.kernel", o->parts.kernel, initramfs, append, NULL,
		cpupool_config(&s->settings, false),
	};
	int error = 0;

	if (!o->hash)
		snprintf(initramfs, sizeof(initramfs), "%s/domu.cpio", o->out);
	for (bare = o->bare; !error && bare && bare->name; bare++)
		error = add(domains, bare);
	if (!error && !o->bare)
		error = add(domains, &domu);
	if (!error)
		error = add_busy(s, o, domains);
	if (!error && !o->bare)
		error = make_guest(o, false, initramfs, culprit);
	if (!error)
		error = make_dom0(s, o, domains, path, culprit);
	unlink(initramfs);
	return error;
}

int images_make(const struct scenario *s, const struct scenario_options *o,
		const char *append, const char *path, char culprit[4096])
{
	struct image image = { .count = 0 };
	int error;

	if (s->machine != VM_XEN)
		return make_guest(o, true, path, culprit);
	if (s->domu)
		return make_domains(s, o, append, path, culprit);
	error = recipe_dom0(&image, &o->recipe, &o->parts, NULL);
	return end_image(o, &image, error, path, culprit);
}
