/* SPDX-License-Identifier: MIT */
/*
 * Calls to firmware or hypervisor: PSCI (DEN 0022), and the question of which
 * hypervisor runs below (SMC Calling Convention, DEN 0028).
 */
#ifndef GUEST_SMCCC_H
#define GUEST_SMCCC_H

#include <uapi/xlat.h>

/** smccc_ask() - ask the device tree and SMCCC which hypervisor runs below */
void smccc_ask(struct xlat_answers *answers);

/** smccc_power_off() - PSCI SYSTEM_OFF; without PSCI, sleep for ever */
void smccc_power_off(void) __attribute__((noreturn));

#endif /* GUEST_SMCCC_H */
