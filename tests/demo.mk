# SPDX-License-Identifier: GPL-2.0
# The demo itself as a test. Included by tests/tests.mk.

VERIFY_DEMO := $(O)/tests/verify-demo

$(VERIFY_DEMO): tests/demo/verify.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -o $@ $< -ljansson -lm

## check-demo      does the demo do what it promises? With OTHER=compare.json:
##                 does it repeat that demo?
.PHONY: check-demo
check-demo: $(VERIFY_DEMO) reader reader-arm64 module-arm64 lab-tools
	@mkdir -p $(O)/tests/demo
	@rm -rf $(O)/tests/demo/cells $(O)/tests/demo/compare.json
	@$(O)/bin/xlat-lab demo -o $(O)/tests/demo $(DEMO_PROGRAMS) >$(O)/tests/demo/log 2>&1 || \
		{ tail -n 40 $(O)/tests/demo/log; exit 1; }
	@$(VERIFY_DEMO) $(O)/tests/demo/compare.json $(OTHER)

CHECK_SUITES += demo
