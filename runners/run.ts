/**
 * `deno task run FILE`: does what is missing of an experiment.
 *
 * @module
 */
import { writePlan } from "../data/logs.ts";
import { type CellState, readStates } from "./cell_states.ts";
import { command, exitWith, runsOption } from "./command.ts";
import { pythonPath } from "./environment.ts";
import { experimentJsonSchema } from "./experiment.ts";
import { estimateAll, estimateCell } from "./estimate.ts";
import { formatBytes, formatSeconds, formatTable } from "./format.ts";
import { currentCommit } from "./git_commit.ts";
import { runLocally } from "./launchers/local.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { showProgress } from "./progress.ts";
import { lockRuns } from "./run_lock.ts";
import { meanScores, scoreTable } from "./score_table.ts";
import { cellName, selectCells } from "./select_cells.ts";
import { interrupted, plain } from "./shell.ts";

interface RunOptions {
  runs: string;
  only?: string;
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
  deno task run --schema                                   the JSON Schema of experiment files
`,
)
  .argument("[file]", "experiment file (YAML)")
  .option(...runsOption)
  .option(
    "--only <pattern>",
    "cells whose name holds the pattern (* is any text), and what they need",
  )
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
  const prepared = await prepare(file, options.runs);
  const cells = options.only ? selectCells(prepared.plan.cells, options.only) : prepared.plan.cells;
  const done = new Set(
    prepared.states.filter(({ record }) => record?.status === "done").map(({ cell }) => cell.id),
  );
  const todo = cells.filter(({ id }) => !done.has(id));
  const say = options.json ? console.error : console.log;
  announce(prepared, cells.length, todo, say, options.dryRun === true);
  if (options.dryRun) {
    if (options.json) console.log(JSON.stringify(planAsJson(prepared, cells, done), null, 2));
    return 0;
  }
  if (todo.length > 0) await work(prepared, todo, done, options.runs);
  else await writePlan(prepared.folder, prepared.plan);
  return await conclude(prepared, await readStates(options.runs, cells), options);
}

function announce(
  { experiment, facts, states, plan }: Prepared,
  count: number,
  todo: Prepared["plan"]["cells"],
  say: (text: string) => void,
  withCells: boolean,
): void {
  const { seconds, bytes } = estimateAll(todo, facts, states);
  say(
    `${experiment.name}: ${plan.variants.length} variants, ${count} cells, ${
      count - todo.length
    } done already, ${todo.length} to do` +
      (todo.length > 0
        ? ` (about ${formatSeconds(seconds)}, at most ${formatBytes(bytes)} on disk)`
        : ""),
  );
  if (!withCells || todo.length === 0) return;
  say(formatTable(
    ["cell", "does", "name", "seconds", "bytes at most"],
    todo.map((cell) => {
      const { seconds, bytes } = estimateCell(cell, facts, states);
      return [cell.id, cell.kind, cellName(cell), seconds.toFixed(1), formatBytes(bytes)];
    }),
  ));
}

function planAsJson(
  { experiment, facts, states }: Prepared,
  cells: Prepared["plan"]["cells"],
  done: Set<string>,
) {
  return {
    experiment: experiment.name,
    cells: cells.map((cell) => ({
      id: cell.id,
      kind: cell.kind,
      variant: cell.variant,
      benchmark: cell.benchmark,
      done: done.has(cell.id),
      estimate: estimateCell(cell, facts, states),
    })),
  };
}

async function work(
  prepared: Prepared,
  todo: Prepared["plan"]["cells"],
  done: Set<string>,
  runs: string,
): Promise<void> {
  const { experiment, facts, plan, states } = prepared;
  using _lock = await lockRuns(runs);
  await writePlan(prepared.folder, plan);
  const observer = showProgress(
    todo,
    (cell) => estimateCell(cell, facts, states).seconds,
    new Map(plan.variants.map(({ id, title }) => [id, title])),
  );
  try {
    await runLocally(
      {
        experiment,
        plan,
        facts,
        runs,
        python: await pythonPath(),
        gitCommit: await currentCommit(),
        signal: interrupted(),
        observer,
      },
      todo,
      done,
    );
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
  const failed = states.filter(({ record }) => record?.status === "failed");
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
    console.log(`\nNext: deno task results ${prepared.experiment.name}`);
  }
  return failed.length > 0 ? 1 : 0;
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
