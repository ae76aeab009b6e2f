/* SPDX-License-Identifier: MIT */
/*
 * The kernel's names for ordered access, made from C11 atomics, so that
 * core/ring.h compiles in user space. For naturally aligned words only.
 */
#ifndef XLAT_BARRIER_H
#define XLAT_BARRIER_H

#include <stdatomic.h>

#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, v)	__atomic_store_n(&(x), (v), __ATOMIC_RELAXED)
#define smp_load_acquire(p)	__atomic_load_n((p), __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n((p), (v), __ATOMIC_RELEASE)

/*
 * The kernel's smp_wmb() orders stores only. C11 has no such fence; a release
 * fence is the weakest one that is at least as strong. The same holds for
 * smp_rmb() and acquire.
 */
#define smp_wmb()		atomic_thread_fence(memory_order_release)
#define smp_rmb()		atomic_thread_fence(memory_order_acquire)

#endif /* XLAT_BARRIER_H */
