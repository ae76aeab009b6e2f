/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_JOB_H
#define LAB_JOB_H

#include "role.h"

/*
 * A job is a text file, one command a line, run in order without a shell:
 *
 *	# comment
 *	PROGRAM [WORD | "SEVERAL WORDS"]...
 *	release-domu [ID]		dom0: let the domU go on (domain 1)
 *	await-dom0 SECONDS		domU: sleep until it may
 *	await-domu SECONDS [ID]		dom0: sleep until its verdict is there
 *	await-gone SECONDS [ID]		dom0: sleep until that domain is gone
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
