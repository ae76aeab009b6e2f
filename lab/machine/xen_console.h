/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XEN_CONSOLE_H
#define LAB_XEN_CONSOLE_H

/* What Xen prints about itself on its console. An unknown field is empty. */
struct xen_console {
	char version[128];
	char build[256];		/* the rest of the banner: builder, compiler */
	char commandline[1024];		/* only after xen_ring_ask() */
	char scheduler[64];
	char debug[8];			/* "y", "n" */
};

/* Read it from the logs in a machine's directory. */
void xen_console_read(struct xen_console *console, const char *directory);

/*
 * Write host.json there, for "xlat-read import --host-env". It holds what
 * "xlat-read env" would print in a dom0, as far as it is known without a dom0.
 */
void xen_console_write_host(const char *directory);

#endif
