// SPDX-License-Identifier: GPL-2.0
/*
 * The session, of which there is at most one: set-up, start, stop and CPU
 * hotplug, in process context.
 *
 * Locks, outermost first: slot_lock (guards the slot), session->lock (start,
 * stop), cpus_read_lock(). The cpuhp callbacks run under cpus_write_lock(), or
 * at insmod, and take neither mutex: everything that they read changes only
 * under cpus_read_lock(). START and SETUP read measurable under it, too.
 */
#define pr_fmt(fmt) "xlat: " fmt

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pm_qos.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/suspend.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "env.h"
#include "idle.h"
#include "engine.h"
#include "probe.h"
#include "session.h"
#include "setup.h"

/* From START to the first deadline: every CPU must be armed by then. */
#define START_LEAD_NS		(10 * NSEC_PER_MSEC)

static unsigned int memory_mib = 512;
module_param(memory_mib, uint, 0644);
MODULE_PARM_DESC(memory_mib, "most memory that one session may take, MiB, all CPUs together, but never more than a quarter of RAM (default 512)");

struct xlat_session {
	struct mutex lock;		/* start, stop */
	const struct xlat_source *source;
	cpumask_var_t cpus;
	struct xlat_engine **engines;	/* by CPU number; NULL: none */
	u64 period_ticks;
	u64 map_length;
	u32 phase_mode;
	u32 idle_policy;
	u64 seed;
	bool started;
	bool stopped;
	struct pm_qos_request shallow;
	atomic64_t events;
	struct work_struct protect;
};

/* Pollers wait here, also before their file has a session. */
static DECLARE_WAIT_QUEUE_HEAD(waiters);
static DEFINE_MUTEX(slot_lock);
/* The session, or NULL. Set under slot_lock and cpus_read_lock(). */
static struct xlat_session *slot;
/*
 * The kinds of suspend, see kind_of(), whose PREPARE has come, but not their
 * POST. While a hibernation is prepared (/dev/snapshot), the machine may
 * suspend. Set before the session's lock is taken: START sees it, or is ended
 * by the notifier.
 */
static unsigned int suspends_coming;
/*
 * The CPUs that have reached hotplug_state: cpu_going() runs before they go
 * offline. With CONFIG_CPU_HOTPLUG_STATE_CONTROL others may be online, too.
 */
static struct cpumask measurable;
static int hotplug_state;

const struct xlat_session *xlat_session_lock(void)
{
	mutex_lock(&slot_lock);
	return slot;
}

void xlat_session_unlock(void)
{
	mutex_unlock(&slot_lock);
}

wait_queue_head_t *xlat_session_wait(void)
{
	return &waiters;
}

u64 xlat_session_events(struct xlat_session *session)
{
	return atomic64_read(&session->events);
}

bool xlat_session_ended(struct xlat_session *session)
{
	int cpu;

	if (!READ_ONCE(session->started))
		return false;
	for_each_cpu(cpu, session->cpus)
		/* pairs with the release in close_account() */
		if (smp_load_acquire(&session->engines[cpu]->map->state) !=
		    XLAT_STATE_STOPPED)
			return false;
	return true;
}

/*
 * If two CPUs end at once, one of them sees that both have ended: an irq_work is
 * queued and claimed with full barriers.
 */
static void engine_woke(struct irq_work *wake)
{
	struct xlat_engine *engine = container_of(wake, struct xlat_engine,
						  wake);
	struct xlat_session *session = engine->session;

	/* Pollers with events = 0 are woken only by EPOLLHUP. */
	atomic64_inc(&session->events);
	wake_up_interruptible_poll(&waiters, xlat_session_ended(session) ?
				   EPOLLIN | EPOLLRDNORM | EPOLLHUP :
				   EPOLLIN | EPOLLRDNORM);
	if (xlat_engine_protection(READ_ONCE(engine->map->end_reason)))
		schedule_work(&session->protect);
}

