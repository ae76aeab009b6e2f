/* SPDX-License-Identifier: GPL-2.0 */
/* The report: what was computed, as a page. */
#ifndef LAB_STUDY_REPORT_H
#define LAB_STUDY_REPORT_H

#include "page.h"
#include "results.h"

/** study_report() - the whole report
 *
 * A section that would have no content is left out.
 */
void study_report(struct page *page, const struct study_results *results);

/** study_report_published() - the table of 2017, rebuilt */
void study_report_published(struct page *page,
			  const struct study_results *results);

/** study_report_effects() - effects of the settings, ranked, and the advice */
void study_report_effects(struct page *page,
			const struct study_results *results);

/** study_report_timers() - mechanisms, lead times */
void study_report_timers(struct page *page, const struct study_results *results);

/** study_report_guests() - what Linux adds */
void study_report_guests(struct page *page, const struct study_results *results);

#endif
