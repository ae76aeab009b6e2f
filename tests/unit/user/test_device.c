// SPDX-License-Identifier: MIT
/*
 * device.c with descriptors that are not the device: a file to map,
 * and an event or a pipe to wait for.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "user/record/device.h"
#include "tests/unit/unit.h"

#define SLOTS	16u
#define BUCKETS	(XLAT_BUCKETS * 8ULL)
#define LATE	(sizeof(struct xlat_map))
#define EARLY	(LATE + BUCKETS)
#define RING	(EARLY + BUCKETS)
#define LENGTH	(RING + SLOTS * sizeof(struct xlat_sample))
#define STRIDE	0x40000u

static struct device device;
static struct xlat_map header;
static char path[] = "/tmp/xlat-test-device-XXXXXX";

static void begin(void)
{
	strcpy(strrchr(path, '-'), "-XXXXXX");
	device = (struct device) {
		.fd = mkstemp(path), .map_stride = STRIDE, .map_length = LENGTH,
	};
	ck_assert_int_ge(device.fd, 0);
	ck_assert_int_eq(ftruncate(device.fd, 2 * STRIDE), 0);
	header = (struct xlat_map) {
		.magic = XLAT_MAP_MAGIC,
		.version = XLAT_ABI_VERSION,
		.header_size = sizeof(header),
		.length = LENGTH,
		.cpu = 1,
		.sub_bucket_bits = XLAT_SUB_BUCKET_BITS,
		.buckets = XLAT_BUCKETS,
		.late_offset = LATE,
		.early_offset = EARLY,
		.ring_offset = RING,
		.slots = SLOTS,
		.slot_size = sizeof(struct xlat_sample),
	};
}

static void end(void)
{
	device_close(&device);
	unlink(path);
}

/* The map of CPU 1, so that the offset matters. */
static int map(void)
{
	const struct xlat_map *at;
	int error;

	ck_assert_int_eq(pwrite(device.fd, &header, sizeof(header), STRIDE),
			 sizeof(header));
	error = device_map(&device, 1, &at);
	if (!error) {
		ck_assert_uint_eq(at->cpu, 1);
		device_unmap(&device, at);
	}
	return error;
}

START_TEST(a_map_of_version_1)
{
	ck_assert_int_eq(map(), 0);
	header.header_size += 8;	/* a later module */
	header.slot_size += 8;
	header.slots /= 2;
	ck_assert_int_eq(map(), 0);
}
END_TEST

#define REFUSED(field, value) do {		\
	struct xlat_map whole = header;		\
						\
	header.field = value;			\
	ck_assert_int_eq(map(), -EPROTO);	\
	header = whole;				\
	ck_assert_int_eq(map(), 0);		\
} while (0)

START_TEST(no_map_of_version_1)
{
	REFUSED(magic, header.magic ^ 1);
	REFUSED(magic, 0);
	REFUSED(version, XLAT_ABI_VERSION + 1);
	REFUSED(header_size, sizeof(header) - 8);
	REFUSED(sub_bucket_bits, XLAT_SUB_BUCKET_BITS - 1);
	REFUSED(buckets, XLAT_BUCKETS + 1);
	REFUSED(slots, 0);
	REFUSED(slots, SLOTS - 1);
	REFUSED(slot_size, sizeof(struct xlat_sample) - 8);
}
END_TEST

START_TEST(offsets_stay_inside_the_map)
{
	REFUSED(length, LENGTH + 1);
	REFUSED(length, LENGTH - 1);
	REFUSED(late_offset, LENGTH - BUCKETS + 8);
	REFUSED(early_offset, LENGTH - BUCKETS + 8);
	REFUSED(early_offset, UINT64_MAX - 7);
	REFUSED(ring_offset, RING + 8);
	REFUSED(slots, 2 * SLOTS);
	REFUSED(slots, 1u << 31);
	REFUSED(slot_size, sizeof(struct xlat_sample) + 8);
}
END_TEST

