/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A fake machine with two CPUs, to run kmod/ in user space. Asynchronous events
 * of a kernel (an irq_work, a work, a late interrupt) stay pending until a
 * test, or a call that waits for them, lets them happen. A mistake that a
 * kernel would not survive is recorded as a fault; only the first one is kept.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

typedef __u64 u64;
typedef __s64 s64;
typedef __u32 u32;
typedef __s32 s32;

enum {
	MACHINE_CPUS = 2, MACHINE_IRQS = 4, MACHINE_IRQ = 100,
	MACHINE_LOOPS = 64, MACHINE_HOTPLUG_STATES = 2,
};

#define MACHINE_REG(a, b, c, d, e) \
	(((((a) * 8 + (b)) * 16 + (c)) * 16 + (d)) * 8 + (e))
#define REG_cntp_ctl_el0	MACHINE_REG(3, 3, 14, 2, 1)
#define REG_cntp_cval_el0	MACHINE_REG(3, 3, 14, 2, 2)
#define REG_cntv_ctl_el0	MACHINE_REG(3, 3, 14, 3, 1)
#define REG_cntv_cval_el0	MACHINE_REG(3, 3, 14, 3, 2)
#define REG_CurrentEL		MACHINE_REG(3, 0, 4, 2, 2)
#define REG_CNTVOFF		MACHINE_REG(3, 4, 14, 0, 3)

struct cpuidle_state {
	unsigned long flags;
	u32 exit_latency;
};

struct cpuidle_driver {
	struct cpuidle_state states[4];
	int state_count;
};

struct pm_qos_request {
	int unused;
};

struct notifier_block {
	int (*notifier_call)(struct notifier_block *block, unsigned long event,
			     void *data);
};

struct irq_work {
	void (*call)(struct irq_work *work);
};

struct work_struct {
	void (*call)(struct work_struct *work);
};

struct irqaction {
	const char *name;
};

struct irq_desc {
	struct irqaction *action;
	int lock;
};

struct irq_data {
	u32 hwirq;
	struct irq_desc *desc;
};

typedef enum { IRQ_NONE, IRQ_HANDLED } irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int irq, void *cookie);

struct miscdevice;

struct machine_irq {
	struct irq_data data;
	struct irq_desc desc;
	struct irqaction action;
	irq_handler_t handler;
	u32 type;			/* trigger with which it was enabled */
	bool on_its_way;		/* disabled, but will still arrive */
};

struct device_node {
	int references;
	bool disabled;
	const char *compatible;		/* of /hypervisor; NULL: none */
	const char *method;		/* of the PSCI node */
};

struct module {
	const char *version;
};

struct machine {
	const char *fault;		/* the first one; NULL: none */
	int warnings;

	unsigned int cpu;		/* the CPU that runs now */
	u64 online;
	u64 half_online;		/* of these, without our hotplug states */
	bool irqs_off, cpus_locked;
	u64 ram_pages;
	unsigned int fail_at;		/* the n-th call that can fail for want
					 * of memory does; 0: none */
	struct {
		int (*up)(unsigned int cpu), (*down)(unsigned int cpu);
	} hotplug[MACHINE_HOTPLUG_STATES];
	unsigned int hotplug_states;
	const void *mapped;		/* what the last mmap() mapped */
	const struct miscdevice *device;
	void (*user_was_read)(void);	/* after each read of user memory */
	void (*between)(void);		/* while INFO reads the sources */

	struct cpuidle_driver *idle[MACHINE_CPUS];
	const struct pm_qos_request *latency;	/* requested; NULL: nothing */
	u32 latency_us;
	struct notifier_block *pm;

	struct irq_work *irq_work[8];	/* pending */
	struct work_struct *work;

	u64 counter, read_cost, control_cost;
	unsigned int reads, stall_every;	/* each nth is slow; 0: none */
	u64 loop_cost[MACHINE_LOOPS];	/* cost of each successive loop */
	unsigned int loops;
	bool armed[MACHINE_CPUS];	/* hrtimer */
	u64 deadline[MACHINE_CPUS];

	bool hyp;			/* at EL2 */
	bool late_delivery;		/* a disabled interrupt still arrives */
	bool in_handler;		/* another CPU may be in a handler */
	u64 cntvoff, cntfrq_hz, dt_hz;	/* dt_hz 0: no clock-frequency */
	u64 cntfrq_others_hz;		/* if cntfrq_apart: of all but CPU 0 */
	bool cntfrq_apart;
	u64 raw_hz;			/* rate by CLOCK_MONOTONIC_RAW; 0:
					 * dt_hz, or cntfrq_hz if that is 0 */
	u64 raw_step_ns;		/* of CLOCK_MONOTONIC_RAW; 0: 1 ns */
	u64 raw_cost;			/* ticks that a read of it takes */
	u64 reg[1 << 16];
	struct machine_irq irq[MACHINE_IRQS];
	u32 trigger;			/* of all interrupts in the tree */
	struct device_node node;	/* of the timer */
	struct device_node old;		/* a disabled timer node before it */
	bool has_old;
	struct device_node gic;
	const char *names[4];		/* interrupt-names; none: no such property */
	struct device_node hypervisor, psci;
	bool has_hypervisor, has_psci;
	u32 smccc_1_1;			/* enum arm_smccc_conduit */
	u32 smccc_answers;		/* the only conduit that works */
	bool psci_0_2;			/* knows no function but PSCI's */
	u32 vendor_uid[4], standard_uid[4];
};

