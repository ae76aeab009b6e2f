/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PARTS_H
#define LAB_PARTS_H

/*
 * The files that scripts/parts unpacked. Begin with all fields NULL, and end
 * with parts_free(): the structure owns its strings.
 */
struct parts {
	char *root;		/* the unpacked arm64 root */
	char *modules;		/* its /lib/modules/RELEASE */
	char *release;
	char *kernel;
	char *xen;
	char *xen_root;		/* the root that holds Xen's tools */
	char *xen_tools;	/* in it: "usr/lib/xen-4.17/bin" */
	char *qemu;
	char *firmware;
	char *qemu_version;	/* "10.0.13 (Debian ...)" */
};

/* Returns 0, or -errno if the parts are not there. */
int parts_find(struct parts *parts, const char *dir);

/* Replace Xen and its tools by those of another root. Returns 0 or -errno. */
int parts_use_xen(struct parts *parts, const char *root);

/* Replace the hypervisor alone, not its tools. Returns 0 or -ENOMEM. */
int parts_use_hypervisor(struct parts *parts, const char *file);

/* Replace Linux and its modules by another root's. Returns 0 or -errno. */
int parts_use_linux(struct parts *parts, const char *root);

/* Copy all strings. Free @to even after an error. Returns 0 or -ENOMEM. */
int parts_copy(struct parts *to, const struct parts *from);

/* Free all strings. All fields are NULL then. */
void parts_free(struct parts *parts);

#endif
