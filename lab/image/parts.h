/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PARTS_H
#define LAB_PARTS_H

/* The files that scripts/parts unpacked. The strings stay valid. */
struct parts {
	const char *root;	/* the unpacked arm64 root */
	const char *modules;	/* its /lib/modules/RELEASE */
	const char *release;
	const char *kernel;
	const char *xen;
	const char *xen_root;	/* the root that holds Xen's tools */
	const char *xen_tools;	/* in it: "usr/lib/xen-4.17/bin" */
	const char *qemu;
	const char *firmware;
	const char *qemu_version;	/* "10.0.13 (Debian ...)" */
};

/* Returns 0, or -errno if the parts are not there. */
int parts_find(struct parts *parts, const char *dir);

/* Take Xen and its tools from another unpacked root. Returns 0 or -errno. */
int parts_use_xen(struct parts *parts, const char *root);

/* Take Linux and its modules from another unpacked root. Returns 0 or -errno. */
int parts_use_linux(struct parts *parts, const char *root);

#endif
