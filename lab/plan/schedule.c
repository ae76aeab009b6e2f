// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "schedule.h"
#include "settings.h"

enum { WORD = 96, LAST_VCPU = 127 };

static int wrong(char why[SCHEDULE_WHY], const char *word, const char *what)
{
	snprintf(why, SCHEDULE_WHY, "\"%.60s\": %s", word, what);
	return -EINVAL;
}

static int take_major(struct schedule *s, const char *word, const char *time,
		      char why[SCHEDULE_WHY])
{
	if (s->major_ns)
		return wrong(why, word, "a second major frame");
	s->major_ns = settings_time_ns(time);
	if (s->major_ns > 0)
		return 0;
	s->major_ns = 0;
	return wrong(why, word, "no time with its unit (ns, us, ms, s)");
}

static int take_slot(struct schedule *s, const char *word, char *domain,
		     const char *time, char why[SCHEDULE_WHY])
{
	char *vcpu = strrchr(domain, ':');
	struct schedule_slot *slot = &s->slots[s->count];

	if (!vcpu || vcpu == domain || vcpu - domain >= SCHEDULE_DOMAIN)
		return wrong(why, word,
			     "neither major=TIME nor DOMAIN:VCPU=TIME");
	*vcpu++ = '\0';
	if (s->count == SCHEDULE_SLOTS)
		return wrong(why, word, "Xen takes 64 slots");
	if (number_parse(vcpu, 0, LAST_VCPU, &slot->vcpu))
		return wrong(why, word, "no such vCPU");
	slot->runtime_ns = settings_time_ns(time);
	if (slot->runtime_ns <= 0)
		return wrong(why, word,
			     "no time with its unit (ns, us, ms, s)");
	strcpy(slot->domain, domain);
	s->count++;
	return 0;
}

int schedule_take(struct schedule *s, const char *word, char why[SCHEDULE_WHY])
{
	char copy[WORD], *time;

	snprintf(copy, sizeof(copy), "%s", word);
	time = strchr(copy, '=');
	if (!time || strlen(word) >= sizeof(copy))
		return wrong(why, word,
			     "neither major=TIME nor DOMAIN:VCPU=TIME");
	*time++ = '\0';
	if (!strcmp(copy, "major"))
		return take_major(s, word, time, why);
	return take_slot(s, word, copy, time, why);
}

int schedule_end(const struct schedule *s, char why[SCHEDULE_WHY])
{
	int64_t sum = 0;
	int n;

	for (n = 0; n < s->count && sum <= s->major_ns; n++)
		sum += s->slots[n].runtime_ns;
	*why = '\0';
	if (!s->major_ns)
		snprintf(why, SCHEDULE_WHY, "there is no major=TIME");
	else if (!s->count)
		snprintf(why, SCHEDULE_WHY, "there is no DOMAIN:VCPU=TIME");
	else if (sum > s->major_ns)
		snprintf(why, SCHEDULE_WHY,
			 "its slots are longer than its major frame");
	return *why ? -EINVAL : 0;
}

int schedule_parse(struct schedule *s, const char *text,
		   char why[SCHEDULE_WHY])
{
	char word[WORD + 1];
	int error = 0;
	size_t n;

	memset(s, 0, sizeof(*s));
	for (; !error && *(text += strspn(text, " ")); text += n) {
		n = strcspn(text, " ");
		snprintf(word, sizeof(word), "%.*s", (int)n, text);
		error = schedule_take(s, word, why);
	}
	return error ? error : schedule_end(s, why);
}

bool schedule_has(const struct schedule *s, const char *domain, int vcpu)
{
	int n;

	for (n = 0; n < s->count; n++)
		if (s->slots[n].vcpu == vcpu &&
		    !strcmp(s->slots[n].domain, domain))
			return true;
	return false;
}
