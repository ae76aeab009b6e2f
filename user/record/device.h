/* SPDX-License-Identifier: MIT */
/*
 * /dev/xlat. The only file that knows ioctls. Functions return 0 or -errno as
 * the contract documents it (include/uapi/xlat.h).
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
 * @map_stride: as SETUP returned it
 * @map_length: likewise
 */
struct device {
	int fd;
	uint64_t map_stride;
	size_t map_length;
	bool end_only;		/* the rings hold all: no watermark will come */
};

/** device_open() - open @path, normally %DEVICE_PATH */
int device_open(struct device *d, const char *path);

/** device_close() - the mappings must be undone too for the session to end */
void device_close(struct device *d);

/** device_info() - what can be measured here */
int device_info(const struct device *d, struct xlat_info *info);

/** device_setup() - claim the session; @setup returns effective values */
int device_setup(struct device *d, struct xlat_setup *setup);

/**
 * device_map() - one CPU's recording, read-only
 *
 * Return: 0; -EPROTO it is not laid out as version 1 says; else -errno.
 */
int device_map(const struct device *d, uint32_t cpu,
	       const struct xlat_map **map);

/** device_unmap() - undo device_map() */
void device_unmap(const struct device *d, const struct xlat_map *map);

/** device_start() - arm */
int device_start(const struct device *d);

/** device_stop() - disarm */
int device_stop(const struct device *d);

/** DEVICE_ENDED: every CPU's part has ended */
#define DEVICE_ENDED	1

/**
 * device_wait() - sleep until a watermark, the end, a signal or a timeout
 * @timeout_ns: negative: for ever
 * @mask: signal mask while asleep; NULL: unchanged
 *
 * Return: 0, %DEVICE_ENDED, or -errno; -EINTR is a signal.
 */
int device_wait(const struct device *d, int64_t timeout_ns,
		const sigset_t *mask);

#endif /* XLAT_DEVICE_H */
