# SPDX-License-Identifier: GPL-2.0
# Counts the KTAP results of all programs that the machine "name" ran; "status"
# is the exit status of its launcher. The first input is the job, every line of
# which must have run; the second is the output of the guest. A program without
# a plan has died. The job prints "+ command" before each program: there the
# output of the next program begins.

function finish() {
	if (program == "" || !ktap)
		return
	if (plan != count || !count) {
		printf "%s: %s: died after %d results\n", name, program, count
		fail++
	}
	program = ""
}

# Results must be numbered consecutively.
function result(number) {
	if (number + 0 == ++count)
		return
	printf "%s: %s: result %s is number %d\n", name, program, number, count
	fail++
}

FNR == NR {
	if ($0 != "" && !/^#/)
		expected[++lines] = $0
	next
}

/^\+ / {
	finish()
	program = substr($0, 3)
	ran[program]++
	count = ktap = 0
	plan = -1
	# One of the test programs: it must print results.
	if (program ~ /(^| )\/[a-z0-9_-]+( |$)/ && program !~ /xlat-read/)
		ktap = 1
}
/^ok .*# SKIP/ { result($2); skip++; next }
/^ok / { result($2); pass++; next }
/^not ok/ {
	result($3)
	fail++
	printf "%s: %s: %s\n", name, program, $0
	next
}
/^1\.\.[0-9]+$/ { plan = substr($0, 4) + 0 }
# An error that the job itself reports. The exit status of a program whose
# failures are already counted is not counted again.
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
	for (i = 1; i <= lines; i++)
		if (!ran[expected[i]]) {
			printf "%s: %s: it never ran\n", name, expected[i]
			fail++
		}
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
