/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/xlat-truth from user space. Functions return 0 or -errno. */
#ifndef TRUTH_DEVICE_H
#define TRUTH_DEVICE_H

#include <stdint.h>

#include "tests/truth/xlat_truth.h"

int truth_open(void);
void truth_close(void);

/* Keep interrupts off on the caller's CPU for @ticks, from now on. */
int truth_mask(uint32_t source, uint64_t ticks, struct truth_mask *mask);

int truth_reference(uint32_t source, unsigned int cpu, uint64_t period_ns,
		    uint32_t count, int64_t *lateness);

int truth_bend(uint64_t early_ticks, uint64_t busy_ticks);

#endif
