#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# In dom0: until the domU's run.sh has nothing more to say.
i=0
while ! grep -q 'run.sh: done' /tmp/out/guest-xlat.log; do
	i=$((i + 1))
	[ $i -lt 60 ] || exit 1
	sleep 1
done