START_TEST(maps_that_are_refused)
{
	const struct xlat_map *at;

	device.map_stride++;
	ck_assert_int_eq(device_map(&device, 1, &at), -EINVAL);
}
END_TEST

START_TEST(a_watermark_is_read_once)
{
	device_close(&device);
	device.fd = eventfd(1, EFD_NONBLOCK);
	ck_assert_int_eq(device_wait(&device, -1, NULL), 0);
	ck_assert_int_eq(read(device.fd, &header, 8), -1);
	ck_assert_int_eq(device_wait(&device, 1000, NULL), 0);
}
END_TEST

START_TEST(large_rings_wait_for_the_end_only)
{
	uint64_t events = 0;

	device_close(&device);
	device.fd = eventfd(5, EFD_NONBLOCK);
	device.end_only = true;
	ck_assert_int_eq(device_wait(&device, 1000, NULL), 0);
	ck_assert_int_eq(read(device.fd, &events, 8), 8);
	ck_assert_uint_eq(events, 5);
}
END_TEST

START_TEST(the_end_is_reported)
{
	int ends[2];

	device_close(&device);
	ck_assert_int_eq(pipe(ends), 0);
	device.fd = ends[0];
	ck_assert_int_eq(device_wait(&device, 1000, NULL), 0);
	close(ends[1]);
	ck_assert_int_eq(device_wait(&device, -1, NULL), DEVICE_ENDED);
	device.end_only = true;
	ck_assert_int_eq(device_wait(&device, -1, NULL), DEVICE_ENDED);
}
END_TEST

START_TEST(a_device_that_is_gone_is_an_error)
{
	int ends[2];

	device_close(&device);
	ck_assert_int_eq(pipe(ends), 0);
	device.fd = ends[1];
	close(ends[0]);
	ck_assert_int_eq(device_wait(&device, -1, NULL), -EIO);
	device_close(&device);
	device.fd = ends[1];		/* closed */
	ck_assert_int_eq(device_wait(&device, -1, NULL), -EIO);
	device.fd = -1;
}
END_TEST

static void nothing(int signal)
{
	(void)signal;
}

START_TEST(a_pending_signal_is_delivered)
{
	struct sigaction action = { .sa_handler = nothing };
	sigset_t blocked, before;

	device_close(&device);
	device.fd = eventfd(0, 0);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	sigaction(SIGINT, &action, NULL);
	raise(SIGINT);
	ck_assert_int_eq(device_wait(&device, 1000, NULL), 0);
	ck_assert_int_eq(device_wait(&device, -1, &before), -EINTR);
}
END_TEST

START_TEST(other_devices_refuse_xlat_ioctls)
{
	struct xlat_setup setup = { 0 };
	struct xlat_info info;

	ck_assert_int_eq(device_info(&device, &info), -ENOTTY);
	ck_assert_int_eq(device_setup(&device, &setup), -ENOTTY);
	ck_assert_int_eq(device_start(&device), -ENOTTY);
	ck_assert_int_eq(device_stop(&device), -ENOTTY);
	device_close(&device);
	ck_assert_int_eq(device_open(&device, "/nowhere/xlat"), -ENOENT);
	ck_assert_int_eq(device.fd, -1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("device");

	unit_between(begin, end);
	unit_add(suite, a_map_of_version_1);
	unit_add(suite, no_map_of_version_1);
	unit_add(suite, offsets_stay_inside_the_map);
	unit_add(suite, maps_that_are_refused);
	unit_add(suite, a_watermark_is_read_once);
	unit_add(suite, large_rings_wait_for_the_end_only);
	unit_add(suite, the_end_is_reported);
	unit_add(suite, a_device_that_is_gone_is_an_error);
	unit_add(suite, a_pending_signal_is_delivered);
	unit_add(suite, other_devices_refuse_xlat_ioctls);
	return unit_run(suite);
}
