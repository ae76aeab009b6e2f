/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * The interface of /dev/xlat, which records how late interrupts arrive.
 *
 * Copyright (C) 2026 the xlat developers
 */
#ifndef _UAPI_LINUX_XLAT_H
#define _UAPI_LINUX_XLAT_H

/**
 * DOC: What this interface carries
 *
 * The interface carries one kind of fact: on CPU c, the interrupt that was due
 * at tick D was entered at tick E.
 *
 * A *source* (a timer) is armed at the *deadlines* of a fixed *grid*. The first
 * act of its handler is to read the source's own clock: the *entry*. Lateness
 * is entry - deadline, signed. Each CPU records into its own memory, which user
 * space maps read-only:
 *
 *   header (struct xlat_map) | late buckets | early buckets | ring of samples
 *
 * Deadlines and entries are raw ticks of the source's clock, whose rate is
 * &xlat_map.tick_hz. The kernel converts nothing. Never subtract ticks
 * of two sources, nor virtual-counter ticks of two Xen domains: CNTVOFF
 * differs from domain to domain.
 *
 * Life of a session
 *
 *   open("/dev/xlat")           always works (O_CLOEXEC is advised)
 *   ioctl(XLAT_IOC_INFO)        always works; needs no session, and makes none
 *   ioctl(XLAT_IOC_SETUP)       makes the one session and its memory, or -EBUSY
 *   mmap() per CPU              offset = CPU number * map_stride,
 *                               length = map_length, PROT_READ, MAP_SHARED.
 *                               PROT_WRITE and PROT_EXEC are refused: -EPERM,
 *                               or -EACCES in a later mprotect()
 *   ioctl(XLAT_IOC_START)       arms every chosen CPU
 *   poll() / read()             poll() sleeps until a watermark or the end
 *   ioctl(XLAT_IOC_STOP)        disarms at once; the account is now final
 *   close() *and* munmap()      end the session and free its memory
 *
 * A mapping keeps the file open: a session ends with the last close() or
 * munmap(). When a process is killed, its descriptors and mappings are closed,
 * so nothing stays armed, unless another process also holds the descriptor. A
 * stopped session cannot be started again: open the device again for a new one.
 * Readers must be 64-bit programs: a 32-bit program would read a counter in two
 * halves.
 *
 * Grid
 *
 *   deadline(k) = start_ticks + k * period_ticks + dither(k),   k = 0, 1, ...
 *
 * dither(k) is 0 unless a dither was requested. With a dither it is
 * hi64(mix(seed + (k + 1) * 0x9e3779b97f4a7c15) * dither_ticks), where mix()
 * is the output function of splitmix64 and hi64() is the upper half of the
 * 128-bit product. Readers can therefore recompute it. dither_ticks is at most
 * half the period, so deadlines ascend. The grid never moves: if a handler runs
 * so late that further points have passed, it skips them and counts them as
 * missed.
 *
 * The account, exact once the state is %XLAT_STATE_STOPPED
 *
 *   count + missed + unserved = floor((stop_ticks - start_ticks) / period_ticks) + 1
 *   count                     = received + lost         (counted by the reader)
 *   sum of all buckets        = count
 *
 * (When stop_ticks < start_ticks, the right side of the first line is 0.)
 *
 * While the session runs, only the scalars in &xlat_map.counters can be read
 * consistently, with the seqcount &xlat_map.seq. Buckets can be read at any
 * time, and never decrease, but they need not agree with each other or with the
 * scalars.
 *
 * Reading the scalars (an ordinary seqcount; the writer is the handler)
 *
 *   writer                                  reader
 *     seq = odd        (WRITE_ONCE)           do { s = load_acquire(seq)   (2)
 *     smp_wmb()                    (1)        } while s is odd
 *     counters = ...   (WRITE_ONCE)           copy, word by word (READ_ONCE)
 *     smp_wmb()                    (2)        smp_rmb()                    (1)
 *     seq = even       (WRITE_ONCE)           again if seq != s
 *
 *   Barriers with the same number pair.
 *
 * Reading the ring. A new sample overwrites the oldest one, so a slot may
 * change while a reader copies it.
 *
 *   writer (handler, own CPU only)          reader (any CPU)
 *     smp_wmb()                    (A)        h = load_acquire(head)      (C)
 *     slot[h % n] = sample  (WRITE_ONCE)      copy slots, word by word
 *     smp_store_release(&head,h+1) (B)        smp_rmb(); h2 = load(head)  (D)
 *
 *   Sample number pos (from 0) is in slot pos % n; n is a power of two.
 *   (B) pairs with (C): every sample whose number is below h is complete.
 *   (A) pairs with (D): if a reader saw any word of sample pos, then h2 >= pos.
 *   So after (D) the copy of sample pos is good if pos + n > h2; otherwise it
 *   may be torn. The usable capacity is therefore n - 1. If a reader has no
 *   good copy of a sample, it counts that sample as lost.
 *
 * Errors common to all ioctls: -ENOTTY unknown command; -EINVAL unknown flag,
 * or a reserved field that is not zero; -E2BIG the structure is larger than a
 * page, or it has non-zero bytes after the end of the kernel's structure;
 * -EFAULT. INFO reads only the size and the flags of its argument.
 *
 * Extending: structures that ioctls take begin with their own size and grow at
 * the end. The header of a mapping says by offset and size where its parts are,
 * and also grows at the end: test &xlat_map.header_size before reading a field
 * that version 1 did not have. Magic and version always come first.
 */

