// SPDX-License-Identifier: MIT
/* xlat-read record: one session and one file for each requested source. */
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "user/record/capture.h"
#include "cmd.h"
#include "record.h"
#include "user/record/hostenv.h"
#include "user/format/replace.h"

#define PATH_SIZE		4096
/* Time between two blocks of scalars, and between two progress lines. */
#define INTERVAL_NS		1000000000ULL
/* Wait for the first sample this many periods, plus this time. */
#define FIRST_POINTS		10
#define FIRST_NS		2000000000ULL

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
	interrupted = signal;
}

static const int endings[] = { SIGINT, SIGTERM, SIGHUP };

#define ENDINGS	(sizeof(endings) / sizeof(endings[0]))

/*
 * These signals end a recording, except an ignored one, such as SIGHUP under
 * nohup. Without SA_RESTART in @flags they interrupt an open() that waits; with
 * it they do not disturb the writing of the file.
 */
static void catch_signals(int flags)
{
	struct sigaction before, action = {
		.sa_handler = interrupt, .sa_flags = flags,
	};

	for (size_t i = 0; i < ENDINGS; i++)
		if (!sigaction(endings[i], NULL, &before) &&
		    before.sa_handler != SIG_IGN)
			sigaction(endings[i], &action, NULL);
}

/* Move the reader away from the measured CPUs, if there are other CPUs. */
static void step_aside(const struct request *r)
{
	size_t size = CPU_ALLOC_SIZE(CLI_CPUS_MAX);
	cpu_set_t *aside = CPU_ALLOC(CLI_CPUS_MAX);

	if (!aside)
		return;
	CPU_ZERO_S(size, aside);
	if (!sched_getaffinity(0, size, aside)) {
		for (size_t i = 0; i < r->count; i++)
			CPU_CLR_S(r->cpus[i], size, aside);
		if (CPU_COUNT_S(size, aside))
			sched_setaffinity(0, size, aside);
	}
	CPU_FREE(aside);
}

/** struct recording - one run that is being recorded to one file */
struct recording {
	const struct request *request;
	struct xlat_info info;
	int source;
	const char *path;
	struct device device;
	struct capture *capture;
	struct file_writer writer;
	struct hostenv_request describe;
	json_t *document;
	bool progress_shown;
};

static void show_progress(const struct capture *c, void *context)
{
	struct recording *run = context;
	double seconds = (double)(capture_monotonic_ns() - c->begin_ns) / 1e9;
	uint64_t samples = 0, lost = 0;

	if (run->request->quiet || seconds < 2 || !isatty(STDERR_FILENO))
		return;
	for (size_t i = 0; i < c->count; i++) {
		samples += c->parts[i].received;
		lost += c->parts[i].lost;
	}
	fprintf(stderr, "\r%s: %.0f s, %llu samples, %llu lost ",
		hostenv_source_name((unsigned int)run->source), seconds,
		(unsigned long long)samples, (unsigned long long)lost);
	run->progress_shown = true;
}

static int started(const struct capture *c, void *context)
{
	const struct recording *run = context;

	return record_check_clock(c, run->request->icount_shift, false);
}

static int put_document(struct recording *run)
{
	char *text = json_dumps(run->document, JSON_COMPACT);
	int error = text ? file_put_environment(&run->writer, text) : -ENOMEM;

	free(text);
	return error;
}

static int64_t threshold_ticks(const struct request *r, uint64_t tick_hz)
{
	unsigned __int128 ticks;

	if (!r->threshold_given)
		return -1;
	ticks = (unsigned __int128)r->threshold_ns * tick_hz / 1000000000;
	return ticks > INT64_MAX ? INT64_MAX : (int64_t)ticks;
}

/*
 * A reader normally wakes up once a second, so that kill -9 does not cost up to
 * half a ring of samples. With an instruction clock every wake-up would be part
 * of the measurement.
 */
static bool sleeps_to_the_end(const struct request *r)
{
	return r->quiet && r->icount_shift >= 0;
}

/*
 * Time to wait for the first sample; 0 means forever. A reader that sleeps to
 * the end must not wake up earlier, so it waits until the last sample is due.
 */
static uint64_t patience_ns(const struct request *r)
{
	uint64_t points = FIRST_POINTS, ns;

	if (sleeps_to_the_end(r) &&
	    __builtin_add_overflow(points, r->setup.limit, &points))
		return 0;
	if (__builtin_mul_overflow(points, r->setup.period_ns, &ns) ||
	    __builtin_add_overflow(ns, FIRST_NS, &ns))
		return 0;
	return sleeps_to_the_end(r) && !r->setup.limit ? 0 : ns;
}

