/* SPDX-License-Identifier: MIT */
/*
 * The proofs of one CPU's account; see enum report_proof. Pure.
 */
#ifndef XLAT_PROOF_H
#define XLAT_PROOF_H

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * proof_try() - try every proof on @cpu and judge
 * @out: .proof, .verdict and .why are set
 *
 * Return: 0 or -ENOMEM.
 */
int proof_try(const struct run_cpu *cpu, struct report_summary *out);

#endif /* XLAT_PROOF_H */
