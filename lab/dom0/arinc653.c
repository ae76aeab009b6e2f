// SPDX-License-Identifier: GPL-2.0
/*
 * A schedule for a cpupool whose scheduler is ARINC653: run in dom0, because
 * xl has no command for it. What it prints was read back from Xen.
 */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xenctrl.h>

#include "lab/plan/number.h"
#include "lab/plan/schedule.h"

_Static_assert((int)SCHEDULE_SLOTS == ARINC653_MAX_DOMAINS_PER_SCHEDULE,
	       "as many slots as Xen's");

static const char help[] =
"usage: lab-arinc653 --pool ID [major=TIME DOMAIN:VCPU=TIME...]\n"
"Set the schedule of a cpupool whose scheduler is ARINC653, and print the one\n"
"that Xen then has. Without major=TIME, print only.\n"
"  -p, --pool ID     of the cpupool (the first that xl cpupool-create makes\n"
"                    is 1); it must have one pCPU\n"
"  major=TIME        the major frame: a number and ns, us, ms or s\n"
"  DOMAIN:VCPU=TIME  who runs, one slot after the other, and how long; DOMAIN\n"
"                    is an id or a UUID; the domain need not exist yet. A\n"
"                    vCPU without a slot never runs; in time that no slot\n"
"                    claims, the pCPU is idle\n"
"Exit status: 0 good; 1 Xen did not take it; 2 wrong usage.\n";

enum { LAST_POOL = 65535, LAST_DOMAIN = 32751, HANDLE = 16, TEXT = 37 };

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "pool", required_argument, NULL, 'p' },
	{ NULL, 0, NULL, 0 },
};

struct request {
	int pool;
	struct schedule schedule;
	struct xen_sysctl_arinc653_schedule xen;
};

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "lab-arinc653: %s: %s\n", what, why);
	return 1;
}

static int wrong(const char *what, const char *why)
{
	fprintf(stderr, "lab-arinc653: %s: %s (try --help)\n", what, why);
	return 2;
}

/* "00010203-0405-0607-0809-0a0b0c0d0e0f" */
static bool read_uuid(const char *text, uint8_t handle[HANDLE])
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	char digits[3] = "";
	size_t i, n = 0;

	for (i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '-' ? text[i] != '-' :
		    !strchr("0123456789abcdefABCDEF", text[i]) || !text[i])
			return false;
	if (text[i])
		return false;
	for (i = 0; i < sizeof(form) - 1; i += 2) {
		i += form[i] == '-';
		memcpy(digits, text + i, 2);
		handle[n++] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return true;
}

static void write_uuid(char text[TEXT], const uint8_t handle[HANDLE])
{
	int i, n = 0;

	for (i = 0; i < HANDLE; i++)
		n += sprintf(text + n, "%s%02x", i == 4 || i == 6 || i == 8 ||
			     i == 10 ? "-" : "", handle[i]);
}

/* Nothing is asked of Xen before all words are known to be good. */
static int check_domains(const struct schedule *s)
{
	uint8_t handle[HANDLE];
	int n, id;

	for (n = 0; n < s->count; n++)
		if (number_parse(s->slots[n].domain, 0, LAST_DOMAIN, &id) &&
		    !read_uuid(s->slots[n].domain, handle))
			return wrong(s->slots[n].domain,
				     "neither a domain's id nor a UUID");
	return 0;
}

static int take_words(struct schedule *s, char *words[])
{
	char why[SCHEDULE_WHY];

	for (; *words; words++)
		if (schedule_take(s, *words, why))
			return wrong("schedule", why);
	if (schedule_end(s, why))
		return wrong("schedule", why);
	return check_domains(s);
}

