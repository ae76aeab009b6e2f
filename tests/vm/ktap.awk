# SPDX-License-Identifier: GPL-2.0
# Counts the KTAP of all programs that one machine ran (name), whose launcher
# ended with status. A program without its plan has died. The job's echo, "+
# command", says where one program's lines end and the next's begin.

function finish() {
	if (program == "" || !ktap)
		return
	if (plan != count) {
		printf "%s: %s: died after %d results\n", name, program, count
		fail++
	}
	program = ""
}

/^\+ / {
	finish()
	program = substr($0, 3)
	count = ktap = 0
	plan = -1
	# A program of ours: it must say something.
	if (program ~ /(^| )\/[a-z]+( |$)/ && program !~ /xlat-read/)
		ktap = 1
}
/^ok [0-9]+ .*# SKIP/ { count++; skip++; next }
/^ok [0-9]+ / { count++; pass++; next }
/^not ok [0-9]+ / {
	count++
	fail++
	printf "%s: %s: %s\n", name, program, $0
	next
}
/^1\.\.[0-9]+$/ { plan = substr($0, 4) + 0 }
# The job's own complaints, other than the exit status of a program whose
# failures are counted already.
/^job: / && !(ktap && plan == count) {
	fail++
	printf "%s: %s\n", name, $0
}
/^init: kernel log: / {
	fail++
	printf "%s: %s\n", name, $0
}

END {
	finish()
	if (status != 0 && !fail) {
		printf "%s: the machine or its verdict failed, status %d\n", name, status
		fail++
	}
	if (status == 0 && !pass) {
		printf "%s: nothing was tested\n", name
		fail++
	}
	printf "%s: %d passed, %d failed, %d skipped\n", name, pass, fail, skip
	printf "total %d %d %d\n", pass, fail, skip
}
