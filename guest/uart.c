// SPDX-License-Identifier: MIT
/*
 * Serial ports: Arm's PL011 (DDI 0183); the SBSA UART and Xen's vpl011, which
 * are subsets of it; the Cadence UART of Zynq (UG585, UG1087). The speed stays
 * as the boot loader set it.
 */
#include <stddef.h>

#include "dt.h"
#include "mmu.h"
#include "registers.h"
#include "uart.h"

#define PL011_DR		0x00
#define PL011_FR		0x18
#define PL011_FR_BUSY		(1 << 3)
#define PL011_FR_TXFF		(1 << 5)
#define PL011_LCRH		0x2c
#define PL011_LCRH_8BIT_FIFO	(3 << 5 | 1 << 4)
#define PL011_CR		0x30
#define PL011_CR_UARTEN		(1 << 0)
#define PL011_CR_TXE		(1 << 8)

#define CADENCE_CR		0x00
#define CADENCE_CR_TX_RX	(3 << 2 | 3 << 4)
#define CADENCE_CR_TX_EN	(1 << 4)
#define CADENCE_SR		0x2c
#define CADENCE_SR_TXEMPTY	(1 << 3)
#define CADENCE_SR_TXFULL	(1 << 4)
#define CADENCE_SR_TACTIVE	(1 << 11)
#define CADENCE_FIFO		0x30

static uint64_t base;

static void pl011_put(uint8_t byte)
{
	while (read_device(base + PL011_FR) & PL011_FR_TXFF)
		;
	write_device(base + PL011_DR, byte);
}

static void pl011_flush(void)
{
	while (read_device(base + PL011_FR) & PL011_FR_BUSY)
		;
}

static void pl011_open(void)
{
	uint32_t control = read_device(base + PL011_CR);

	if ((control & PL011_CR_UARTEN) && (control & PL011_CR_TXE))
		return;
	write_device(base + PL011_LCRH, PL011_LCRH_8BIT_FIFO);
	write_device(base + PL011_CR, PL011_CR_UARTEN | PL011_CR_TXE);
}

static void cadence_put(uint8_t byte)
{
	while (read_device(base + CADENCE_SR) & CADENCE_SR_TXFULL)
		;
	write_device(base + CADENCE_FIFO, byte);
}

static void cadence_flush(void)
{
	while ((read_device(base + CADENCE_SR) &
		(CADENCE_SR_TXEMPTY | CADENCE_SR_TACTIVE)) != CADENCE_SR_TXEMPTY)
		;
}

static void cadence_open(void)
{
	uint32_t control = read_device(base + CADENCE_CR);

	write_device(base + CADENCE_CR,
		     (control & ~CADENCE_CR_TX_RX) | CADENCE_CR_TX_EN);
}

/* An SBSA UART needs no opening: it has no control registers. */
static const struct uart {
	const char *compatible;
	void (*open)(void);
	struct console console;
} uarts[] = {
	{ "arm,pl011", pl011_open, { "pl011", pl011_put, pl011_flush } },
	{ "arm,sbsa-uart", NULL, { "sbsa-uart", pl011_put, pl011_flush } },
	{ "cdns,uart-r1p12", cadence_open,
	  { "cadence", cadence_put, cadence_flush } },
	{ "xlnx,xuartps", cadence_open,
	  { "cadence", cadence_put, cadence_flush } },
};

enum { UARTS = sizeof(uarts) / sizeof(uarts[0]) };

static const struct console *open_at(int node, const struct uart *uart)
{
	struct dt_range range;

	if (!dt_reg(node, 0, &range) ||
	    !mmu_map_device(range.base, range.size))
		return NULL;
	base = range.base;
	if (uart->open)
		uart->open();
	return &uart->console;
}

const struct console *uart_find(void)
{
	const struct console *found = NULL;
	int n, node = dt_stdout();

	for (n = 0; !found && n < UARTS; n++)
		if (dt_is(node, uarts[n].compatible))
			found = open_at(node, &uarts[n]);
	for (n = 0; !found && n < UARTS; n++)
		found = open_at(dt_find(uarts[n].compatible), &uarts[n]);
	return found;
}