/* A CPU ended itself to protect the machine: end the others, and log why. */
static void protect(struct work_struct *work)
{
	struct xlat_session *session =
		container_of(work, struct xlat_session, protect);
	const struct xlat_map *map;
	const char *why;
	int cpu;

	if (READ_ONCE(session->stopped))
		return;
	for_each_cpu(cpu, session->cpus) {
		map = session->engines[cpu]->map;
		why = xlat_engine_protection(READ_ONCE(map->end_reason));
		if (why)
			pr_warn("CPU %d: session stopped, %s; choose a longer period\n",
				cpu, why);
	}
	xlat_session_stop(session);
}

static void engines_free(struct xlat_session *session)
{
	int cpu;

	for_each_cpu(cpu, session->cpus)
		xlat_engine_destroy(session->engines[cpu]);
	kfree(session->engines);
}

static int engines_alloc(struct xlat_session *session,
			 const struct xlat_setup *setup)
{
	struct xlat_engine *engine;
	int cpu;

	session->engines = kcalloc(nr_cpu_ids, sizeof(*session->engines),
				   GFP_KERNEL);
	if (!session->engines)
		return -ENOMEM;
	for_each_cpu(cpu, session->cpus) {
		engine = xlat_engine_create(session->source, setup, cpu);
		if (!engine) {
			engines_free(session);
			return -ENOMEM;
		}
		engine->session = session;
		init_irq_work(&engine->wake, engine_woke);
		session->engines[cpu] = engine;
	}
	return 0;
}

/* Only root can ask, but a typing error must not start the OOM killer. */
static bool too_large(u64 bytes)
{
	return bytes > (u64)READ_ONCE(memory_mib) << 20 ||
	       bytes > (u64)totalram_pages() << PAGE_SHIFT >> 2;
}

static bool swallowed_by_idle(const struct xlat_session *session, u32 policy)
{
	if (!session->source->swallowed_by_idle)
		return false;
	return policy == XLAT_IDLE_KEEP ?
		xlat_idle_stops_timer(session->cpus) :
		xlat_idle_must_stop_timer(session->cpus);
}

static int check_machine(struct xlat_session *session,
			 const struct xlat_setup *setup)
{
	struct xlat_source_info info = { };
	int err;

	if (!cpumask_subset(session->cpus, &measurable))
		return -ENODEV;
	err = session->source->usable(session->source, &info);
	if (err)
		return err;
	if (swallowed_by_idle(session, setup->idle_policy))
		return -EPERM;
	if (too_large(setup->map_length * cpumask_weight(session->cpus)))
		return -ENOMEM;
	return 0;
}

static struct xlat_session *session_alloc(const struct xlat_source *source,
					  const struct cpumask *cpus)
{
	struct xlat_session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return NULL;
	if (!zalloc_cpumask_var(&session->cpus, GFP_KERNEL)) {
		kfree(session);
		return NULL;
	}
	mutex_init(&session->lock);
	cpumask_copy(session->cpus, cpus);
	INIT_WORK(&session->protect, protect);
	session->source = source;
	return session;
}

static void session_free(struct xlat_session *session)
{
	free_cpumask_var(session->cpus);
	kfree(session);
}

/* Called under slot_lock and cpus_read_lock() while the slot is empty. */
static int session_claim(struct xlat_session *session, struct xlat_setup *setup)
{
	int err;

	err = xlat_setup_complete(setup, session->source->tick_hz());
	if (err)
		return err;
	session->map_length = setup->map_length;
	session->period_ticks = setup->period_ticks;
	session->phase_mode = setup->phase_mode;
	session->idle_policy = setup->idle_policy;
	session->seed = setup->seed;
	err = check_machine(session, setup);
	if (err)
		return err;
	err = engines_alloc(session, setup);
	if (err)
		return err;
	err = session->source->claim(session->source);
	if (err) {
		engines_free(session);
		return err;
	}
	WRITE_ONCE(slot, session);
	return 0;
}

