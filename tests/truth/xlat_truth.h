/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/xlat-truth, for tests only. It causes lateness of a known size, and it
 * measures lateness in a second, independent way. The module and the programs
 * that use it include this header.
 */
#ifndef XLAT_TRUTH_H
#define XLAT_TRUTH_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct truth_mask - keep interrupts off on the caller's CPU
 * @source: in: enum xlat_source_id; its clock stamps both ends
 * @reserved: 0
 * @length_ticks: in: how long
 * @begin_ticks: out: right after interrupts were masked
 * @end_ticks: out: right before interrupts were unmasked
 */
struct truth_mask {
	__u32 source;
	__u32 reserved;
	__u64 length_ticks;
	__u64 begin_ticks;
	__u64 end_ticks;
};

/**
 * struct truth_reference - record with a minimal handler
 * @source: in: enum xlat_source_id; its timer must be free
 * @cpu: in: the CPU to measure
 * @count: in: samples to take
 * @reserved: 0
 * @period_ns: in: period of the grid; one tick must be one ns
 * @lateness: in: pointer to @count __s64, in ticks
 */
struct truth_reference {
	__u32 source;
	__u32 cpu;
	__u32 count;
	__u32 reserved;
	__u64 period_ns;
	__u64 lateness;
};

/**
 * struct truth_bend - change the input of xlat's engine with a kprobe
 * @early_ticks: in: every entry seems earlier by this
 * @busy_ticks: in: every handler takes longer by this, after its stamp
 *
 * Set both to 0, or call close(), to end the change.
 */
struct truth_bend {
	__u64 early_ticks;
	__u64 busy_ticks;
};

#define TRUTH_IOC_MASK		_IO(0xE8, 0x00)
#define TRUTH_IOC_REFERENCE	_IO(0xE8, 0x01)
#define TRUTH_IOC_BEND		_IO(0xE8, 0x02)

#endif /* XLAT_TRUTH_H */
