/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/xlat-truth, for tests only: causes of lateness whose size is known, and
 * a second, independent way to measure the same thing. Included by the module
 * and by the programs that use it.
 */
#ifndef XLAT_TRUTH_H
#define XLAT_TRUTH_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct truth_mask - keep interrupts off on the caller's CPU
 * @source: in: enum xlat_source_id, whose clock stamps both ends
 * @reserved: 0
 * @length_ticks: in: for so long
 * @begin_ticks: out: right after they were masked
 * @end_ticks: out: right before they were unmasked
 */
struct truth_mask {
	__u32 source;
	__u32 reserved;
	__u64 length_ticks;
	__u64 begin_ticks;
	__u64 end_ticks;
};

/**
 * struct truth_reference - the shortest recording that there can be
 * @source: in: enum xlat_source_id; its timer must be free
 * @cpu: in
 * @count: in: samples to take
 * @reserved: 0
 * @period_ns: in: ticks are taken as ns
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
 * struct truth_bend - change what the engine of xlat sees, by a kprobe
 * @early_ticks: in: every entry seems so much earlier
 * @busy_ticks: in: every handler takes so much longer after its stamp
 *
 * Both 0, or close(): as before.
 */
struct truth_bend {
	__u64 early_ticks;
	__u64 busy_ticks;
};

#define TRUTH_IOC_MASK		_IO(0xE8, 0x00)
#define TRUTH_IOC_REFERENCE	_IO(0xE8, 0x01)
#define TRUTH_IOC_BEND		_IO(0xE8, 0x02)

#endif /* XLAT_TRUTH_H */
