/* SPDX-License-Identifier: MIT */
/*
 * The kernel's names for ordered access, over C11 atomics, so that
 * core/ring.h compiles in user space. Only for naturally aligned words.
 */
#ifndef XLAT_BARRIER_H
#define XLAT_BARRIER_H

#include <stdatomic.h>

#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, v)	__atomic_store_n(&(x), (v), __ATOMIC_RELAXED)
#define smp_load_acquire(p)	__atomic_load_n((p), __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n((p), (v), __ATOMIC_RELEASE)

/*
 * The kernel's smp_wmb() orders store-store only and C11 has no such fence;
 * release is the nearest that is at least as strong. Likewise acquire.
 */
#define smp_wmb()		atomic_thread_fence(memory_order_release)
#define smp_rmb()		atomic_thread_fence(memory_order_acquire)

#endif /* XLAT_BARRIER_H */