struct xlat_session *xlat_session_create(struct xlat_setup *setup,
					 const struct cpumask *cpus)
{
	const struct xlat_source *source = xlat_env_source(setup->source);
	struct xlat_session *session;
	int err = xlat_setup_check(setup);

	if (err)
		return ERR_PTR(err);
	if (!source)
		return ERR_PTR(-EOPNOTSUPP);
	session = session_alloc(source, cpus);
	if (!session)
		return ERR_PTR(-ENOMEM);
	mutex_lock(&slot_lock);
	cpus_read_lock();
	err = slot ? -EBUSY : session_claim(session, setup);
	cpus_read_unlock();
	mutex_unlock(&slot_lock);
	if (!err)
		return session;
	session_free(session);
	return ERR_PTR(err);
}

void xlat_session_destroy(struct xlat_session *session)
{
	int cpu;

	xlat_session_stop(session);
	/* A last wake may still be pending, and it may schedule protect. */
	for_each_cpu(cpu, session->cpus)
		irq_work_sync(&session->engines[cpu]->wake);
	cancel_work_sync(&session->protect);
	mutex_lock(&slot_lock);
	cpus_read_lock();
	WRITE_ONCE(slot, NULL);
	cpus_read_unlock();
	session->source->release(session->source);
	mutex_unlock(&slot_lock);
	engines_free(session);
	session_free(session);
}

/* Start and stop. */

static void probe_before(void *arg)
{
	struct xlat_engine *engine = arg;

	xlat_probe(engine->source, &engine->map->before);
}

/* A CPU that went offline has been probed already. */
static void probe_after(void *arg)
{
	struct xlat_engine *engine = arg;

	if (engine->map->after.busy_tries)
		return;
	xlat_probe(engine->source, &engine->map->after);
}

static void start_here(void *engine)
{
	xlat_engine_start(engine);
}

static void stop_here(void *engine)
{
	xlat_engine_end(engine, XLAT_END_STOP);
}

static void suspend_here(void *engine)
{
	xlat_engine_end(engine, XLAT_END_SUSPEND);
}

/* Skips offline CPUs: their measurement ended when they went offline. */
static void on_each(struct xlat_session *session, void (*call)(void *))
{
	int cpu;

	for_each_cpu(cpu, session->cpus)
		smp_call_function_single(cpu, call, session->engines[cpu],
					 true);
}

static u64 phase(const struct xlat_session *session, u32 nth)
{
	switch (session->phase_mode) {
	case XLAT_PHASE_ALIGNED:
		return 0;
	case XLAT_PHASE_RANDOM:
		return xlat_draw(session->seed, nth, session->period_ticks);
	default:
		return div_u64(session->period_ticks * nth,
			       cpumask_weight(session->cpus));
	}
}

static void place_grids(struct xlat_session *session)
{
	const struct xlat_source *source = session->source;
	u64 origin = source->now() + xlat_setup_ticks(START_LEAD_NS,
						     source->tick_hz());
	u32 nth = 0;
	int cpu;

	for_each_cpu(cpu, session->cpus)
		session->engines[cpu]->grid.start = origin +
						    phase(session, nth++);
}

static int session_start_locked(struct xlat_session *session)
{
	if (session->started)
		return -EINVAL;
	if (READ_ONCE(suspends_coming))
		return -EAGAIN;
	if (!cpumask_subset(session->cpus, &measurable))
		return -ENODEV;
	if (session->idle_policy == XLAT_IDLE_SHALLOW)
		xlat_idle_hold(&session->shallow, session->cpus);
	on_each(session, probe_before);
	place_grids(session);
	/* Before arming: a poller that the end wakes must see it as started. */
	WRITE_ONCE(session->started, true);
	on_each(session, start_here);
	return 0;
}

int xlat_session_start(struct xlat_session *session)
{
	int err;

	mutex_lock(&session->lock);
	cpus_read_lock();
	err = session_start_locked(session);
	cpus_read_unlock();
	mutex_unlock(&session->lock);
	return err;
}

