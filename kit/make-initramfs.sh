#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A guest that does nothing but measure: an initramfs of this kit and busybox.
# It runs run.sh with what the kernel's command line gives as
# XLAT="OPTION...", sends the recordings to its console, all it needs, and
# powers off.
#
# usage: make-initramfs.sh BUSYBOX >domu.cpio.gz
#   BUSYBOX  for aarch64, statically linked
set -eu

here=$(cd "$(dirname "$0")" && pwd)

die()
{
	echo "make-initramfs.sh: $*" >&2
	exit 1
}

# number FILE OFFSET SIZE: as this machine reads it, little-endian
number()
{
	od -An -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' \n'
}

# A program that names an interpreter (PT_INTERP, 3) is not static.
check_busybox()
{
	case $(od -An -t x1 -N 6 "$1" | tr -d ' \n') in
	7f454c460201) ;;
	*) die "$1 is no 64-bit program: a static busybox for aarch64 is needed" ;;
	esac
	[ "$(number "$1" 18 2)" = 183 ] ||
		die "$1 is not for aarch64: a static busybox for aarch64 is needed"
	at=$(number "$1" 32 8)
	count=$(number "$1" 56 2)
	while [ "$count" -gt 0 ]; do
		[ "$(number "$1" "$at" 4)" != 3 ] ||
			die "$1 is dynamically linked: a static busybox is needed (Debian: busybox-static)"
		at=$((at + 56))
		count=$((count - 1))
	done
}

if [ $# != 1 ] || [ ! -f "$1" ] || [ -t 1 ]; then
	echo "usage: make-initramfs.sh BUSYBOX >domu.cpio.gz" >&2
	exit 2
fi
for program in cpio gzip od find mktemp; do
	command -v $program >/dev/null ||
		die "there is no $program here: install it, or do this on another machine"
done
for file in xlat.ko xlat-read run.sh; do
	[ -f "$here/$file" ] || die "$here/$file is missing: unpack the kit again"
done
check_busybox "$1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir "$root"
mkdir "$root/bin" "$root/xlat" "$root/dev" "$root/proc" "$root/sys" "$root/tmp"
cp "$1" "$root/bin/busybox"
chmod 755 "$root/bin/busybox"
cp "$here/xlat.ko" "$here/xlat-read" "$here/run.sh" "$root/xlat/"

cat >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /tmp
exec </dev/console >/dev/console 2>&1
# unquoted: the options are words
sh /xlat/run.sh -s ${XLAT:-}
sync
# let a slow console drain
sleep 1
poweroff -f
INIT
chmod 755 "$root/init"

cd "$root"
find . >"$work/list"
cpio -o -H newc <"$work/list" >"$work/cpio" 2>"$work/log" ||
	die "cpio failed: $(cat "$work/log")"
gzip <"$work/cpio"
