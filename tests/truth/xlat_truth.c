// SPDX-License-Identifier: GPL-2.0
/*
 * Test-only module: see xlat_truth.h. It shares no code with xlat. arm64, at
 * EL1 or in a guest; one caller at a time.
 */
#include <asm/arch_timer.h>
#include <asm/sysreg.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <uapi/xlat.h>

#include "xlat_truth.h"

#define CTL_ENABLE	BIT(0)
#define CTL_IMASK	BIT(1)
#define LEAD_TICKS	5000000
#define COUNT_MAX	100000
#define LENGTH_MAX	BIT_ULL(30)	/* a second, or more on a slow clock */

static DEFINE_MUTEX(lock);

/* Clocks. */

static u64 phys_now(void)
{
	return __arch_counter_get_cntpct_stable();
}

static u64 virt_now(void)
{
	return __arch_counter_get_cntvct_stable();
}

static u64 hrtimer_now(void)
{
	return ktime_get_ns();
}

static u64 (*const clocks[])(void) = { hrtimer_now, phys_now, virt_now };

/* Interrupts off for a known time. */

static int mask(struct truth_mask *m)
{
	u64 (*now)(void);
	unsigned long flags;

	if (m->source >= ARRAY_SIZE(clocks) || m->reserved ||
	    m->length_ticks > LENGTH_MAX)
		return -EINVAL;
	now = clocks[m->source];
	local_irq_save(flags);
	m->begin_ticks = now();
	while (now() - m->begin_ticks < m->length_ticks)
		;
	m->end_ticks = now();
	local_irq_restore(flags);
	return 0;
}

/* The reference path: stamp, keep the sample, arm the next point. */

static struct {
	s64 *lateness;
	u32 at, count;
	u64 deadline, period;
	int irq;
	struct hrtimer timer;
} ref;

static DEFINE_PER_CPU(int, cookie);

/* Return: true if another sample is wanted; its deadline is ref.deadline. */
static bool keep(u64 entry)
{
	if (ref.at == ref.count)
		return false;
	ref.lateness[ref.at] = entry - ref.deadline;
	ref.deadline += ref.period;
	/* pairs with wait_for_samples() */
	smp_store_release(&ref.at, ref.at + 1);
	return ref.at < ref.count;
}

static enum hrtimer_restart hrtimer_expired(struct hrtimer *timer)
{
	u64 entry = ktime_get_ns();

	if (!keep(entry))
		return HRTIMER_NORESTART;
	hrtimer_set_expires(timer, ns_to_ktime(ref.deadline));
	return HRTIMER_RESTART;
}

static irqreturn_t phys_handler(int irq, void *dev_id)
{
	u64 entry = phys_now();
	bool more = keep(entry);

	write_sysreg(ref.deadline, cntp_cval_el0);
	write_sysreg(more ? CTL_ENABLE : CTL_IMASK, cntp_ctl_el0);
	isb();
	return IRQ_HANDLED;
}

static irqreturn_t virt_handler(int irq, void *dev_id)
{
	u64 entry = virt_now();
	bool more = keep(entry);

	write_sysreg(ref.deadline, cntv_cval_el0);
	write_sysreg(more ? CTL_ENABLE : CTL_IMASK, cntv_ctl_el0);
	isb();
	return IRQ_HANDLED;
}

static void hrtimer_begin(void *arg)
{
	ref.deadline = ktime_get_ns() + LEAD_TICKS;
	hrtimer_start(&ref.timer, ns_to_ktime(ref.deadline),
		      HRTIMER_MODE_ABS_PINNED_HARD);
}

static void phys_begin(void *arg)
{
	ref.deadline = phys_now() + LEAD_TICKS;
	write_sysreg(ref.deadline, cntp_cval_el0);
	enable_percpu_irq(ref.irq, irq_get_trigger_type(ref.irq));
	write_sysreg(CTL_ENABLE, cntp_ctl_el0);
	isb();
}

static void phys_end(void *arg)
{
	write_sysreg(CTL_IMASK, cntp_ctl_el0);
	isb();
	disable_percpu_irq(ref.irq);
}

static void virt_begin(void *arg)
{
	ref.deadline = virt_now() + LEAD_TICKS;
	write_sysreg(ref.deadline, cntv_cval_el0);
	enable_percpu_irq(ref.irq, irq_get_trigger_type(ref.irq));
	write_sysreg(CTL_ENABLE, cntv_ctl_el0);
	isb();
}

static void virt_end(void *arg)
{
	write_sysreg(CTL_IMASK, cntv_ctl_el0);
	isb();
	disable_percpu_irq(ref.irq);
}

static int find_irq(const char *name, int index)
{
	struct device_node *node;
	int irq;

	node = of_find_compatible_node(NULL, NULL, "arm,armv8-timer");
	if (!node)
		return -ENODEV;
	if (of_property_read_bool(node, "interrupt-names"))
		index = of_property_match_string(node, "interrupt-names", name);
	irq = index < 0 ? index : of_irq_get(node, index);
	of_node_put(node);
	return irq;
}

