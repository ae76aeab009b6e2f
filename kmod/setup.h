/* SPDX-License-Identifier: GPL-2.0 */
/* Checks the argument of XLAT_IOC_SETUP, and fills in what it leaves open. */
#ifndef XLAT_SETUP_H
#define XLAT_SETUP_H

#include <linux/types.h>

struct xlat_setup;

/** xlat_setup_check() - are the values allowed? 0, -EINVAL or -ERANGE */
int xlat_setup_check(const struct xlat_setup *setup);

/**
 * xlat_setup_complete() - fill in defaults and outputs for a clock of @hz
 *
 * Return: 0; -EOPNOTSUPP if the rate is unknown or too high; -ERANGE if a clock
 * of this rate cannot make the grid.
 */
int xlat_setup_complete(struct xlat_setup *setup, u64 hz);

/** xlat_setup_ticks() - @ns in whole ticks of @hz, rounded down */
u64 xlat_setup_ticks(u64 ns, u64 hz);

/* A mapping is: header | late | early | ring. Each begins on a new page. */
u64 xlat_setup_late_offset(void);
u64 xlat_setup_early_offset(void);
u64 xlat_setup_ring_offset(void);

#endif /* XLAT_SETUP_H */
