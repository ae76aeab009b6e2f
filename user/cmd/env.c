// SPDX-License-Identifier: MIT
/*
 * xlat-read env: prints the environment document of this machine or of a
 * recording.
 */
#include <stdio.h>

#include "cmd.h"
#include "analyse.h"
#include "user/record/device.h"
#include "user/record/hostenv.h"

static const struct cli_option options[] = {
	{ 0 },
};

static void print(const json_t *document)
{
	/* text of a recording must not control the terminal: escape it */
	json_dumpf(document, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	putchar('\n');
}

static int show_machine(void)
{
	struct hostenv_request request = { .source = -1, .icount_shift = -1 };
	struct xlat_info info;
	struct device device;
	json_t *document;

	/* without the module the rest of the document is still useful */
	if (!device_open(&device, DEVICE_PATH)) {
		if (!device_info(&device, &info))
			request.info = &info;
		device_close(&device);
	}
	document = hostenv_collect(&request);
	if (!document)
		return cmd_complain(EXIT_FAILED, "cannot describe this machine: no memory");
	print(document);
	json_decref(document);
	return EXIT_GOOD;
}

static int show_recorded(const char *path)
{
	struct run run;
	int code = analysis_read(path, &run);
	json_t *document = code || !run.environment ? NULL :
			   json_loads(run.environment, 0, NULL);

	if (document)
		print(document);
	else if (!code)
		code = cmd_complain(EXIT_DAMAGED,
				    "%s: its environment is lost or damaged",
				    cmd_called(path));
	json_decref(document);
	run_free(&run);
	return code;
}

static int cmd_env(int argc, char **argv)
{
	struct cli cli;

	cli_start(&cli, argc, argv, options);
	if (cli_next(&cli) == CLI_ERROR)
		return cmd_usage("env", "%s", cli.message);
	if (cli.index < argc - 1)
		return cmd_usage("env", "give one file, or none for this machine");
	return cli.index < argc ? show_recorded(argv[cli.index]) :
				  show_machine();
}

const struct command env_command = {
	.name = "env",
	.arguments = "[FILE]",
	.summary = "describe this machine, or that of a recording, as JSON",
	.options = options,
	.examples =
		"  xlat-read env               this machine; in dom0 also Xen and its domains\n"
		"  xlat-read env a.xlat | jq .kernel\n",
	.run = cmd_env,
};
