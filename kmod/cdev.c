// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/xlat: turns system calls into calls of the session.
 *
 * A file has at most one session. SETUP creates it; it is destroyed with the
 * file, which a mapping keeps open as well.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/xlat.h>

#include "cdev.h"
#include "compat.h"
#include "env.h"
#include "session.h"

/**
 * struct xlat_file - one open file
 * @lock: SETUP and INFO; outside of the session's locks
 * @session: set once by SETUP, under @lock; destroyed with the file
 * @seen: events that read() has returned
 */
struct xlat_file {
	struct mutex lock;		/* SETUP, INFO */
	struct xlat_session *session;
	u64 seen;
};

static struct xlat_session *session_of(struct xlat_file *xf)
{
	/* pairs with the release in setup_locked() */
	return smp_load_acquire(&xf->session);
}

/* Sizes in version 1 of the interface: callers of that version still work. */
#define INFO_SIZE_1	offsetofend(struct xlat_info, flags)
#define SETUP_SIZE_1	offsetofend(struct xlat_setup, map_length)
#define CONTROL_SIZE_1	offsetofend(struct xlat_control, flags)

/* Copy a structure in; its first word is its size. */
static int copy_in(void *to, size_t size, size_t min_size,
		   const void __user *arg)
{
	u32 usize;

	if (get_user(usize, (const u32 __user *)arg))
		return -EFAULT;
	if (usize < min_size)
		return -EINVAL;
	if (usize > PAGE_SIZE)
		return -E2BIG;
	/* Read once: another thread may change the size meanwhile. */
	memcpy(to, &usize, sizeof(usize));
	return copy_struct_from_user(to + sizeof(usize), size - sizeof(usize),
				     arg + sizeof(usize),
				     usize - sizeof(usize));
}

/* No session comes or goes between the answers. */
static void fill_info(struct xlat_file *xf, struct xlat_info *info)
{
	const struct xlat_session *session;

	mutex_lock(&xf->lock);
	session = xlat_session_lock();
	xlat_env_info(info, session);
	info->size = sizeof(*info);
	info->session = session && session != xf->session;
	xlat_session_unlock();
	mutex_unlock(&xf->lock);
}

static long file_info(struct xlat_file *xf, void __user *arg)
{
	struct xlat_info *info;
	u32 usize, flags;
	long err = 0;

	if (get_user(usize, (u32 __user *)arg) ||
	    copy_from_user(&flags, arg + offsetof(struct xlat_info, flags),
			   sizeof(flags)))
		return -EFAULT;
	if (usize < INFO_SIZE_1 || flags)
		return -EINVAL;
	info = kzalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return -ENOMEM;
	fill_info(xf, info);
	if (copy_to_user(arg, info, min_t(size_t, usize, sizeof(*info))))
		err = -EFAULT;
	kfree(info);
	return err;
}

/* Bits beyond the possible CPUs are an error, not ignored. */
static int copy_mask(struct cpumask *cpus, u64 arg, u32 length)
{
	const u64 __user *words = u64_to_user_ptr(arg);
	u64 word;
	u32 i, bit;

	if (!length || length % sizeof(word) || length > PAGE_SIZE)
		return -EINVAL;
	for (i = 0; i < length / sizeof(word); i++) {
		if (get_user(word, &words[i]))
			return -EFAULT;
		for (bit = 0; word; bit++, word >>= 1) {
			if (!(word & 1))
				continue;
			if (64 * i + bit >= nr_cpu_ids)
				return -ENODEV;
			cpumask_set_cpu(64 * i + bit, cpus);
		}
	}
	return cpumask_empty(cpus) ? -EINVAL : 0;
}

static int setup_locked(struct xlat_file *xf, struct xlat_setup *setup,
			const struct cpumask *cpus)
{
	struct xlat_session *session;

	if (xf->session)
		return -EBUSY;
	session = xlat_session_create(setup, cpus);
	if (IS_ERR(session))
		return PTR_ERR(session);
	/* a session is whole before others see it: pairs with session_of() */
	smp_store_release(&xf->session, session);
	return 0;
}

static int setup_with(struct xlat_file *xf, struct xlat_setup *setup,
		      struct cpumask *cpus)
{
	int err = copy_mask(cpus, setup->cpus, setup->cpus_len);

