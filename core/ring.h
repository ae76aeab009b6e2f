/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Both sides of the overwriting ring. The letters of the barriers are those of
 * the table in include/uapi/xlat.h. This code does no I/O. The reader and the
 * unit tests compile it with core/barrier.h.
 */
#ifndef XLAT_RING_H
#define XLAT_RING_H

#ifdef __KERNEL__
#include <asm/barrier.h>
#include <linux/compiler.h>
#else
#include "barrier.h"
#endif
#include <uapi/xlat.h>

/** xlat_ring_put() - publish the next sample; the only writer calls this */
static inline void xlat_ring_put(struct xlat_sample *slots, __u64 mask,
				 __u64 *head, const struct xlat_sample *sample)
{
	__u64 at = *head;
	struct xlat_sample *slot = &slots[at & mask];

	smp_wmb();				/* (A), pairs with (D) */
	WRITE_ONCE(slot->deadline, sample->deadline);
	WRITE_ONCE(slot->entry, sample->entry);
	WRITE_ONCE(slot->missed, sample->missed);
	WRITE_ONCE(slot->flags, sample->flags);
	smp_store_release(head, at + 1);	/* (B), pairs with (C) */
}

/**
 * xlat_ring_get() - copy out what has been published since @position
 * @slots: the ring; the writer may be writing to it
 * @slot_size: bytes from one slot to the next: &xlat_map.slot_size
 * @count: slots in the ring, a power of two
 * @head: the writer's head
 * @position: the reader's position; it moves past all copied and lost samples
 * @out: receives at most @room samples
 * @room: in samples
 * @lost: incremented by the number of samples that could not be copied in time
 *
 * Return: samples in @out, all of them whole.
 */
static inline __u64 xlat_ring_get(const void *slots, __u32 slot_size,
				  __u64 count, const __u64 *head,
				  __u64 *position, struct xlat_sample *out,
				  __u64 room, __u64 *lost)
{
	__u64 end = smp_load_acquire(head);	/* (C), pairs with (B) */
	__u64 first = *position, pos, safe, torn;

	if (end - first > count - 1) {
		*lost += end - first - (count - 1);
		first = end - (count - 1);
	}
	if (end - first > room)
		end = first + room;
	for (pos = first; pos != end; pos++) {
		const struct xlat_sample *slot = (const void *)
			((const char *)slots + (pos & (count - 1)) * slot_size);
		struct xlat_sample *to = &out[pos - first];

		to->deadline = READ_ONCE(slot->deadline);
		to->entry = READ_ONCE(slot->entry);
		to->missed = READ_ONCE(slot->missed);
		to->flags = READ_ONCE(slot->flags);
	}
	smp_rmb();				/* (D), pairs with (A) */
	safe = READ_ONCE(*head);
	safe = safe < count ? 0 : safe - count + 1;	/* pos + n > h2 */
	*position = end;
	if (safe <= first)
		return end - first;
	torn = safe < end ? safe - first : end - first;
	*lost += torn;
	for (pos = torn; pos < end - first; pos++)
		out[pos - torn] = out[pos];
	return end - first - torn;
}

#endif /* XLAT_RING_H */
