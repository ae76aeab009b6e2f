// SPDX-License-Identifier: MIT
/* The command line of xlat-read record. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "record.h"
#include "user/record/hostenv.h"

#define DURATION_DEFAULT_NS	10000000000ULL
#define PERIOD_DEFAULT_NS	1000000ULL
/* Without -l a ring holds at least this much time: the reader may be late. */
#define RING_TIME_NS		2000000000ULL
/* Slots that are enough at usual periods if the reader empties the ring. */
#define SLOTS_DRAINED		65536u

enum {
	OPT_SOURCE = 256, OPT_PERIOD, OPT_PHASE, OPT_DITHER, OPT_IDLE,
	OPT_SCENARIO, OPT_HOST_ENV, OPT_ICOUNT, OPT_EMULATOR, OPT_SLOTS,
};

const struct cli_option record_options[] = {
	{ 'o', "output", "FILE", "write the recording to FILE; an older one becomes FILE.old" },
	{ OPT_SOURCE, "source", "NAME",
	  "hrtimer (default), phys, virt, or all: one file each" },
	{ 'a', "affinity", "CPUS", "measure these CPUs (0,2-5); default: all online" },
	{ 'a', "cpus", "CPUS", "the same" },
	{ 'D', "duration", "TIME", "stop after TIME (ns us ms s m h d); default 10s" },
	{ 'l', "loops", "N", "stop each CPU after N samples; 0: no limit" },
	{ 'i', "interval", "US", "period in microseconds; default 1000" },
	{ OPT_PERIOD, "period", "TIME", "period, with a unit" },
	{ OPT_PHASE, "phase", "MODE", "staggered (default), aligned or random[:SEED]" },
	{ OPT_DITHER, "dither", "TIME", "delay each deadline by a pseudo-random time below TIME" },
	{ 'W', "warm-up", "N", "the first N samples of a CPU are cold; default 100" },
	{ OPT_IDLE, "idle", "POLICY", "shallow (default), or keep: change no idle states" },
	{ 'b', "on-threshold", "US", "stop when a lateness exceeds US; exit 3" },
	{ OPT_SCENARIO, "scenario", "NAME", "label of the run" },
	{ OPT_HOST_ENV, "host-env", "FILE", "attach what 'xlat-read env' said in dom0" },
	{ OPT_ICOUNT, "icount-shift", "N",
	  "the emulator executes one instruction per 2^N ns" },
	{ OPT_EMULATOR, "emulator", "TEXT", "what emulates this machine" },
	{ OPT_SLOTS, "ring-slots", "N", "samples that a ring holds" },
	{ 'q', "quiet", NULL, "summary only; with --icount-shift sleep until the end" },
	{ 'v', "verbose", NULL, "print the settings in effect" },
	{ 'm', "mlockall", NULL, NULL },
	{ 'n', "nanosleep", NULL, NULL },
	{ 'p', "priority", "PRIO", NULL },
	{ 0 },
};

static int wrong(const struct cli *cli, const char *name, const char *wanted)
{
	return cmd_usage("record", "--%s %s: %s", name, cli->value, wanted);
}

static int take_source(struct request *r, const struct cli *cli)
{
	for (unsigned int i = 0; i <= XLAT_SOURCE_VIRT; i++) {
		if (!strcmp(cli->value, hostenv_source_name(i))) {
			r->source = (int)i;
			return 0;
		}
	}
	if (strcmp(cli->value, "all"))
		return wrong(cli, "source", "not one of hrtimer, phys, virt, all");
	r->source = SOURCE_ALL;
	return 0;
}

static int take_phase(struct request *r, const struct cli *cli)
{
	const char *seed = strchr(cli->value, ':');
	uint64_t value = 0;

	if (!strcmp(cli->value, "staggered")) {
		r->setup.phase_mode = XLAT_PHASE_STAGGERED;
		return 0;
	}
	if (!strcmp(cli->value, "aligned")) {
		r->setup.phase_mode = XLAT_PHASE_ALIGNED;
		return 0;
	}
	if (strncmp(cli->value, "random", 6) ||
	    (cli->value[6] && cli->value[6] != ':') ||
	    (seed && cli_parse_number(seed + 1, UINT64_MAX, &value)))
		return wrong(cli, "phase",
			     "not one of staggered, aligned, random, random:SEED");
	r->setup.phase_mode = XLAT_PHASE_RANDOM;
	r->setup.seed = value;
	return 0;
}

