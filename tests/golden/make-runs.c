// SPDX-License-Identifier: MIT
/*
 * Writes the runs from which the golden outputs are made into the current
 * directory. They are the same on every machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_format.h"
#include "core/grid.h"
#include "tests/synthetic.h"

/* Under a hypervisor: later, sometimes by a whole period; once early. */
static int64_t emulated(uint32_t cpu, uint64_t i)
{
	int64_t body = 4830 + (int64_t)xlat_draw(cpu + 10, i, 60);

	if (i < 2)
		return body + 2200;
	if (i == 900)
		return 3 * 1009000 + 17;
	return i == 1200 ? -35 : body;
}

static int64_t in_16_ns_ticks(uint32_t cpu, uint64_t i)
{
	return emulated(cpu, i) / 16;
}

static void write_run(const struct synthetic *s, const char *path,
		      void (*spoil)(struct run *run))
{
	struct run run;

	synthetic_run(s, &run);
	if (spoil)
		spoil(&run);
	if (synthetic_write(&run, path)) {
		fprintf(stderr, "make-runs: cannot write %s\n", path);
		exit(1);
	}
	run_free(&run);
}

static void killed(struct run *run)
{
	size_t i;

	for (i = 0; i < run->cpu_count; i++) {
		run->cpus[i].final = false;
		run->cpus[i].map.after = (struct xlat_probe) { 0 };
	}
	run->complete = false;
}

static void wrong_bucket(struct run *run)
{
	size_t i = 0;

	while (!run->cpus[0].late[i])
		i++;
	run->cpus[0].late[i]--;
	run->cpus[0].late[i + 1]++;
}

static void offline(struct run *run)
{
	struct run_cpu *cpu = &run->cpus[1];

	cpu->map.end_reason = XLAT_END_OFFLINE;
	cpu->map.after = (struct xlat_probe) { 0 };
	run->cpus[0].map.after.loop_ticks += run->cpus[0].map.after.loop_ticks / 50;
}

static void stopped_for_protection(struct run *run)
{
	run->cpus[0].map.end_reason = XLAT_END_SHARE;
	run->cpus[1].map.end_reason = XLAT_END_SUSPEND;
}

/* The timer of CPU 1 stopped after its last sample. */
static void died(struct run *run)
{
	struct xlat_map *map = &run->cpus[1].map;

	map->stop_ticks += 1990 * map->period_ticks;
	map->counters.unserved += 1990;
}

static void forget_environment(struct run *run)
{
	run->environment[0] = '\0';
}

static void no_environment(struct run *run)
{
	free(run->environment);
	run->environment = NULL;
}

static void later_map(struct run *run)
{
	for (size_t i = 0; i < run->cpu_count; i++)
		run->cpus[i].map.version = XLAT_ABI_VERSION + 1;
}

static size_t read_bytes(const char *path, void *bytes, size_t size)
{
	FILE *in = fopen(path, "rb");
	size_t length = in ? fread(bytes, 1, size, in) : 0;

	if (!length || fclose(in))
		exit(1);
	return length;
}

static void write_bytes(const char *path, const void *bytes, size_t length)
{
	FILE *out = fopen(path, "wb");

	if (!out || fwrite(bytes, 1, length, out) != length || fclose(out))
		exit(1);
}

/* Copies @from up to its first block @until, or without @less bytes. */
static void copy_part(const char *from, const char *to, uint32_t until,
		      size_t less)
{
	static uint8_t bytes[1 << 20];
	size_t length = read_bytes(from, bytes, sizeof(bytes)), at = 0;

	while (until && get_u32(bytes + at + BLOCK_KIND) != until)
		at += BLOCK_HEADER + get_u32(bytes + at + BLOCK_LENGTH);
	write_bytes(to, bytes, until ? at : length - less);
}

/* Damages four bytes in the middle of the file. */
static void damage(const char *from, const char *to)
{
	static char bytes[1 << 20];
	size_t length = read_bytes(from, bytes, sizeof(bytes));

	memset(bytes + length / 2, 0xa5, 4);
	write_bytes(to, bytes, length);
}

