#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Measure on this machine: native, Xen's dom0 or a domU. Needs a POSIX shell
# (busybox will do), root, and the files that lie beside it.
#
# usage: run.sh [-n NAME] [-o DIRECTORY] [-s] [-- OPTION...]
#   -n NAME       of the runs (native, xen-dom0 or xen-domu)
#   -o DIRECTORY  for the recordings (/tmp/xlat)
#   -s            silent: do not print the recordings as text lines
#   OPTION...     of "xlat-read record" (-D 10s -i 1009)
set -u

here=$(cd "$(dirname "$0")" && pwd)
reader=$here/xlat-read
out=/tmp/xlat
name=
send=yes

say()
{
	echo "run.sh: $*"
}

die()
{
	say "$*" >&2
	exit 1
}

usage()
{
	sed -n 's/^#   /  /p; s/^# usage/usage/p' "$0" >&2
	exit 2
}

role()
{
	if [ "$(cat /sys/hypervisor/type 2>/dev/null)" != xen ]; then
		echo native
	elif grep -q control_d /proc/xen/capabilities 2>/dev/null; then
		echo xen-dom0
	else
		echo xen-domu
	fi
}

check()
{
	[ "$(id -u)" = 0 ] || die "not root: loading a module and /dev/xlat need it"
	[ -d /proc/self ] || die "/proc is not mounted: mount -t proc proc /proc"
	[ -d /sys/devices ] || die "/sys is not mounted: mount -t sysfs sysfs /sys"
	"$reader" --version >/dev/null 2>&1 ||
		die "$reader does not run here: this machine is $(uname -m), the reader in this kit is for aarch64"
	mkdir -p "$out" || die "cannot make $out: give -o DIRECTORY"
}

# What insmod's few words mean. docs/board.md has the remedies at length.
explain()
{
	case $1 in
	*"Key was rejected"*)
		say "this kernel loads only modules that are signed with a key it trusts: sign xlat.ko with it (scripts/sign-file of the kernel's build tree), or boot without Secure Boot or module.sig_enforce" ;;
	*"Required key"*)
		say "this kernel insists on signed modules (module.sig_enforce or CONFIG_MODULE_SIG_FORCE): sign xlat.ko (scripts/sign-file of the kernel's build tree)" ;;
	*"not permitted"*)
		say "not permitted: lockdown is $(cat /sys/kernel/security/lockdown 2>/dev/null || echo unknown), modules_disabled is $(cat /proc/sys/kernel/modules_disabled 2>/dev/null || echo unknown); under lockdown sign the module or boot without Secure Boot" ;;
	*"nvalid module format"* | *"xec format"*)
		say "built for another kernel, or with another configuration of it: build the kit again with KDIR= of exactly this kernel" ;;
	*"nknown symbol"*)
		say "this kernel lacks something the module needs: see the lines of the kernel log below" ;;
	esac
}

load()
{
	[ -e /dev/xlat ] && return
	if ! grep -q '^xlat ' /proc/modules; then
		"$reader" info --module "$here/xlat.ko" ||
			say "trying all the same"
		if ! message=$(insmod "$here/xlat.ko" 2>&1); then
			say "insmod: $message" >&2
			explain "$message" >&2
			dmesg 2>/dev/null | grep -v 'command line' |
				grep -E 'xlat|module' | tail -n 3 >&2
			exit 1
		fi
		loaded=yes
	fi
	[ -e /dev/xlat ] && return
	# without devtmpfs or udev
	minor=$(sed -n 's/^ *\([0-9]*\) xlat$/\1/p' /proc/misc)
	[ -n "$minor" ] && mknod -m 600 /dev/xlat c 10 "$minor"
	[ -e /dev/xlat ] || die "/dev/xlat did not appear: mount -t devtmpfs devtmpfs /dev"
}

unload()
{
	[ -n "${loaded:-}" ] && rmmod xlat
}

# hrtimer, and phys or virt where one is free; the reader says what it leaves
# out and whose it is.
record()
{
	rm -f "$out/$name".*.xlat
	say "recording"
	"$reader" record -q --source all -o "$out/$name.xlat" "$@"
}

report()
{
	for file in "$out/$name".*.xlat; do
		echo
		"$reader" report --histogram "$file"
	done
}

# 48 bytes of a recording are a line of some 90 characters.
seconds()
{
	bytes=$(cat "$out/$name".*.xlat | wc -c)
	echo $((bytes * 15 / 8 / 11520 + 1))
}

# Kernel messages would tear lines; a torn line is noticed and counted.
send()
{
	say "the recordings follow as text, about $(seconds) s at 115200 baud; on the other side: xlat-read import LOG"
	printk=$(cat /proc/sys/kernel/printk)
	echo 1 >/proc/sys/kernel/printk
	for file in "$out/$name".*.xlat; do
		"$reader" send "$file"
	done
	echo "$printk" >/proc/sys/kernel/printk
}

while getopts n:o:s option; do
	case $option in
	n) name=$OPTARG ;;
	o) out=$OPTARG ;;
	s) send= ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- -D 10s -i 1009
name=${name:-$(role)}

check
load
echo
"$reader" info
if [ "$name" = xen-dom0 ]; then
	"$reader" env >"$out/host.json" &&
		say "$out/host.json describes the host: import a domU's run with --host-env $out/host.json"
fi
echo
record "$@"
status=$?
ls "$out/$name".*.xlat >/dev/null 2>&1 || { unload; exit 1; }
report
unload
[ -z "$send" ] || send
say "done, status $status; recordings: $(echo "$out/$name".*.xlat)"
exit $status