static int run_capture(struct recording *run, uint64_t tick_hz)
{
	const struct request *r = run->request;
	/* the recording continues if the reader of our messages exits */
	struct sigaction deaf = { .sa_handler = SIG_IGN };
	struct sigaction pipe_before;
	sigset_t blocked, before;
	struct capture_options how = {
		.duration_ns = r->duration_ns,
		.interval_ns = sleeps_to_the_end(r) ? 0 : INTERVAL_NS,
		.patience_ns = patience_ns(r),
		.threshold_ticks = threshold_ticks(r, tick_hz),
		.interrupted = &interrupted,
		.wait_mask = &before,
		.started = started,
		.progress = show_progress,
		.context = run,
	};
	int error;

	sigemptyset(&blocked);
	for (size_t i = 0; i < ENDINGS; i++)
		sigaddset(&blocked, endings[i]);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	sigaction(SIGPIPE, &deaf, &pipe_before);
	error = capture_run(run->capture, &run->writer, &how);
	sigaction(SIGPIPE, &pipe_before, NULL);
	catch_signals(SA_RESTART);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (run->progress_shown)
		fputc('\n', stderr);
	return error;
}

/*
 * The first document contains the claim of --icount-shift. This writes whether
 * the core-clock loop proved it.
 */
static void judge_clock(struct recording *run, bool proven)
{
	if (run->request->icount_shift < 0)
		return;
	json_object_set_new(run->document, "instructions",
			    json_boolean(proven));
	if (proven)
		json_object_set_new(run->document, "insn_shift",
			json_integer(run->request->icount_shift));
}

/* The claim is wrong: the file says so and is left without an end. */
static int refute_clock(struct recording *run)
{
	judge_clock(run, false);
	put_document(run);
	return -EDOM;
}

static int finish_file(struct recording *run)
{
	int error;

	hostenv_after(run->document, &run->describe);
	judge_clock(run, true);
	error = put_document(run);
	return error ? error : file_put_end(&run->writer);
}

static int describe(struct recording *run)
{
	const struct request *r = run->request;

	run->describe = (struct hostenv_request) {
		.info = &run->info,
		.source = run->source,
		.measured = &r->measured,
		.idle_policy = r->setup.idle_policy,
		.scenario = r->scenario,
		.emulator = r->emulator,
		.icount_shift = r->icount_shift,
	};
	run->document = hostenv_collect(&run->describe);
	if (!run->document)
		return cmd_complain(EXIT_FAILED,
			"cannot describe this machine: no memory, or text that is not UTF-8");
	if (r->host)
		hostenv_attach_host(run->document, r->host);
	return EXIT_GOOD;
}

/* An older file of this name is kept under another name, as perf does. */
static int create_file(struct recording *run)
{
	char old[REPLACE_OLD_SIZE];
	int kept = replace_keep_old(run->path, old), error;

	if (kept < 0)
		return cmd_complain(EXIT_FAILED,
			"cannot rename %s to %s.old: %s: give another -o",
			run->path, run->path, strerror(-kept));
	if (kept)
		cmd_note("there was a %s: it is %s now", run->path, old);
	error = file_create(&run->writer, run->path);
	if (!error)
		return EXIT_GOOD;
	return cmd_complain(EXIT_FAILED, "cannot create %s: %s", run->path,
			    strerror(-error));
}

static int fill_file(struct recording *run, uint64_t tick_hz)
{
	int error;

	run->capture->doing = "write the environment";
	error = put_document(run);
	if (!error)
		error = run_capture(run, tick_hz);
	if (!error)
		error = record_check_clock(run->capture,
					   run->request->icount_shift, true);
	if (error == -EDOM)
		return refute_clock(run);
	if (error)
		return error;
	run->capture->doing = "write the end";
	return finish_file(run);
}

/* Create, write and close the file. The session is already set up. */
static int record_to_file(struct recording *run, uint64_t tick_hz)
{
	int code = create_file(run), error;

	if (code)
		return code;
	error = fill_file(run, tick_hz);
	if (file_close(&run->writer) && !error)
		error = -EIO;
	if (error == -EDOM)
		return EXIT_FAILED;
	if (error && !strncmp(run->capture->doing, "write", 5))
		return record_explain_writing(run->path, run->capture->doing, error);
	if (error)
		return record_explain_session(run->capture, &run->info, run->request,
				       run->source, error);
	return record_verdict(run->capture, &run->info, run->request,
			      run->source, run->path);
}

static void say_setup(const struct request *r, const struct xlat_setup *setup,
		      int source)
{
	char list[256];

	if (r->verbose)
		fprintf(stderr,
			"%s on CPUs %s: period %llu ticks at %llu Hz, W %u, rings of %u samples, watermark %u\n",
			hostenv_source_name((unsigned int)source),
			cli_format_cpus(&r->measured, list, sizeof(list)),
			(unsigned long long)setup->period_ticks,
			(unsigned long long)setup->tick_hz, setup->warmup,
			setup->slots, setup->watermark);
}

