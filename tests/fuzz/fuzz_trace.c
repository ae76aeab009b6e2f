// SPDX-License-Identifier: GPL-2.0
/*
 * What the lab reads of traces: a trace file with random damage, whose checksums
 * are right or wrong; and an ELF file with random damage, of which it takes the
 * first words of a function.
 */
#include <elf.h>

#include "fuzz.h"
#include "lab/trace/file.h"
#include "lab/trace/first_words.h"

#define ROUNDS	100000
#define SIZE	4096

static _Alignas(8) uint8_t file[SIZE];
static size_t size;

static void add(const void *bytes, size_t length)
{
	ck_assert_uint_le(size + length, SIZE);
	memcpy(file + size, bytes, length);
	size += length;
}

static void add_chunk(uint32_t tag, uint32_t sequence, uint32_t bytes)
{
	uint8_t content[256] = { 0 };
	struct trace_run run = { 1, 2, 8 };
	struct trace_chunk chunk;

	if (tag == TRACE_RUNS)
		memcpy(content, &run, sizeof(run));
	chunk = trace_chunk_make(tag, sequence, content, bytes);
	add(&chunk, sizeof(chunk));
	add(content, bytes);
}

static void make_trace(void)
{
	static const uint32_t bytes[] = {
		[TRACE_PLACE] = 24, [TRACE_BLOCKS] = 80, [TRACE_RUNS] = 32,
		[TRACE_PATH] = 48, [TRACE_LOST] = 32, [TRACE_SAMPLE] = 80,
		[TRACE_DONE] = 72,
	};
	struct trace_header header = trace_header_make(4, 0);
	uint32_t tag;

	size = 0;
	add(&header, sizeof(header));
	for (tag = TRACE_PLACE; tag <= TRACE_DONE; tag++)
		add_chunk(tag, tag - TRACE_PLACE, bytes[tag]);
}

static void damage(uint8_t *bytes, size_t length)
{
	uint64_t n = 1 + fuzz_draw(4);

	while (n--)
		bytes[fuzz_draw(length)] ^= (uint8_t)(1 << fuzz_draw(8));
}

/* Make a chunk's checksum right again, if its size is. */
static void mend(size_t at)
{
	struct trace_chunk chunk;

	memcpy(&chunk, file + at, sizeof(chunk));
	if (chunk.bytes > size - at - sizeof(chunk))
		return;
	chunk = trace_chunk_make(chunk.tag, chunk.sequence,
				 file + at + sizeof(chunk), chunk.bytes);
	memcpy(file + at, &chunk, sizeof(chunk));
}

/* The entries of all runs are in the chunk. */
static void check_runs(const uint8_t *content, uint32_t bytes)
{
	struct trace_run run;

	while (bytes) {
		ck_assert_uint_ge(bytes, sizeof(run));
		memcpy(&run, content, sizeof(run));
		ck_assert_uint_le(run.entries, (bytes - sizeof(run)) / 8);
		content += sizeof(run) + 8 * (size_t)run.entries;
		bytes -= (uint32_t)sizeof(run) + 8 * run.entries;
	}
}

static void read_trace(const uint8_t *bytes, size_t length)
{
	struct trace_header header;
	struct trace_reader reader;
	struct trace_chunk chunk;
	const void *content;

	if (trace_open(&reader, bytes, length, &header))
		return;
	while (!trace_next(&reader, &chunk, &content)) {
		const uint8_t *end = (const uint8_t *)content + chunk.bytes;

		ck_assert(end <= bytes + length);
		if (chunk.tag == TRACE_RUNS)
			check_runs(content, chunk.bytes);
		else if (chunk.tag == TRACE_SAMPLE)
			ck_assert_uint_eq(chunk.bytes,
					  sizeof(struct trace_sample));
	}
	ck_assert_uint_le(reader.at, length);
}

/* In memory of just its length, so that a read behind it is found. */
static void read_copy(size_t length)
{
	uint8_t *copy = malloc(length + !length);

	memcpy(copy, file, length);
	read_trace(copy, length);
	free(copy);
}

START_TEST(damaged_traces)
{
	int round, rounds = fuzz_rounds(ROUNDS);

	fuzz_seed = 0x7ace;
	for (round = 0; round < rounds; round++) {
		make_trace();
		damage(file, size);
		if (round % 2)
			mend(sizeof(struct trace_header) + (round / 2 % 2 ?
			     16 + 24 : 16 + 24 + 16 + 80));
		read_copy(round % 3 ? size : (size_t)fuzz_draw(size));
	}
}
END_TEST