static int take_idle(struct request *r, const struct cli *cli)
{
	if (!strcmp(cli->value, "shallow"))
		r->setup.idle_policy = XLAT_IDLE_SHALLOW;
	else if (!strcmp(cli->value, "keep"))
		r->setup.idle_policy = XLAT_IDLE_KEEP;
	else
		return wrong(cli, "idle", "not one of shallow, keep");
	return 0;
}

static int take_period(struct request *r, const struct cli *cli,
		       const char *name, uint64_t unit_ns)
{
	uint64_t ns;
	int error = cli_parse_duration(cli->value, unit_ns, &ns);

	if (error == -EINVAL)
		return wrong(cli, name, "not a time; write for example 500us");
	if (error || ns < XLAT_PERIOD_MIN_NS || ns > XLAT_PERIOD_MAX_NS)
		return wrong(cli, name,
			     "out of range: a period is 10us to 10s");
	r->setup.period_ns = ns;
	return 0;
}

static int take_duration(const struct cli *cli, const char *name,
			 uint64_t unit_ns, uint64_t *ns)
{
	if (cli_parse_duration(cli->value, unit_ns, ns))
		return wrong(cli, name, "not a time; write for example 500us or 10s");
	return 0;
}

static int take_number(const struct cli *cli, const char *name, uint64_t max,
		       uint64_t *number)
{
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "not a whole number from 0 to %llu",
		 (unsigned long long)max);
	return cli_parse_number(cli->value, max, number) ?
		wrong(cli, name, wanted) : 0;
}

static int take_cpus(struct request *r, const struct cli *cli)
{
	if (cli_parse_cpus(cli->value, &r->measured))
		return wrong(cli, "affinity", "not a list of CPUs; write for example 0,2-5 or all");
	r->cpus_given = strcmp(cli->value, "all") != 0;
	return 0;
}

static int take_host(struct request *r, const struct cli *cli)
{
	json_error_t why;

	json_decref(r->host);
	r->host = json_load_file(cli->value, 0, &why);
	if (!json_is_object(r->host))
		return cmd_complain(EXIT_FAILED,
			"--host-env %s: not the output of 'xlat-read env': %s",
			cli->value, r->host ? "not an object" : why.text);
	return 0;
}

static void note_ignored(int key)
{
	fprintf(stderr,
		"xlat-read: note: -%c has no effect: the interrupt is measured, not a thread\n",
		key);
}

/* Options with facts that the launcher knows and this machine does not. */
static int take_context(struct request *r, const struct cli *cli, int key)
{
	uint64_t n = 0;
	int code = 0;

	switch (key) {
	case OPT_SCENARIO:
		r->scenario = cli->value;
		break;
	case OPT_HOST_ENV:
		return take_host(r, cli);
	case OPT_ICOUNT:
		code = take_number(cli, "icount-shift", 10, &n);
		r->icount_shift = (int)n;
		break;
	case OPT_EMULATOR:
		r->emulator = cli->value;
		break;
	default:
		note_ignored(key);
	}
	return code;
}

