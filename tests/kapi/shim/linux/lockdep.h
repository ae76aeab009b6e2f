/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LOCKDEP_H
#define SHIM_LOCKDEP_H

#define lockdep_assert_irqs_disabled()	do { } while (0)

#endif
