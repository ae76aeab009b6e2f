/* SPDX-License-Identifier: GPL-2.0 */
/* XLAT_IOC_INFO: what can be measured on this machine. */
#ifndef XLAT_ENV_H
#define XLAT_ENV_H

#include <linux/types.h>

struct xlat_info;
struct xlat_source;

/**
 * xlat_env_info() - fill everything but size, flags and session
 * @quiet: leave costs and counters at 0: reading them would disturb a session
 *
 * Sleeps.
 */
void xlat_env_info(struct xlat_info *info, bool quiet);

/** xlat_env_source() - the source of this id, or NULL */
const struct xlat_source *xlat_env_source(u32 id);

#endif /* XLAT_ENV_H */
