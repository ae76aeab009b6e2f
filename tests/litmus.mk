# SPDX-License-Identifier: GPL-2.0
# The ring's memory ordering, proven. Included by tests/tests.mk.

LITMUS_MODEL := $(PARTS)/linux-source/source/tools/memory-model

## check-litmus    the ring's barriers under the kernel's memory model (herd7)
.PHONY: check-litmus
check-litmus: | setup
	@scripts/parts herd
	@scripts/parts linux-source
	@tests/litmus/check $(PARTS)/herd/run-herd7 $(LITMUS_MODEL)

## check-barriers  has the code the barriers of the litmus tests, and no others?
check-barriers:
	@tests/litmus/code-check

CHECK_SUITES += barriers
