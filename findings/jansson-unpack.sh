#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# jansson's json_unpack reads a latency of 3 s in ns as a negative one, and says
# that all went well.
#
# Version:  libjansson4 2.14-2 (Debian 12)
# Expected: json_unpack_ex with JSON_STRICT fails if a number does not fit into
#	the int of format "i". The parser of the same library does refuse an
#	integer that does not fit into its own type.
# Seen:	{"max": 3000000000}	"i": status 0, max -1294967296
#	{"max": 4294968296}	"i": status 0, max 1000
#	{"max": 18446744073709551615}	the document is refused: too big integer
# Matters:	"i" is right for microseconds, and the result files of latency
#	tools change the unit to nanoseconds by an option. Then 2^31 ns is
#	2.1 s, a value that a stall, a debugger or a suspended machine makes,
#	and 2^32 + 1,000 ns reads as the best sample of the run. Use "I".

. "$(dirname "$0")/packages"
packages libjansson4=2.14-2 libjansson-dev=2.14-2

build libjansson.so.4 <<'END'
#include <stdio.h>
#include <jansson.h>

static void show(const char *text)
{
	json_error_t error;
	json_t *document = json_loads(text, 0, &error);
	int max = 0, status;

	if (!document) {
		printf("%s refused\n", text);
		return;
	}
	status = json_unpack_ex(document, &error, JSON_STRICT, "{s:i}", "max",
				&max);
	printf("%s status %d max %d\n", text, status, max);
	json_decref(document);
}

int main(void)
{
	show("{\"max\":3000000000}");
	show("{\"max\":4294968296}");
	show("{\"max\":18446744073709551615}");
	return 0;
}
END
run "$work/program" >"$work/seen" || cannot 'the program failed'
cat >"$work/stated" <<'END'
{"max":3000000000} status 0 max -1294967296
{"max":4294968296} status 0 max 1000
{"max":18446744073709551615} refused
END
cat "$work/seen"
verdict cmp -s "$work/seen" "$work/stated"