#include <linux/ioctl.h>
#include <linux/types.h>

/** XLAT_ABI_VERSION: changes only when an old reader could misread a mapping. */
#define XLAT_ABI_VERSION	1

/** XLAT_MAP_MAGIC: "xlat-map" read as a little-endian number. */
#define XLAT_MAP_MAGIC		0x70616d2d74616c78ULL

/** XLAT_NAME_LEN: bytes of a name, NUL included. */
#define XLAT_NAME_LEN		32

/**
 * enum xlat_source_id - kinds of timer
 * @XLAT_SOURCE_HRTIMER: a pinned, hard-interrupt hrtimer. Clock:
 *	CLOCK_MONOTONIC in nanoseconds. Stage T2. Every 64-bit architecture.
 * @XLAT_SOURCE_PHYS: arm64 EL1 physical timer (CNTP), raw PPI. Clock: CNTPCT.
 *	Stage T1.
 * @XLAT_SOURCE_VIRT: arm64 EL1 virtual timer (CNTV), raw PPI. Clock: CNTVCT.
 *	Stage T1. Absent for a kernel at EL2 while CNTVOFF_EL2 is not 0,
 *	because the timer subtracts CNTVOFF_EL2 and that kernel's reads of the
 *	counter do not.
 */
enum xlat_source_id {
	XLAT_SOURCE_HRTIMER	= 0,
	XLAT_SOURCE_PHYS	= 1,
	XLAT_SOURCE_VIRT	= 2,
};

/** XLAT_SOURCES_MAX: entries of &xlat_info.source; some are not used yet. */
#define XLAT_SOURCES_MAX	8

/**
 * enum xlat_stage - where the entry is taken
 * @XLAT_STAGE_T1: first act of the source's own interrupt handler
 * @XLAT_STAGE_T2: first act of the hrtimer callback; the hrtimer core and
 *	timers that expired earlier come before it
 */
enum xlat_stage {
	XLAT_STAGE_T1	= 1,
	XLAT_STAGE_T2	= 2,
};

/**
 * enum xlat_source_state - can SETUP use this source now?
 * @XLAT_SOURCE_ABSENT: not on this machine (&xlat_source_info.error says why)
 * @XLAT_SOURCE_FREE: yes
 * @XLAT_SOURCE_OWNED: no, another user has it: &xlat_source_info.owner
 */
enum xlat_source_state {
	XLAT_SOURCE_ABSENT	= 0,
	XLAT_SOURCE_FREE	= 1,
	XLAT_SOURCE_OWNED	= 2,
};

/**
 * enum xlat_phase_mode - where in its period each CPU's grid begins
 * @XLAT_PHASE_STAGGERED: CPU i of n starts i * period / n after the first, so
 *	that no two handlers are due at the same time (default)
 * @XLAT_PHASE_ALIGNED: all CPUs at the same tick
 * @XLAT_PHASE_RANDOM: each CPU at a random phase, computed from the seed
 */
