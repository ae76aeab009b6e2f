# SPDX-License-Identifier: GPL-2.0
#
# Checks a map of all files (docs/files.md): awk -f tests/docs/files.awk MAP, from
# the top of the tree. Prints "ok WHAT" or what is wrong, a line for each.
#
# The map has sections "## `FOLDER/`" with tables whose first column names files
# of that folder, and tables whose rows name files from the top. The rows of the
# first section may name a file again. A name in backquotes must be in a file of
# its row or in that file's header: function(), table[], CONSTANT, name_with_words.

BEGIN {
	document = ARGV[1]
	roots = "include core kmod user guest lab scripts kit xen"
}

function say(good, what)
{
	print (good ? "ok " what : document ": " what)
}

# Lines of a command's output, in lines[1] to lines[n].
function lines_of(command, lines,    n, line)
{
	n = 0
	while ((command | getline line) > 0)
		lines[++n] = line
	close(command)
	return n
}

function exists(path,    found)
{
	return lines_of("ls -d " path " 2>/dev/null", found)
}

function text_of(path,    line, text)
{
	if (path in texts)
		return texts[path]
	text = "\n"
	while ((getline line < path) > 0)
		text = text line "\n"
	close(path)
	texts[path] = text
	return text
}

function is_part_of_name(c)
{
	return c ~ /[A-Za-z0-9_]/
}

# Is the word in the text, followed by "after", or by the end of the word?
function has(text, word, after,    at, begin, end)
{
	begin = 1
	while ((at = index(substr(text, begin), word after)) > 0) {
		at += begin - 1
		end = substr(text, at + length(word), 1)
		if (!is_part_of_name(substr(text, at - 1, 1)) &&
		    (after != "" || !is_part_of_name(end)))
			return 1
		begin = at + 1
	}
	return 0
}

function is_in_row(word, after,    n, header)
{
	for (n = 1; n <= file_count; n++) {
		if (has(text_of(files[n]), word, after))
			return 1
		header = files[n]
		if (sub(/\.c$/, ".h", header) &&
		    has(text_of(header), word, after))
			return 1
	}
	return 0
}

function check_name(name,    word)
{
	word = name
	sub(/(\(\)|\[\])$/, "", word)
	if (name ~ /^[A-Za-z_][A-Za-z0-9_]*\(\)$/)
		say(is_in_row(word, "("), "no such function: " name " in " row)
	else if (name ~ /^[A-Za-z_][A-Za-z0-9_]*\[\]$/)
		say(is_in_row(word, "["), "no such table: " name " in " row)
	else if (name ~ /^([A-Z][A-Z0-9_]+|[a-z][a-z0-9]*(_[a-z0-9]+)+)$/)
		say(is_in_row(word, ""), "no such name: " name " in " row)
}

# A file that the row names: from the folder of the section.
function take_file(name,    path, found, n, i)
{
	path = folder name
	n = exists(path)
	say(n, "no such file: " path)
	lines_of("ls -d " path " 2>/dev/null", found)
	for (i = 1; i <= n; i++) {
		sub(/\/$/, "", found[i])
		files[++file_count] = found[i]
		row = found[i]
		if (section > 1)
			rows[found[i]]++
	}
}

function words_in(cell, words,    part, n, i, count)
{
	count = 0
	n = split(cell, part, "`")
	for (i = 2; i <= n; i += 2)
		words[++count] = part[i]
	return count
}

/^## / {
	section++
	folder = ""
	if (match($0, /`[^`]*`$/))
		folder = substr($0, RSTART + 1, RLENGTH - 2)
	if ($0 ~ /` and `/)
		folder = ""
	next
}

/^\| / && !/^\| (file|what) \|/ {
	split($0, cell, "|")
	file_count = 0
	first = section > 1 ? 2 : 3
	count = words_in(cell[first], words)
	for (i = 1; i <= count; i++)
		if (section > 1 || words[i] ~ /\// || words[i] == "Makefile")
			take_file(words[i])
	if (!file_count)
		say(0, "a row without a file: " $0)
	count = words_in(cell[3], words)
	for (i = 1; i <= count; i++)
		check_name(words[i])
}

function has_row(path,    source)
{
	source = path
	if (sub(/\.h$/, ".c", source) && source in rows)
		return rows[source] + rows[path] == 1
	return rows[path] == 1
}

function check_rows(command,    path, n, i)
{
	n = lines_of(command, path)
	for (i = 1; i <= n; i++)
		say(has_row(path[i]), (rows[path[i]] > 1 ? \
			"two rows for the file: " : "no row for the file: ") path[i])
}

END {
	check_rows("find " roots " -type f ! -name '*.md' ! -name '.*' ! -name '*~'")
	check_rows("find tests -mindepth 1 -maxdepth 1 ! -name '.*' ! -name '*~'")
	check_rows("find tests/kapi -maxdepth 1 -name '*.c'")
}
