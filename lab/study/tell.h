/* SPDX-License-Identifier: GPL-2.0 */
/* The report: what was computed, as a page. */
#ifndef LAB_STUDY_TELL_H
#define LAB_STUDY_TELL_H

#include "page.h"
#include "results.h"

/** study_tell() - the whole report */
void study_tell(struct page *page, const struct study_results *results);

/** study_tell_published() - 1: the table of 2017, rebuilt */
void study_tell_published(struct page *page,
			  const struct study_results *results);

/** study_tell_effects() - 2: every setting, ranked, and what follows */
void study_tell_effects(struct page *page,
			const struct study_results *results);

/** study_tell_timers() - 3: mechanisms, lead times */
void study_tell_timers(struct page *page, const struct study_results *results);

/** study_tell_guests() - 4: what Linux adds */
void study_tell_guests(struct page *page, const struct study_results *results);

#endif