enum xlat_phase_mode {
	XLAT_PHASE_STAGGERED	= 0,
	XLAT_PHASE_ALIGNED	= 1,
	XLAT_PHASE_RANDOM	= 2,
};

/**
 * enum xlat_idle_policy - may measured CPUs enter deep idle states?
 * @XLAT_IDLE_SHALLOW: default. From START to STOP a latency-QoS request keeps
 *	idle CPUs in their shallowest idle state that is not polling (WFI, C1).
 *	The request is the smallest exit latency of such a state on any measured
 *	CPU, or just below that of a state that stops the local timer, if less.
 *	Refused (-EPERM) for a raw PPI if a state that stops the local timer is
 *	a CPU's state 0, or has exit latency 0: no request prevents such a state
 * @XLAT_IDLE_KEEP: idle states are not changed. Refused (-EPERM) for a raw PPI
 *	if an idle state stops the local timer: cpuidle does not know about the
 *	PPI, so its interrupt would be swallowed.
 */
enum xlat_idle_policy {
	XLAT_IDLE_SHALLOW	= 0,
	XLAT_IDLE_KEEP		= 1,
};

/**
 * enum xlat_state - state of a session on one CPU
 * @XLAT_STATE_READY: set up, not yet armed
 * @XLAT_STATE_RUNNING: armed
 * @XLAT_STATE_STOPPED: disarmed, and never armed again; the account is final
 */
enum xlat_state {
	XLAT_STATE_READY	= 0,
	XLAT_STATE_RUNNING	= 1,
	XLAT_STATE_STOPPED	= 2,
};

/**
 * enum xlat_end - why the measurement of a CPU ended
 * @XLAT_END_NONE: it has not ended
 * @XLAT_END_STOP: XLAT_IOC_STOP was called, or the last descriptor and mapping
 *	were closed, or a protection ended the measurement of another CPU, which
 *	stops the whole session
 * @XLAT_END_LIMIT: the sample limit was reached
 * @XLAT_END_OFFLINE: the CPU was taken offline
 * @XLAT_END_SHARE: protection: in each of three consecutive windows of 0.1 s
 *	(or of one period, if that is longer), the times from a deadline to the
 *	end of its handler added up to more than half of the window. At most one
 *	period is counted for a sample
 * @XLAT_END_MISSED: protection, for periods under 1 ms: more than one in ten
 *	of the last 1,000 samples followed missed grid points
 * @XLAT_END_SUSPEND: the machine was about to suspend, to hibernate, or to
 *	restore a hibernation image
 */
enum xlat_end {
	XLAT_END_NONE		= 0,
	XLAT_END_STOP		= 1,
	XLAT_END_LIMIT		= 2,
	XLAT_END_OFFLINE	= 3,
	XLAT_END_SHARE		= 4,
	XLAT_END_MISSED		= 5,
	XLAT_END_SUSPEND	= 6,
};

/**
 * enum xlat_hypervisor - which hypervisor this kernel can find below it
 * @XLAT_HYP_UNKNOWN: an unknown hypervisor answered, the answers name two
 *	different ones, or no question could be asked
 * @XLAT_HYP_NONE: no hypervisor answered. &xlat_info.answers says what was
 *	asked. A hypervisor that does not answer may exist
 * @XLAT_HYP_XEN: Xen
 * @XLAT_HYP_KVM: KVM
 * @XLAT_HYP_JAILHOUSE: Jailhouse
 * @XLAT_HYP_GUNYAH: Gunyah, and Qualcomm's hypervisor before it
 * @XLAT_HYP_HYPERV: Hyper-V
 * @XLAT_HYP_VMWARE: VMware
 * @XLAT_HYP_VIRTUALBOX: VirtualBox
 * @XLAT_HYP_QEMU: QEMU's emulator (TCG), which can be recognized on x86 only
 */
enum xlat_hypervisor {
	XLAT_HYP_UNKNOWN	= 0,
	XLAT_HYP_NONE		= 1,
	XLAT_HYP_XEN		= 2,
	XLAT_HYP_KVM		= 3,
	XLAT_HYP_JAILHOUSE	= 4,
	XLAT_HYP_GUNYAH		= 5,
	XLAT_HYP_HYPERV		= 6,
	XLAT_HYP_VMWARE		= 7,
	XLAT_HYP_VIRTUALBOX	= 8,
	XLAT_HYP_QEMU		= 9,
};

