# SPDX-License-Identifier: GPL-2.0
# Counts the KTAP of all programs that one machine ran (name), whose launcher
# ended with status. First input: the job, every line of which must have run;
# second: what the guest said. A program without its plan has died. The job's
# echo, "+ command", says where one program's lines end and the next's begin.

function finish() {
	if (program == "" || !ktap)
		return
	if (plan != count || !count) {
		printf "%s: %s: died after %d results\n", name, program, count
		fail++
	}
	program = ""
}

# A result is numbered as they come.
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
	# A program of ours: it must say something.
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
