/* SPDX-License-Identifier: MIT */
/* The serial ports that the guest supports. */
#ifndef GUEST_UART_H
#define GUEST_UART_H

#include "console.h"

/** uart_find() - a serial port of the device tree; NULL: none is supported */
const struct console *uart_find(void);

#endif /* GUEST_UART_H */