/* Bits of &xlat_answers.asked: the places where a hypervisor was looked for. */
/** XLAT_ASKED_NODE: the node /hypervisor of the device tree */
#define XLAT_ASKED_NODE		0x1u
/** XLAT_ASKED_SMCCC: arm64: the Call UID functions of the SMC Calling Convention */
#define XLAT_ASKED_SMCCC	0x2u
/** XLAT_ASKED_CPUID: x86: CPUID leaf 1, then 0x40000000 if leaf 1 says so */
#define XLAT_ASKED_CPUID	0x4u

/**
 * enum xlat_conduit - the instruction that makes an SMCCC call
 * @XLAT_CONDUIT_NONE: firmware and device tree name no such instruction
 * @XLAT_CONDUIT_HVC: hvc; a hypervisor, or firmware at EL2, answers
 * @XLAT_CONDUIT_SMC: smc; firmware at EL3, or a hypervisor that traps smc,
 *	answers
 */
enum xlat_conduit {
	XLAT_CONDUIT_NONE	= 0,
	XLAT_CONDUIT_HVC	= 1,
	XLAT_CONDUIT_SMC	= 2,
};

/**
 * enum xlat_role - what kind of system this kernel runs in
 * @XLAT_ROLE_NATIVE: no hypervisor answered
 * @XLAT_ROLE_DOM0: Xen's initial domain
 * @XLAT_ROLE_GUEST: a domU, or any other guest
 */
enum xlat_role {
	XLAT_ROLE_NATIVE	= 0,
	XLAT_ROLE_DOM0		= 1,
	XLAT_ROLE_GUEST		= 2,
};

/* Limits, the same in every build of the module. */
#define XLAT_PERIOD_MIN_NS	10000ULL
#define XLAT_PERIOD_MAX_NS	10000000000ULL
#define XLAT_SLOTS_MIN		16u
#define XLAT_SLOTS_MAX		4194304u
#define XLAT_SLOTS_DEFAULT	16384u
#define XLAT_WARMUP_DEFAULT	100u
#define XLAT_WARMUP_MAX		1000000u
/** XLAT_COST_READS: a cost in ticks is the cost of this many reads. */
#define XLAT_COST_READS		64u

/**
 * struct xlat_source_info - one source, as XLAT_IOC_INFO found it
 * @source: enum xlat_source_id
 * @state: enum xlat_source_state
 * @stage: enum xlat_stage
 * @intid: INTID of its PPI (Arm GIC numbering); 0: none or unknown
 * @tick_hz: rate of its clock in Hz; 0: unknown
 * @clock_read_ticks: cost of %XLAT_COST_READS reads of its clock, in ticks of
 *	that clock: the shortest of several timings
 * @control_read_ticks: cost of %XLAT_COST_READS reads of its control register
 *	(CNTP_CTL, CNTV_CTL), timed in the same way; 0: the source has none, or
 *	it must not be read. If the cost is many times @clock_read_ticks, the
 *	register is trapped and emulated.
 * @error: 0, or the errno (positive) that SETUP would return
 * @reserved: zero
 * @owner: if %XLAT_SOURCE_OWNED, name of the interrupt's owner as in
 *	/proc/interrupts; else empty
 */
struct xlat_source_info {
	__u32 source;
	__u32 state;
	__u32 stage;
	__u32 intid;
	__u64 tick_hz;
	__u64 clock_read_ticks;
	__u64 control_read_ticks;
	__u32 error;
	__u32 reserved;
	char owner[XLAT_NAME_LEN];
};

/**
 * struct xlat_answers - what was asked about a hypervisor, and the answers
 * @asked: XLAT_ASKED_*; the answer to a question that was not asked is all zero
 * @conduit: enum xlat_conduit: how the SMCCC calls were made
 * @vendor_uid: w0 to w3 that function 0x8600ff01 returned (DEN 0028, "Call UID
 *	query" of the vendor specific hypervisor service); w0 is 0xffffffff if
 *	nobody implements it
 * @standard_uid: the same for function 0x8500ff01, of the standard hypervisor
 *	service, which Xen implements
 * @node: first compatible string of /hypervisor, "?" if the node has none;
 *	empty: there is no such node
 * @signature: the twelve letters of CPUID leaf 0x40000000, and those of leaf
 *	0x40000100, where a hypervisor that poses as Hyper-V gives its own name;
 *	empty: none
 */
