/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of the kernel that kmod/ needs, on the fake machine of machine.h.
 * This file replaces every kernel header that kmod/ includes
 * (tests/kapi/engine-check).
 */
#ifndef MACHINE_KERNEL_H
#define MACHINE_KERNEL_H

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "core/barrier.h"
#include "machine.h"

#define CONFIG_64BIT		1
#define CONFIG_ARM64		1
#define KERNEL_VERSION(a, b, c)	(((a) << 16) + ((b) << 8) + (c))
#undef LINUX_VERSION_CODE
#define LINUX_VERSION_CODE	KERNEL_VERSION(6, 15, 0)
#define UTS_RELEASE		"6.15.0-machine"

#define S32_MAX			INT32_MAX
#define U32_MAX			UINT32_MAX
#define U64_MAX			UINT64_MAX
#define NSEC_PER_MSEC		1000000L
#define NSEC_PER_SEC		1000000000L
#define PAGE_SHIFT		12
#define PAGE_SIZE		4096
#define PAGE_ALIGN(n)		(((n) + 4095) & ~4095ULL)
#define lower_32_bits(n)	((u32)(n))
#define BIT(n)			(1UL << (n))
#define min(a, b)		((a) < (b) ? (a) : (b))
#define max(a, b)		((a) > (b) ? (a) : (b))
#define min_t(t, a, b)		min((t)(a), (t)(b))
#define clamp_t(t, v, l, h)	min_t(t, max((t)(v), (t)(l)), h)
#define container_of(p, t, m)	((t *)((char *)(p) - offsetof(t, m)))
#define div_u64(a, b)		((u64)(a) / (b))
#define div64_u64(a, b)		((u64)(a) / (b))
#define ERR_PTR(e)		((void *)(intptr_t)(e))
#define PTR_ERR(p)		((long)(intptr_t)(p))
#define IS_ERR(p)		((uintptr_t)(p) >= (uintptr_t)-4095)
#define pr_warn(...)		machine_warn(__VA_ARGS__)
#define module_param(name, type, mode) \
	unsigned int *machine_param_##name = &name
#define MODULE_PARM_DESC(name, text)
#define THIS_MODULE		(&machine_module)
#define __init
#define __exit
#define module_init(f)		int (*machine_insmod)(void) = f
#define module_exit(f)		void (*machine_rmmod)(void) = f
#define MODULE_AUTHOR(text)
#define MODULE_DESCRIPTION(text)
#define MODULE_LICENSE(text)
#define MODULE_VERSION(text)

static inline u64 roundup_pow_of_two(u64 n)
{
	return n < 2 ? 1 : 1ULL << (64 - __builtin_clzll(n - 1));
}

static inline void strscpy(char *to, const char *from, size_t size)
{
	strncpy(to, from, size - 1);
	to[size - 1] = '\0';
}

/* Memory, locks, waiting. */
#define GFP_KERNEL		0
#define kzalloc(size, gfp)	machine_alloc(1, size)
#define kcalloc(n, size, gfp)	machine_alloc(n, size)
#define vmalloc_user(size)	machine_alloc(1, size)
#define kfree(p)		machine_free(p)
#define vfree(p)		machine_free(p)
#define totalram_pages()	(machine.ram_pages)

struct mutex {
	bool held;
};

#define DEFINE_MUTEX(name)	struct mutex name
#define mutex_init(m)		((m)->held = false)
#define mutex_lock(m)		machine_lock(&(m)->held)
#define mutex_unlock(m)		((m)->held = false)
#define mutex_destroy(m)	((void)(m))

typedef struct wait_queue_head {
	unsigned int told;
} wait_queue_head_t;

#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name
#define wake_up_interruptible_poll(q, m) ((q)->told |= (m))
enum { EPOLLIN = 1, EPOLLERR = 8, EPOLLHUP = 16, EPOLLRDNORM = 64 };

typedef struct {
	u64 value;
} atomic64_t;

#define atomic64_inc(a)		((a)->value++)
#define atomic64_read(a)	((a)->value)

/* CPUs. */
typedef struct cpumask {
	u64 bits;
} cpumask_var_t[1];

