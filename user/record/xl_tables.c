// SPDX-License-Identifier: MIT
/* Converts the tables that xl prints to JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xl.h"

static const char blanks[] = " \t";

/* The next line of *@text, for free(); NULL: there is none. */
static char *next_line(const char **text)
{
	size_t length;
	char *line;

	if (!*text || !**text)
		return NULL;
	length = strcspn(*text, "\n");
	line = strndup(*text, length);
	*text += length + ((*text)[length] == '\n');
	return line;
}

static void trim_end(char *line)
{
	size_t length = strlen(line);

	while (length && strchr(blanks, line[length - 1]))
		line[--length] = '\0';
}

/* Cuts the last word off @line and returns it; "" if there is none. */
static char *last_word(char *line)
{
	char *at;

	trim_end(line);
	at = line + strlen(line);
	while (at > line && !strchr(blanks, at[-1]))
		at--;
	if (at == line)
		return line + strlen(line);
	at[-1] = '\0';
	return at;
}

static bool is_number(const char *word)
{
	uint64_t value;

	return !cli_parse_number(word, INT32_MAX, &value);
}

static json_t *parse_vcpu(char *line)
{
	char *slash = NULL, *at = line, *soft, *hard, *state, *cpu, *vcpu, *id;

	while ((at = strstr(at, " / ")))
		slash = at++;
	if (!slash)
		return NULL;
	*slash = '\0';
	soft = slash + 3;
	trim_end(soft);
	hard = last_word(line);
	last_word(line);	/* the time */
	state = last_word(line);
	cpu = last_word(line);
	vcpu = last_word(line);
	id = last_word(line);
	trim_end(line);
	if (!is_number(id) || !is_number(vcpu))
		return NULL;
	return json_pack("{s:s, s:i, s:i, s:s, s:s, s:s, s:s}",
			 "domain", line, "domid", atoi(id), "vcpu", atoi(vcpu),
			 "cpu", cpu, "state", state, "hard", hard,
			 "soft", soft);
}

json_t *hostenv_parse_vcpus(const char *text)
{
	json_t *vcpus = json_array();
	char *line;

	for (; (line = next_line(&text)); free(line)) {
		json_t *vcpu = parse_vcpu(line);

		if (vcpu)
			json_array_append_new(vcpus, vcpu);
	}
	return vcpus;
}

/* "Pool-0   4   credit2       y          2": CPUs, whether it is active, domains */
static json_t *parse_pool(char *line)
{
	char *domains = last_word(line), *scheduler, *count;

	last_word(line);
	scheduler = last_word(line);
	count = last_word(line);
	trim_end(line);
	if (!is_number(domains) || !is_number(count))
		return NULL;
	return json_pack("{s:s, s:s}", "name", line, "scheduler", scheduler);
}

json_t *hostenv_parse_pools(const char *text)
{
	json_t *pools = json_array();
	char *line;

	for (; (line = next_line(&text)); free(line)) {
		json_t *pool = parse_pool(line);

		if (pool)
			json_array_append_new(pools, pool);
	}
	return pools;
}

/* "Pool-0             0,1,2". After a long name the list follows directly. */
static void parse_cpus_of(json_t *pool, const char *line)
{
	const char *name = json_string_value(json_object_get(pool, "name"));
	size_t length = strlen(name);
	struct cli_cpus cpus;

	if (strncmp(line, name, length))
		return;
	line += length;
	line += strspn(line, blanks);
	if (!*line || !cli_parse_cpus(line, &cpus))
		json_object_set_new(pool, "cpus", json_string(line));
}

void hostenv_parse_pool_cpus(const char *text, json_t *pools)
{
	json_t *pool;
	char *line;
	size_t i;

	for (; (line = next_line(&text)); free(line)) {
		trim_end(line);
		json_array_foreach(pools, i, pool)
			parse_cpus_of(pool, line);
	}
}

/* "r-----", "-b----": one character for each possible state of a domain */
static bool is_state(const char *word)
{
	static const char letters[] = "rbpscd";
	size_t i;

	for (i = 0; letters[i]; i++)
		if (word[i] != '-' && word[i] != letters[i])
			return false;
	return word[i] == ' ';
}

/* The state in a line of "xl list": the last match, as the name may match. */
static char *state_in(char *line)
{
	char *at = line, *found = NULL;

	while ((at = strchr(at, ' ')))
		if (is_state(++at))
			found = at;
	return found;
}

/* "%8.1f": the next column may follow its digit without a blank. */
static char *after_time(char *at)
{
	at += strcspn(at, ".");
	at += *at == '.';
	at += *at != '\0';
	return at + strspn(at, blanks);
}

/*
 * Parses a line of "xl list": name, domid, memory, vCPUs, state, time, and the
 * requested extra column, which is returned in *@rest.
 */
static char *parse_domain(char *line, char **rest)
{
	char *state = state_in(line), *id;

	if (!state)
		return NULL;
	state[-1] = '\0';
	*rest = after_time(state);
	trim_end(*rest);
	last_word(line);	/* vCPUs */
	last_word(line);	/* memory */
	id = last_word(line);
	return is_number(id) ? id : NULL;
}

static json_t *parse_domains(const char *text, size_t length)
{
	json_t *all = json_object();
	char *line, *id, *rest;

	for (; (line = next_line(&text)); free(line)) {
		id = parse_domain(line, &rest);
		if (!id)
			continue;
		if (length && strlen(rest) > length)
			rest[length] = '\0';
		json_object_set_new(all, id, json_string(rest));
	}
	return all;
}

json_t *hostenv_parse_uuids(const char *text)
{
	return parse_domains(text, strlen("01234567-89ab-cdef-0123-456789abcdef"));
}

json_t *hostenv_parse_members(const char *text)
{
	return parse_domains(text, 0);
}

/* "yes", "no" or a number; NULL: a title, which is no value */
static json_t *parse_value(const char *word)
{
	if (is_number(word))
		return json_integer(atoi(word));
	return !strcmp(word, "yes") || !strcmp(word, "no") ?
		       json_boolean(word[0] == 'y') : NULL;
}

/* The columns of "xl sched-@scheduler", from the last one. */
static const struct {
	const char *scheduler, *keys[6];
} columns[] = {
	{ "credit", { "cap", "weight", "domid" } },
	{ "credit2", { "cap", "weight", "domid" } },
	{ "rtds", { "extratime", "budget_us", "period_us", "vcpu", "domid" } },
};

static json_t *parse_parameters_of(char *line, const char *scheduler,
				   const char *const *keys)
{
	json_t *all = json_pack("{s:s}", "scheduler", scheduler);

	for (; *keys; keys++)
		if (json_object_set_new(all, *keys,
					parse_value(last_word(line)))) {
			json_decref(all);
			return NULL;
		}
	trim_end(line);
	json_object_set_new(all, "domain", json_string(line));
	return all;
}

void hostenv_parse_parameters(const char *text, const char *scheduler,
			      json_t *parameters)
{
	const char *const *keys = NULL;
	json_t *all;
	char *line;
	size_t i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (!strcmp(columns[i].scheduler, scheduler))
			keys = columns[i].keys;
	for (; keys && (line = next_line(&text)); free(line)) {
		all = parse_parameters_of(line, scheduler, keys);
		if (all)
			json_array_append_new(parameters, all);
	}
}
