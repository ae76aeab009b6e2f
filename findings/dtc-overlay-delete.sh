#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A device tree overlay that deletes a property compiles, applies, and deletes
# nothing.
#
# Version:  device-tree-compiler 1.6.1-4+b1, libfdt1 1.6.1-4+b1 (Debian 12)
# Expected: /delete-property/ works in an overlay as it does in a .dts file that
#	includes another one, or dtc says that it cannot.
# Seen:	dtc and fdtoverlay print no word and exit with 0, and the merged tree
#	still has both properties:
#		fragment 0: 0 properties
#		fragment 1: 0 properties
#		cpu-idle-states
#		local-timer-stop
#	The format of overlays can add and replace only. The two fragments are
#	there, empty.
# Matters:	this is the obvious overlay to take idle states away from one CPU
#	before its interrupt latency is measured, or to keep its timer running
#	in them. The board boots with both still in place and the wake-up from
#	the idle state is measured. /delete-node/ in an overlay is no better.
#	Use status = "disabled", or edit the base tree.

. "$(dirname "$0")/packages"
packages device-tree-compiler=1.6.1-4+b1 libfdt1=1.6.1-4+b1
cd "$work" || cannot "$work: cannot enter"

cat >base.dts <<'END'
/dts-v1/;

/ {
	cpus {
		#address-cells = <1>;
		#size-cells = <0>;

		cpu0: cpu@0 {
			device_type = "cpu";
			compatible = "arm,cortex-a53";
			reg = <0>;
			cpu-idle-states = <&sleep>;
		};

		idle-states {
			sleep: cpu-sleep-0 {
				compatible = "arm,idle-state";
				arm,psci-suspend-param = <0x40000000>;
				local-timer-stop;
				entry-latency-us = <300>;
				exit-latency-us = <600>;
				min-residency-us = <10000>;
			};
		};
	};
};
END
cat >overlay.dts <<'END'
/dts-v1/;
/plugin/;

&cpu0 {
	/delete-property/ cpu-idle-states;
};

&sleep {
	/delete-property/ local-timer-stop;
};
END

quiet_success()
{
	run "$@" >log 2>&1 && [ ! -s log ]
}

nothing_deleted()
{
	bin=$root/usr/bin
	quiet_success "$bin/dtc" -@ -O dtb -o base.dtb base.dts &&
		quiet_success "$bin/dtc" -@ -O dtb -o overlay.dtbo overlay.dts &&
		quiet_success "$bin/fdtoverlay" -i base.dtb -o merged.dtb \
			overlay.dtbo || return 1
	for fragment in 0 1; do
		run "$bin/fdtget" -p overlay.dtbo \
			"/fragment@$fragment/__overlay__" >properties || return 1
		echo "fragment $fragment: $(wc -l <properties) properties"
		[ ! -s properties ] || return 1
	done
	run "$bin/fdtget" -p merged.dtb /cpus/cpu@0 | grep cpu-idle-states &&
		run "$bin/fdtget" -p merged.dtb /cpus/idle-states/cpu-sleep-0 |
		grep local-timer-stop
}
verdict nothing_deleted