extern struct machine machine;
extern struct module machine_module;
extern unsigned int *machine_param_memory_mib;
extern int (*machine_insmod)(void);
extern void (*machine_rmmod)(void);

/* For tests. */
void machine_reset(void);		/* a new machine, nothing pending */
bool machine_fire(u64 late, u64 cost);	/* the hrtimer of the current CPU */
void machine_interrupts(void);		/* run all pending irq_works */
void machine_work(void);		/* run the pending work */
void machine_offline(unsigned int cpu);	/* take a CPU offline by hotplug */
void machine_online(unsigned int cpu);

/* CONFIG_CPU_HOTPLUG_STATE_CONTROL: stop on the way offline, while online. */
void machine_half_offline(unsigned int cpu);

/* Run thread(). Does a lock stop it? */
bool machine_waits(void (*thread)(void));

/* For kernel.h. */
unsigned long machine_user_get(void *to, const void *at, size_t size);
int machine_user_get_struct(void *to, size_t size, const void *at,
			    size_t user_size);
void machine_assert(bool good, const char *fault);
__attribute__((format(printf, 1, 2)))
void machine_warn(const char *format, ...);
void machine_lock(bool *held);
void machine_free(void *memory);
void *machine_alloc(size_t n, size_t size);
bool machine_fails(void);		/* counts the calls, see fail_at */
int machine_call(int cpu, void (*call)(void *arg), void *arg);
u64 machine_counter(void);
int machine_add_hotplug(int (*up)(unsigned int cpu),
			int (*down)(unsigned int cpu));
u64 machine_raw_ns(void);
void machine_sleep(unsigned int ms);
u64 machine_cntfrq(void);
void machine_spend(void *unused);
u64 machine_reg_read(u32 reg);
void machine_reg_write(u32 reg, u64 value);
void machine_grace_period(void);
struct device_node *machine_find_node(struct device_node *from,
				      const char *compatible);
void machine_smccc(u32 conduit, u32 function, unsigned long *a0,
		   unsigned long *a1, unsigned long *a2, unsigned long *a3);

/* Functions of the kernel. */
void init_irq_work(struct irq_work *work, void (*call)(struct irq_work *));
void irq_work_queue(struct irq_work *work);
void irq_work_sync(struct irq_work *work);
#define INIT_WORK(w, f) ((w)->call = (f))
void schedule_work(struct work_struct *work);
void cancel_work_sync(struct work_struct *work);
void cpu_latency_qos_add_request(struct pm_qos_request *request, u32 us);
void cpu_latency_qos_remove_request(struct pm_qos_request *request);
bool cpu_latency_qos_request_active(struct pm_qos_request *request);
struct irq_data *irq_get_irq_data(int irq);
int request_percpu_irq(int irq, irq_handler_t handler, const char *name,
		       void *cookie);
void free_percpu_irq(int irq, void *cookie);
void enable_percpu_irq(int irq, u32 type);
void disable_percpu_irq(int irq);
struct device_node *of_find_node_by_path(const char *path);
bool of_property_read_bool(const struct device_node *node, const char *name);
int of_property_match_string(const struct device_node *node, const char *name,
			     const char *string);
int of_property_read_string(const struct device_node *node, const char *name,
			    const char **value);
int of_property_read_u32(const struct device_node *node, const char *name,
			 u32 *value);
int of_irq_get(struct device_node *node, int index);

/* The interrupts of a node, as a device tree has them: include/linux/of.h */
struct of_phandle_args {
	struct device_node *np;
	int args_count;
	u32 args[16];
};

struct irq_fwspec {
	void *fwnode;
	int param_count;
	u32 param[16];
};

struct irq_domain {
	const struct irq_domain_ops {
		int (*translate)(struct irq_domain *domain,
				 struct irq_fwspec *fwspec,
				 unsigned long *hwirq, unsigned int *type);
	} *ops;
};

extern struct irq_domain machine_gic;

int of_irq_parse_one(struct device_node *node, int index,
		     struct of_phandle_args *args);
int irq_find_mapping(struct irq_domain *domain, unsigned long hwirq);

#endif
