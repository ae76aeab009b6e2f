// SPDX-License-Identifier: MIT
/* Access to /dev/xlat: ioctls, mappings, waiting. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "device.h"

static int call(int fd, unsigned long command, void *argument)
{
	return ioctl(fd, command, argument) ? -errno : 0;
}

int device_open(struct device *d, const char *path)
{
	memset(d, 0, sizeof(*d));
	d->fd = open(path, O_RDWR | O_CLOEXEC);
	return d->fd < 0 ? -errno : 0;
}

void device_close(struct device *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}

int device_info(const struct device *d, struct xlat_info *info)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	return call(d->fd, XLAT_IOC_INFO, info);
}

int device_setup(struct device *d, struct xlat_setup *setup)
{
	int error;

	setup->size = sizeof(*setup);
	error = call(d->fd, XLAT_IOC_SETUP, setup);
	if (!error) {
		d->map_stride = setup->map_stride;
		d->map_length = setup->map_length;
		d->end_only = setup->watermark >= setup->slots;
	}
	return error;
}

static int inside(const struct xlat_map *map, uint64_t offset, uint64_t count,
		  uint64_t size)
{
	return offset <= map->length && count * size <= map->length - offset;
}

/* The kernel's values are trusted, but its version may be another one. */
static int is_readable(const struct xlat_map *map, size_t length)
{
	return map->magic == XLAT_MAP_MAGIC &&
	       map->version == XLAT_ABI_VERSION &&
	       map->header_size >= sizeof(*map) && map->length <= length &&
	       map->sub_bucket_bits == XLAT_SUB_BUCKET_BITS &&
	       map->buckets == XLAT_BUCKETS && map->slots &&
	       !(map->slots & (map->slots - 1)) &&
	       map->slot_size >= sizeof(struct xlat_sample) &&
	       inside(map, map->late_offset, map->buckets, 8) &&
	       inside(map, map->early_offset, map->buckets, 8) &&
	       inside(map, map->ring_offset, map->slots, map->slot_size);
}

int device_map(const struct device *d, uint32_t cpu,
	       const struct xlat_map **map)
{
	void *at = mmap(NULL, d->map_length, PROT_READ, MAP_SHARED, d->fd,
			(off_t)(cpu * d->map_stride));

	if (at == MAP_FAILED)
		return -errno;
	if (!is_readable(at, d->map_length)) {
		munmap(at, d->map_length);
		return -EPROTO;
	}
	*map = at;
	return 0;
}

void device_unmap(const struct device *d, const struct xlat_map *map)
{
	munmap((void *)map, d->map_length);
}

int device_start(const struct device *d)
{
	struct xlat_control control = { .size = sizeof(control) };

	return call(d->fd, XLAT_IOC_START, &control);
}

int device_stop(const struct device *d)
{
	struct xlat_control control = { .size = sizeof(control) };

	return call(d->fd, XLAT_IOC_STOP, &control);
}

int device_wait(const struct device *d, int64_t timeout_ns,
		const sigset_t *mask)
{
	/* poll() reports POLLHUP, the end, even if @events is 0. */
	struct pollfd pollfd = {
		.fd = d->fd, .events = d->end_only ? 0 : POLLIN,
	};
	struct timespec timeout = {
		.tv_sec = timeout_ns / 1000000000,
		.tv_nsec = timeout_ns % 1000000000,
	};
	uint64_t events;
	int ready;

	ready = ppoll(&pollfd, 1, timeout_ns < 0 ? NULL : &timeout, mask);
	if (ready < 0)
		return -errno;
	if (pollfd.revents & (POLLERR | POLLNVAL))
		return -EIO;
	if ((pollfd.revents & POLLIN) &&
	    read(d->fd, &events, sizeof(events)) < 0)
		return -errno;
	return pollfd.revents & POLLHUP ? DEVICE_ENDED : 0;
}