/* Copies @from and damages its block number @before of @kind. */
static void without_block(const char *from, const char *to, uint32_t kind,
			  int before)
{
	static uint8_t bytes[1 << 20];
	size_t length = read_bytes(from, bytes, sizeof(bytes)), at = 0;

	while (get_u32(bytes + at + BLOCK_KIND) != kind || before--)
		at += BLOCK_HEADER + get_u32(bytes + at + BLOCK_LENGTH);
	bytes[at + BLOCK_HEADER] ^= 1;
	write_bytes(to, bytes, length);
}

/* Writes @one and @other one after the other, like cat. */
static void join(const char *one, const char *other, const char *to)
{
	static uint8_t bytes[1 << 20];
	size_t length = read_bytes(one, bytes, sizeof(bytes));

	length += read_bytes(other, bytes + length, sizeof(bytes) - length);
	write_bytes(to, bytes, length);
}

/* Runs in which the length of a tick is unknown; @insn counts instructions. */
static void write_tick_unknown(struct synthetic insn)
{
	write_run(&insn, "no-environment.xlat", no_environment);
	without_block("insn.xlat", "environment-damaged.xlat",
		      BLOCK_ENVIRONMENT, 0);
	without_block("insn.xlat", "format-damaged.xlat", BLOCK_FORMAT, 0);
	write_run(&insn, "later-map.xlat", later_map);
	insn.environment = "{\"instructions\": true, \"insn_shift\": 3,"
			   " \"scenario\": \"\\u0000\"}";
	write_run(&insn, "nul.xlat", NULL);
	join("insn.xlat", "coarse.xlat", "two.xlat");
}

/* Control characters, and a character that the size limit of a fact cuts. */
static const char hostile[] =
	"{\"scenario\": \"\\u001b[2J\\n"
	"012345678901234567890123456789012345678901234567890123456789"
	"012345678901234567890123456789012345678901234567890123456789\u20ac\"}";

#define XEN(version, line, debug, more) \
	"{\"scenario\": \"xen-domu\", \"mechanism\": \"emulated\"," \
	" \"backing_timer\": \"own\", \"physical_cpus\": \"2-3\"," \
	" \"kernel\": {\"release\": \"6.1.0\", \"version\": \"#1 SMP\"," \
	"  \"machine\": \"aarch64\", \"hz\": 250, \"cmdline\": \"quiet " more "\"," \
	"  \"config_digest\": \"crc32:00000001\"}," \
	" \"cpu\": {\"online\": \"0-1\", \"model\": \"implementer 0x41 part 0xd03\"," \
	"  \"governor\": {\"0\": \"performance\", \"1\": \"performance\"}}," \
	" \"hypervisor\": {\"type\": \"xen\", \"version\": \"" version "\"}," \
	" \"host\": {\"xen\": {\"commandline\": \"dom0_mem=1G " line "\"," \
	"  \"scheduler\": \"credit2\", \"debug\": \"" debug "\"}}}"

static void write_xen(struct synthetic s)
{
	s.environment = XEN("4.17.7", "vwfi=trap", "n", "console=hvc0");
	write_run(&s, "xen-trap.xlat", NULL);
	s.environment = XEN("4.18.0", "vwfi=native", "y", "console=hvc0 nohz=off");
	write_run(&s, "xen-native.xlat", NULL);
}

/* The same run in more blocks: the recorder woke up more often. */
static void in_three_blocks(struct run *run)
{
	for (size_t i = 0; i < run->cpu_count; i++) {
		struct run_cpu *cpu = &run->cpus[i];

		cpu->spans = realloc(cpu->spans, 3 * sizeof(*cpu->spans));
		for (cpu->span_count = 0; cpu->span_count < 3; cpu->span_count++)
			cpu->spans[cpu->span_count] = (struct run_span) {
				cpu->span_count * 4, cpu->span_count * 4,
			};
	}
}

/* CPU 2 skips sample numbers though no samples are lost, then counts back. */
static void wrong_number(struct run *run)
{
	in_three_blocks(run);
	run->cpus[0].spans[1].first += 5;
}