static int take_options(struct request *r, int argc, char *argv[])
{
	int option;

	r->pool = -1;
	while ((option = getopt_long(argc, argv, "hp:", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			exit(0);
		}
		if (option != 'p' ||
		    number_parse(optarg, 0, LAST_POOL, &r->pool))
			return option == 'p' ?
			       wrong(optarg, "not a cpupool's id") : 2;
	}
	if (r->pool < 0)
		return wrong("--pool", "missing");
	return argv[optind] ? take_words(&r->schedule, argv + optind) : 0;
}

/* Xen names domains by handle, and so does not forget one that is reborn. */
static int find_handle(xc_interface *xch, const char *domain,
		       uint8_t handle[HANDLE])
{
	xc_dominfo_t info;
	int id;

	if (read_uuid(domain, handle))
		return 0;
	number_parse(domain, 0, LAST_DOMAIN, &id);
	if (xc_domain_getinfo(xch, (uint32_t)id, 1, &info) != 1 ||
	    info.domid != (uint32_t)id)
		return fail(domain, "no such domain");
	memcpy(handle, info.handle, HANDLE);
	return 0;
}

static int fill(xc_interface *xch, struct request *r)
{
	const struct schedule *s = &r->schedule;
	int n, failed = 0;

	r->xen.major_frame = (uint64_t)s->major_ns;
	r->xen.num_sched_entries = (uint8_t)s->count;
	for (n = 0; !failed && n < s->count; n++) {
		failed = find_handle(xch, s->slots[n].domain,
				     r->xen.sched_entries[n].dom_handle);
		r->xen.sched_entries[n].vcpu_id = (uint32_t)s->slots[n].vcpu;
		r->xen.sched_entries[n].runtime =
			(uint64_t)s->slots[n].runtime_ns;
	}
	return failed;
}

/*
 * One position in the schedule serves all of Xen: a second pCPU would take its
 * slots away from the first.
 */
static int check_pool(xc_interface *xch, int id)
{
	xc_cpupoolinfo_t *pool = xc_cpupool_getinfo(xch, (uint32_t)id);
	int i, cpus = 0, failed = 0;
	char what[32];

	snprintf(what, sizeof(what), "cpupool %d", id);
	if (!pool)
		return fail(what, strerror(errno));
	for (i = 0; i < xc_get_max_cpus(xch); i++)
		cpus += !!(pool->cpumap[i / 8] & 1 << i % 8);
	if (pool->cpupool_id != (uint32_t)id)
		failed = fail(what, "there is none");
	else if (pool->sched_id != XEN_SCHEDULER_ARINC653)
		failed = fail(what, "its scheduler is not ARINC653");
	else if (cpus != 1)
		failed = fail(what, "it needs one pCPU, and one only");
	xc_cpupool_infofree(xch, pool);
	return failed;
}

static void print(const struct request *r,
		  const struct xen_sysctl_arinc653_schedule *has)
{
	char uuid[TEXT];
	int n;

	printf("pool=%d scheduler=arinc653 major=%lluns", r->pool,
	       (unsigned long long)has->major_frame);
	for (n = 0; n < has->num_sched_entries; n++) {
		write_uuid(uuid, has->sched_entries[n].dom_handle);
		printf(" %s:%u=%lluns", uuid, has->sched_entries[n].vcpu_id,
		       (unsigned long long)has->sched_entries[n].runtime);
	}
	printf("\n");
}

static bool is_same(const struct xen_sysctl_arinc653_schedule *a,
		    const struct xen_sysctl_arinc653_schedule *b)
{
	int n;

	if (a->major_frame != b->major_frame ||
	    a->num_sched_entries != b->num_sched_entries)
		return false;
	for (n = 0; n < a->num_sched_entries; n++)
		if (memcmp(a->sched_entries[n].dom_handle,
			   b->sched_entries[n].dom_handle, HANDLE) ||
		    a->sched_entries[n].vcpu_id !=
		    b->sched_entries[n].vcpu_id ||
		    a->sched_entries[n].runtime != b->sched_entries[n].runtime)
			return false;
	return true;
}

static int apply_schedule(xc_interface *xch, struct request *r)
{
	struct xen_sysctl_arinc653_schedule has = { .major_frame = 0 };
	int failed = check_pool(xch, r->pool);

	if (!failed && r->schedule.count)
		failed = fill(xch, r);
	if (failed)
		return failed;
	if (r->schedule.count &&
	    xc_sched_arinc653_schedule_set(xch, (uint32_t)r->pool, &r->xen))
		return fail("Xen refuses the schedule", strerror(errno));
	if (xc_sched_arinc653_schedule_get(xch, (uint32_t)r->pool, &has))
		return fail("Xen does not return the schedule",
			    strerror(errno));
	print(r, &has);
	if (r->schedule.count && !is_same(&r->xen, &has))
		return fail("schedule", "Xen has another one than it was given");
	return 0;
}

int main(int argc, char *argv[])
{
	static struct request r;
	int status = take_options(&r, argc, argv);
	xc_interface *xch;

	if (status)
		return status;
	xch = xc_interface_open(NULL, NULL, 0);
	if (!xch)
		return fail("no way to Xen (is this dom0?)", strerror(errno));
	status = apply_schedule(xch, &r);
	xc_interface_close(xch);
	return status;
}
