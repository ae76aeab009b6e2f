// SPDX-License-Identifier: MIT
/* Compares a module's vermagic with the known facts of the running kernel. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "vermagic.h"

static bool has_word(const char *text, const char *word, size_t length)
{
	size_t n;

	for (; *text; text += n) {
		text += strspn(text, " ");
		n = strcspn(text, " ");
		if (n == length && !memcmp(text, word, n))
			return true;
	}
	return false;
}

static bool has(const char *text, const char *word)
{
	return has_word(text, word, strlen(word));
}

static void append(char *why, size_t size, const char *before,
		   const char *word, size_t length)
{
	size_t used = strlen(why);

	snprintf(why + used, size - used, "%s%s'%.*s'", used ? ", " : "",
		 before, (int)length, word);
}

/* Appends the words of @a that are not in @b. */
static void add_absent(const char *a, const char *b, const char *before,
		       char *why, size_t size)
{
	size_t n;

	for (; *a; a += n) {
		a += strspn(a, " ");
		n = strcspn(a, " ");
		if (n && !has_word(b, a, n))
			append(why, size, before, a, n);
	}
}

static const char *options_of(const char *vermagic)
{
	return vermagic + strcspn(vermagic, " ");
}

static bool same_release(const struct module_facts *module,
			 const struct kernel_facts *kernel)
{
	size_t length = strcspn(module->vermagic, " ");

	return !strcmp(module->machine, kernel->machine) &&
	       length == strlen(kernel->release) &&
	       !memcmp(module->vermagic, kernel->release, length);
}

/*
 * Compares words of linux/vermagic.h with those of UTS_VERSION (init/Makefile,
 * scripts/mkcompile_h).
 */
static void compare_version(const char *options, const char *version,
			    char *why, size_t size)
{
	bool preempt = strstr(version, " PREEMPT") != NULL;
	bool rt = has(version, "PREEMPT_RT");

	if (has(options, "SMP") != has(version, "SMP"))
		append(why, size, has(options, "SMP") ? "only the module has " :
		       "only the kernel has ", "SMP", 3);
	if (has(options, "preempt_rt") && !rt)
		append(why, size, "only the module has ", "preempt_rt", 10);
	if (has(options, "preempt") && !preempt)
		append(why, size, "only the module has ", "preempt", 7);
	/* a PREEMPT_RT kernel has preempt_rt or, with PREEMPT_BUILD, preempt */
	if (preempt && !has(options, "preempt") &&
	    !(rt && has(options, "preempt_rt")))
		append(why, size, "only the kernel has ",
		       rt ? "preempt_rt" : "preempt", rt ? 10 : 7);
}

/* A kernel's version that does not begin with '#' has none of these words. */
static enum vermagic_fit compare_partly(const char *options,
					const char *version, char *why,
					size_t size)
{
	bool known = version[0] == '#';
	size_t used;

	if (known)
		compare_version(options, version, why, size);
	if (*why)
		return VERMAGIC_OTHER_OPTIONS;
	add_absent(options, known ? "SMP preempt preempt_rt" : "", "", why,
		   size);
	used = strlen(why);
	snprintf(why + used, size - used, "%swords that only the kernel has",
		 used ? " and " : "");
	return VERMAGIC_PARTLY;
}

/* The release is no reason to refuse a module if the CRCs can be compared. */
static bool crcs_decide(const struct module_facts *module,
			const struct kernel_facts *kernel)
{
	const char *options = options_of(module->vermagic);
	char ignored[MODULE_TEXT] = "";

	if (strcmp(module->machine, kernel->machine) || !module->has_crcs ||
	    !has(options, "modversions"))
		return false;
	if (kernel->vermagic)
		return !strcmp(options, options_of(kernel->vermagic));
	return compare_partly(options, kernel->version, ignored,
			      sizeof(ignored)) == VERMAGIC_PARTLY;
}

enum vermagic_fit vermagic_compare(const struct module_facts *module,
				   const struct kernel_facts *kernel,
				   char *why, size_t size)
{
	const char *options = options_of(module->vermagic), *wanted;

	why[0] = '\0';
	if (!same_release(module, kernel))
		return crcs_decide(module, kernel) ? VERMAGIC_CRCS_DECIDE :
						     VERMAGIC_OTHER_RELEASE;
	if (!kernel->vermagic)
		return compare_partly(options, kernel->version, why, size);
	wanted = options_of(kernel->vermagic);
	if (!strcmp(options, wanted))
		return VERMAGIC_FITS;
	add_absent(options, wanted, "only the module has ", why, size);
	add_absent(wanted, options, "only the kernel has ", why, size);
	if (!*why)
		snprintf(why, size, "the same words in another order");
	return VERMAGIC_OTHER_OPTIONS;
}
