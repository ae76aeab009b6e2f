// SPDX-License-Identifier: MIT
#include <stddef.h>

#include "dt.h"
#include "gic.h"

const struct gic *gic_find(int *node)
{
	static const struct gic *const gics[] = { &gicv2, &gicv3 };
	unsigned int n;

	for (n = 0; n < sizeof(gics) / sizeof(gics[0]); n++) {
		*node = dt_find_any(gics[n]->compatible);
		if (*node >= 0)
			return gics[n]->open(*node) ? gics[n] : NULL;
	}
	return NULL;
}
