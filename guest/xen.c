// SPDX-License-Identifier: MIT
#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

#include "mmu.h"
#include "registers.h"
#include "xen.h"

/* Hypercalls, their operations, and the id by which a domain names itself. */
enum { XEN_VERSION = 17, SCHED_OP = 29, EVENT_CHANNEL_OP = 32, HVM_OP = 34 };
enum { XENVER_VERSION = 0, XENVER_EXTRAVERSION = 1, XENVER_GUEST_HANDLE = 8 };
enum { SCHEDOP_YIELD = 0, EVTCHNOP_SEND = 4, HVMOP_GET_PARAM = 1 };
enum { HVM_PARAM_CONSOLE_PFN = 17, HVM_PARAM_CONSOLE_EVTCHN = 18 };
#define DOMID_SELF		0x7ff0

struct hvm_param {
	uint16_t domain;
	uint16_t pad;
	uint32_t index;
	uint64_t value;
};

/* io/console.h */
struct ring {
	char in[1024];
	char out[2048];
	uint32_t in_consumed, in_produced;
	uint32_t out_consumed, out_produced;
};

static bool is_xen;
static volatile struct ring *ring;
static uint32_t port;

/* arch-arm.h: hvc #0xea1, with the number in x16 and the arguments from x0 */
static int64_t hypercall(uint64_t number, uint64_t operation, void *argument)
{
	register uint64_t x16 asm("x16") = number;
	register uint64_t x0 asm("x0") = operation;
	register uint64_t x1 asm("x1") = (uint64_t)argument;

	asm volatile("hvc #0xea1" : "+r" (x0), "+r" (x1), "+r" (x16) : :
		     "memory");
	return (int64_t)x0;
}

void xen_find(uint32_t hypervisor)
{
	is_xen = hypervisor == XLAT_HYP_XEN;
}

void xen_version(struct text *text)
{
	char extra[16] = "";
	int64_t version;

	if (!is_xen)
		return;
	version = hypercall(XEN_VERSION, XENVER_VERSION, NULL);
	hypercall(XEN_VERSION, XENVER_EXTRAVERSION, extra);
	extra[sizeof(extra) - 1] = '\0';
	text_add(text, "%u.%u%s", (unsigned int)(version >> 16) & 0xffff,
		 (unsigned int)version & 0xffff, extra);
}

void xen_uuid(struct text *text)
{
	uint8_t uuid[16] = { 0 };
	unsigned int i;

	if (!is_xen || hypercall(XEN_VERSION, XENVER_GUEST_HANDLE, uuid) < 0)
		return;
	for (i = 0; i < sizeof(uuid); i++)
		text_add(text, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ?
			 "-" : "", uuid[i]);
}

static bool get_param(uint32_t index, uint64_t *value)
{
	struct hvm_param param = { .domain = DOMID_SELF, .index = index };

	if (hypercall(HVM_OP, HVMOP_GET_PARAM, &param))
		return false;
	*value = param.value;
	return true;
}

static void notify(void)
{
	uint32_t argument = port;

	hypercall(EVENT_CHANNEL_OP, EVTCHNOP_SEND, &argument);
}

static void yield(void)
{
	hypercall(SCHED_OP, SCHEDOP_YIELD, NULL);
}

/* Notifies the other end after each line, and when the ring is full. */
static void xen_put(uint8_t byte)
{
	uint32_t at = ring->out_produced;

	if (at - ring->out_consumed == sizeof(ring->out))
		notify();
	while (at - ring->out_consumed == sizeof(ring->out))
		yield();
	dsb();			/* write only after out_consumed was read */
	ring->out[at % sizeof(ring->out)] = (char)byte;
	dsb();			/* the byte before the new out_produced */
	ring->out_produced = at + 1;
	if (byte == '\n') {
		dsb();
		notify();
	}
}

static void xen_flush(void)
{
	notify();
	while (ring->out_consumed != ring->out_produced)
		yield();
}

static const struct console xen_console = { "xen", xen_put, xen_flush };

/*
 * The page of the ring is not part of the RAM in the device tree. If a dom0less
 * domain has no ring, its page number is 0 or all ones.
 */
const struct console *xen_console_find(void)
{
	uint64_t page, channel;

	if (!is_xen || !get_param(HVM_PARAM_CONSOLE_PFN, &page) ||
	    !get_param(HVM_PARAM_CONSOLE_EVTCHN, &channel))
		return NULL;
	if (!page || page == UINT64_MAX || !channel || channel == UINT64_MAX ||
	    !mmu_map_memory(page << 12, 4096))
		return NULL;
	ring = (volatile struct ring *)(page << 12);
	port = (uint32_t)channel;
	return &xen_console;
}
