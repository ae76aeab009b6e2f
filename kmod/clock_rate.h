/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rate of the generic timer's counter. Linux knows it but does not export
 * it, so it is measured against CLOCK_MONOTONIC_RAW when the module is loaded.
 */
#ifndef XLAT_KMOD_CLOCK_RATE_H
#define XLAT_KMOD_CLOCK_RATE_H

#include <linux/types.h>

struct xlat_info;

#ifdef CONFIG_ARM64
/**
 * xlat_rate_init() - read all claims and measure
 *
 * Measures for 100 ms. If the errors of the reads are too large for so short a
 * time, it measures again for 200 ms, and then for 400 ms. Sleeps meanwhile.
 *
 * Return: 0, or a negative error of cpuhp_setup_state().
 */
int xlat_rate_init(void);

/** xlat_rate_exit() - mirror of xlat_rate_init() */
void xlat_rate_exit(void);

/**
 * xlat_rate_hz() - the claim that agrees with the measurement
 *
 * If the measurement was too coarse to confirm a claim, return the first claim
 * that is not wrong by more than the error (%XLAT_RATE_UNTRIED). If no claim
 * agrees, return the measured rate (%XLAT_RATE_NO_CLAIM): it is good enough to
 * place the grid, but not to convert ticks to time. &xlat_info.rate_claim says
 * which case it is.
 */
u64 xlat_rate_hz(void);

/** xlat_rate_info() - fill in the claimed and the measured rates */
void xlat_rate_info(struct xlat_info *info);
#else
static inline int xlat_rate_init(void)
{
	return 0;
}

static inline void xlat_rate_exit(void)
{
}
#endif

#endif /* XLAT_KMOD_CLOCK_RATE_H */
