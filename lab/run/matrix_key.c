// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "cell_boot.h"
#include "matrix.h"

/*
 * The key does not depend on the cell's name: two centres may lead to the same
 * set-up, which is then run only once.
 */
int matrix_key(const struct matrix *matrix, struct matrix_cell *cell,
	       char culprit[4096])
{
	struct hash hash;
	int s, boot, error = 0;

	hash_begin(&hash);
	for (s = 0; s < SETTINGS; s++) {
		hash_string(&hash, setting_name((enum setting)s));
		hash_string(&hash, settings_text(&cell->plan->settings,
						 (enum setting)s));
	}
	hash_string(&hash, matrix->inputs.parts.qemu_version);
	for (boot = 1; !error && boot <= cell->boots; boot++)
		error = cell_hash(cell->plan, boot, &matrix->inputs, &hash,
				  culprit);
	hash_text(&hash, cell->key);
	return error;
}
