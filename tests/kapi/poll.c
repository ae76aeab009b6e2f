// SPDX-License-Identifier: GPL-2.0
/* poll() and read(): watermarks, the end. */
#include <errno.h>
#include <poll.h>
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

static void check_watermark(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;
	uint64_t head;
	int revents;

	session_init(&s, source, 1ULL << cpu, MS);
	s.setup.slots = 256;
	s.setup.watermark = 32;
	s.setup.limit = 80;
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	ktap_is(poll_now(&s, 20), 0, "poll below the watermark: nothing");
	ktap_is(poll_now(&s, 1000), POLLIN, "poll: POLLIN at the watermark");
	head = s.map[cpu]->head;
	ktap_ok(head >= 32 && head < 64, "%s: woken at sample %llu of 32",
		source_name(source), (unsigned long long)head);
	ktap_is(poll_now(&s, 0), POLLIN, "POLLIN stays until read");
	ktap_is(events(&s), 1, "read: 1 event");
	ktap_is(poll_now(&s, 0), 0, "read clears POLLIN");
	ktap_is(events(&s), 1, "read does not block, 1 event");
	ktap_is(poll_now(&s, 1000), POLLIN, "second watermark");
	ktap_is(events(&s), 2, "read: 2 events");
	revents = poll_now(&s, 1000);
	ktap_is(revents, POLLIN | POLLHUP, "end: POLLIN and POLLHUP");
	ktap_is(events(&s), 3, "read: 3 events");
	ktap_is(poll_now(&s, 0), POLLHUP, "POLLHUP stays");
	session_stop(&s);
	session_close(&s);
}

static void check_only_end(uint32_t source)
{
	struct session s;

	session_init(&s, source, 1ULL << cpu_last(), MS);
	s.setup.slots = 16;
	s.setup.watermark = 16;
	s.setup.limit = 100;
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	ktap_is(poll_now(&s, 60), 0, "watermark of all slots: no wake-up");
	ktap_is(poll_now(&s, 1000), POLLIN | POLLHUP, "but at the end");
	ktap_is(events(&s), 1, "1 event");
	session_close(&s);
}

/* One of two CPUs ends: POLLIN, not POLLHUP; STOP: POLLHUP. */
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

int main(void)
{
	uint32_t source;

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
	return ktap_end();
}
