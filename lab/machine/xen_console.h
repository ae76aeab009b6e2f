/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XEN_CONSOLE_H
#define LAB_XEN_CONSOLE_H

/* What Xen says of itself on its console. What is not known is empty. */
struct xen_console {
	char version[128];
	char build[256];		/* the banner's rest: builder, compiler */
	char commandline[1024];		/* only where its ring was asked for */
	char scheduler[64];
	char debug[8];			/* "y", "n" */
};

/* Of a machine's directory. */
void xen_console_read(struct xen_console *console, const char *directory);

/*
 * Write host.json there, for "xlat-read import --host-env": what "xlat-read
 * env" says in a dom0, as far as it is known without one.
 */
void xen_console_write_host(const char *directory);

#endif