struct xlat_answers {
	__u32 asked;
	__u32 conduit;
	__u32 vendor_uid[4];
	__u32 standard_uid[4];
	char node[2 * XLAT_NAME_LEN];
	char signature[2][16];
};

/**
 * enum xlat_rate_claim - which claim about the counter's rate is true
 * @XLAT_RATE_UNTRIED: not arm64, or the module did not measure the rate, or its
 *	measurement was not accurate to 100 ppm because CLOCK_MONOTONIC_RAW is
 *	too coarse or is read too slowly.
 *	&xlat_source_info.tick_hz is then a claim that is not grossly wrong
 * @XLAT_RATE_DEVICE_TREE: the timer node's clock-frequency
 * @XLAT_RATE_CNTFRQ: a CPU's CNTFRQ_EL0
 * @XLAT_RATE_NO_CLAIM: no claim agrees within 100 ppm with the measured rate.
 *	&xlat_source_info.tick_hz of the raw timers is then the measured rate.
 *	That is good enough to place the grid, but the exact length of a tick is
 *	unknown, so the lateness of these timers stays in ticks
 */
enum xlat_rate_claim {
	XLAT_RATE_UNTRIED	= 0,
	XLAT_RATE_DEVICE_TREE	= 1,
	XLAT_RATE_CNTFRQ	= 2,
	XLAT_RATE_NO_CLAIM	= 3,
};

/** XLAT_CNTFRQ_MAX: entries of &xlat_info.cntfrq */
#define XLAT_CNTFRQ_MAX		4

/**
 * struct xlat_cntfrq - CPUs with the same CNTFRQ_EL0
 * @hz: the value; 0: firmware left it unset
 * @cpus: how many CPUs have it; 0: this entry is empty
 * @first_cpu: the first of them
 *
 * If there are more different values than entries, the last entry also counts
 * the CPUs whose values have no entry.
 */
struct xlat_cntfrq {
	__u64 hz;
	__u32 cpus;
	__u32 first_cpu;
};

/**
 * struct xlat_info - argument of XLAT_IOC_INFO
 * @size: in: sizeof(struct xlat_info) of the caller; out: of the kernel.
 *	The kernel fills the smaller of the two.
 * @abi_version: out: %XLAT_ABI_VERSION of the module
 * @flags: in: 0
 * @exception_level: out: arm64: 1 or 2, the level this kernel runs at; else 0
 * @vhe: out: 1: at EL2 with VHE
 * @hypervisor: out: enum xlat_hypervisor
 * @role: out: enum xlat_role
 * @cpu: out: the CPU on which costs and counters were read. During a session
 *	they are not read, as this would disturb it; they and @cpu are then 0
 * @cntfrq_hz: out: CNTFRQ_EL0 of the CPU that executed the call; 0: not arm64
 * @dt_clock_hz: out: the timer node's clock-frequency; 0: it has none
 * @cntpct: out: CNTPCT_EL0; 0: not arm64
 * @cntvct: out: CNTVCT_EL0, read right after @cntpct
 * @source_count: out: entries filled in @source
 * @session: out: 1: another open file has the session now
 * @module_version: out: version of the module
 * @kernel: out: release of the kernel that the module was built for
 * @source: out: the sources
 * @answers: out: the answers that led to @hypervisor. A module older than this
 *	field does not write it, so clear it first
 * @measured_hz: out: the counter's rate by CLOCK_MONOTONIC_RAW, measured for
 *	0.1 to 0.4 s when the module was loaded; 0: not measured. Older modules
 *	write neither this nor the fields after it
 * @rate_claim: out: enum xlat_rate_claim
 * @reserved: zero
 * @cntfrq: out: CNTFRQ_EL0 of all CPUs that have been online since the module
 *	was loaded
 */
