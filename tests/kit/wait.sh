#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# In dom0: wait until run.sh in the domU is done; fail after 60 s.
i=0
while ! grep -q 'run.sh: done' /tmp/out/guest-xlat.log; do
	i=$((i + 1))
	[ $i -lt 60 ] || exit 1
	sleep 1
done
