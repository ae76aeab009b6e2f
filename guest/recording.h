/* SPDX-License-Identifier: MIT */
/* A finished measurement as the file of docs/format.md, sent as it is made. */
#ifndef GUEST_RECORDING_H
#define GUEST_RECORDING_H

#include "measure.h"

/** recording_send() - @environment: the JSON document */
void recording_send(const struct measurement *measurement,
		    const char *environment, const char *name);

#endif /* GUEST_RECORDING_H */