struct xlat_info {
	__u32 size;
	__u32 abi_version;
	__u32 flags;
	__u32 exception_level;
	__u32 vhe;
	__u32 hypervisor;
	__u32 role;
	__u32 cpu;
	__u64 cntfrq_hz;
	__u64 dt_clock_hz;
	__u64 cntpct;
	__u64 cntvct;
	__u32 source_count;
	__u32 session;
	char module_version[XLAT_NAME_LEN];
	char kernel[2 * XLAT_NAME_LEN];
	struct xlat_source_info source[XLAT_SOURCES_MAX];
	struct xlat_answers answers;
	__u64 measured_hz;
	__u32 rate_claim;
	__u32 reserved;
	struct xlat_cntfrq cntfrq[XLAT_CNTFRQ_MAX];
};

/**
 * struct xlat_setup - argument of XLAT_IOC_SETUP
 * @size: in: sizeof(struct xlat_setup) of the caller
 * @flags: in: 0
 * @cpus: in: pointer to the mask of CPUs to measure: u64 words, bit n % 64 of
 *	word n / 64 is CPU n
 * @cpus_len: in: length of the mask in bytes, a multiple of 8
 * @source: in: enum xlat_source_id
 * @period_ns: in: grid spacing, %XLAT_PERIOD_MIN_NS to %XLAT_PERIOD_MAX_NS;
 *	rounded to the nearest whole tick; half a tick is rounded up
 * @dither_ns: in: range of each grid point's dither, 0 to half the period; 0:
 *	no dither; rounded down to whole ticks
 * @seed: in: seed of %XLAT_PHASE_RANDOM and of the dither
 * @limit: in: each CPU stops after this many samples; 0: never
 * @phase_mode: in: enum xlat_phase_mode
 * @idle_policy: in: enum xlat_idle_policy
 * @warmup: in: W: the first W samples of each CPU are cold; at most
 *	%XLAT_WARMUP_MAX
 * @slots: in: ring size in samples, %XLAT_SLOTS_MIN to %XLAT_SLOTS_MAX, 0:
 *	%XLAT_SLOTS_DEFAULT; out: rounded up to a power of two
 * @watermark: in: wake the reader each time a ring has received this many more
 *	samples; 0: @slots / 2; @slots or more: wake it only at the end; out:
 *	the value in effect
 * @reserved: 0
 * @tick_hz: out: rate of the source's clock
 * @period_ticks: out: grid spacing
 * @dither_ticks: out: dither range
 * @map_stride: out: CPU n is mapped at offset n * map_stride
 * @map_length: out: length of each mapping; a multiple of the page size
 *
 * Errors: -EBUSY another session exists, or this file already has one, or the
 * timer is owned (INFO names the owner); -EOPNOTSUPP the source is absent, or
 * the rate of its clock is unknown or above 1.8 GHz; -ENODEV a chosen CPU is
 * not fully online; -ERANGE wrong period or dither; -EINVAL wrong slots,
 * warm-up, mask or modes; -EPERM the idle policy is refused; -ENOMEM no memory,
 * or the mappings of all CPUs together would exceed the module's parameter
 * memory_mib or a quarter of RAM.
 */
struct xlat_setup {
	__u32 size;
	__u32 flags;
	__u64 cpus;
	__u32 cpus_len;
	__u32 source;
	__u64 period_ns;
	__u64 dither_ns;
	__u64 seed;
	__u64 limit;
	__u32 phase_mode;
	__u32 idle_policy;
	__u32 warmup;
	__u32 slots;
	__u32 watermark;
	__u32 reserved;
	__u64 tick_hz;
	__u64 period_ticks;
	__u64 dither_ticks;
	__u64 map_stride;
	__u64 map_length;
};

/**
 * struct xlat_control - argument of XLAT_IOC_START and XLAT_IOC_STOP
 * @size: in: sizeof(struct xlat_control) of the caller
 * @flags: in: 0
 *
 * START: -EINVAL before SETUP, or if the session was already started; -ENODEV a
 * chosen CPU is no longer fully online; -EAGAIN the machine is about to suspend
 * or hibernate (from the kernel's PREPARE notification to its POST; a PREPARE
 * from before the module was loaded is unknown). After an error nothing is
 * armed. STOP: -EINVAL before START; it is no error to stop twice.
 */
