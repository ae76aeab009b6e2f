// SPDX-License-Identifier: MIT
/* What all subcommands say in the same words. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "device.h"

static void say(const char *format, va_list list)
{
	fputs("xlat-read: ", stderr);
	vfprintf(stderr, format, list);
}

int cmd_complain(int code, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say(format, list);
	va_end(list);
	fputc('\n', stderr);
	return code;
}

int cmd_usage(const char *command, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say(format, list);
	va_end(list);
	fprintf(stderr, "; see 'xlat-read %s --help'\n", command);
	return EXIT_USAGE;
}

int cmd_open_device(struct device *device)
{
	int error = device_open(device, DEVICE_PATH);

	switch (error) {
	case 0:
		return EXIT_GOOD;
	case -ENOENT:
	case -ENODEV:
	case -ENXIO:
		return cmd_complain(EXIT_FAILED,
			"%s is missing: load the module first (as root: insmod xlat.ko; 'xlat-read info --module xlat.ko' tells if it fits this kernel)",
			DEVICE_PATH);
	case -EACCES:
	case -EPERM:
		return cmd_complain(EXIT_FAILED,
			"%s: not permitted: run as root, or let root give you the device (chown)",
			DEVICE_PATH);
	default:
		return cmd_complain(EXIT_FAILED, "cannot open %s: %s",
				    DEVICE_PATH, strerror(-error));
	}
}

int cmd_complain_file(const char *path, int error)
{
	switch (error) {
	case -EBADMSG:
		return cmd_complain(EXIT_FAILED,
			"%s is not a recording of xlat, or nothing of it is intact",
			path);
	case -EPROTONOSUPPORT:
		return cmd_complain(EXIT_FAILED,
			"%s has a newer format than this xlat-read %s reads: use the one that recorded it",
			path, XLAT_VERSION);
	default:
		return cmd_complain(EXIT_FAILED, "cannot read %s: %s", path,
				    strerror(-error));
	}
}
