/* SPDX-License-Identifier: MIT */
/*
 * Fixture for tests of the record loop with a fake device in memory. Each read
 * of shared memory calls on_look(), each barrier calls on_barrier(); a test can
 * let the writer run there.
 */
#ifndef XLAT_CAPTURED_H
#define XLAT_CAPTURED_H

#define XLAT_BARRIER_H

static void looks_at(const volatile void *at);
static void is_at_barrier(void);

#define READ_ONCE(x)		(looks_at(&(x)), (x))
#define WRITE_ONCE(x, v)	((x) = (v))
#define smp_load_acquire(p)	(looks_at(p), *(p))
#define smp_store_release(p, v)	(*(p) = (v))
#define smp_wmb()		do { } while (0)
#define smp_rmb()		is_at_barrier()

#include "user/record/capture.c"
#include "fake_device.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static void (*on_look)(const volatile void *at);
static void (*on_barrier)(void);

static void looks_at(const volatile void *at)
{
	if (on_look)
		on_look(at);
}

static void is_at_barrier(void)
{
	if (on_barrier)
		on_barrier();
}

static const uint32_t both[] = { 0, 1 };
static char path[] = "/tmp/xlat-test-capture-XXXXXX";
static volatile sig_atomic_t interrupted;
static struct device device;
static struct capture c;
static struct file_writer writer;
static struct capture_options how;
static struct run run;

static inline void begin(void)
{
	struct xlat_setup setup = { 0 };
	int fd;

	strcpy(strrchr(path, '-'), "-XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	how = (struct capture_options) {
		.threshold_ticks = -1,
		.interrupted = &interrupted,
	};
	ck_assert_int_eq(capture_open(&c, &device, &setup, both, 2), 0);
	ck_assert_int_eq(file_create(&writer, path), 0);
	c.writer = &writer;
}

static inline void end(void)
{
	capture_close(&c);
	ck_assert_uint_eq(fake.mapped, 0);
	run_free(&run);
	unlink(path);
}

#endif
