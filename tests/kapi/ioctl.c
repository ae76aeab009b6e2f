// SPDX-License-Identifier: GPL-2.0
/*
 * Tests every field of every structure that /dev/xlat takes.
 *
 *	ioctl LEVEL HYPERVISOR ROLE	expected in INFO: 1|2, enum, enum
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define MS 1000000ULL
#define MEMORY_MIB "/sys/module/xlat/parameters/memory_mib"

static int setup_once(struct session *s)
{
	int error = session_open(s);

	if (!error)
		error = session_setup(s);
	return error;
}

/* Sets one field of an otherwise valid SETUP to a value. */
static const struct setup_case {
	const char *what;
	size_t offset;
	size_t width;
	uint64_t value;
	int want;
} setup_cases[] = {
#define F(field) offsetof(struct xlat_setup, field), \
		 sizeof(((struct xlat_setup *)0)->field)
	{ "size 0", F(size), 0, -EINVAL },
	{ "size one word short", F(size), sizeof(struct xlat_setup) - 8, -EINVAL },
	{ "size above a page", F(size), 1 << 20, -E2BIG },
	{ "unknown flag", F(flags), 1, -EINVAL },
	{ "highest flag", F(flags), 1u << 31, -EINVAL },
	{ "reserved", F(reserved), 1, -EINVAL },
	{ "unknown source", F(source), 7, -EOPNOTSUPP },
	{ "source UINT_MAX", F(source), UINT32_MAX, -EOPNOTSUPP },
	{ "period 0", F(period_ns), 0, -ERANGE },
	{ "period below the least", F(period_ns), XLAT_PERIOD_MIN_NS - 1, -ERANGE },
	{ "least period", F(period_ns), XLAT_PERIOD_MIN_NS, 0 },
	{ "greatest period", F(period_ns), XLAT_PERIOD_MAX_NS, 0 },
	{ "period above the greatest", F(period_ns), XLAT_PERIOD_MAX_NS + 1, -ERANGE },
	{ "period UINT64_MAX", F(period_ns), UINT64_MAX, -ERANGE },
	{ "dither of half the period", F(dither_ns), MS / 2, 0 },
	{ "dither above half the period", F(dither_ns), MS / 2 + 1, -ERANGE },
	{ "dither UINT64_MAX", F(dither_ns), UINT64_MAX, -ERANGE },
	{ "any seed", F(seed), UINT64_MAX, 0 },
	{ "any limit", F(limit), UINT64_MAX, 0 },
	{ "aligned", F(phase_mode), XLAT_PHASE_ALIGNED, 0 },
	{ "random", F(phase_mode), XLAT_PHASE_RANDOM, 0 },
	{ "unknown phase mode", F(phase_mode), 3, -EINVAL },
	{ "idle states kept (hrtimer)", F(idle_policy), XLAT_IDLE_KEEP, 0 },
	{ "unknown idle policy", F(idle_policy), 2, -EINVAL },
	{ "warm-up 0", F(warmup), 0, 0 },
	{ "greatest warm-up", F(warmup), XLAT_WARMUP_MAX, 0 },
	{ "warm-up above the greatest", F(warmup), XLAT_WARMUP_MAX + 1, -EINVAL },
	{ "1 slot", F(slots), 1, -EINVAL },
	{ "slots below the least", F(slots), XLAT_SLOTS_MIN - 1, -EINVAL },
	{ "slots above the greatest", F(slots), XLAT_SLOTS_MAX + 1, -EINVAL },
	{ "slots UINT_MAX", F(slots), UINT32_MAX, -EINVAL },
	{ "watermark 1", F(watermark), 1, 0 },
	{ "watermark UINT_MAX", F(watermark), UINT32_MAX, 0 },
	{ "mask NULL", F(cpus), 0, -EFAULT },
	{ "mask at a bad address", F(cpus), 8, -EFAULT },
	{ "mask in the kernel", F(cpus), 0xffff800000000000ULL, -EFAULT },
	{ "mask of length 0", F(cpus_len), 0, -EINVAL },
	{ "mask of length 7", F(cpus_len), 7, -EINVAL },
	{ "mask of length 12", F(cpus_len), 12, -EINVAL },
	{ "mask of length 1 MiB", F(cpus_len), 1 << 20, -EINVAL },
	{ "mask of length UINT_MAX - 7", F(cpus_len), UINT32_MAX - 7, -EINVAL },
#undef F
};

