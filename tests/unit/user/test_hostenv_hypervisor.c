// SPDX-License-Identifier: MIT
/* The hypervisor and the mechanism, from what the module has found. */
#include <string.h>

#include "user/record/hostenv.h"
#include "module_info.h"
#include "tests/unit/unit.h"

static const char *mechanism(unsigned int hypervisor, uint64_t control,
			     int source)
{
	struct xlat_info info = info_of(hypervisor, control);

	return hostenv_mechanism(&info, source, "arch_sys_timer");
}

START_TEST(mechanisms_are_distinguished)
{
	const int phys = XLAT_SOURCE_PHYS, virt = XLAT_SOURCE_VIRT;
	const int hrtimer = XLAT_SOURCE_HRTIMER;

	ck_assert_str_eq(mechanism(XLAT_HYP_NONE, 860, phys), "ppi");
	ck_assert_str_eq(mechanism(XLAT_HYP_NONE, 860, virt), "ppi");
	ck_assert_str_eq(mechanism(XLAT_HYP_NONE, 860, hrtimer), "ppi");
	ck_assert_str_eq(mechanism(XLAT_HYP_NONE, 30000, phys), "emulated");
	ck_assert_str_eq(mechanism(XLAT_HYP_NONE, 30000, hrtimer), "unknown");
	ck_assert_str_eq(mechanism(XLAT_HYP_XEN, 30000, phys), "emulated");
	ck_assert_str_eq(mechanism(XLAT_HYP_XEN, 860, phys), "forwarded");
	ck_assert_str_eq(mechanism(XLAT_HYP_XEN, 0, phys), "unknown");
	ck_assert_str_eq(mechanism(XLAT_HYP_XEN, 30000, hrtimer), "virtual");
	ck_assert_str_eq(mechanism(XLAT_HYP_KVM, 860, virt), "virtual");
	ck_assert_str_eq(mechanism(XLAT_HYP_UNKNOWN, 860, phys), "unknown");
	ck_assert_str_eq(hostenv_mechanism(NULL, hrtimer, "lapic-deadline"),
			 "lapic");
	ck_assert_str_eq(hostenv_mechanism(NULL, phys, "arch_sys_timer"),
			 "unknown");
}
END_TEST

/* The owner of the interrupt decides, not its number. */
START_TEST(the_tick_is_known_by_its_timer)
{
	struct xlat_info info = info_of(XLAT_HYP_XEN, 30000);

	info.source[2].state = XLAT_SOURCE_FREE;
	info.source[2].owner[0] = '\0';
	ck_assert_str_eq(hostenv_mechanism(&info, XLAT_SOURCE_HRTIMER,
					   "arch_sys_timer"), "unknown");
	info.source[1].state = XLAT_SOURCE_OWNED;
	strcpy(info.source[1].owner, "arch_timer");
	info.source[1].intid = 27;
	ck_assert_str_eq(hostenv_mechanism(&info, XLAT_SOURCE_HRTIMER,
					   "arch_sys_timer"), "emulated");
	ck_assert_str_eq(hostenv_mechanism(&info, XLAT_SOURCE_HRTIMER,
					   "arch_mem_timer"), "unknown");
}
END_TEST

static const char *type_of(const struct xlat_info *info, const char *key)
{
	static char text[64];
	json_t *made = hostenv_hypervisor(info);

	snprintf(text, sizeof(text), "%s",
		 json_string_value(json_object_get(made, key)));
	json_decref(made);
	return text;
}

START_TEST(a_tick_on_the_physical_timer_proves_el2)
{
	struct xlat_info info = info_of(XLAT_HYP_NONE, 1800);

	ck_assert_str_eq(type_of(&info, "type"), "none seen");
	ck_assert_str_eq(type_of(&info, "role"), "native");
	info.source[1].state = XLAT_SOURCE_OWNED;
	strcpy(info.source[1].owner, "arch_timer");
	info.source[2].state = XLAT_SOURCE_FREE;
	ck_assert_str_eq(type_of(&info, "type"), "none");
	/* without a virtual timer Linux has no choice */
	info.source[2].intid = 0;
	ck_assert_str_eq(type_of(&info, "type"), "none seen");
	info.exception_level = 2;
	ck_assert_str_eq(type_of(&info, "type"), "none");
}
END_TEST

