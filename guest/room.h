/* SPDX-License-Identifier: MIT */
/* Memory for the samples: RAM that nothing else uses. */
#ifndef GUEST_ROOM_H
#define GUEST_ROOM_H

#include <stdint.h>

/** room_find() - map and zero @size bytes of free RAM; NULL: not enough RAM */
void *room_find(uint64_t size);

#endif /* GUEST_ROOM_H */
