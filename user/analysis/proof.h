/* SPDX-License-Identifier: MIT */
/*
 * Proves that the account of one CPU is complete: enum report_proof. No I/O.
 */
#ifndef XLAT_PROOF_H
#define XLAT_PROOF_H

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * proof_try() - try every proof on @cpu and derive the verdict
 * @out: sets .proof, .verdict and .why
 *
 * Return: 0 or -ENOMEM.
 */
int proof_try(const struct run_cpu *cpu, struct report_summary *out);

#endif /* XLAT_PROOF_H */
