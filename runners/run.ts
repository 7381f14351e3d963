/**
 * `deno task run FILE`: does what is missing of an experiment.
 *
 * @module
 */
import { writePlan } from "../data/logs.ts";
import type { Cell } from "../data/types.ts";
import { type CellState, isImpossible, readStates } from "./cell_states.ts";
import { command, exitWith, runsOption } from "./command.ts";
import { pythonPath } from "./environment.ts";
import { experimentJsonSchema } from "./experiment/shape.ts";
import { announce, explain, planAsJson, type Work } from "./announce.ts";
import { checkSpace, diskNeeds, freeBytes } from "./disk_space.ts";
import { UserError } from "./errors.ts";
import { estimateCell, estimateLoad } from "./estimate.ts";
import { currentCommit } from "./git_commit.ts";
import { cellsToDo } from "./launchers/checkpoints.ts";
import { runOnEndpoint } from "./launchers/endpoint.ts";
import { runLocally } from "./launchers/local.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { showProgress } from "./progress.ts";
import type { RunContext } from "./run_context.ts";
import { lockRuns } from "./run_lock.ts";
import { meanScores, scoreTable } from "./score_table.ts";
import { cellName, selectCells } from "./select_cells.ts";
import { interrupted, plain } from "./shell.ts";
import { readTimings } from "./timings.ts";

interface RunOptions {
  runs: string;
  only?: string;
  workers: string;
  reclaim?: boolean;
  force?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const program = command(
  "run",
  "Does what is missing of an experiment.",
  `
  deno task run runners/experiments/demo.yaml --dry-run    what would be done, how long, how many bytes
  deno task run runners/experiments/demo.yaml              do it; done cells are skipped, failed ones tried again
  deno task run runners/experiments/demo.yaml --only gptq  cells whose name holds "gptq", and what they need
  deno task run runners/experiments/study.yaml --workers 2 two processes side by side
  deno task run runners/experiments/study.yaml --reclaim   deletes weights as soon as no cell needs them
  deno task run --schema                                   the JSON Schema of experiment files
`,
)
  .argument("[file]", "experiment file (YAML)")
  .option(...runsOption)
  .option(
    "--only <pattern>",
    "cells whose name holds the pattern (* is any text), and what they need",
  )
  .option("--workers <count>", "processes that work side by side", "1")
  .option("--reclaim", "delete weights that no open cell needs; a later need makes them again")
  .option("--force", "go on although the disk may be too small")
  .option("--dry-run", "show the plan and stop")
  .option("--json", "machine-readable output")
  .option("--schema", "print the JSON Schema of experiment files and stop")
  .action((file: string | undefined, options: RunOptions & { schema?: boolean }) => {
    if (options.schema) return console.log(JSON.stringify(experimentJsonSchema(), null, 2));
    if (file === undefined) program.error("error: missing the experiment file");
    return exitWith(() => run(file!, options));
  });

/** Runs an experiment file and returns the exit code. */
async function run(file: string, options: RunOptions): Promise<number> {
  const work = await prepareWork(file, options);
  const say = options.json ? console.error : console.log;
  announce(work, say);
  if (options.dryRun) explain(work, say, !options.json);
  if (options.dryRun) {
    if (options.json) console.log(JSON.stringify(planAsJson(work), null, 2));
    return 0;
  }
  if (!options.force) checkSpace(work.needs, options.reclaim === true, options.runs);
  if (work.todo.length > 0) await perform(work, options);
  else await writePlan(work.folder, work.plan);
  return await conclude(work, await readStates(options.runs, work.wanted), options);
}

async function prepareWork(
  file: string,
  { dryRun, only, runs, ...options }: RunOptions,
): Promise<Work> {
  const workers = Number(options.workers);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UserError(`--workers is "${options.workers}"; expected a whole number from 1 on`);
  }
  const prepared = await prepare(file, runs, dryRun);
  const { facts, plan, states } = prepared;
  const wanted = only ? selectCells(plan.cells, only) : plan.cells;
  const done = new Set(
    states.filter(({ record }) => record?.status === "done" || isImpossible(record))
      .map(({ cell }) => cell.id),
  );
  const todo = cellsToDo(wanted, done, runs);
  for (const { id } of todo) done.delete(id);
  const timings = await readTimings(runs, facts);
  const estimate = (cell: Cell) => estimateCell(cell, facts, timings);
  const needs = diskNeeds(todo, plan, estimate, await freeBytes(runs));
  return { ...prepared, wanted, todo, done, workers, timings, needs, estimate };
}

async function perform(work: Work, { reclaim, runs }: RunOptions): Promise<void> {
  const { done, estimate, experiment, facts, needs, plan, todo, workers } = work;
  using _lock = await lockRuns(runs);
  await writePlan(work.folder, plan);
  const seconds = (cell: Cell) => estimate(cell).seconds;
  const titles = new Map(plan.variants.map(({ id, title }) => [id, title]));
  const observer = showProgress(todo, seconds, titles, workers);
  try {
    const context: RunContext = {
      experiment,
      plan,
      facts,
      runs,
      python: await pythonPath(),
      gitCommit: await currentCommit(),
      signal: interrupted(),
      workers,
      waves: reclaim ? needs.waves : null,
      seconds,
      loadSeconds: (variant) => estimateLoad(variant, facts),
      observer,
    };
    if (experiment.engine.name === "endpoint") await runOnEndpoint(context, todo);
    else await runLocally(context, todo, done);
  } finally {
    observer.close();
  }
}

async function conclude(
  prepared: Prepared,
  states: CellState[],
  options: RunOptions,
): Promise<number> {
  const rows = await meanScores(prepared, states, options.runs);
  const failed = states.filter(({ record }) =>
    record?.status === "failed" && !isImpossible(record)
  );
  const impossible = states.filter(({ record }) => isImpossible(record));
  const benchmarks = prepared.experiment.benchmarks.map(({ name }) => name);
  if (options.json) {
    console.log(JSON.stringify(
      {
        experiment: prepared.experiment.name,
        folder: prepared.folder,
        scores: rows,
        failed: failed.map(({ cell, record }) => ({
          id: cell.id,
          name: cellName(cell),
          error: record!.error!.message,
        })),
      },
      null,
      2,
    ));
  } else {
    console.log("\n" + scoreTable(rows, benchmarks));
    for (const { cell, record } of failed) {
      console.log(
        `failed: ${cellName(cell)} (${cell.kind} ${cell.id}): ${plain(record!.error!.message)}`,
      );
    }
    if (impossible.length > 0) {
      const [{ record }] = impossible as [CellState];
      console.log(`${impossible.length} captures: ${record!.error!.message}`);
    }
    console.log(`\nNext: deno task results ${prepared.experiment.name}`);
  }
  return failed.length > 0 ? 1 : 0;
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