START_TEST(a_trap_overrides_every_belief)
{
	struct xlat_info info = info_of(XLAT_HYP_NONE, 95000);

	ck_assert_str_eq(type_of(&info, "type"), "unknown");
	ck_assert_str_eq(type_of(&info, "role"), "unknown");
	/* a trapped counter does not hide a trapped register */
	info.source[1].clock_read_ticks = 90000;
	ck_assert_str_eq(type_of(&info, "type"), "unknown");
	info.exception_level = 2;
	ck_assert_str_eq(type_of(&info, "type"), "unknown");
}
END_TEST

/* For an unknown hypervisor the run lists the answers, to look them up. */
START_TEST(an_unknown_hypervisor_leaves_its_answers)
{
	struct xlat_info info = info_of(XLAT_HYP_UNKNOWN, 1800);
	json_t *made, *asked;

	info.answers.vendor_uid[0] = 0x1234abcd;
	strcpy(info.answers.node, "acme,hv");
	made = hostenv_hypervisor(&info);
	asked = json_object_get(made, "asked");
	ck_assert_str_eq(json_string_value(json_object_get(made, "type")),
			 "unknown");
	ck_assert_uint_eq(json_array_size(asked), 6);
	ck_assert_str_eq(json_string_value(json_array_get(asked, 4)),
			 "/hypervisor: acme,hv");
	ck_assert_str_eq(json_string_value(json_array_get(asked, 5)),
			 "SMCCC UID: 1234abcd 00000000 00000000 00000000");
	json_decref(made);
}
END_TEST

/* An older module does not fill in the questions. */
START_TEST(an_old_module_asked_too_little)
{
	struct xlat_info info = info_of(XLAT_HYP_NONE, 1800);

	memset(&info.answers, 0, sizeof(info.answers));
	ck_assert_str_eq(type_of(&info, "type"), "unknown");
	info.exception_level = 2;
	ck_assert_str_eq(type_of(&info, "type"), "none");
	info.hypervisor = XLAT_HYP_XEN;
	info.role = XLAT_ROLE_DOM0;
	ck_assert_str_eq(type_of(&info, "type"), "xen");
	ck_assert_str_eq(type_of(&info, "role"), "dom0");
}
END_TEST

START_TEST(a_guest_is_labelled_by_its_hypervisor)
{
	static const struct {
		const char *type, *role, *scenario;
	} label[] = {
		{ "none seen", "native", "native" },
		{ "none", "native", "native" },
		{ "xen", "dom0", "xen-dom0" },
		{ "xen", "guest", "xen-domu" },
		{ "kvm", "guest", "kvm-guest" },
		{ "hyper-v", "guest", "hyper-v-guest" },
		{ "unknown", "unknown", "unknown" },
	};
	char text[64];

	for (size_t i = 0; i < sizeof(label) / sizeof(label[0]); i++) {
		json_t *made = json_pack("{s:s, s:s}", "type", label[i].type,
					 "role", label[i].role);

		ck_assert_str_eq(hostenv_default_scenario(made, text,
							  sizeof(text)),
				 label[i].scenario);
		json_decref(made);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostenv_hypervisor");

	unit_add(suite, mechanisms_are_distinguished);
	unit_add(suite, the_tick_is_known_by_its_timer);
	unit_add(suite, a_tick_on_the_physical_timer_proves_el2);
	unit_add(suite, a_trap_overrides_every_belief);
	unit_add(suite, an_unknown_hypervisor_leaves_its_answers);
	unit_add(suite, an_old_module_asked_too_little);
	unit_add(suite, a_guest_is_labelled_by_its_hypervisor);
	return unit_run(suite);
}
