// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "symbols_check.h"
#include "symbols_elf.h"
#include "symbols_file.h"
#include "symbols_kallsyms.h"

enum { FIRST_ROOM = 1 << 20 };

static int refuse(char why[SYMBOLS_WHY], int error, const char *text)
{
	snprintf(why, SYMBOLS_WHY, "%s", text);
	return error;
}

/* What the first bytes of a file say that cannot be read here. */
static const struct {
	size_t at, length;
	const char *bytes;
	const char *what;
} others[] = {
	{ 0, 6, "\xfd" "7zXZ", "compressed with xz: decompress it first" },
	{ 0, 4, "\x28\xb5\x2f\xfd", "compressed with zstd: decompress it first" },
	{ 4, 4, "zimg", "an EFI image that holds a compressed kernel (CONFIG_EFI_ZBOOT): give the Image of the build" },
	{ 514, 4, "HdrS", "a kernel for x86: only arm64 is known" },
};

static const char *what_else(const struct bytes *b)
{
	size_t i;

	if (!b->at || !b->size)
		return "the file is empty";
	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (bytes_hold(b, others[i].at, others[i].length) &&
		    !memcmp(b->at + others[i].at, others[i].bytes,
			    others[i].length))
			return others[i].what;
	return "neither an ELF file nor an arm64 image of Linux or Xen";
}

/* Is the table of the code beside it? */
static int check_calls(const struct symbols *table, char why[SYMBOLS_WHY])
{
	struct symbols_calls calls = symbols_count_calls(table);

	if (symbols_calls_fit(&calls))
		return 0;
	snprintf(why, SYMBOLS_WHY, "the symbol table does not fit the code: only %zu of %zu calls lead to the beginning of a function",
		 calls.met, calls.calls);
	return -EINVAL;
}

static int decode_image(const struct bytes *b, struct symbols_file *file,
			char why[SYMBOLS_WHY])
{
	struct image_facts facts;
	const char *layout;
	int error;

	if (image_read(b, &facts))
		return refuse(why, -EINVAL, "an arm64 image without a branch at its beginning");
	error = kallsyms_read(b, &facts, &file->table, &layout, why);
	if (error)
		return error;
	snprintf(file->kind, sizeof(file->kind),
		 "arm64 image, symbol table as in %s", layout);
	snprintf(file->version, sizeof(file->version), "%s", facts.version);
	snprintf(file->build_id, sizeof(file->build_id), "%s", facts.build_id);
	return check_calls(&file->table, why);
}

static int decode_elf(const struct bytes *b, struct symbols_file *file,
		      char why[SYMBOLS_WHY])
{
	static const char *const kinds[] = {
		[ELF_PROGRAM] = "ELF, arm64 program",
		[ELF_MODULE] = "ELF, arm64 module of Linux",
		[ELF_OBJECT] = "ELF, arm64 object file",
	};
	struct elf_facts facts;
	int error = elf_read(b, &file->table, &facts, why);

	if (error)
		return error;
	snprintf(file->kind, sizeof(file->kind), "%s", kinds[facts.kind]);
	snprintf(file->build_id, sizeof(file->build_id), "%s", facts.build_id);
	return facts.kind == ELF_PROGRAM ? check_calls(&file->table, why) : 0;
}

/* Doubles the space of what is being decompressed. */
static int more_room(z_stream *z, unsigned char **out, size_t *room,
		     char why[SYMBOLS_WHY])
{
	size_t used = *room - z->avail_out;
	size_t wanted = *room ? 2 * *room : FIRST_ROOM;
	unsigned char *more;

	if (*room >= SYMBOLS_FILE_MOST)
		return refuse(why, -EFBIG, "compressed with gzip, and larger than 512 MiB when decompressed");
	more = realloc(*out, wanted);
	if (!more)
		return refuse(why, -ENOMEM, "no memory");
	*out = more;
	*room = wanted;
	z->next_out = more + used;
	z->avail_out = (uInt)(wanted - used);
	return 0;
}

/* Bytes behind the compressed ones, such as a signature, are left out. */
static int inflate_all(struct bytes *b, unsigned char **out, size_t *size,
		       char why[SYMBOLS_WHY])
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)b->at,
		       .avail_in = (uInt)b->size };
	size_t room = 0;
	int status = Z_OK, error = 0;

	*out = NULL;
	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return refuse(why, -ENOMEM, "no memory");
	while (!error && status == Z_OK) {
		if (!z.avail_out)
			error = more_room(&z, out, &room, why);
		if (!error)
			status = inflate(&z, Z_NO_FLUSH);
		/* no progress: the input is at its end */
		if (status == Z_BUF_ERROR && !z.avail_out)
			status = Z_OK;
	}
	*size = room - z.avail_out;
	inflateEnd(&z);
	if (!error && status != Z_STREAM_END)
		error = refuse(why, -EINVAL, "compressed with gzip, but cut or damaged");
	return error;
}

static bool is_gzip(const struct bytes *b)
{
	return bytes_hold(b, 0, 2) && b->at[0] == 0x1f && b->at[1] == 0x8b;
}

static int decompress(struct symbols_file *file, char why[SYMBOLS_WHY])
{
	struct bytes b = { file->bytes, file->size };
	unsigned char *out;
	size_t size;
	int error;

	if (!is_gzip(&b))
		return 0;
	error = inflate_all(&b, &out, &size, why);
	if (error) {
		free(out);
		return error;
	}
	free(file->bytes);
	file->bytes = out;
	file->size = size;
	return 0;
}

int symbols_file_decode(unsigned char *bytes, size_t size,
			struct symbols_file *file, char why[SYMBOLS_WHY])
{
	struct bytes b;
	int error;

	*file = (struct symbols_file) { .bytes = bytes, .size = size };
	error = size > SYMBOLS_FILE_MOST ?
		refuse(why, -EFBIG, "larger than 512 MiB") :
		decompress(file, why);
	b = (struct bytes) { file->bytes, file->size };
	if (!error)
		error = elf_is(&b) ? decode_elf(&b, file, why) :
			image_is(&b) ? decode_image(&b, file, why) :
			refuse(why, -ENOTSUP, what_else(&b));
	if (error)
		symbols_file_free(file);
	return error;
}

static int read_stream(FILE *f, unsigned char **bytes, size_t *size,
		       char why[SYMBOLS_WHY])
{
	struct stat st;

	if (fstat(fileno(f), &st))
		return refuse(why, -errno, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return refuse(why, -EINVAL, "not a regular file");
	if (st.st_size > SYMBOLS_FILE_MOST)
		return refuse(why, -EFBIG, "larger than 512 MiB");
	*size = (size_t)st.st_size;
	*bytes = malloc(*size + 1);
	if (!*bytes)
		return refuse(why, -ENOMEM, "no memory");
	*size = fread(*bytes, 1, *size, f);
	return ferror(f) ? refuse(why, -EIO, "cannot be read") : 0;
}

int symbols_file_read(const char *path, struct symbols_file *file,
		      char why[SYMBOLS_WHY])
{
	FILE *f = fopen(path, "re");
	unsigned char *bytes = NULL;
	size_t size = 0;
	int error;

	memset(file, 0, sizeof(*file));
	if (!f)
		return refuse(why, -errno, strerror(errno));
	error = read_stream(f, &bytes, &size, why);
	fclose(f);
	if (!error)
		return symbols_file_decode(bytes, size, file, why);
	free(bytes);
	return error;
}

void symbols_file_free(struct symbols_file *file)
{
	symbols_free(&file->table);
	free(file->bytes);
	memset(file, 0, sizeof(*file));
}