static void check_setup_case(const struct setup_case *c)
{
	struct session s;
	int got;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.cpus = (uintptr_t)&s.cpus;
	memcpy((char *)&s.setup + c->offset, &c->value, c->width);
	got = session_open(&s);
	if (!got)
		got = ioctl(s.fd, XLAT_IOC_SETUP, &s.setup) ? -errno : 0;
	if (!ktap_ok(got == c->want, "SETUP: %s", c->what))
		ktap_note("got %d, want %d", got, c->want);
	session_close(&s);
}

/* A structure that is longer than the one the module knows. */
static int with_tail(int fd, unsigned long command, const void *from,
		     size_t size, char tail)
{
	char buffer[1024] = "";
	uint32_t whole = (uint32_t)size + 64;

	memcpy(buffer, from, size);
	memcpy(buffer, &whole, sizeof(whole));
	buffer[size + 63] = tail;
	return ioctl(fd, command, buffer) ? -errno : 0;
}

static void check_tails(void)
{
	struct xlat_control control = { .size = sizeof(control) };
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.cpus = (uintptr_t)&s.cpus;
	session_open(&s);
	ktap_is(with_tail(s.fd, XLAT_IOC_SETUP, &s.setup, sizeof(s.setup), 1),
		-E2BIG, "SETUP: larger, tail not zero");
	ktap_is(with_tail(s.fd, XLAT_IOC_SETUP, &s.setup, sizeof(s.setup), 0),
		0, "SETUP: larger, tail zero");
	ktap_is(with_tail(s.fd, XLAT_IOC_START, &control, sizeof(control), 1),
		-E2BIG, "START: larger, tail not zero");
	ktap_is(with_tail(s.fd, XLAT_IOC_START, &control, sizeof(control), 0),
		0, "START: larger, tail zero");
	session_close(&s);
}

static void check_pointers(void)
{
	static const unsigned long commands[] = {
		XLAT_IOC_INFO, XLAT_IOC_SETUP, XLAT_IOC_START, XLAT_IOC_STOP,
	};
	static const char *const names[] = { "INFO", "SETUP", "START", "STOP" };
	struct session s;
	char *page, what[64];
	size_t i;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	session_open(&s);
	page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(page + 4096, 4096);
	for (i = 0; i < 4; i++) {
		snprintf(what, sizeof(what), "%s: NULL", names[i]);
		ktap_is(ioctl(s.fd, commands[i], NULL) ? -errno : 0, -EFAULT,
			what);
		*(uint32_t *)(page + 4092) = sizeof(s.setup);
		snprintf(what, sizeof(what), "%s: ends in a hole", names[i]);
		ktap_is(ioctl(s.fd, commands[i], page + 4092) ? -errno : 0,
			-EFAULT, what);
	}
	munmap(page, 4096);
	ktap_is(ioctl(s.fd, _IO(0xE7, 0x04), NULL) ? -errno : 0, -ENOTTY,
		"unknown command of xlat");
	ktap_is(ioctl(s.fd, _IO('T', 0x13), NULL) ? -errno : 0, -ENOTTY,
		"a command of another driver");
	ktap_is(ioctl(s.fd, XLAT_IOC_INFO | 1u << 30, NULL) ? -errno : 0,
		-ENOTTY, "INFO with a direction");
	session_close(&s);
}

static void check_control(void)
{
	struct xlat_control control = { .size = sizeof(control), .flags = 1 };
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	session_open(&s);
	ktap_is(session_start(&s), -EINVAL, "START before SETUP");
	ktap_is(session_stop(&s), -EINVAL, "STOP before SETUP");
	ktap_is(session_setup(&s), 0, "SETUP");
	ktap_is(session_stop(&s), -EINVAL, "STOP before START");
	ktap_is(session_setup(&s), -EBUSY, "SETUP twice");
	ktap_is(ioctl(s.fd, XLAT_IOC_START, &control) ? -errno : 0, -EINVAL,
		"START: unknown flag");
	control = (struct xlat_control) { .size = 4 };
	ktap_is(ioctl(s.fd, XLAT_IOC_START, &control) ? -errno : 0, -EINVAL,
		"START: size too small");
	ktap_is(session_start(&s), 0, "START");
	ktap_is(session_start(&s), -EINVAL, "START twice");
	control = (struct xlat_control) { .size = sizeof(control), .flags = 2 };
	ktap_is(ioctl(s.fd, XLAT_IOC_STOP, &control) ? -errno : 0, -EINVAL,
		"STOP: unknown flag");
	ktap_is(session_stop(&s), 0, "STOP");
	ktap_is(session_stop(&s), 0, "STOP twice");
	ktap_is(session_start(&s), -EINVAL, "START after STOP");
	session_close(&s);
}

