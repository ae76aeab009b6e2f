// SPDX-License-Identifier: GPL-2.0
/* Run the boots of a matrix, and write a cell's result after its last boot. */
#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/machine/lanes.h"
#include "cell_boot.h"
#include "cell_collect.h"
#include "matrix.h"

enum { PATH_SIZE = 4096 };

/* Directory of running cells. Older results are kept until a cell has ended. */
#define RUNNING "running"

struct task {
	struct matrix_cell *cell;
	int boot;
	bool ended;
	double cost;		/* expected time on an idle host, s */
};

struct runner {
	struct matrix *matrix;
	struct task *tasks;
	size_t count, ended;
	int jobs, unwritten;
	double spent, cost;	/* actual and expected time of ended tasks, s */
};

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void remove_all(const char *path)
{
	if (!access(path, F_OK))
		nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/*
 * Other cells may use the boots of this cell. They lose these boots, so their
 * results must not count as done.
 */
static void forget_borrowers(const struct matrix *matrix,
			     const struct matrix_cell *owner)
{
	char name[MATRIX_PATH], path[PATH_SIZE];
	size_t n;

	for (n = 0; n < matrix->plan.count; n++) {
		if (strcmp(matrix->cells[n].owner, owner->plan->name))
			continue;
		matrix_cell_path(name, &matrix->cells[n]);
		snprintf(path, sizeof(path), "%s/%s/cell.json", matrix->out,
			 name);
		unlink(path);
	}
}

static void running_path(char path[PATH_SIZE], const struct matrix *matrix,
			 const struct matrix_cell *cell)
{
	snprintf(path, PATH_SIZE, "%s/" RUNNING "/%s", matrix->out,
		 cell->plan->name);
}

/* Files of an interrupted run must not be mistaken for files of this run. */
static int start_afresh(const struct matrix *matrix,
			const struct matrix_cell *cell)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/" RUNNING, matrix->out);
	if (mkdir(path, 0755) && errno != EEXIST)
		return -errno;
	running_path(path, matrix, cell);
	remove_all(path);
	return mkdir(path, 0755) ? -errno : 0;
}

/* All boots of the cell have ended: replace the older results with them. */
static int replace_last(const struct matrix *matrix,
			const struct matrix_cell *cell)
{
	char name[MATRIX_PATH], from[PATH_SIZE], to[PATH_SIZE], old[PATH_SIZE];
	int error;

	forget_borrowers(matrix, cell);
	matrix_cell_path(name, cell);
	running_path(from, matrix, cell);
	snprintf(to, sizeof(to), "%s/%s", matrix->out, name);
	snprintf(old, sizeof(old), "%s/replaced", matrix->out);
	remove_all(old);
	error = rename(to, old) && errno != ENOENT ? errno : 0;
	if (!error && rename(from, to)) {
		error = errno;
		rename(old, to);
	}
	if (!error) {
		remove_all(old);
		return 0;
	}
	fprintf(stderr, "lab: cannot rename %s to %s: %s\n", from, to,
		strerror(error));
	return 1;
}

static void fail(struct matrix_boot *boot, const char *why)
{
	snprintf(boot->outcome.why, sizeof(boot->outcome.why), "%s", why);
}

/* If the machine failed, describe in one line how it ended. */
static void judge_machine(struct matrix_boot *boot)
{
	const struct cell_outcome *o = &boot->outcome;
	char why[256];

	if (o->error)
		snprintf(why, sizeof(why), "%.160s: %s", o->culprit,
			 strerror(-o->error));
	else if (o->vm.end != VM_DONE)
		snprintf(why, sizeof(why), "%s, %d %s",
			 vm_end_name(o->vm.end), o->vm.tries,
			 o->vm.tries == 1 ? "try" : "tries");
	else if (o->vm.verdict)
		snprintf(why, sizeof(why), "%d things went wrong in the guest",
			 o->vm.verdict);
	else
		return;
	fail(boot, why);
}

static void run_task(size_t n, void *data)
{
	struct runner *r = data;
	struct task *task = &r->tasks[n];
	struct matrix_boot *boot = &task->cell->boot[task->boot - 1];
	const struct plan_cell *cell = task->cell->plan;
	const struct cell_inputs *inputs = &r->matrix->inputs;
	char path[PATH_SIZE], out[PATH_SIZE + 16], why[256];

	running_path(path, r->matrix, task->cell);
	snprintf(out, sizeof(out), "%s/boot-%d", path, task->boot);
	cell_boot(cell, task->boot, inputs, out, &boot->outcome);
	judge_machine(boot);
	if (!*boot->outcome.why && cell_collect(cell, out, why))
		fail(boot, why);
	readback_read(&boot->readback, cell, inputs, out);
	if (!*boot->outcome.why &&
	    !readback_agrees(&boot->readback, cell, why))
		fail(boot, why);
	boot->ended = true;
}

static void judge_cell(struct matrix_cell *cell)
{
	int n;

	cell->status = "done";
	for (n = 0; n < cell->boots && !strcmp(cell->status, "done"); n++) {
		if (!*cell->boot[n].outcome.why)
			continue;
		cell->status = "failed";
		snprintf(cell->why, sizeof(cell->why), "boot %d: %.200s", n + 1,
			 cell->boot[n].outcome.why);
	}
}

