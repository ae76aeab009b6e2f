// SPDX-License-Identifier: GPL-2.0
/* Every analyzer must find the mistake here, or it finds nothing anywhere. */
#include <stdlib.h>

static void kfree(const void *p)
{
	(void)p;
}

/* for gcc, clang and Valgrind */
static int used_after_free(char *p)
{
	free(p);
	return *p;
}

/* for sparse, which wants NULL: no module of the kernel says "pointer = 0" */
static const char *nothing = 0;

/* for Coccinelle, which knows the kernel's functions */
static int used_after_kfree(char *p)
{
	kfree(p);
	return *p;
}

int main(void)
{
	char *p = malloc(1), c = 0;

	/* for cppcheck: p is not freed */
	if (nothing)
		return 1;
	return p ? used_after_free(p) + used_after_kfree(&c) : 1;
}
