/* SPDX-License-Identifier: MIT */
/*
 * Access to /dev/xlat. Only device.c uses its ioctls. The functions return 0 or
 * the -errno that include/uapi/xlat.h documents.
 */
#ifndef XLAT_DEVICE_H
#define XLAT_DEVICE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

#define DEVICE_PATH	"/dev/xlat"

/**
 * struct device - an open device, and one session on it
 * @fd: the descriptor
 * @map_stride: distance of two CPUs' mappings, bytes, from SETUP
 * @map_length: length of one CPU's mapping, bytes, from SETUP
 * @end_only: the rings are large enough for all samples, so device_wait() does
 *	not wait for watermarks
 */
struct device {
	int fd;
	uint64_t map_stride;
	size_t map_length;
	bool end_only;
};

/** device_open() - open @path, normally %DEVICE_PATH */
int device_open(struct device *d, const char *path);

/** device_close() - close; the session ends when all mappings are undone too */
void device_close(struct device *d);

/** device_info() - get what this machine can measure */
int device_info(const struct device *d, struct xlat_info *info);

/** device_setup() - SETUP; @setup returns the values in effect */
int device_setup(struct device *d, struct xlat_setup *setup);

/**
 * device_map() - map one CPU's recording, read-only
 *
 * Return: 0; -EPROTO if its layout is not that of version 1; else -errno.
 */
int device_map(const struct device *d, uint32_t cpu,
	       const struct xlat_map **map);

/** device_unmap() - undo device_map() */
void device_unmap(const struct device *d, const struct xlat_map *map);

/** device_start() - arm */
int device_start(const struct device *d);

/** device_stop() - disarm */
int device_stop(const struct device *d);

/** DEVICE_ENDED: measuring has ended on all CPUs */
#define DEVICE_ENDED	1

/**
 * device_wait() - sleep until a watermark, the end, a signal or a timeout
 * @d: the device
 * @timeout_ns: longest time to sleep, ns; negative: no limit
 * @mask: signal mask during the sleep; NULL: unchanged
 *
 * Return: 0, %DEVICE_ENDED, or -errno; -EINTR if a signal came.
 */
int device_wait(const struct device *d, int64_t timeout_ns,
		const sigset_t *mask);

#endif /* XLAT_DEVICE_H */
