#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash disable=SC2086 # $short is words
# PID 1 of a guest that uses run.sh wrongly. It prints one line for each check
# on the console: "result ok WHAT" or "result FAILED WHAT".
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /tmp
exec </dev/console >/dev/console 2>&1
out=/tmp/xlat
short="-l 20 -i 10009"

expect()
{
	what=$1
	shift
	if "$@"; then
		echo "result ok $what"
	else
		echo "result FAILED $what"
	fi
}

unloaded()
{
	! grep -q '^xlat ' /proc/modules && [ ! -e /dev/xlat ]
}

proven()
{
	/xlat/xlat-read report "$1" | grep '^lossless: [1-9]'
}

mknod /dev/xlat c 10 1
expect "an old node: runs" sh /xlat/run.sh -f -n old -- $short
expect "an old node: removed with the module" unloaded
expect "files only: recorded" proven $out/old.hrtimer.xlat

before=$(cksum $out/old.*)
sh /xlat/run.sh -f -n old -- $short
expect "the same name: a new one" proven $out/old-2.hrtimer.xlat
mkdir /broken
cp /xlat/run.sh /xlat/xlat-read /broken
expect "no module: fails" eval "! sh /broken/run.sh -f -n old"
expect "earlier recordings are as they were" \
	test "$before" = "$(cksum $out/old.*)"

mount -t tmpfs none /dev
mknod /dev/null c 1 3
mknod /dev/console c 5 1
expect "no devtmpfs: runs" sh /xlat/run.sh -f -n static -- $short
expect "no devtmpfs: the node is removed" unloaded
umount /dev

# stop_with SIGNAL: send SIGNAL to run.sh once it records. run.sh itself must
# not be started with "&": it would ignore SIGINT.
stop_with()
{
	while [ ! -e "$out/$1.hrtimer.xlat" ]; do
		sleep 1
	done
	sleep 1
	kill -"$1" "$(cat /tmp/pid)"
}

for signal in INT TERM; do
	stop_with $signal &
	sh -c "echo \$\$ >/tmp/pid; exec sh /xlat/run.sh -f -n $signal -- -D 60s -i 10009"
	echo "run.sh's status: $?"
	expect "SIG$signal: module and node are gone" unloaded
	expect "SIG$signal: no recorder is left" eval "! pidof xlat-read"
	expect "SIG$signal: the recording is good" \
		proven $out/$signal.hrtimer.xlat
done

# The check finds these runs in the log by "#xlat ID begin NAME ...".
sh /xlat/run.sh -n piped -- $short | cat
sh /xlat/run.sh -n console -- $short
expect "module and node are gone" unloaded
echo "result end"
sleep 1
poweroff -f
