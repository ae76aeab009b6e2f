// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "xenstore.h"

/* xen/include/public/io/xs_wire.h */
enum { XS_READ = 2, XS_WATCH = 4, XS_WRITE = 11, XS_WATCH_EVENT = 15,
       XS_ERROR = 16 };

struct message {
	uint32_t type, request, transaction, length;
	char payload[512];
};

#define HEADER offsetof(struct message, payload)

/* The connection. An event of a watch may come before an answer. */
struct bus {
	int fd;
	int skipped;
};

static int read_all(int fd, void *buffer, size_t size)
{
	char *p = buffer;
	ssize_t n;

	for (; size; p += n, size -= (size_t)n) {
		n = read(fd, p, size);
		if (n <= 0)
			return n ? -errno : -EPIPE;
	}
	return 0;
}

static int receive(int fd, struct message *m)
{
	int error = read_all(fd, m, HEADER);

	if (error)
		return error;
	if (m->length >= sizeof(m->payload))
		return -EMSGSIZE;
	m->payload[m->length] = '\0';
	return read_all(fd, m->payload, m->length);
}

static int send_pair(int fd, uint32_t type, const char *first,
		     const char *second, size_t second_length)
{
	struct message m = { .type = type };
	size_t length = strlen(first) + 1;

	if (length + second_length > sizeof(m.payload))
		return -EMSGSIZE;
	memcpy(m.payload, first, length);
	memcpy(m.payload + length, second, second_length);
	m.length = (uint32_t)(length + second_length);
	if (write(fd, &m, HEADER + m.length) != (ssize_t)(HEADER + m.length))
		return -errno;
	return 0;
}

/* The answer to a request. Events that come before it are remembered. */
static int answer(struct bus *bus, struct message *m)
{
	int error;

	while (!(error = receive(bus->fd, m)) && m->type == XS_WATCH_EVENT)
		bus->skipped = 1;
	if (error)
		return error;
	return m->type == XS_ERROR ? -ENOENT : (int)m->length;
}

static int open_bus(struct bus *bus)
{
	bus->fd = open("/dev/xen/xenbus", O_RDWR | O_CLOEXEC);
	bus->skipped = 0;
	return bus->fd < 0 ? -errno : 0;
}

int xenstore_write(const char *path, const char *value, size_t length)
{
	struct message m;
	struct bus bus;
	int error = open_bus(&bus);

	if (error)
		return error;
	error = send_pair(bus.fd, XS_WRITE, path, value, length);
	if (!error)
		error = answer(&bus, &m);
	close(bus.fd);
	return error < 0 ? error : 0;
}

static int read_value(struct bus *bus, const char *path, char *value,
		      size_t size)
{
	struct message m;
	int n = send_pair(bus->fd, XS_READ, path, "", 0);

	if (!n)
		n = answer(bus, &m);
	if (n < 0)
		return n;
	if ((size_t)n >= size)
		return -EMSGSIZE;
	memcpy(value, m.payload, (size_t)n);
	value[n] = '\0';
	return n;
}

static int watch(struct bus *bus, const char *path)
{
	struct message m;
	int error = send_pair(bus->fd, XS_WATCH, path, "t", 2);

	if (!error)
		error = answer(bus, &m);
	return error < 0 ? error : 0;
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static int await_event(int fd, long long deadline_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	long long left = deadline_ms - now_ms();
	struct message m;

	if (left <= 0 || poll(&p, 1, (int)left) <= 0)
		return -ETIMEDOUT;
	return receive(fd, &m);
}

/*
 * The path has no value yet. Sleep, unless its owner is gone, or an event has come
 * since before the path was read; then read everything again.
 */
static int await_change(struct bus *bus, const char *owner,
			long long deadline_ms)
{
	char name[64];
	int n = read_value(bus, owner, name, sizeof(name));

	if (n < 0)
		return n;
	return bus->skipped ? 0 : await_event(bus->fd, deadline_ms);
}

int xenstore_await(const char *path, const char *owner, int seconds,
		   char *value, size_t size)
{
	long long deadline_ms = now_ms() + seconds * 1000LL;
	struct bus bus;
	int n = open_bus(&bus);

	if (n)
		return n;
	n = watch(&bus, path);
	if (!n)
		n = watch(&bus, owner);	/* an absent path causes no event */
	while (!n) {
		bus.skipped = 0;
		n = read_value(&bus, path, value, size);
		if (n == -ENOENT)
			n = await_change(&bus, owner, deadline_ms);
	}
	close(bus.fd);
	return n;
}
