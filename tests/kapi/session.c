// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "session.h"

static const char *const names[SOURCES] = { "hrtimer", "phys", "virt" };

static int result(long status)
{
	return status < 0 ? -errno : 0;
}

void session_init(struct session *s, uint32_t source, uint64_t cpus,
		  uint64_t period_ns)
{
	*s = (struct session) {
		.fd = -1,
		.cpus = cpus,
		.setup = {
			.size = sizeof(s->setup),
			.cpus_len = sizeof(s->cpus),
			.source = source,
			.period_ns = period_ns,
			.warmup = XLAT_WARMUP_DEFAULT,
			.slots = 4096,
			.watermark = XLAT_SLOTS_MAX,
		},
	};
}

int session_open(struct session *s)
{
	s->fd = open("/dev/xlat", O_RDWR | O_CLOEXEC);
	return result(s->fd);
}

int session_setup(struct session *s)
{
	if (!s->setup.cpus)
		s->setup.cpus = (uintptr_t)&s->cpus;
	return result(ioctl(s->fd, XLAT_IOC_SETUP, &s->setup));
}

int session_map(struct session *s)
{
	unsigned int cpu;
	void *map;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (!(s->cpus >> cpu & 1))
			continue;
		map = mmap(NULL, s->setup.map_length, PROT_READ, MAP_SHARED,
			   s->fd, (off_t)(cpu * s->setup.map_stride));
		if (map == MAP_FAILED)
			return -errno;
		s->map[cpu] = map;
	}
	return 0;
}

int session_begin(struct session *s)
{
	int error = session_open(s);

	if (error)
		return error;
	error = session_setup(s);
	if (!error)
		error = session_map(s);
	if (error)
		session_close(s);
	return error;
}

int session_control(struct session *s, unsigned long command)
{
	struct xlat_control control = { .size = sizeof(control) };

	return result(ioctl(s->fd, command, &control));
}

int session_start(struct session *s)
{
	return session_control(s, XLAT_IOC_START);
}

int session_stop(struct session *s)
{
	return session_control(s, XLAT_IOC_STOP);
}

int session_unmap(struct session *s)
{
	int error = 0, cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (s->map[cpu] &&
		    munmap((void *)s->map[cpu], s->setup.map_length))
			error = -errno;
		s->map[cpu] = NULL;
	}
	return error;
}

int session_close(struct session *s)
{
	int error = session_unmap(s);

	if (s->fd >= 0 && close(s->fd))
		error = -errno;
	s->fd = -1;
	return error;
}

uint64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

int session_wait_until(struct session *s, uint64_t end_ns)
{
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };
	uint64_t events, now;
	struct timespec left;
	int n;

	do {
		now = clock_ns();
		if (now >= end_ns)
			return -ETIME;
		left = (struct timespec) {
			.tv_sec = (time_t)((end_ns - now) / 1000000000),
			.tv_nsec = (long)((end_ns - now) % 1000000000),
		};
		n = ppoll(&fd, 1, &left, NULL);
		if (n < 0 || (n && read(s->fd, &events, sizeof(events)) < 0))
			return -errno;
	} while (!n || !(fd.revents & POLLHUP));
	return 0;
}

int session_wait(struct session *s, int ms)
{
	return session_wait_until(s, clock_ns() + (uint64_t)ms * 1000000);
}

int session_record(struct session *s, int ms)
{
	int error = session_begin(s);

	if (error)
		return error;
	error = session_start(s);
	if (!error && s->setup.limit)
		error = session_wait(s, ms);
	else if (!error)
		sleep_ms((unsigned int)ms);
	if (!error)
		error = session_stop(s);
	if (error)
		session_close(s);
	return error;
}

int session_info(struct xlat_info *info)
{
	int fd = open("/dev/xlat", O_RDWR | O_CLOEXEC), error;

	if (fd < 0)
		return -errno;
	*info = (struct xlat_info) { .size = sizeof(*info) };
	error = result(ioctl(fd, XLAT_IOC_INFO, info));
	close(fd);
	return error;
}

static int count_lines(const char *path, const char *words)
{
	FILE *f = fopen(path, "re");
	char line[2048];
	int n = 0;

	while (f && fgets(line, sizeof(line), f))
		n += strstr(line, words) != NULL;
	if (f)
		fclose(f);
	return f ? n : -1;
}

int session_hrtimers(void)
{
	return count_lines("/proc/timer_list", "[xlat]");
}

int session_interrupts(void)
{
	return count_lines("/proc/interrupts", " xlat\n");
}

bool session_wait_elsewhere(uint32_t source)
{
	int tries, n;

	for (tries = 0; tries < 6000; tries++) {
		n = source == XLAT_SOURCE_HRTIMER ? session_hrtimers() :
						    session_interrupts();
		if (n > 0)
			return true;
		sleep_ms(10);
	}
	return false;
}

bool source_free(uint32_t source)
{
	struct xlat_info info;
	uint32_t i;

	if (session_info(&info))
		return false;
	for (i = 0; i < info.source_count; i++)
		if (info.source[i].source == source)
			return info.source[i].state == XLAT_SOURCE_FREE;
	return false;
}

const char *source_name(uint32_t source)
{
	return source < SOURCES ? names[source] : "?";
}

uint64_t cpus_online(void)
{
	unsigned int first, last;
	uint64_t cpus = 0;
	char text[256] = "", *p = text;
	FILE *f = fopen("/sys/devices/system/cpu/online", "re");
	int n;

	if (!f)
		return 1;
	if (!fgets(text, sizeof(text), f))
		text[0] = '\0';
	fclose(f);
	while (sscanf(p, "%u%n", &first, &n) == 1) {
		p += n;
		last = first;
		if (*p == '-' && sscanf(p, "-%u%n", &last, &n) == 1)
			p += n;
		for (; first <= last && first < CPUS_MAX; first++)
			cpus |= 1ULL << first;
		if (*p++ != ',')
			break;
	}
	return cpus;
}

unsigned int cpu_last(void)
{
	return 63 - (unsigned int)__builtin_clzll(cpus_online() | 1);
}

int cpu_set_online(unsigned int cpu, bool online)
{
	char path[64];
	int fd, error;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online",
		 cpu);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	error = result(write(fd, online ? "1" : "0", 1));
	close(fd);
	return error;
}

int pin_to(unsigned int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return result(sched_setaffinity(0, sizeof(set), &set));
}

void sleep_ms(unsigned int ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

int module_load(const char *path, const char *parameters)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return -errno;
	error = result(syscall(SYS_finit_module, fd, parameters, 0));
	close(fd);
	return error;
}

int module_unload(const char *name)
{
	return result(syscall(SYS_delete_module, name, O_NONBLOCK));
}