/* Runs under a hypervisor, and damaged runs. */
static void write_domu(struct synthetic domu)
{
	domu.lateness = emulated;
	domu.first_cpu = 0;
	domu.dither_ticks = 5000;
	domu.environment =
		"{\"scenario\": \"xen-domu\", \"mechanism\": \"emulated\","
		" \"backing_timer\": \"arch_sys_timer\", \"physical_cpus\": \"2-3\","
		" \"kernel\": {\"release\": \"6.1.0\", \"version\": \"#1 SMP\", \"hz\": 250},"
		" \"hypervisor\": {\"type\": \"xen\", \"version\": \"4.17\"},"
		" \"cpu\": {\"online\": \"0-1\"}}";
	write_run(&domu, "domu.xlat", NULL);
	write_run(&domu, "killed.xlat", killed);
	write_run(&domu, "wrong-bucket.xlat", wrong_bucket);
	write_run(&domu, "offline.xlat", offline);
	write_run(&domu, "died.xlat", died);
	write_run(&domu, "forgotten.xlat", forget_environment);
	damage("domu.xlat", "damaged.xlat");
	copy_part("killed.xlat", "cut.xlat", 0, 100);
	copy_part("domu.xlat", "start.xlat", BLOCK_SETUP, 0);
	write_run(&domu, "protected.xlat", stopped_for_protection);
	write_xen(domu);
	domu.lost_from = 300;
	domu.lost = 77;
	write_run(&domu, "lost.xlat", NULL);
	domu.lost_from = 870;
	write_run(&domu, "lost-with-missed.xlat", NULL);
}

static void write_hrtimer(struct synthetic hrtimer)
{
	hrtimer.source = XLAT_SOURCE_HRTIMER;
	hrtimer.stage = XLAT_STAGE_T2;
	write_run(&hrtimer, "native-hrtimer.xlat", NULL);
	hrtimer.lateness = emulated;
	write_run(&hrtimer, "slow-hrtimer.xlat", NULL);
	hrtimer.environment = hostile;
	write_run(&hrtimer, "hostile-\xff.xlat", NULL);
}

/* A clock of 62.5 MHz, in time and in instructions. */
static void write_coarse(struct synthetic s)
{
	s.tick_hz = 62500000;
	s.period_ticks = 63062;
	s.loop_ticks = 50000;
	s.environment =
		"{\"scenario\": \"native\", \"mechanism\": \"ppi\","
		" \"instructions\": true, \"insn_shift\": 3}";
	write_run(&s, "insn.xlat", NULL);
	s.environment = NULL;
	s.lateness = in_16_ns_ticks;
	s.loop_ticks = 6250;
	write_run(&s, "coarse.xlat", NULL);
	s.lateness = NULL;
	s.loop_ticks = 50000;
	write_tick_unknown(s);
}

static int64_t by_seconds(uint32_t cpu, uint64_t i)
{
	return i % 2 ? 8000000000 + cpu : 1000;
}

/* Values that are wider than a column. */
static void write_wide(struct synthetic s)
{
	s.period_ticks = XLAT_PERIOD_MAX_NS;
	s.lateness = by_seconds;
	write_run(&s, "wide.xlat", NULL);
}

static void write_many(struct synthetic many)
{
	many.first_cpu = 0;
	many.cpu_count = 10;
	many.count = 100;
	write_run(&many, "many.xlat", NULL);
	many.count = 0;
	write_run(&many, "empty.xlat", NULL);
}

static void write_few(struct synthetic few)
{
	few.count = 12;
	write_run(&few, "few.xlat", in_three_blocks);
	without_block("few.xlat", "few-damaged.xlat", BLOCK_SAMPLES, 1);
	write_run(&few, "few-wrong.xlat", wrong_number);
	few.lost_from = 5;
	few.lost = 3;
	write_run(&few, "few-lost.xlat", NULL);
	write_run(&few, "few-killed.xlat", killed);
}

int main(void)
{
	struct synthetic phys = synthetic_defaults(), virt = phys;

	virt.source = XLAT_SOURCE_VIRT;
	write_run(&phys, "native.xlat", NULL);
	write_run(&virt, "native-virt.xlat", NULL);
	write_domu(phys);
	write_hrtimer(phys);
	write_coarse(phys);
	write_many(phys);
	write_wide(phys);
	write_few(phys);
	return 0;
}