int record_take_option(struct request *r, const struct cli *cli, int key)
{
	uint64_t n = 0;
	int code = 0;

	switch (key) {
	case 'o':
		r->output = cli->value;
		break;
	case OPT_SOURCE:
		return take_source(r, cli);
	case 'a':
		return take_cpus(r, cli);
	case 'D':
		code = take_duration(cli, "duration", 1000000000,
				     &r->duration_ns);
		if (!code && !r->duration_ns)
			return wrong(cli, "duration", "more than 0");
		break;
	case 'l':
		code = take_number(cli, "loops", UINT64_MAX, &n);
		r->setup.limit = n;
		break;
	case 'i':
		return take_period(r, cli, "interval", 1000);
	case OPT_PERIOD:
		return take_period(r, cli, "period", 0);
	case OPT_PHASE:
		return take_phase(r, cli);
	case OPT_DITHER:
		code = take_duration(cli, "dither", 0, &n);
		r->setup.dither_ns = n;
		break;
	case 'W':
		code = take_number(cli, "warm-up", XLAT_WARMUP_MAX, &n);
		r->setup.warmup = (uint32_t)n;
		break;
	case OPT_IDLE:
		return take_idle(r, cli);
	case 'b':
		r->threshold_given = true;
		return take_duration(cli, "on-threshold", 1000, &r->threshold_ns);
	case OPT_SLOTS:
		return take_number(cli, "ring-slots", XLAT_SLOTS_MAX, &r->slots);
	case 'q':
		r->quiet = true;
		break;
	case 'v':
		r->verbose = true;
		break;
	default:
		return take_context(r, cli, key);
	}
	return code;
}

/*
 * With an instruction clock the ring holds the whole run, so that the reader
 * does not disturb it. Otherwise the reader empties the ring during the run,
 * and a smaller ring saves memory.
 */
static uint64_t slots_wanted(const struct request *r)
{
	uint64_t time = RING_TIME_NS / r->setup.period_ns;
	uint64_t run = r->setup.limit < XLAT_SLOTS_MAX ?
		       r->setup.limit + 1 : XLAT_SLOTS_MAX;

	if (!r->setup.limit)
		return time;
	if (time < SLOTS_DRAINED)
		time = SLOTS_DRAINED;
	return r->icount_shift >= 0 || run < time ? run : time;
}

static uint32_t ring_slots(const struct request *r)
{
	uint64_t want = slots_wanted(r);
	uint32_t slots = r->setup.limit ? XLAT_SLOTS_MIN : XLAT_SLOTS_DEFAULT;

	if (r->slots)
		return (uint32_t)r->slots;
	while (slots < want && slots < XLAT_SLOTS_MAX)
		slots *= 2;
	return slots;
}

/* If a ring holds the whole run, the reader need not wake up before the end. */
static void size_ring(struct request *r)
{
	r->setup.slots = ring_slots(r);
	if (r->setup.limit && r->setup.limit < r->setup.slots)
		r->setup.watermark = UINT32_MAX;
	if (r->threshold_given)
		r->setup.watermark = 1;
}

static int check_request(struct request *r)
{
	if (!r->output)
		return cmd_usage("record", "no file to record to: give -o FILE");
	if (r->slots && r->slots < XLAT_SLOTS_MIN)
		return cmd_usage("record", "--ring-slots: at least %u",
				 XLAT_SLOTS_MIN);
	if (r->setup.dither_ns > r->setup.period_ns / 2)
		return cmd_usage("record",
			"--dither: at most half the period, so that deadlines ascend");
	if (!r->duration_ns && !r->setup.limit)
		r->duration_ns = DURATION_DEFAULT_NS;
	size_ring(r);
	return 0;
}

void record_begin(struct request *r)
{
	*r = (struct request) {
		.setup.period_ns = PERIOD_DEFAULT_NS,
		.setup.warmup = XLAT_WARMUP_DEFAULT,
		.icount_shift = -1,
	};
}

/* Refuse CPUs that are not online. The message names them. */
static int choose_cpus(struct request *r)
{
	struct cli_cpus online;
	char list[256];

	if (hostenv_online(&online))
		return cmd_complain(EXIT_FAILED,
			"cannot find out which CPUs are online: mount /proc or /sys");
	if (!r->cpus_given)
		r->measured = online;
	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX; cpu++) {
		if (!cli_cpus_has(&r->measured, cpu))
			continue;
		if (!cli_cpus_has(&online, cpu))
			return cmd_complain(EXIT_FAILED,
				"CPU %u is not online: choose among %s", cpu,
				cli_format_cpus(&online, list, sizeof(list)));
		r->cpus[r->count++] = cpu;
	}
	return 0;
}

int record_check(struct request *r)
{
	int code = check_request(r);

	return code ? code : choose_cpus(r);
}
