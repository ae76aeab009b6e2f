// SPDX-License-Identifier: GPL-2.0
/* Facts of the host, from the recordings of a boot. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "recorded.h"
#include "user/format/file.h"

json_t *recorded_environment(const char *out, const char *name)
{
	json_t *document = NULL;
	char path[4096];
	struct run run;

	snprintf(path, sizeof(path), "%s/%s.xlat", out, name);
	if (!file_read(path, &run) && run.environment)
		document = json_loads(run.environment, 0, NULL);
	run_free(&run);
	return document;
}

json_t *recorded_xen(json_t *document)
{
	json_t *host = json_object_get(document, "host");

	return json_object_get(host ? host : document, "xen");
}

const char *recorded_text(json_t *from, const char *key)
{
	const char *text = json_string_value(json_object_get(from, key));

	return text ? text : "";
}

int recorded_domain(json_t *xen, const char *name)
{
	json_t *vcpu, *id;
	size_t i;

	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu) {
		id = json_object_get(vcpu, "domid");
		if (json_is_integer(id) &&
		    !strcmp(recorded_text(vcpu, "domain"), name))
			return (int)json_integer_value(id);
	}
	return -1;
}

const char *recorded_affinity(json_t *xen, const char *domain, int number)
{
	json_t *vcpu;
	size_t i;

	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu)
		if (!strcmp(recorded_text(vcpu, "domain"), domain) &&
		    json_integer_value(json_object_get(vcpu, "vcpu")) == number)
			return recorded_text(vcpu, "hard");
	return "";
}

/* vcpu is -1 for all of them; a parameter of the whole domain has no vCPU. */
static bool is_of(json_t *parameters, const char *domain, int vcpu)
{
	json_t *its = json_object_get(parameters, "vcpu");

	return !strcmp(recorded_text(parameters, "domain"), domain) &&
	       (vcpu < 0 || !its || json_integer_value(its) == vcpu);
}

static bool is_value(json_t *value, const char *wanted)
{
	json_int_t number = json_is_boolean(value) ? json_is_true(value) :
						     json_integer_value(value);
	char text[24];

	snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, number);
	return value && !strcmp(text, wanted);
}

bool recorded_parameter_is(json_t *xen, const char *domain, int vcpu,
			   const char *key, const char *wanted)
{
	json_t *parameters;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(xen, "parameters"), i, parameters) {
		if (!is_of(parameters, domain, vcpu))
			continue;
		if (!is_value(json_object_get(parameters, key), wanted))
			return false;
		found = true;
	}
	return found;
}
