/* SPDX-License-Identifier: MIT */
/*
 * Shared by the files of "xlat-read record": the parsed command line, the
 * messages about errors of a session, and the verdict on a finished session.
 */
#ifndef XLAT_CMD_RECORD_H
#define XLAT_CMD_RECORD_H

#include <jansson.h>

#include "user/record/capture.h"
#include "cmd.h"

/** SOURCE_ALL: record every free source, each to its own file */
#define SOURCE_ALL	(-1)

/**
 * struct request - the parsed command line
 * @setup: argument of XLAT_IOC_SETUP
 * @source: enum xlat_source_id or %SOURCE_ALL
 * @cpus: numbers of the CPUs to measure, @count of them
 * @ended: called with @ended_arg after the recording, while a signal still
 *	does not end the program; may be NULL
 */
struct request {
	const char *output;
	struct xlat_setup setup;
	int source;
	struct cli_cpus measured;
	bool cpus_given;
	uint32_t cpus[CLI_CPUS_MAX];
	size_t count;
	uint64_t duration_ns;
	uint64_t threshold_ns;
	bool threshold_given;
	const char *scenario;
	json_t *host;
	const char *emulator;
	int icount_shift;
	uint64_t slots;
	bool quiet;
	bool verbose;
	void (*ended)(void *arg);
	void *ended_arg;
};

extern const struct cli_option record_options[];

/* Each function prints its own error message and returns an enum exit_code. */

/** record_begin() - set the defaults */
void record_begin(struct request *r);

/**
 * record_take_option() - apply one option of %record_options to @r
 * @cli: has just returned @key; its value must stay valid as long as @r
 */
int record_take_option(struct request *r, const struct cli *cli, int key);

/** record_check() - after the last option: check all options, choose CPUs */
int record_check(struct request *r);

/** record_run() - measure and write the file */
int record_run(const struct request *r);

/** record_end() - free what @r owns */
void record_end(struct request *r);

/** record_explain_session() - print why the step c->doing failed with @error */
int record_explain_session(const struct capture *c,
			   const struct xlat_info *info,
			   const struct request *r, int source, int error);

/**
 * record_explain_silence() - print that no interrupt arrived on @cpu
 * @points: number of deadlines that passed
 */
int record_explain_silence(const struct xlat_info *info, int source,
			   uint32_t cpu, uint64_t points);

/** record_explain_writing() - print why the step @doing failed on @path */
int record_explain_writing(const char *path, const char *doing, int error);

/**
 * record_verdict() - print how the recording of @source ended
 * @c: has run to its end without an error
 * @path: of the file
 */
int record_verdict(const struct capture *c, const struct xlat_info *info,
		   const struct request *r, int source, const char *path);

/**
 * record_check_clock() - compare --icount-shift with the core-clock loop
 * @shift: value of --icount-shift; negative: not given, nothing is checked
 * @after: check the loop that ran after the recording, not the one before it
 *
 * Return: 0, or -EDOM after a message: the loop contradicts the option.
 */
int record_check_clock(const struct capture *c, int shift, bool after);

#endif /* XLAT_CMD_RECORD_H */
