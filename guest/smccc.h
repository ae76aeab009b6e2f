/* SPDX-License-Identifier: MIT */
/*
 * Calls to what runs above: PSCI (DEN 0022) and who answers them (SMC Calling
 * Convention, DEN 0028).
 */
#ifndef GUEST_SMCCC_H
#define GUEST_SMCCC_H

#include <uapi/xlat.h>

/** smccc_ask() - ask the device tree and SMCCC who is below */
void smccc_ask(struct xlat_answers *answers);

/** smccc_power_off() - PSCI SYSTEM_OFF; stops where there is no PSCI */
void smccc_power_off(void) __attribute__((noreturn));

#endif /* GUEST_SMCCC_H */
