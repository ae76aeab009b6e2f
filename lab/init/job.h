/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_JOB_H
#define LAB_JOB_H

#include "role.h"

/*
 * A job is a text file, one command a line, run in order without a shell:
 *
 *	# comment
 *	PROGRAM [WORD | "SEVERAL WORDS"]...
 *	release-domu [ID [STEP]]	dom0: let domain ID go on. STEP is 2 when it
 *					is released for the second time
 *	await-dom0 SECONDS [STEP]	domU: sleep until dom0 releases it
 *	say-recorded			domU: tell dom0 that it has recorded
 *	await-recorded SECONDS [ID]	dom0: sleep until domain ID has said so
 *	await-domu SECONDS [ID]		dom0: sleep until domain ID gives its verdict
 *	await-gone SECONDS [ID]		dom0: sleep until domain ID is gone
 *	spin CPUS			keep CPUs busy, at idle priority
 *	spin-end			stop keeping them busy
 *
 * The default ID is 1, the first domain that dom0 creates.
 *
 * An exit status other than 0 counts as one error; the job goes on. Prefixes, in
 * this order:
 *
 *	must ...			stop the job if this fails
 *	out FILE ...			append its output to /tmp/out/FILE
 *	expect N ...			only this exit status is right
 *	any ...				every exit status is right
 *
 * Output goes to /tmp/out/log, which is sent to the host; in a domU it goes to the
 * console. Returns the number of errors.
 */
int job_run(const char *path, enum role role);

#endif
