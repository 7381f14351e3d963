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
import { experimentJsonSchema } from "./experiment.ts";
import { checkSpace, describeNeeds, type DiskNeeds, diskNeeds, freeBytes } from "./disk_space.ts";
import { UserError } from "./errors.ts";
import { type Estimate, estimateAll, estimateCell, estimateLoad } from "./estimate.ts";
import { formatBytes, formatSeconds, formatTable } from "./format.ts";
import { currentCommit } from "./git_commit.ts";
import { LARGE_MODEL_ASSUMPTIONS, LARGE_PARAMETERS } from "./large_model.ts";
import { cellsToDo } from "./launchers/checkpoints.ts";
import { runOnEndpoint } from "./launchers/endpoint.ts";
import { runLocally } from "./launchers/local.ts";
import { allTiers, describeTiers } from "./logits_tiers.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { showProgress } from "./progress.ts";
import type { RunContext } from "./run_context.ts";
import { lockRuns } from "./run_lock.ts";
import { meanScores, scoreTable } from "./score_table.ts";
import { cellName, selectCells } from "./select_cells.ts";
import { interrupted, plain } from "./shell.ts";
import { readTimings, type Timings } from "./timings.ts";

interface RunOptions {
  runs: string;
  only?: string;
  workers: string;
  reclaim?: boolean;
  force?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** What is to be done, and what it will cost. */
interface Work extends Prepared {
  /** Cells that were asked for, and of these the ones to do. */
  wanted: Cell[];
  todo: Cell[];
  /** Ids of cells with a good record. */
  done: Set<string>;
  workers: number;
  timings: Timings;
  needs: DiskNeeds;
  estimate(cell: Cell): Estimate;
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

function announce(work: Work, say: (text: string) => void): void {
  const { experiment, facts, needs, plan, timings, todo, wanted, workers } = work;
  say(
    `${experiment.name}: ${plan.variants.length} variants, ${wanted.length} cells, ${
      wanted.length - todo.length
    } done already, ${todo.length} to do`,
  );
  if (todo.length === 0) return;
  const { seconds } = estimateAll(todo, facts, timings, workers);
  const measured = todo.filter((cell) => timings.seconds(cell) !== null).length;
  const side = workers === 1 ? "" : ` with ${workers} workers`;
  say(
    `time: about ${
      formatSeconds(seconds)
    }${side}, ${measured} of ${todo.length} cells from what the like took here`,
  );
  say(describeNeeds(needs));
  const tiers = describeTiers(todo, work.estimate);
  if (tiers !== null) say(tiers);
}

/** What is assumed, and cell by cell what is expected. */
function explain(
  { estimate, facts, todo }: Work,
  say: (text: string) => void,
  withCells: boolean,
): void {
  const large = Object.values(facts.models).some((model) => model.parameters > LARGE_PARAMETERS);
  const device = facts.environment.device.split(" ")[0];
  const assumptions = [
    ...facts.assumptions ?? [],
    ...(large
      ? [`native or simulated as on this machine's ${device}`, LARGE_MODEL_ASSUMPTIONS]
      : []),
  ];
  for (const assumption of assumptions) say(`assumed: ${assumption}`);
  if (!withCells || todo.length === 0) return;
  say(formatTable(
    ["cell", "does", "name", "seconds", "bytes at most"],
    todo.map((cell) => {
      const { seconds, bytes } = estimate(cell);
      return [cell.id, cell.kind, cellName(cell), seconds.toFixed(1), formatBytes(bytes)];
    }),
  ));
}

function planAsJson({ done, estimate, experiment, facts, needs, todo, wanted }: Work) {
  const { checkpoints, free, kept, logs, reclaimed } = needs;
  return {
    experiment: experiment.name,
    assumptions: facts.assumptions ?? [],
    disk: { checkpoints, free, kept, logs, reclaimed },
    logits: allTiers(todo, estimate),
    cells: wanted.map((cell) => ({
      id: cell.id,
      kind: cell.kind,
      variant: cell.variant,
      benchmark: cell.benchmark,
      done: done.has(cell.id),
      estimate: estimate(cell),
    })),
  };
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