/* One long sleep, because polling would disturb the measurement. */
static int wait_for_samples(const struct truth_reference *r)
{
	msleep(div_u64(LEAD_TICKS + r->period_ns * r->count, NSEC_PER_MSEC) + 20);
	/* pairs with keep() */
	return smp_load_acquire(&ref.at) == r->count ? 0 : -ETIME;
}

static int refer_hrtimer(const struct truth_reference *r)
{
	int err;

	hrtimer_init(&ref.timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED_HARD);
	ref.timer.function = hrtimer_expired;
	err = smp_call_function_single(r->cpu, hrtimer_begin, NULL, true);
	if (!err)
		err = wait_for_samples(r);
	hrtimer_cancel(&ref.timer);
	return err;
}

static int refer_ppi(const struct truth_reference *r, const char *name,
		     int index, irq_handler_t handler,
		     smp_call_func_t begin, smp_call_func_t end)
{
	int err = find_irq(name, index);

	if (err <= 0)
		return -ENODEV;
	ref.irq = err;
	err = request_percpu_irq(ref.irq, handler, "xlat-truth", &cookie);
	if (err)
		return err;
	err = smp_call_function_single(r->cpu, begin, NULL, true);
	if (!err)
		err = wait_for_samples(r);
	smp_call_function_single(r->cpu, end, NULL, true);
	free_percpu_irq(ref.irq, &cookie);
	return err;
}

static int refer_source(const struct truth_reference *r)
{
	switch (r->source) {
	case XLAT_SOURCE_HRTIMER:
		return refer_hrtimer(r);
	case XLAT_SOURCE_PHYS:
		return refer_ppi(r, "phys", 1, phys_handler, phys_begin,
				 phys_end);
	case XLAT_SOURCE_VIRT:
		return refer_ppi(r, "virt", 2, virt_handler, virt_begin,
				 virt_end);
	default:
		return -EINVAL;
	}
}

static int refer(const struct truth_reference *r)
{
	size_t size = r->count * sizeof(s64);
	int err;

	if (!r->count || r->count > COUNT_MAX || r->reserved)
		return -EINVAL;
	ref.lateness = kvzalloc(size, GFP_KERNEL);
	if (!ref.lateness)
		return -ENOMEM;
	ref.at = 0;
	ref.count = r->count;
	ref.period = r->period_ns;
	err = refer_source(r);
	if (!err && copy_to_user(u64_to_user_ptr(r->lateness), ref.lateness,
				 size))
		err = -EFAULT;
	kvfree(ref.lateness);
	return err;
}

/* The probed function: bool xlat_fire(u64 entry, u64 *next) in kmod/engine.c. */

static struct truth_bend bend;
static bool bent;

static int before_fire(struct kprobe *probe, struct pt_regs *regs)
{
	u64 begin = virt_now();

	regs->regs[0] -= bend.early_ticks;
	while (virt_now() - begin < bend.busy_ticks)
		;
	return 0;
}

static struct kprobe probe;

static void unbend(void)
{
	if (bent)
		unregister_kprobe(&probe);
	bent = false;
}

static int bend_to(const struct truth_bend *b)
{
	int err;

	unbend();
	if (!b->early_ticks && !b->busy_ticks)
		return 0;
	bend = *b;
	probe = (struct kprobe) {
		.symbol_name = "xlat_fire",
		.pre_handler = before_fire,
	};
	err = register_kprobe(&probe);
	bent = !err;
	return err;
}

/* The device. */

static long do_mask(void __user *arg)
{
	struct truth_mask m;
	int err;

	if (copy_from_user(&m, arg, sizeof(m)))
		return -EFAULT;
	err = mask(&m);
	if (err)
		return err;
	return copy_to_user(arg, &m, sizeof(m)) ? -EFAULT : 0;
}

static long do_reference(void __user *arg)
{
	struct truth_reference r;
	int err;

	if (copy_from_user(&r, arg, sizeof(r)))
		return -EFAULT;
	mutex_lock(&lock);
	err = refer(&r);
	mutex_unlock(&lock);
	return err;
}

static long do_bend(void __user *arg)
{
	struct truth_bend b;
	int err;

	if (copy_from_user(&b, arg, sizeof(b)))
		return -EFAULT;
	mutex_lock(&lock);
	err = bend_to(&b);
	mutex_unlock(&lock);
	return err;
}

static long truth_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case TRUTH_IOC_MASK:
		return do_mask((void __user *)arg);
	case TRUTH_IOC_REFERENCE:
		return do_reference((void __user *)arg);
	case TRUTH_IOC_BEND:
		return do_bend((void __user *)arg);
	default:
		return -ENOTTY;
	}
}

static int truth_release(struct inode *inode, struct file *file)
{
	mutex_lock(&lock);
	unbend();
	mutex_unlock(&lock);
	return 0;
}

static const struct file_operations fops = {
	.owner		= THIS_MODULE,
	.release	= truth_release,
	.unlocked_ioctl	= truth_ioctl,
};

static struct miscdevice device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "xlat-truth",
	.fops	= &fops,
	.mode	= 0600,
};

module_misc_device(device);

MODULE_AUTHOR("The xlat developers");
MODULE_DESCRIPTION("Test only: known causes of lateness, and a reference path");
MODULE_LICENSE("GPL");