#define nr_cpu_ids		((unsigned int)MACHINE_CPUS)
#define cpu_online_mask		(&(struct cpumask) { machine.online })
#define zalloc_cpumask_var(m, gfp) ((*(m))->bits = 0, !machine_fails())
#define free_cpumask_var(m)	((void)(m))
#define cpumask_set_cpu(cpu, m)	((m)->bits |= 1ULL << (cpu))
#define cpumask_clear_cpu(cpu, m) ((m)->bits &= ~(1ULL << (cpu)))
#define cpumask_empty(m)	(!(m)->bits)
#define cpumask_copy(to, from)	((to)->bits = (from)->bits)
#define cpumask_subset(a, b)	(!((a)->bits & ~(b)->bits))
#define cpumask_weight(m)	((u32)__builtin_popcountll((m)->bits))
#define for_each_cpu(cpu, m) \
	for ((cpu) = 0; (cpu) < MACHINE_CPUS; (cpu)++) \
		if ((m)->bits >> (cpu) & 1)
#define cpus_read_lock()	machine_lock(&machine.cpus_locked)
#define cpus_read_unlock()	(machine.cpus_locked = false)
#define smp_processor_id()	(machine.cpu)
#define smp_call_function_single(cpu, call, arg, wait) \
	machine_call(cpu, call, arg)
#define DEFINE_PER_CPU(type, name) __typeof__(type) name[MACHINE_CPUS]
#define this_cpu_read(name)	((name)[machine.cpu])
#define this_cpu_write(name, v)	((name)[machine.cpu] = (v))
#define local_irq_save(flags)	((flags) = machine.irqs_off, \
				 machine.irqs_off = true)
#define local_irq_restore(flags) (machine.irqs_off = (flags))
#define lockdep_assert_irqs_disabled() \
	machine_assert(machine.irqs_off, "interrupts are on")

#define CPUHP_AP_ONLINE_DYN	200
#define cpuhp_setup_state(state, name, up, down) machine_add_hotplug(up, down)
#define cpuhp_remove_state_nocalls(state) \
	((void)(state), machine.hotplug_states--)
#define for_each_possible_cpu(cpu) \
	for ((cpu) = 0; (cpu) < MACHINE_CPUS; (cpu)++)
#define per_cpu(name, cpu)	((name)[cpu])
#define ktime_get_raw_ns()	machine_raw_ns()
#define msleep(ms)		machine_sleep(ms)

/* Idle and suspend. */
#define CPUIDLE_FLAG_POLLING	BIT(0)
#define CPUIDLE_FLAG_TIMER_STOP	BIT(1)
#define cpuidle_get_driver()	(machine.idle[machine.cpu])

enum { NOTIFY_DONE = 0, NOTIFY_OK = 1 };
enum {
	PM_HIBERNATION_PREPARE = 1, PM_POST_HIBERNATION, PM_SUSPEND_PREPARE,
	PM_POST_SUSPEND, PM_RESTORE_PREPARE, PM_POST_RESTORE,
};

#define register_pm_notifier(b)	(machine_fails() ? -ENOMEM : (machine.pm = (b), 0))
#define unregister_pm_notifier(b) ((void)(b), machine.pm = NULL)

/* Mappings and hrtimers: the compiled files name them but never call them. */
struct vm_area_struct {
	unsigned long vm_start, vm_end, vm_pgoff, vm_flags;
};

#define remap_vmalloc_range(vma, memory, offset) \
	(machine.mapped = (memory), 0)
#define vm_flags_mod(vma, set, clear) \
	((vma)->vm_flags = ((vma)->vm_flags | (set)) & ~(unsigned long)(clear))
#define VM_WRITE		2UL
#define VM_EXEC			4UL
#define VM_MAYWRITE		0x20UL
#define VM_MAYEXEC		0x40UL
#define VM_MAYSHARE		0x80UL
#define VM_DONTCOPY		0x20000UL
enum hrtimer_restart { HRTIMER_NORESTART, HRTIMER_RESTART };
enum hrtimer_mode { HRTIMER_MODE_ABS_PINNED_HARD };
struct hrtimer {
	enum hrtimer_restart (*function)(struct hrtimer *timer);
};

#define hrtimer_setup(t, f, clock, mode) \
	((t)->function = (f), (void)(clock), (void)(mode))

/* Files, and the memory of their callers. */
#define __user
#define offsetofend(t, m)	(offsetof(t, m) + sizeof(((t *)0)->m))
#define u64_to_user_ptr(n)	((void *)(uintptr_t)(n))
#define get_user(value, at)	machine_user_get(&(value), at, sizeof(value))
#define copy_from_user(to, at, n) machine_user_get(to, at, n)
#define copy_to_user(at, from, n) (memcpy(at, from, n), 0)
#define copy_struct_from_user	machine_user_get_struct