static void check_one_session(void)
{
	struct xlat_info info = { .size = sizeof(info) };
	struct session a, b;

	session_init(&a, XLAT_SOURCE_HRTIMER, 1, MS);
	b = a;
	ktap_is(setup_once(&a), 0, "first session");
	ktap_is(setup_once(&b), -EBUSY, "second session");
	ktap_ok(!ioctl(a.fd, XLAT_IOC_INFO, &info) && !info.session,
		"INFO: the session is our own");
	info = (struct xlat_info) { .size = sizeof(info) };
	ktap_ok(!ioctl(b.fd, XLAT_IOC_INFO, &info) && info.session,
		"INFO: another's session");
	session_close(&a);
	ktap_is(session_setup(&b), 0, "second session after the first");
	session_close(&b);
}

/* Rounding, defaults, and what SETUP returns. */
static void check_results(void)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, 1009001);
	s.setup.slots = 0;
	s.setup.watermark = 0;
	s.setup.dither_ns = 12345;
	ktap_is(setup_once(&s), 0, "SETUP with defaults");
	ktap_is(s.setup.slots, XLAT_SLOTS_DEFAULT, "default slots");
	ktap_is(s.setup.watermark, XLAT_SLOTS_DEFAULT / 2, "default watermark");
	ktap_is((long long)s.setup.tick_hz, 1000000000, "hrtimer ticks are ns");
	ktap_is((long long)s.setup.period_ticks, 1009001, "period in ticks");
	ktap_is((long long)s.setup.dither_ticks, 12345, "dither in ticks");
	ktap_ok(s.setup.map_length && !(s.setup.map_length % 4096) &&
		s.setup.map_stride >= s.setup.map_length, "stride and length");
	session_close(&s);

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.slots = 17;
	setup_once(&s);
	ktap_is(s.setup.slots, 32, "17 slots become 32");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.slots = XLAT_SLOTS_MIN;
	setup_once(&s);
	ktap_is(s.setup.slots, XLAT_SLOTS_MIN, "least slots");
	session_close(&s);
}

static void check_cpus(void)
{
	uint64_t wide[8] = { 1 };
	unsigned int last = cpu_last();
	struct session s;
	int off;

	session_init(&s, XLAT_SOURCE_HRTIMER, 0, MS);
	ktap_is(setup_once(&s), -EINVAL, "no CPU");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 1 | 1ULL << 63, MS);
	ktap_is(setup_once(&s), -ENODEV, "absent CPU 63");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.cpus = (uintptr_t)wide;
	s.setup.cpus_len = sizeof(wide);
	ktap_is(setup_once(&s), 0, "mask longer than the machine, zeroes");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.cpus = (uintptr_t)wide;
	s.setup.cpus_len = sizeof(wide);
	wide[7] = 1;
	ktap_is(setup_once(&s), -ENODEV, "absent CPU 448");
	session_close(&s);

	off = cpu_set_online(last, false);
	if (off) {
		ktap_skip("offline CPU: cannot take one offline (%d)", off);
		return;
	}
	session_init(&s, XLAT_SOURCE_HRTIMER, 1 | 1ULL << last, MS);
	ktap_is(setup_once(&s), -ENODEV, "offline CPU");
	session_close(&s);
	ktap_is(cpu_set_online(last, true), 0, "CPU online again");
}

static int write_memory_mib(const char *text)
{
	FILE *f = fopen(MEMORY_MIB, "we");

	if (!f)
		return -1;
	fputs(text, f);
	return fclose(f);
}

static void check_memory(void)
{
	struct session s;

	ktap_is(write_memory_mib("1"), 0, "memory_mib can be set");
	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.slots = 65536;
	ktap_is(setup_once(&s), -ENOMEM, "more than memory_mib");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	s.setup.slots = 16384;
	ktap_is(setup_once(&s), 0, "less than memory_mib");
	session_close(&s);
	session_init(&s, XLAT_SOURCE_HRTIMER, 3, MS);
	s.setup.slots = 32768;
	ktap_is(setup_once(&s), -ENOMEM, "all CPUs together count");
	session_close(&s);
	write_memory_mib("512");
}

static void check_owned(const struct xlat_source_info *source)
{
	struct session s;

	session_init(&s, source->source, 1, MS);
	ktap_is(setup_once(&s), -EBUSY, "owned timer refused");
	session_close(&s);
	ktap_is(source->error, EBUSY, "INFO: its error");
	ktap_ok(source->owner[0] && source->owner[XLAT_NAME_LEN - 1] == '\0',
		"INFO: it is owned by \"%s\"", source->owner);
}

