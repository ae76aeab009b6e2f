#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Measure on this machine: native, Xen's dom0 or a domU. Needs a POSIX shell
# (busybox will do), root, and the files that lie beside it.
#
# shellcheck disable=SC2317 # what traps and "attend" call
#
# usage: run.sh [-n NAME] [-o DIRECTORY] [-s | -f] [-- OPTION...]
#   -n NAME       of the runs (native, xen-dom0 or xen-domu); NAME-2, -3, ...
#                 if there are recordings of that name: none is overwritten
#   -o DIRECTORY  for the recordings (/tmp/xlat)
#   -s            send: print the recordings as text lines as well
#   -f            files only; without -s and -f, a serial console is sent to
#   OPTION...     of "xlat-read record" (-D 10s -i 1009; if text lines are to
#                 be printed -l 1000 -D 60s -i 1009: 1000 samples a CPU)
set -u

here=$(cd "$(dirname "$0")" && pwd)
reader=$here/xlat-read
out=/tmp/xlat
name=
send=

# What there is to undo.
child=
loaded=
node=
printk=

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

# A virtual console is tty and a number.
on_serial()
{
	case $(readlink "/proc/$$/fd/1" 2>/dev/null) in
	/dev/console | /dev/tty[A-Z]* | /dev/hvc*) return 0 ;;
	esac
	return 1
}

has_runs()
{
	ls "$out/$1".*.xlat >/dev/null 2>&1
}

unused_name()
{
	new=$1
	i=1
	while has_runs "$new"; do
		i=$((i + 1))
		new=$1-$i
	done
	echo "$new"
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
	grep -q '^xlat ' /proc/modules && return
	"$reader" info --module "$here/xlat.ko" ||
		say "trying all the same"
	loaded=yes
	if ! message=$(insmod "$here/xlat.ko" 2>&1); then
		loaded=
		say "insmod: $message" >&2
		explain "$message" >&2
		dmesg 2>/dev/null | grep -v 'command line' |
			grep -E 'xlat|module' | tail -n 3 >&2
		exit 1
	fi
}

# is_node MINOR: /dev/xlat is the module's. ls prints "10, MINOR" for a size.
is_node()
{
	# shellcheck disable=SC2046,SC2012 # words; no odd name
	[ -c /dev/xlat ] && set -- "$1" $(ls -lnL /dev/xlat) &&
		[ "$6$7" = "10,$1" ]
}

# Without devtmpfs or udev, or where an old node was left behind.
make_node()
{
	minor=$(sed -n 's/^ *\([0-9]*\) xlat$/\1/p' /proc/misc)
	[ -n "$minor" ] || die "the module is loaded, but /proc/misc does not list its device: see dmesg"
	is_node "$minor" && return
	if [ -c /dev/xlat ]; then
		say "/dev/xlat is not the module's device: making it anew"
		rm -f /dev/xlat
	fi
	mknod -m 600 /dev/xlat c 10 "$minor" ||
		die "cannot make /dev/xlat: remove what is there, or mount -t devtmpfs devtmpfs /dev"
	node=yes
}

# attend COMMAND...: the shell has its signals while the command runs
attend()
{
	"$@" &
	child=$!
	wait $child
	set -- $?
	child=
	return "$1"
}

stop()
{
	trap '' HUP INT PIPE TERM
	if [ -n "$child" ]; then
		kill "$child" 2>/dev/null
		wait "$child"
	fi
	say "stopped; what was recorded is in $out"
	exit "$1"
}

clean_up()
{
	trap '' HUP INT PIPE TERM
	show_messages
	[ -z "$printk" ] || echo "$printk" >/proc/sys/kernel/printk
	[ -z "$node" ] || rm -f /dev/xlat
	[ -n "$loaded" ] && grep -q '^xlat ' /proc/modules || return
	rmmod xlat || say "the module stays loaded" >&2
}

# A console is a source of interrupts: nothing is said while measuring.
start_recorder()
{
	exec "$reader" record "$@" 2>"$out/.messages"
}

show_messages()
{
	[ -e "$out/.messages" ] || return
	cat "$out/.messages" >&2
	rm -f "$out/.messages"
}

# hrtimer, and phys or virt where one is free; the reader says what it leaves
# out and whose it is.
record()
{
	say "recording: $*"
	attend start_recorder --source all -o "$out/$name.xlat" "$@"
	set -- $?
	show_messages
	return "$1"
}

report()
{
	for file in "$out/$name".*.xlat; do
		echo
		attend "$reader" report --histogram "$file"
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
		attend "$reader" send "$file"
	done
}

while getopts n:o:sf option; do
	case $option in
	n) name=$OPTARG ;;
	o) out=$OPTARG ;;
	s) send=yes ;;
	f) send=no ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
if [ -z "$send" ]; then
	send=no
	on_serial && send=yes
fi
if [ $# = 0 ]; then
	set -- -D 10s -i 1009
	[ "$send" = no ] || set -- -l 1000 -D 60s -i 1009
fi

check
name=$(unused_name "${name:-$(role)}")
trap clean_up EXIT
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 141' PIPE
trap 'stop 143' TERM
load
make_node
echo
"$reader" info
if [ "$(role)" = xen-dom0 ]; then
	"$reader" env >"$out/host.json.new" &&
		mv "$out/host.json.new" "$out/host.json" &&
		say "$out/host.json describes the host: import a domU's run with --host-env $out/host.json"
fi
echo
record "$@"
status=$?
has_runs "$name" || exit 1
report
echo
if [ "$send" = yes ]; then
	send
else
	say "no way to copy files from here? -s prints them as text; these would take about $(seconds) s at 115200 baud"
fi
say "done, status $status; recordings: $(echo "$out/$name".*.xlat)"
exit $status