/* Give the boots of a finished cell to the cells with the same set-up. */
static void share(struct runner *r, const struct matrix_cell *done)
{
	struct matrix_cell *cell;
	size_t n;

	for (n = 0; n < r->matrix->plan.count; n++) {
		cell = &r->matrix->cells[n];
		if (cell->same != done)
			continue;
		cell->status = done->status;
		strcpy(cell->why, done->why);
		cell->boot = done->boot;
		cell->ended = done->ended;
		r->unwritten |= matrix_write_cell(r->matrix, cell);
	}
}

/*
 * Ratio of the time that boots take to the time on an idle host. Before the
 * first boot has ended, it is a lower bound: the longest boot, which started
 * first, is still running.
 */
static double pace(const struct runner *r, double seconds)
{
	if (r->cost > 0)
		return r->spent / r->cost;
	return seconds > r->tasks[0].cost ? seconds / r->tasks[0].cost : 1;
}

static double minutes_left(const struct runner *r, double seconds)
{
	double left = 0;
	size_t n;

	for (n = 0; n < r->count; n++)
		if (!r->tasks[n].ended)
			left += r->tasks[n].cost;
	return left * pace(r, seconds) / r->jobs / 60;
}

static void print_time(const struct runner *r, double seconds)
{
	printf("%slab: %5.0f s  %zu/%zu boots, about %.0f min left",
	       isatty(STDOUT_FILENO) ? "\r\033[K" : "", seconds, r->ended,
	       r->count, ceil(minutes_left(r, seconds)));
}

static void end_task(struct runner *r, struct task *task, int status)
{
	struct matrix_boot *boot = &task->cell->boot[task->boot - 1];

	if (status || !boot->ended)
		fail(boot, "its process did not come to its end");
	task->ended = true;
	r->ended++;
	r->spent += boot->outcome.vm.seconds;
	r->cost += task->cost;
	task->cell->ended++;
	if (task->cell->ended < task->cell->boots)
		return;
	judge_cell(task->cell);
	r->unwritten |= replace_last(r->matrix, task->cell);
	r->unwritten |= matrix_write_cell(r->matrix, task->cell);
	share(r, task->cell);
}

static void print_end(const struct task *task)
{
	const struct cell_outcome *o = &task->cell->boot[task->boot - 1].outcome;

	printf("  %s, boot %d: %s (%.0f s, %.0f s of CPU%s)\n",
	       task->cell->plan->name, task->boot, *o->why ? o->why : "done",
	       o->vm.seconds, o->cpu_seconds, o->vm.tries > 1 ? ", again" : "");
}

/* On a terminal, the next line overwrites a line that contains no news. */
static void report_task(int n, const int *status, double seconds, void *data)
{
	struct runner *r = data;
	struct task *task = n < 0 ? NULL : &r->tasks[n];

	if (task && !status)
		return;
	if (task)
		end_task(r, task, *status);
	print_time(r, seconds);
	if (task)
		print_end(task);
	else if (!isatty(STDOUT_FILENO))
		printf("\n");
	fflush(stdout);
}

static void *shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static int add_cell(struct runner *r, struct matrix_cell *cell)
{
	int n, error = start_afresh(r->matrix, cell);

	cell->boot = shared((size_t)cell->boots * sizeof(*cell->boot));
	if (!cell->boot)
		error = -ENOMEM;
	for (n = 1; !error && n <= cell->boots; n++)
		r->tasks[r->count++] = (struct task){
			.cell = cell, .boot = n,
			.cost = plan_cost(cell->plan),
		};
	if (error)
		fprintf(stderr, "lab: %s: %s\n", cell->plan->name,
			strerror(-error));
	return error ? 1 : 0;
}

static int add_cells(struct runner *r)
{
	size_t *order = plan_order(&r->matrix->plan), n, boots = 0;
	struct matrix_cell *cell;
	int failed = !order;

	for (n = 0; n < r->matrix->plan.count; n++)
		boots += (size_t)r->matrix->cells[n].boots;
	r->tasks = calloc(boots + 1, sizeof(*r->tasks));
	for (n = 0; !failed && r->tasks && n < r->matrix->plan.count; n++) {
		cell = &r->matrix->cells[order[n]];
		if (cell->chosen && !cell->kept && !cell->status &&
		    !cell->same)
			failed = add_cell(r, cell);
	}
	free(order);
	return failed || !r->tasks;
}

/* Remove the directory, unless it contains an interrupted cell. */
static void remove_running(const struct matrix *matrix)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/" RUNNING, matrix->out);
	rmdir(path);
}

int matrix_run(struct matrix *matrix, int jobs)
{
	struct runner r = { .matrix = matrix, .jobs = jobs };
	struct lanes lanes = {
		.at_a_time = (size_t)jobs, .progress_every_s = 5,
		.run = run_task, .progress = report_task, .data = &r,
	};
	int error = 0, failed = add_cells(&r);

	lanes.count = r.count;
	if (!failed && r.count) {
		print_time(&r, 0);
		printf(", %d at a time\n", jobs);
		error = lanes_run(&lanes);
	}
	if (error)
		fprintf(stderr, "lab: fork: %s\n", strerror(-error));
	free(r.tasks);
	remove_running(matrix);
	return failed || error || r.unwritten;
}
