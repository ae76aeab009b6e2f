/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_JOB_H
#define LAB_JOB_H

#include "role.h"

/*
 * A job is a text file, one command a line, run in order without a shell:
 *
 *	# comment
 *	PROGRAM [WORD | "SEVERAL WORDS"]...
 *	release-domu [ID [STEP]]	dom0: let that domain go on; its second
 *					time is step 2
 *	await-dom0 SECONDS [STEP]	domU: sleep until it may
 *	say-recorded			domU: tell dom0
 *	await-recorded SECONDS [ID]	dom0: sleep until that domain said so
 *	await-domu SECONDS [ID]		dom0: sleep until its verdict is there
 *	await-gone SECONDS [ID]		dom0: sleep until that domain is gone
 *	spin CPUS			keep CPUs busy, at idle priority
 *	spin-end			end that
 *
 * Without an ID it is domain 1, the first that dom0 has created.
 *
 * An exit status that is not 0 counts as one thing wrong; the job goes on.
 * Prefixes, in this order:
 *
 *	must ...			stop the job if this fails
 *	out FILE ...			append its output to /tmp/out/FILE
 *	expect N ...			want this exit status
 *	any ...				accept every exit status
 *
 * Output goes to /tmp/out/log, which goes home; in a domU to its console.
 * Returns how many things went wrong.
 */
int job_run(const char *path, enum role role);

#endif