struct xlat_control {
	__u32 size;
	__u32 flags;
};

/*
 * The ioctls. The structures contain their own size, so the numbers do not.
 * 0xE7 is not registered in ioctl-number.rst. That does no harm, because these
 * numbers are sent only to /dev/xlat.
 */
#define XLAT_IOC_INFO	_IO(0xE7, 0x00)
#define XLAT_IOC_SETUP	_IO(0xE7, 0x01)
#define XLAT_IOC_START	_IO(0xE7, 0x02)
#define XLAT_IOC_STOP	_IO(0xE7, 0x03)

/*
 * poll() reports POLLIN if, since the last read(), a ring has reached its
 * watermark or a CPU has ended, and POLLHUP once all CPUs have ended. Pollers
 * with events = 0 are woken only by POLLHUP. read() of at least 8 bytes returns
 * a u64 that counts these events since SETUP (several at once may count as
 * one), and clears POLLIN; it never blocks. Before SETUP, poll() reports
 * POLLERR and read() fails with EINVAL.
 */

/**
 * struct xlat_sample - one interrupt; immutable once published
 * @deadline: programmed expiry, ticks
 * @entry: the same clock, read first thing in the handler, ticks
 * @missed: grid points that were skipped between the previous sample and this
 *	one
 * @flags: XLAT_SAMPLE_*
 */
struct xlat_sample {
	__u64 deadline;
	__u64 entry;
	__u32 missed;
	__u32 flags;
/** XLAT_SAMPLE_SATURATED: more were missed than @missed can hold. */
#define XLAT_SAMPLE_SATURATED	0x1u
};

/**
 * struct xlat_counters - one CPU's scalars, exact, in ticks
 * @count: samples taken
 * @early: those with negative lateness
 * @missed: grid points skipped
 * @unserved: grid points, from the armed one to the stop, for which no
 *	interrupt came; final only when stopped
 * @spurious: interrupts that came although the timer had not expired
 * @min_ticks: smallest lateness; S64_MAX while @count is 0
 * @max_ticks: greatest lateness; S64_MIN while @count is 0
 * @sum_ticks: sum of lateness
 * @square_lo: sum of squared lateness, lower 64 bits
 * @square_hi: the same, upper 64 bits
 * @cold_count: how many of the samples are among the first W
 * @cold_max_ticks: their greatest lateness; S64_MIN while there are none
 * @warm_count: all other samples
 * @warm_max_ticks: their greatest lateness; S64_MIN while there are none
 * @busy_ticks: xlat's own cost: the sum, over all samples, of the time from
 *	the entry until the sample is published, just before the next deadline
 *	is armed
 * @busy_max_ticks: the longest of these times
 */
struct xlat_counters {
	__u64 count;
	__u64 early;
	__u64 missed;
	__u64 unserved;
	__u64 spurious;
	__s64 min_ticks;
	__s64 max_ticks;
	__s64 sum_ticks;
	__u64 square_lo;
	__u64 square_hi;
	__u64 cold_count;
	__s64 cold_max_ticks;
	__u64 warm_count;
	__s64 warm_max_ticks;
	__u64 busy_ticks;
	__u64 busy_max_ticks;
};

/**
 * struct xlat_probe - speed of one CPU, and the cost of reading the clock there
 * @loop_insn: instructions in the timed loop; 0: unknown on this architecture
 * @loop_ticks: the shortest of several timings of the loop, in the source's
 *	ticks
 * @clock_read_ticks: as in struct xlat_source_info
 * @control_read_ticks: as in struct xlat_source_info
 * @cntpct: arm64: CNTPCT_EL0
 * @cntvct: arm64: CNTVCT_EL0, read right after @cntpct; the pair gives CNTVOFF
 * @at_ticks: the source's clock when the probe began
 * @busy_tries: how many timings of the loop were taken to find @loop_ticks
 *
 * Measured with interrupts off on each measured CPU, before its first deadline
 * and after its last one. If loop_insn / loop_ticks differs between the two,
 * the core clock changed.
 */
struct xlat_probe {
	__u64 loop_insn;
	__u64 loop_ticks;
	__u64 clock_read_ticks;
	__u64 control_read_ticks;
	__u64 cntpct;
	__u64 cntvct;
	__u64 at_ticks;
	__u64 busy_tries;
};