	if (err)
		return err;
	mutex_lock(&xf->lock);
	err = setup_locked(xf, setup, cpus);
	mutex_unlock(&xf->lock);
	return err;
}

static long file_setup(struct xlat_file *xf, void __user *arg)
{
	struct xlat_setup setup;
	cpumask_var_t cpus;
	size_t size;
	int err;

	err = copy_in(&setup, sizeof(setup), SETUP_SIZE_1, arg);
	if (err)
		return err;
	if (setup.flags || setup.reserved)
		return -EINVAL;
	if (!zalloc_cpumask_var(&cpus, GFP_KERNEL))
		return -ENOMEM;
	err = setup_with(xf, &setup, cpus);
	free_cpumask_var(cpus);
	if (err)
		return err;
	/* The session stays, even if the caller has unmapped its argument. */
	size = min_t(size_t, setup.size, sizeof(setup));
	return copy_to_user(arg, &setup, size) ? -EFAULT : 0;
}

static long file_control(struct xlat_file *xf, void __user *arg,
			 int (*act)(struct xlat_session *session))
{
	struct xlat_session *session = session_of(xf);
	struct xlat_control control;
	int err = copy_in(&control, sizeof(control), CONTROL_SIZE_1, arg);

	if (err)
		return err;
	if (control.flags || !session)
		return -EINVAL;
	return act(session);
}

static long xlat_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct xlat_file *xf = file->private_data;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case XLAT_IOC_INFO:
		return file_info(xf, argp);
	case XLAT_IOC_SETUP:
		return file_setup(xf, argp);
	case XLAT_IOC_START:
		return file_control(xf, argp, xlat_session_start);
	case XLAT_IOC_STOP:
		return file_control(xf, argp, xlat_session_stop);
	default:
		return -ENOTTY;
	}
}

static int xlat_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct xlat_session *session = session_of(file->private_data);

	if (!session || !(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	if (vma->vm_flags & (VM_WRITE | VM_EXEC))
		return -EPERM;
	xlat_vm_flags_change(vma, VM_DONTCOPY, VM_MAYWRITE | VM_MAYEXEC);
	return xlat_session_mmap(session, vma);
}

static __poll_t xlat_poll(struct file *file, poll_table *wait)
{
	struct xlat_file *xf = file->private_data;
	struct xlat_session *session = session_of(xf);
	__poll_t mask = 0;

	poll_wait(file, xlat_session_wait(), wait);
	if (!session)
		return EPOLLERR;
	if (xlat_session_events(session) != READ_ONCE(xf->seen))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (xlat_session_ended(session))
		mask |= EPOLLHUP;
	return mask;
}

static ssize_t xlat_read(struct file *file, char __user *to, size_t size,
			 loff_t *offset)
{
	struct xlat_file *xf = file->private_data;
	struct xlat_session *session = session_of(xf);
	u64 events;

	if (!session || size < sizeof(events))
		return -EINVAL;
	events = xlat_session_events(session);
	if (copy_to_user(to, &events, sizeof(events)))
		return -EFAULT;
	WRITE_ONCE(xf->seen, events);
	return sizeof(events);
}

static int xlat_open(struct inode *inode, struct file *file)
{
	struct xlat_file *xf = kzalloc(sizeof(*xf), GFP_KERNEL);

	if (!xf)
		return -ENOMEM;
	mutex_init(&xf->lock);
	file->private_data = xf;
	return stream_open(inode, file);
}

static int xlat_release(struct inode *inode, struct file *file)
{
	struct xlat_file *xf = file->private_data;

	if (xf->session)
		xlat_session_destroy(xf->session);
	mutex_destroy(&xf->lock);
	kfree(xf);
	return 0;
}

static const struct file_operations fops = {
	.owner		= THIS_MODULE,
	.open		= xlat_open,
	.release	= xlat_release,
	.read		= xlat_read,
	.poll		= xlat_poll,
	.mmap		= xlat_mmap,
	.unlocked_ioctl	= xlat_ioctl,
};

static struct miscdevice device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "xlat",
	.fops	= &fops,
	.mode	= 0600,
};

int xlat_cdev_init(void)
{
	return misc_register(&device);
}

void xlat_cdev_exit(void)
{
	misc_deregister(&device);
}
