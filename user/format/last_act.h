/* SPDX-License-Identifier: MIT */
/* What is still done when a signal ends this program. */
#ifndef XLAT_LAST_ACT_H
#define XLAT_LAST_ACT_H

/** LAST_ACT_SIZE: longer names and texts are not remembered */
#define LAST_ACT_SIZE	(4096 + 128)

/**
 * last_act_unlink() - SIGINT, SIGTERM or SIGHUP takes this file along
 * @path: copied; it takes the place of the one before. NULL: none
 *
 * A signal that is ignored, or that something else is done about, is let be.
 */
void last_act_unlink(const char *path);

/** last_act_say() - likewise: @text goes to the standard error */
void last_act_say(const char *text);

#endif /* XLAT_LAST_ACT_H */
