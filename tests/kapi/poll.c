// SPDX-License-Identifier: GPL-2.0
/* poll() and read(): watermarks, the end. */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define MS 1000000ULL

static int poll_now(const struct session *s, int ms)
{
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };

	return poll(&fd, 1, ms) > 0 ? fd.revents : 0;
}

static long events(const struct session *s)
{
	uint64_t n;

	return read(s->fd, &n, sizeof(n)) == sizeof(n) ? (long)n : -errno;
}

static void check_before(void)
{
	struct session s;
	void *volatile nowhere = (void *)8;
	uint32_t word;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1, MS);
	session_open(&s);
	ktap_is(poll_now(&s, 0), POLLERR, "poll before SETUP: POLLERR");
	ktap_is(events(&s), -EINVAL, "read before SETUP");
	session_setup(&s);
	ktap_is(poll_now(&s, 0), 0, "poll before START: nothing");
	ktap_is(events(&s), 0, "read before START: 0 events");
	ktap_is(read(s.fd, &word, sizeof(word)) < 0 ? -errno : 0, -EINVAL,
		"read of 4 bytes");
	ktap_is(read(s.fd, nowhere, 8) < 0 ? -errno : 0, -EFAULT,
		"read to a bad address");
	session_close(&s);
}

/* In real time a busy host stops the machine for tens of ms. */
static int slower = 1;

static void check_watermark(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;
	uint64_t head;
	int revents;

	session_init(&s, source, 1ULL << cpu, MS * slower);
	s.setup.slots = 256;
	s.setup.watermark = 32;
	s.setup.limit = 80;
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	ktap_is(poll_now(&s, 20 * slower), 0, "poll below the watermark: nothing");
	ktap_is(poll_now(&s, 1000 * slower), POLLIN, "poll: POLLIN at the watermark");
	head = s.map[cpu]->head;
	ktap_ok(head >= 32 && head < 64, "%s: woken at sample %llu of 32",
		source_name(source), (unsigned long long)head);
	ktap_is(poll_now(&s, 0), POLLIN, "POLLIN stays until read");
	ktap_is(events(&s), 1, "read: 1 event");
	ktap_is(poll_now(&s, 0), 0, "read clears POLLIN");
	ktap_is(events(&s), 1, "read does not block, 1 event");
	ktap_is(poll_now(&s, 1000 * slower), POLLIN, "second watermark");
	ktap_is(events(&s), 2, "read: 2 events");
	revents = poll_now(&s, 1000 * slower);
	ktap_is(revents, POLLIN | POLLHUP, "end: POLLIN and POLLHUP");
	ktap_is(events(&s), 3, "read: 3 events");
	ktap_is(poll_now(&s, 0), POLLHUP, "POLLHUP stays");
	session_stop(&s);
	session_close(&s);
}

static void check_only_end(uint32_t source)
{
	struct session s;

	session_init(&s, source, 1ULL << cpu_last(), MS * slower);
	s.setup.slots = 16;
	s.setup.watermark = 16;
	s.setup.limit = 100;
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	ktap_is(poll_now(&s, 60 * slower), 0, "watermark of all slots: no wake-up");
	ktap_is(poll_now(&s, 1000 * slower), POLLIN | POLLHUP, "but at the end");
	ktap_is(events(&s), 1, "1 event");
	session_close(&s);
}

/* The end of one of two CPUs is POLLIN without POLLHUP; STOP is POLLHUP. */
static void check_stop(void)
{
	struct session s;

	session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), MS);
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "start");
		return;
	}
	sleep_ms(20);
	ktap_is(poll_now(&s, 0), 0, "running: nothing");
	session_stop(&s);
	ktap_is(poll_now(&s, 1000) & POLLHUP, POLLHUP, "STOP: POLLHUP");
	sleep_ms(5);
	ktap_is(events(&s), __builtin_popcountll(s.cpus),
		"an event for each CPU that ended");
	session_close(&s);
}

/* A page that is not yet present: an access sleeps until it is provided. */
static int lazy_page(void **page)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = {
		.range.len = 4096, .mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return -errno;
	*page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (uintptr_t)*page;
	if (*page == MAP_FAILED || ioctl(fd, UFFDIO_API, &api) ||
	    ioctl(fd, UFFDIO_REGISTER, &range)) {
		close(fd);
		return -EIO;
	}
	return fd;
}

static bool give_page(int fd, void *page)
{
	struct uffdio_zeropage zero = {
		.range = { .start = (uintptr_t)page, .len = 4096 },
	};

	return !ioctl(fd, UFFDIO_ZEROPAGE, &zero);
}

struct slow_read {
	int fd;
	uint64_t *to;
	ssize_t size;
};

static void *read_slowly(void *arg)
{
	struct slow_read *r = arg;

	r->size = read(r->fd, r->to, sizeof(*r->to));
	return NULL;
}

/* STOP while a read() of 0 events waits for its page. */
static void stop_in_read(struct session *s, int lazy, void *page)
{
	struct slow_read r = { .fd = s->fd, .to = page };
	struct pollfd fault = { .fd = lazy, .events = POLLIN };
	pthread_t thread;
	bool waits;

	pthread_create(&thread, NULL, read_slowly, &r);
	waits = poll(&fault, 1, 1000) == 1;
	session_stop(s);
	sleep_ms(5);
	waits = give_page(lazy, page) && waits;
	pthread_join(thread, NULL);
	ktap_ok(waits && r.size == sizeof(*r.to) && !*r.to,
		"a read that began before the end returns 0 events");
	ktap_is(poll_now(s, 0), POLLIN | POLLHUP,
		"it did not acknowledge the end, which came later");
	ktap_is(events(s), 1, "the next read does: 1 event");
	ktap_is(poll_now(s, 0), POLLHUP, "and clears POLLIN");
}

static void check_slow_read(void)
{
	struct session s;
	void *page = NULL;
	int lazy = lazy_page(&page);

	if (lazy < 0) {
		ktap_skip("slow read: no userfaultfd (%d)", lazy);
		return;
	}
	session_init(&s, XLAT_SOURCE_HRTIMER, 1ULL << cpu_last(), MS);
	if (session_begin(&s) || session_start(&s))
		ktap_ok(false, "start");
	else
		stop_in_read(&s, lazy, page);
	session_close(&s);
	munmap(page, 4096);
	close(lazy);
}

int main(void)
{
	uint32_t source;

	if (ktap_real_time())
		slower = 10;
	check_before();
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_watermark(source);
		check_only_end(source);
	}
	check_stop();
	check_slow_read();
	return ktap_end();
}
