/* SPDX-License-Identifier: MIT */
/* Memory for the samples: RAM that nothing else occupies. */
#ifndef GUEST_ROOM_H
#define GUEST_ROOM_H

#include <stdint.h>

/** room_find() - @size mapped bytes of free RAM, zeroed; NULL: there is none */
void *room_find(uint64_t size);

#endif /* GUEST_ROOM_H */