static int say_not_recorded(int source)
{
	return cmd_complain(EXIT_FAILED,
		"source %s was not recorded: interrupted before it began",
		hostenv_source_name((unsigned int)source));
}

static int record_session(struct recording *run)
{
	struct xlat_setup setup = run->request->setup;
	int error, code;

	setup.source = (uint32_t)run->source;
	error = capture_open(run->capture, &run->device, &setup,
			     run->request->cpus, run->request->count);
	if (error) {
		code = record_explain_session(run->capture, &run->info, run->request,
				       run->source, error);
	} else if (interrupted) {
		code = say_not_recorded(run->source);
	} else {
		say_setup(run->request, &setup, run->source);
		code = record_to_file(run, setup.tick_hz);
	}
	capture_close(run->capture);
	return code;
}

static int record_source(const struct request *r, int source, const char *path)
{
	struct recording run = { .request = r, .source = source, .path = path };
	int code = cmd_open_device(&run.device, &run.info);

	if (code)
		return code;
	run.capture = calloc(1, sizeof(*run.capture));
	code = run.capture ? describe(&run) :
			     cmd_complain(EXIT_FAILED, "no memory");
	if (!code)
		code = record_session(&run);
	json_decref(run.document);
	free(run.capture);
	device_close(&run.device);
	return code;
}

/* run.xlat -> run.phys.xlat */
static void path_of(char *path, const char *output, const char *source)
{
	const char *dot = strrchr(output, '.');
	int stem = dot && !strchr(dot, '/') && dot != output ?
		   (int)(dot - output) : (int)strlen(output);

	snprintf(path, PATH_SIZE, "%.*s.%s%s", stem, output, source,
		 output + stem);
}

static void say_left_out(const struct xlat_source_info *s)
{
	char why[128];

	fprintf(stderr, "xlat-read: note: source %s is left out: %s\n",
		hostenv_source_name(s->source),
		hostenv_why_not(s, why, sizeof(why)));
}

static int record_all(const struct request *r)
{
	struct device device;
	struct xlat_info info;
	char path[PATH_SIZE];
	bool any_free = false;
	int code = cmd_open_device(&device, &info);

	if (code)
		return code;
	device_close(&device);
	for (uint32_t i = 0; i < info.source_count && i < XLAT_SOURCES_MAX; i++) {
		const struct xlat_source_info *s = &info.source[i];
		int result;

		if (s->state != XLAT_SOURCE_FREE) {
			say_left_out(s);
			continue;
		}
		any_free = true;
		path_of(path, r->output, hostenv_source_name(s->source));
		result = interrupted ? say_not_recorded((int)s->source) :
			 record_source(r, (int)s->source, path);
		code = cmd_worse(code, result);
	}
	if (!any_free)
		code = cmd_complain(EXIT_FAILED,
			"no source is free: nothing was recorded");
	return code;
}

int record_run(const struct request *r)
{
	struct sigaction before[ENDINGS];
	int code;

	for (size_t i = 0; i < ENDINGS; i++)
		sigaction(endings[i], NULL, &before[i]);
	catch_signals(0);
	step_aside(r);
	code = r->source == SOURCE_ALL ? record_all(r) :
	       record_source(r, r->source, r->output);
	if (r->ended)
		r->ended(r->ended_arg);
	for (size_t i = 0; i < ENDINGS; i++)
		sigaction(endings[i], &before[i], NULL);
	return code;
}

void record_end(struct request *r)
{
	json_decref(r->host);
}

static int parse(struct request *r, int argc, char **argv)
{
	struct cli cli;
	int key, code;

	record_begin(r);
	cli_start(&cli, argc, argv, record_options);
	while ((key = cli_next(&cli)) != CLI_END) {
		code = key == CLI_ERROR ? cmd_usage("record", "%s", cli.message) :
		       record_take_option(r, &cli, key);
		if (code)
			return code;
	}
	if (cli.index < argc)
		return cmd_usage("record", "unexpected argument '%s'",
				 argv[cli.index]);
	return record_check(r);
}

static int cmd_record(int argc, char **argv)
{
	struct request *r = calloc(1, sizeof(*r));
	int code;

	if (!r)
		return cmd_complain(EXIT_FAILED, "no memory");
	code = parse(r, argc, argv);
	if (!code)
		code = record_run(r);
	record_end(r);
	free(r);
	return code;
}

const struct command record_command = {
	.name = "record",
	.arguments = "-o FILE",
	.summary = "measure, and write every sample to a file",
	.options = record_options,
	.examples =
		"  xlat-read record -o a.xlat -l 20000\n"
		"  xlat-read record -o a.xlat --source all -a 2,3 -D 30s   a.hrtimer.xlat, ...\n",
	.run = cmd_record,
};