/**
 * DOC: Histogram
 *
 * Log-linear: 128 buckets for each octave of the whole 64-bit range, so no
 * bucket is wider than 1/128 of its lower bound. The bucket of v is:
 *
 *   v < 128:  v
 *   else:     e = floor(log2(v)) - 7;  (e + 1) * 128 + (v >> e) - 128
 *
 * Two arrays of u64 counts: "late" holds lateness >= 0, "early" holds
 * -lateness of early samples.
 */
#define XLAT_SUB_BUCKET_BITS	7u
#define XLAT_BUCKETS		(58u << XLAT_SUB_BUCKET_BITS)

/** XLAT_LATER_STAGES: entries of &xlat_map.later_offset; not used yet */
#define XLAT_LATER_STAGES	4

/**
 * struct xlat_map - header of one CPU's mapping
 * @magic: %XLAT_MAP_MAGIC
 * @version: %XLAT_ABI_VERSION
 * @header_size: sizeof(struct xlat_map) of the kernel
 * @length: of the mapping, bytes
 * @cpu: CPU number
 * @source: enum xlat_source_id
 * @stage: enum xlat_stage at which &xlat_sample.entry is taken
 * @phase_mode: enum xlat_phase_mode
 * @idle_policy: enum xlat_idle_policy in force
 * @warmup: W
 * @sub_bucket_bits: %XLAT_SUB_BUCKET_BITS
 * @buckets: u64 counts in each histogram array
 * @late_offset: of the late array, in bytes from the start of the mapping
 * @early_offset: of the early array, in bytes
 * @ring_offset: of the samples, in bytes
 * @slots: ring size in samples, a power of two
 * @slot_size: bytes from one sample to the next
 * @later_offset: of rings for stages after @stage, in bytes; 0: absent. Entries
 *	of such a ring are {u64 index, u64 stamp}
 * @tick_hz: rate of the source's clock, Hz
 * @period_ticks: grid spacing
 * @dither_ticks: dither range
 * @seed: this CPU's seed of dither(k), derived from the one in SETUP
 * @limit: sample limit; 0: none
 * @start_ticks: this CPU's deadline(0), with its phase but without dither;
 *	START sets it
 * @before: probe before the first deadline
 * @after: probe after the last deadline. It is taken at STOP, or when the CPU
 *	goes offline before STOP. All zero until then. Older modules left it
 *	zero if the CPU was offline at STOP
 * @state: enum xlat_state. At the end it is written after all other fields
 *	except @after
 * @end_reason: enum xlat_end
 * @stop_ticks: the account covers the grid up to this tick, inclusive; valid
 *	once stopped. It is the tick of the stop, with two exceptions. If dither
 *	puts the last deadline after the stop: the tick before its grid point.
 *	After %XLAT_END_LIMIT, or if the last sample was early and its grid
 *	point had not been reached: that sample's grid point
 * @seq: seqcount of @counters
 * @reserved: zero
 * @counters: the scalars
 * @reserved_line: zero; keeps @head on a cache line of its own
 * @head: samples published so far
 */
struct xlat_map {
	__u64 magic;
	__u32 version;
	__u32 header_size;
	__u64 length;
	__u32 cpu;
	__u32 source;
	__u32 stage;
	__u32 phase_mode;
	__u32 idle_policy;
	__u32 warmup;
	__u32 sub_bucket_bits;
	__u32 buckets;
	__u64 late_offset;
	__u64 early_offset;
	__u64 ring_offset;
	__u32 slots;
	__u32 slot_size;
	__u64 later_offset[XLAT_LATER_STAGES];
	__u64 tick_hz;
	__u64 period_ticks;
	__u64 dither_ticks;
	__u64 seed;
	__u64 limit;
	__u64 start_ticks;
	struct xlat_probe before;
	struct xlat_probe after;
	__u32 state;
	__u32 end_reason;
	__u64 stop_ticks;
	__u32 seq;
	__u32 reserved;
	struct xlat_counters counters;
	__u64 reserved_line[16];
	__u64 head;
};

#endif /* _UAPI_LINUX_XLAT_H */