typedef unsigned int __poll_t;
typedef int poll_table;
struct inode;
struct file {
	void *private_data;
};

struct file_operations {
	struct module *owner;
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	ssize_t (*read)(struct file *file, char *to, size_t n, loff_t *at);
	__poll_t (*poll)(struct file *file, poll_table *wait);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	long (*unlocked_ioctl)(struct file *file, unsigned int command,
			       unsigned long argument);
};

enum { MISC_DYNAMIC_MINOR = 255 };
struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	unsigned int mode;
};

#define poll_wait(file, queue, table) ((void)(file), (void)(queue))
#define stream_open(inode, file)	((void)(inode), (void)(file), 0)
#define misc_register(d)	(machine_fails() ? -ENOMEM : (machine.device = (d), 0))
#define misc_deregister(d)		((void)(d), machine.device = NULL)

/* arm64. */
#define sys_reg(a, b, c, d, e)	MACHINE_REG(a, b, c, d, e)
#define read_sysreg_s(r)	machine_reg_read(r)
#define write_sysreg_s(v, r)	machine_reg_write(r, v)
#define read_sysreg(name)	machine_reg_read(REG_##name)
#define write_sysreg(v, name)	machine_reg_write(REG_##name, v)
#define is_kernel_in_hyp_mode()	(machine.hyp)
#define isb()			((void)0)
#define arch_timer_get_cntfrq()	machine_cntfrq()
#define __arch_counter_get_cntpct_stable() machine_counter()
#define __arch_counter_get_cntvct_stable() (machine_counter() - machine.cntvoff)

#define irqd_to_hwirq(d)	((d)->hwirq)
#define irq_data_to_desc(d)	((d)->desc)
#define IRQ_TYPE_EDGE_RISING	1
#define IRQ_TYPE_LEVEL_HIGH	4
#define IRQ_TYPE_LEVEL_LOW	8
#define irq_get_trigger_type(irq) ((void)(irq), machine.trigger)
#define raw_spin_lock_irqsave(l, flags) ((flags) = (unsigned long)*(l))
#define raw_spin_unlock_irqrestore(l, flags) (*(l) = (int)(flags))
#define synchronize_rcu()	machine_grace_period()

#define xen_domain()		false
#define xen_initial_domain()	false
#define of_have_populated_dt()	true
#define of_node_put(node)	((node) ? (void)(node)->references-- : (void)0)

struct of_device_id {
	const char *compatible;
};

#define of_find_matching_node(from, ids) machine_find_node(from, (ids)->compatible)
#define for_each_matching_node(node, ids)				\
	for ((node) = of_find_matching_node(NULL, ids); node;		\
	     (node) = of_find_matching_node(node, ids))
#define of_device_is_available(node) ((node) && !(node)->disabled)

#define IRQ_DOMAIN_IRQ_SPEC_PARAMS 16
#define DOMAIN_BUS_ANY		0
#define of_fwnode_handle(node)	((void *)(node))
#define irq_find_matching_fwspec(fwspec, bus) ((void)(fwspec), &machine_gic)

/* SMC Calling Convention: include/linux/arm-smccc.h */
enum arm_smccc_conduit {
	SMCCC_CONDUIT_NONE, SMCCC_CONDUIT_SMC, SMCCC_CONDUIT_HVC,
};

struct arm_smccc_res {
	unsigned long a0, a1, a2, a3;
};

#define arm_smccc_1_1_get_conduit() (machine.smccc_1_1)
#define arm_smccc_hvc(f, a, b, c, d, e, g, h, res)			\
	machine_smccc(SMCCC_CONDUIT_HVC, f, &(res)->a0, &(res)->a1,	\
		      &(res)->a2, &(res)->a3)
#define arm_smccc_smc(f, a, b, c, d, e, g, h, res)			\
	machine_smccc(SMCCC_CONDUIT_SMC, f, &(res)->a0, &(res)->a1,	\
		      &(res)->a2, &(res)->a3)

/* The arm64 loop cannot be assembled here; a test sets how long it takes. */
#define asm
#define volatile(...)		machine_spend((void *)&left)

#endif
