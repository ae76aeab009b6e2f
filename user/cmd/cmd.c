// SPDX-License-Identifier: MIT
/* Messages that all subcommands share. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "user/data/plain.h"
#include "user/format/file_bytes.h"
#include "user/record/device.h"

/* File names, and names stored in files, may contain any character. */
static void say(const char *before, const char *format, va_list list)
{
	char *text = NULL;

	if (vasprintf(&text, format, list) < 0)
		text = NULL;
	if (text)
		plain_make(text);
	fprintf(stderr, "%s%s", before, text ? text : "no memory");
	free(text);
}

int cmd_worse(int code, int other)
{
	if (!code || !other)
		return code + other;
	return code < other ? code : other;
}

int cmd_complain(int code, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say("xlat-read: ", format, list);
	va_end(list);
	fputc('\n', stderr);
	return code;
}

void cmd_note(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say("xlat-read: note: ", format, list);
	va_end(list);
	fputc('\n', stderr);
}

void cmd_say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say("", format, list);
	va_end(list);
	fputc('\n', stderr);
}

int cmd_usage(const char *command, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say("xlat-read: ", format, list);
	va_end(list);
	fprintf(stderr, "; see 'xlat-read %s --help'\n", command);
	return EXIT_USAGE;
}

bool cmd_is_stdin(const char *path)
{
	return !strcmp(path, "-");
}

static const char *nameless, *its_name;

void cmd_call(const char *path, const char *name)
{
	nameless = path;
	its_name = name;
}

const char *cmd_called(const char *path)
{
	if (cmd_is_stdin(path))
		return "standard input";
	return nameless && !strcmp(path, nameless) ? its_name : path;
}

static int complain_open(int error)
{
	switch (error) {
	case -ENOENT:
		return cmd_complain(EXIT_FAILED,
			"%s is missing: load the module first (as root: insmod xlat.ko; 'xlat-read info --module xlat.ko' says whether it fits this kernel)",
			DEVICE_PATH);
	case -ENODEV:
	case -ENXIO:
		return cmd_complain(EXIT_FAILED,
			"the module is not loaded: no driver is behind %s: as root: insmod xlat.ko",
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

/* If the ioctl failed, another driver is behind the device node. */
static int complain_foreign(const struct xlat_info *info, int error)
{
	if (!error && info->abi_version)
		return cmd_complain(EXIT_FAILED,
			"module %.*s and xlat-read %s do not understand each other: use one version of both",
			XLAT_NAME_LEN, info->module_version, XLAT_VERSION);
	return cmd_complain(EXIT_FAILED,
		"%s is not xlat's device: remove it, and load the module (as root: rm %s; insmod xlat.ko)",
		DEVICE_PATH, DEVICE_PATH);
}

int cmd_open_device(struct device *device, struct xlat_info *info)
{
	int error = device_open(device, DEVICE_PATH);

	if (error)
		return complain_open(error);
	error = device_info(device, info);
	if (!error && info->abi_version == XLAT_ABI_VERSION)
		return EXIT_GOOD;
	device_close(device);
	return complain_foreign(info, error);
}

int cmd_complain_file(const char *path, int error)
{
	path = cmd_called(path);
	switch (error) {
	case -EBADMSG:
		return cmd_complain(EXIT_FAILED,
			"%s is not a recording of xlat, or nothing of it is intact",
			path);
	case -EPROTONOSUPPORT:
		return cmd_complain(EXIT_FAILED,
			"%s has a newer format than this xlat-read %s reads: use the one that recorded it",
			path, XLAT_VERSION);
	case -EFBIG:
		return cmd_complain(EXIT_FAILED,
			"cannot read %s: more than %zu MiB and no regular file: save it to a file first",
			path, FILE_STREAM_MAX >> 20);
	default:
		return cmd_complain(EXIT_FAILED, "cannot read %s: %s", path,
				    strerror(-error));
	}
}
