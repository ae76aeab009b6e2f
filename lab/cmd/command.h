/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_COMMAND_H
#define LAB_COMMAND_H

/*
 * Subcommands. Exit status: 0 good; 1 could not do it, or the guest's verdict
 * was not 0; 2 wrong usage; 3 the gate found a longer path; 4 recordings are
 * not lossless; 5 the virtual machine was lost.
 */
int cmd_run(int argc, char *argv[]);
int cmd_matrix(int argc, char *argv[]);
int cmd_demo(int argc, char *argv[]);
int cmd_study_report(int argc, char *argv[]);
int cmd_study_gate(int argc, char *argv[]);
int cmd_symbols(int argc, char *argv[]);

#endif
