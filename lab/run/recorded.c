// SPDX-License-Identifier: GPL-2.0
/* Facts of the host, from the recordings of a boot. */
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
