#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A guest that does nothing but measure: an initramfs of this kit and busybox.
# It runs run.sh with what the kernel's command line gives as
# XLAT="OPTION...", and powers off. Its console is all it needs.
#
# usage: make-initramfs.sh BUSYBOX >domu.cpio.gz
#   BUSYBOX  for the guest's architecture, statically linked
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ $# != 1 ] || [ ! -f "$1" ]; then
	echo "usage: make-initramfs.sh BUSYBOX >domu.cpio.gz" >&2
	exit 2
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/bin" "$root/xlat" "$root/dev" "$root/proc" "$root/sys" "$root/tmp"
cp "$1" "$root/bin/busybox"
chmod 755 "$root/bin/busybox"
cp "$here/xlat.ko" "$here/xlat-read" "$here/run.sh" "$root/xlat/"

cat >"$root/init" <<'EOF'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /tmp
exec </dev/console >/dev/console 2>&1
# unquoted: the options are words
sh /xlat/run.sh ${XLAT:-}
sync
# let a slow console drain
sleep 1
poweroff -f
EOF
chmod 755 "$root/init"

cd "$root"
find . | cpio -o -H newc 2>/dev/null | gzip
