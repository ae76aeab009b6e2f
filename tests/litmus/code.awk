# SPDX-License-Identifier: GPL-2.0
#
# Does the code have the barriers of the litmus tests? awk -f code.awk TABLE, from
# the top of the tree; TABLE is tests/litmus/code. Prints "ok WHAT" or what is
# wrong, a line for each.

BEGIN {
	table = ARGV[1]
	barrier = "smp_(mb|rmb|wmb|load|store)[a-z_]*\\("
	label = "[A-Z][0-9]*"
	read_tests()
	read_table()
	for (i = 1; i <= n; i++)
		check_entry(i)
	for (x in tested)
		say(x in listed, "litmus test with barrier " x,
		    "no line for barrier " x)
	check_files()
}

function say(good, what, wrong)
{
	print (good ? "ok " what : table ": " wrong)
}

function tidy(text)
{
	gsub(/[ \t\n]+/, " ", text)
	sub(/^ /, "", text)
	sub(/ $/, "", text)
	return text
}

# How often is the part in the text?
function count(text, part,    at, times)
{
	while ((at = index(text, part)) > 0) {
		times++
		text = substr(text, at + length(part))
	}
	return times + 0
}

# Reads the labels: tested[LABEL] is the barrier, such as "smp_wmb(".
function read_tests(    command, line)
{
	command = "cat tests/litmus/*.litmus"
	while ((command | getline line) > 0) {
		if (!match(line, "// " label ":"))
			continue
		x = substr(line, RSTART + 3, RLENGTH - 4)
		match(line, barrier)
		tested[x] = substr(line, RSTART, RLENGTH)
	}
	close(command)
}

function read_table(    line, word)
{
	while ((getline line < table) > 0) {
		if (line ~ /^(#.*)?$/)
			continue
		if (line ~ /^\t/) {
			text[n] = tidy(text[n] " " line)
			continue
		}
		split(line, word, " ")
		name[++n] = word[1]
		file[n] = word[2]
		place[n] = word[3]
		if (word[1] != "-")
			listed[word[1]] = 1
	}
	close(table)
}

# The file without its comments, except for the labels in them.
function code_of(path,    line, all, comment, begin, rest)
{
	if (path in codes)
		return codes[path]
	while ((getline line < path) > 0) {
		sub(/\/\/.*/, "", line)
		all = all line "\n"
	}
	close(path)
	while ((begin = index(all, "/*")) > 0) {
		rest = substr(all, begin + 2)
		comment = substr(rest, 1, index(rest, "*/") - 1)
		codes[path] = codes[path] substr(all, 1, begin - 1)
		if (match(comment, "^[ \t]*\\(" label "\\)")) {
			comment = tidy(substr(comment, 1, RLENGTH))
			codes[path] = codes[path] "@" comment "@"
		}
		all = substr(rest, index(rest, "*/") + 2)
	}
	codes[path] = codes[path] all
	gsub(/@\(/, "/* (", codes[path])
	gsub(/\)@/, ") */", codes[path])
	return codes[path]
}

# The function's text: from the line with its name to the next line that is "}".
function function_of(path, which,    lines, many, i, all, inside)
{
	many = split(code_of(path), lines, "\n")
	for (i = 1; i <= many; i++) {
		if (lines[i] ~ "^[A-Za-z_](.*[ *])?" which "\\(") {
			all = ""
			inside = 1
		}
		if (!inside)
			continue
		all = all lines[i] "\n"
		if (lines[i] == "}")
			return all
		if (lines[i] ~ /;$/ && !index(all, "{"))
			inside = 0	# a declaration
	}
	return ""
}

function check_entry(i,    where, found, what)
{
	where = file[i] (place[i] == "-" ? "" : ": " place[i] "()")
	what = name[i] ": " where
	if (name[i] != "-" && !(name[i] in tested)) {
		say(0, "", what ": no litmus test has this barrier")
		return
	}
	found = text[i]
	if (gsub(barrier, "&", found) != 1) {
		say(0, "", what ": the text must have one barrier")
		return
	}
	if (name[i] != "-" && !index(text[i], tested[name[i]])) {
		say(0, "", what ": the litmus test has " tested[name[i]] ")")
		return
	}
	found = place[i] == "-" ? code_of(file[i]) : function_of(file[i], place[i])
	found = count(tidy(found), text[i])
	say(found == 1, what, what ": " (found ? "more than once" : "not there") \
	    ": " text[i])
	expected[file[i]]++
}

# No file has a barrier that the table does not have.
function check_files(    command, path, all, many)
{
	command = "grep -rlE '" barrier "' core kmod user guest lab"
	while ((command | getline path) > 0) {
		all = code_of(path)
		many = gsub(barrier, "&", all)
		say(many == expected[path] + 0, path,
		    path " has " many " barriers, and " expected[path] + 0 \
		    " lines here")
	}
	close(command)
}
