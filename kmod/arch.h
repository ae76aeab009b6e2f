/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between architectures, except the timers (source.h). One of
 * arch_*.c is linked in.
 */
#ifndef XLAT_ARCH_H
#define XLAT_ARCH_H

#include <linux/types.h>

struct device_node;
struct xlat_answers;
struct xlat_info;

/**
 * xlat_arch_loop() - execute a known number of instructions
 * @turns: of the loop, at least 1
 *
 * Return: instructions in the loop; the few before and after it do not count.
 */
u64 xlat_arch_loop(u32 turns);

/** xlat_arch_counters() - CNTPCT and CNTVCT back to back; 0 where absent */
void xlat_arch_counters(u64 *cntpct, u64 *cntvct);

/** xlat_arch_timer_node() - arm64: the timer's device-tree node, or NULL */
struct device_node *xlat_arch_timer_node(void);

/** xlat_arch_dt_clock_hz() - arm64: clock-frequency of the timer; 0: none */
u64 xlat_arch_dt_clock_hz(void);

/** xlat_arch_info() - fill in level, VHE, CNTFRQ and the device tree's claim */
void xlat_arch_info(struct xlat_info *info);

/**
 * xlat_arch_ask() - ask which hypervisor is below this kernel
 * @answers: all zero
 *
 * Process context.
 */
void xlat_arch_ask(struct xlat_answers *answers);

#endif /* XLAT_ARCH_H */
