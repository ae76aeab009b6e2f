/* SPDX-License-Identifier: GPL-2.0 */
/* irq_work for kmod/engine.c in user space, with one CPU and no interrupts. */
#ifndef SHIM_IRQ_WORK_H
#define SHIM_IRQ_WORK_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef __u64 u64;
typedef __s64 s64;
typedef __u32 u32;

#define U32_MAX UINT32_MAX

struct irq_work {
	unsigned long queued;
};

static inline void irq_work_queue(struct irq_work *work)
{
	work->queued++;
}

#endif
