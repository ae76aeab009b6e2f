/* SPDX-License-Identifier: MIT */
/* Actions to do when a signal ends this program. */
#ifndef XLAT_LAST_ACT_H
#define XLAT_LAST_ACT_H

/** LAST_ACT_SIZE: size of a name or text, NUL included; longer: ignored */
#define LAST_ACT_SIZE	(4096 + 128)

/**
 * last_act_unlink() - remove a file when SIGINT, SIGTERM or SIGHUP comes
 * @path: copied; it replaces the path of the last call. NULL: no file
 *
 * A signal that is ignored, or that has another handler, is not changed.
 */
void last_act_unlink(const char *path);

/** last_act_say() - likewise, write @text to the standard error */
void last_act_say(const char *text);

#endif /* XLAT_LAST_ACT_H */
