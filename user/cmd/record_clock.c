// SPDX-License-Identifier: MIT
/* xlat-read record: checks the claim of --icount-shift. */
#include <errno.h>

#include "core/insn_clock.h"
#include "record.h"

/*
 * Was the probe taken? An older module takes none on a CPU that is offline when
 * the session stops.
 */
static bool taken(const struct xlat_probe *probe)
{
	return probe->loop_ticks || probe->busy_tries || probe->at_ticks;
}

int record_check_clock(const struct capture *c, int shift, bool after)
{
	for (size_t i = 0; i < c->count && shift >= 0; i++) {
		const struct xlat_map *map = c->parts[i].map;
		const struct xlat_probe *probe = after ? &map->after :
							 &map->before;

		if (after && !taken(probe))
			continue;
		if (insn_clock_agrees(probe, map->tick_hz, (unsigned int)shift))
			continue;
		cmd_complain(EXIT_FAILED,
			"CPU %u: --icount-shift %d says %u ns an instruction, the core-clock loop measured %.3f ns: start the emulator with that shift, or correct the option",
			map->cpu, shift, 1u << shift,
			insn_clock_ns(probe, map->tick_hz));
		return -EDOM;
	}
	return 0;
}