static int stop_by(struct xlat_session *session, void (*end)(void *))
{
	int err = 0;

	mutex_lock(&session->lock);
	cpus_read_lock();
	if (!session->started) {
		err = -EINVAL;
	} else if (!session->stopped) {
		on_each(session, end);
		on_each(session, probe_after);
		xlat_idle_let_go(&session->shallow);
		WRITE_ONCE(session->stopped, true);
	}
	cpus_read_unlock();
	mutex_unlock(&session->lock);
	return err;
}

int xlat_session_stop(struct xlat_session *session)
{
	return stop_by(session, stop_here);
}

int xlat_session_mmap(struct xlat_session *session, struct vm_area_struct *vma)
{
	u64 offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
	u64 cpu = div64_u64(offset, session->map_length);

	if (offset % session->map_length || cpu >= nr_cpu_ids ||
	    !session->engines[cpu] ||
	    vma->vm_end - vma->vm_start != session->map_length)
		return -EINVAL;
	return remap_vmalloc_range(vma, session->engines[cpu]->map, 0);
}

/* Hotplug. Runs on the CPU that comes online; at insmod, on those that are. */
static int cpu_came(unsigned int cpu)
{
	cpumask_set_cpu(cpu, &measurable);
	return 0;
}

/* Runs on the CPU that goes offline, under cpus_write_lock(). */
static int cpu_going(unsigned int cpu)
{
	struct xlat_session *session = READ_ONCE(slot);
	struct xlat_engine *engine = session ? session->engines[cpu] : NULL;
	unsigned long flags;

	cpumask_clear_cpu(cpu, &measurable);
	if (!engine)
		return 0;
	local_irq_save(flags);
	xlat_engine_end(engine, XLAT_END_OFFLINE);
	/* Whatever ended it: STOP cannot probe a CPU that is offline. */
	if (engine->map->state == XLAT_STATE_STOPPED)
		probe_after(engine);
	local_irq_restore(flags);
	return 0;
}

/* No kind nests in itself, so one bit for each is enough. */
static unsigned int kind_of(unsigned long event)
{
	switch (event) {
	case PM_SUSPEND_PREPARE:
	case PM_POST_SUSPEND:
		return BIT(0);
	case PM_HIBERNATION_PREPARE:
	case PM_POST_HIBERNATION:
		return BIT(1);
	case PM_RESTORE_PREPARE:
	case PM_POST_RESTORE:
		return BIT(2);
	default:
		return 0;
	}
}

/*
 * A timer that loses its power would stay armed and never fire again. Programs
 * run on until the freezer, which comes after PREPARE: START is refused from
 * then on. Each PREPARE is followed by its POST, also when it fails; only an
 * open() of /dev/snapshot that finds no memory sends none, until the next
 * restore. A PREPARE from before insmod is unknown: START is not refused.
 */
static int suspending(struct notifier_block *block, unsigned long event,
		      void *data)
{
	bool coming = event == PM_SUSPEND_PREPARE ||
		      event == PM_HIBERNATION_PREPARE ||
		      event == PM_RESTORE_PREPARE;
	unsigned int kind = kind_of(event);

	mutex_lock(&slot_lock);
	if (coming)
		WRITE_ONCE(suspends_coming, suspends_coming | kind);
	else
		WRITE_ONCE(suspends_coming, suspends_coming & ~kind);
	if (coming && slot)
		stop_by(slot, suspend_here);
	mutex_unlock(&slot_lock);
	return NOTIFY_OK;
}

static struct notifier_block suspend_block = { .notifier_call = suspending };

int xlat_session_init(void)
{
	int err;

	hotplug_state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "xlat:online",
					  cpu_came, cpu_going);
	if (hotplug_state < 0)
		return hotplug_state;
	err = register_pm_notifier(&suspend_block);
	if (err)
		cpuhp_remove_state_nocalls(hotplug_state);
	return err;
}

void xlat_session_exit(void)
{
	unregister_pm_notifier(&suspend_block);
	cpuhp_remove_state_nocalls(hotplug_state);
}
