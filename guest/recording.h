/* SPDX-License-Identifier: MIT */
/*
 * Encodes a finished measurement as the file of docs/format.md. Each block is
 * sent as soon as it is encoded.
 */
#ifndef GUEST_RECORDING_H
#define GUEST_RECORDING_H

#include "measure.h"

/** recording_send() - send the file as run @name; @environment: JSON text */
void recording_send(const struct measurement *measurement,
		    const char *environment, const char *name);

#endif /* GUEST_RECORDING_H */