enum { TEXT = 1, RELA, SYMTAB, STRTAB, NAMES, SECTIONS };

static struct elf {
	Elf64_Ehdr header;
	Elf64_Shdr section[SECTIONS];
	Elf64_Sym symbol[2];
	Elf64_Rela rela[3];
	uint32_t text[16];
	char strings[8], names[24];
} elf;

static void describe(int n, unsigned int type, size_t at, size_t bytes,
		     unsigned int link, unsigned int info)
{
	elf.section[n].sh_type = type;
	elf.section[n].sh_offset = at;
	elf.section[n].sh_size = bytes;
	elf.section[n].sh_link = link;
	elf.section[n].sh_info = info;
}

static void make_elf(void)
{
	int n;

	memset(&elf, 0, sizeof(elf));
	memcpy(elf.header.e_ident, ELFMAG, SELFMAG);
	elf.header.e_ident[EI_CLASS] = ELFCLASS64;
	elf.header.e_ident[EI_DATA] = ELFDATA2LSB;
	elf.header.e_type = ET_REL;
	elf.header.e_machine = EM_AARCH64;
	elf.header.e_shoff = offsetof(struct elf, section);
	elf.header.e_shentsize = sizeof(Elf64_Shdr);
	elf.header.e_shnum = SECTIONS;
	elf.header.e_shstrndx = NAMES;
	memcpy(elf.strings, "\0fire", 6);
	memcpy(elf.names, "\0.altinstructions", 18);
	for (n = 0; n < 16; n++)
		elf.text[n] = 0x91000400 + (uint32_t)n;
	describe(TEXT, SHT_PROGBITS, offsetof(struct elf, text),
		 sizeof(elf.text), 0, 0);
	describe(RELA, SHT_RELA, offsetof(struct elf, rela), sizeof(elf.rela),
		 SYMTAB, TEXT);
	describe(SYMTAB, SHT_SYMTAB, offsetof(struct elf, symbol),
		 sizeof(elf.symbol), STRTAB, 0);
	describe(STRTAB, SHT_STRTAB, offsetof(struct elf, strings),
		 sizeof(elf.strings), 0, 0);
	describe(NAMES, SHT_STRTAB, offsetof(struct elf, names),
		 sizeof(elf.names), 0, 0);
	elf.symbol[1] = (Elf64_Sym){ 1, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), 0,
				     TEXT, 0, sizeof(elf.text) };
	elf.rela[1].r_offset = 8;
}

START_TEST(damaged_elf_files)
{
	int round, rounds = fuzz_rounds(ROUNDS);
	struct pattern pattern;

	fuzz_seed = 0xe1f;
	for (round = 0; round < rounds; round++) {
		size_t length = sizeof(elf) - (round % 3 ? 0 :
					       (size_t)fuzz_draw(sizeof(elf)));
		void *copy = malloc(length);

		make_elf();
		if (round)
			damage((uint8_t *)&elf, sizeof(elf));
		memcpy(copy, &elf, length);
		if (!first_words(&pattern, copy, length, "fire"))
			ck_assert_uint_le(pattern.words, FIRST_WORDS);
		free(copy);
	}
}
END_TEST

/* The file without damage is one that is read. */
START_TEST(what_is_damaged_is_good)
{
	struct pattern pattern;
	struct trace_header header;
	struct trace_reader reader;
	struct trace_chunk chunk;
	const void *content;
	int chunks = 0;

	make_trace();
	ck_assert_ptr_null(trace_open(&reader, file, size, &header));
	while (!trace_next(&reader, &chunk, &content))
		chunks++;
	ck_assert_int_eq(chunks, TRACE_DONE - TRACE_PLACE + 1);
	make_elf();
	ck_assert_ptr_null(first_words(&pattern, &elf, sizeof(elf), "fire"));
	ck_assert_uint_eq(pattern.words, 16);
	ck_assert(pattern.any[2] && !pattern.any[3]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fuzz: traces");

	unit_add(suite, what_is_damaged_is_good);
	unit_add(suite, damaged_traces);
	unit_add(suite, damaged_elf_files);
	return unit_run(suite);
}
