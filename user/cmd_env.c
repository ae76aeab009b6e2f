// SPDX-License-Identifier: MIT
/* xlat-read env: this machine as the environment document. */
#include <stdio.h>

#include "cmd.h"
#include "device.h"
#include "hostenv.h"

static const struct cli_option options[] = {
	{ 0 },
};

static int cmd_env(int argc, char **argv)
{
	struct hostenv_request request = { .source = -1, .icount_shift = -1 };
	struct xlat_info info;
	struct device device;
	json_t *document;
	struct cli cli;

	cli_start(&cli, argc, argv, options);
	if (cli_next(&cli) == CLI_ERROR)
		return cmd_usage("env", "%s", cli.message);
	if (cli.index < argc)
		return cmd_usage("env", "unexpected argument '%s'",
				 argv[cli.index]);
	/* without the module everything else is still worth telling */
	if (!device_open(&device, DEVICE_PATH)) {
		if (!device_info(&device, &info))
			request.info = &info;
		device_close(&device);
	}
	document = hostenv_collect(&request);
	if (!document)
		return cmd_complain(EXIT_FAILED, "cannot describe this machine: no memory");
	json_dumpf(document, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(document);
	return EXIT_GOOD;
}

const struct command env_command = {
	.name = "env",
	.arguments = "",
	.summary = "this machine, or in dom0 the host, as JSON",
	.options = options,
	.run = cmd_env,
};