/* INFO names us as the owner of a timer that our session has claimed. */
static void check_held(uint32_t id)
{
	struct xlat_info info = { .size = sizeof(info) };
	struct session s;

	session_init(&s, id, 1, MS);
	ktap_is(setup_once(&s), 0, "free timer claimed");
	ktap_ok(!session_info(&info) &&
		info.source[id].state == XLAT_SOURCE_OWNED &&
		!strcmp(info.source[id].owner, "xlat"),
		"INFO: it is owned by \"%s\"", info.source[id].owner);
	ktap_ok(!info.source[id].clock_read_ticks && !info.cntpct,
		"INFO: nothing is timed while a session exists");
	session_close(&s);
}

static void check_source(const struct xlat_source_info *source)
{
	ktap_ok(source->tick_hz >= 1000000 && source->clock_read_ticks,
		"INFO: %s: %llu Hz, %u reads in %llu ticks, of control %llu",
		source_name(source->source),
		(unsigned long long)source->tick_hz, XLAT_COST_READS,
		(unsigned long long)source->clock_read_ticks,
		(unsigned long long)source->control_read_ticks);
	if (source->state == XLAT_SOURCE_OWNED)
		check_owned(source);
	else if (source->source != XLAT_SOURCE_HRTIMER)
		check_held(source->source);
}

static void check_info(char *argv[])
{
	struct xlat_info info, again;
	uint32_t i;

	ktap_is(session_info(&info), 0, "INFO");
	ktap_is(info.size, sizeof(info), "INFO: size");
	ktap_is(info.abi_version, XLAT_ABI_VERSION, "INFO: version");
	ktap_is(info.exception_level, atoi(argv[1]), "INFO: exception level");
	ktap_is(info.hypervisor, atoi(argv[2]), "INFO: hypervisor");
	ktap_is(info.role, atoi(argv[3]), "INFO: role");
	ktap_is(info.answers.asked, XLAT_ASKED_NODE | XLAT_ASKED_SMCCC,
		"INFO: the device tree and SMCCC were asked for a hypervisor");
	ktap_ok(info.cntfrq_hz && info.cntpct && info.cntvct,
		"INFO: counters, CNTFRQ %llu, device tree %llu",
		(unsigned long long)info.cntfrq_hz,
		(unsigned long long)info.dt_clock_hz);
	ktap_ok(info.module_version[0] && info.kernel[0],
		"INFO: module %s for kernel %s", info.module_version,
		info.kernel);
	ktap_is(info.source_count, SOURCES, "INFO: sources");
	ktap_is(info.source[XLAT_SOURCE_HRTIMER].state, XLAT_SOURCE_FREE,
		"INFO: hrtimer is free");
	ktap_ok(!session_info(&again) && again.cntpct > info.cntpct,
		"INFO: the counter counts");
	for (i = 0; i < info.source_count && i < SOURCES; i++)
		check_source(&info.source[i]);
}

static void check_info_sizes(void)
{
	static char big[sizeof(struct xlat_info) + 64];
	struct xlat_info *info = (void *)big;
	struct session s;

	session_open(&s);
	memset(big, 0x55, sizeof(big));
	info->size = 12;
	info->flags = 0;
	ktap_ok(!ioctl(s.fd, XLAT_IOC_INFO, info) &&
		info->size == sizeof(*info) && big[12] == 0x55,
		"INFO: a small structure is filled up to its size");
	info->size = sizeof(big);
	ktap_ok(!ioctl(s.fd, XLAT_IOC_INFO, info) &&
		info->size == sizeof(*info) && big[sizeof(*info)] == 0x55,
		"INFO: a large one up to the kernel's");
	info->size = 8;
	ktap_is(ioctl(s.fd, XLAT_IOC_INFO, info) ? -errno : 0, -EINVAL,
		"INFO: size too small");
	info->size = sizeof(*info);
	info->flags = 1;
	ktap_is(ioctl(s.fd, XLAT_IOC_INFO, info) ? -errno : 0, -EINVAL,
		"INFO: unknown flag");
	session_close(&s);
}

int main(int argc, char *argv[])
{
	size_t i;

	if (argc != 4)
		return 2;
	check_info(argv);
	check_info_sizes();
	for (i = 0; i < sizeof(setup_cases) / sizeof(setup_cases[0]); i++)
		check_setup_case(&setup_cases[i]);
	check_tails();
	check_pointers();
	check_control();
	check_one_session();
	check_results();
	check_cpus();
	check_memory();
	return ktap_end();
}
