/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Drives a session from a test program. Functions return 0 or -errno and print
 * nothing.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <uapi/xlat.h>

enum { CPUS_MAX = 64, SOURCES = 3 };

struct session {
	int fd;
	struct xlat_setup setup;
	uint64_t cpus;
	const struct xlat_map *map[CPUS_MAX];
};

/* Set defaults: limit 0, 4096 slots, no dither. Opens nothing. */
void session_init(struct session *s, uint32_t source, uint64_t cpus,
		  uint64_t period_ns);

int session_open(struct session *s);
int session_setup(struct session *s);
int session_map(struct session *s);
int session_begin(struct session *s);	/* open, setup, map; undone on error */
int session_start(struct session *s);
int session_stop(struct session *s);
int session_unmap(struct session *s);
int session_close(struct session *s);	/* unmap and close */

/*
 * Wait for POLLHUP. Returns -ETIME when CLOCK_MONOTONIC reaches @end_ns, or after
 * @ms milliseconds in all, whatever other events come.
 */
int session_wait_until(struct session *s, uint64_t end_ns);
int session_wait(struct session *s, int ms);
uint64_t clock_ns(void);		/* CLOCK_MONOTONIC */

/*
 * Begin and start; with a limit, wait for the end, else sleep for @ms; stop.
 * The maps stay mapped.
 */
int session_record(struct session *s, int ms);

int session_control(struct session *s, unsigned long command);
int session_info(struct xlat_info *info);

/*
 * What the kernel itself says about xlat, in two places that xlat does not
 * write; -1: it does not say.
 */
int session_hrtimers(void);		/* armed */
int session_interrupts(void);		/* claimed: phys and virt */

/* Wait until a program measures with this source; false: none in a minute. */
bool session_wait_elsewhere(uint32_t source);

/* The sources of this machine. */
bool source_free(uint32_t source);
const char *source_name(uint32_t source);

/* The machine. */
uint64_t cpus_online(void);
unsigned int cpu_last(void);		/* the highest CPU online */
int cpu_set_online(unsigned int cpu, bool online);
int pin_to(unsigned int cpu);
void sleep_ms(unsigned int ms);

/* Kernel modules. */
int module_load(const char *path, const char *parameters);
int module_unload(const char *name);

#endif
