/**
 * Works off cells on this machine: one process for all compression, then one for all evaluation, so that
 * each engine starts once.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, readRecord } from "../../data/logs.ts";
import { hiddenStates, logits, SCHEMA_VERSION, spectra } from "../../data/schema.ts";
import type { Cell } from "../../data/types.ts";
import { writeCaptureSamples } from "../cells/capture_samples.ts";
import { emptyFolder, SAMPLES, writeJsonLines } from "../cells/cell_files.ts";
import { endCell, endUnreachable } from "../cells/end_cell.ts";
import { CHECKPOINT, finishCompress } from "../cells/finish_compress.ts";
import { finishEvaluate } from "../cells/finish_evaluate.ts";
import { generateRows } from "../cells/generate_rows.ts";
import { playedCells } from "../cells/played_cells.ts";
import { embedProcess } from "../embedding/embed_process.ts";
import type {
  CaptureTask,
  CompressJob,
  CompressTask,
  EvaluateJob,
  GenerateTask,
  PlayTask,
} from "../jobs.ts";
import { METHODS } from "../methods/registry.ts";
import { simulated } from "../plan.ts";
import type { RunContext } from "../run_context.ts";
import { runScript, type TaskFailure, type TaskListener } from "./run_script.ts";

/** Cells by id, and what became of them in this run. */
interface Ledger {
  context: RunContext;
  cells: Map<string, Cell>;
  /** Ids of cells with a good record. */
  done: Set<string>;
  folder(id: string): string;
}

/**
 * Does all cells that have no good record yet. Failures are recorded and the others go on.
 *
 * @param cells Cells to do, what they need standing before them.
 * @param done Ids of the cells that are done already.
 */
export async function runLocally(
  context: RunContext,
  cells: Cell[],
  done: Set<string>,
): Promise<void> {
  const ledger: Ledger = {
    context,
    cells: new Map(context.plan.cells.map((cell) => [cell.id, cell])),
    done: new Set(done),
    folder: (id) => cellFolder(context.runs, id),
  };
  await compress(ledger, cells.filter((cell) => cell.kind === "compress"));
  await evaluate(ledger, cells.filter((cell) => cell.kind !== "compress"));
}

async function compress(ledger: Ledger, cells: Cell[]): Promise<void> {
  const { context } = ledger;
  for (const cell of cells) await emptyFolder(ledger.folder(cell.id));
  await runScript(
    {
      ...scriptWork(context, "compress.py", 1, context.experiment.limits.compressSeconds),
      tasks: cells.map(({ id }) => ({ id, group: id })),
      job: (left): CompressJob => ({
        threads: 1,
        spectra,
        tasks: cells.filter(({ id }) => left.has(id)).map((cell) => compressTask(ledger, cell)),
      }),
    },
    listener(
      ledger,
      async (cell, event) => await finishCompress(ledger.folder(cell.id), event.facts!),
    ),
  );
}

function compressTask({ context, folder }: Ledger, cell: Cell): CompressTask {
  const variant = context.plan.variants.find(({ id }) => id === cell.variant)!;
  const model = context.experiment.models.find(({ name }) => name === variant.model)!;
  const method = METHODS[variant.method]!;
  const { calibration } = variant;
  const elsewhere = method.madeElsewhere?.(variant.settings);
  return {
    id: cell.id,
    model: model.path ?? model.hub!,
    revision: model.revision ?? null,
    trustRemoteCode: model.trustRemoteCode,
    recipe: method.recipe(variant.settings),
    checkpoint: elsewhere
      ? {
        model: elsewhere.path ?? elsewhere.hub!.name,
        revision: elsewhere.hub?.revision ?? null,
        compressed: elsewhere.compressed,
      }
      : null,
    calibration: calibration && {
      file: context.facts.calibration[calibration.set]!.file,
      samples: calibration.samples,
      maxLength: calibration.maxLength,
      seed: calibration.seed,
    },
    simulate: simulated(variant, context.facts),
    expect: method.expect(variant.settings),
    out: folder(cell.id),
  };
}

async function evaluate(ledger: Ledger, cells: Cell[]): Promise<void> {
  const { context } = ledger;
  const groups = await reachableByCheckpoint(ledger, cells);
  const order = [...groups.values()].flat();
  for (const cell of order) await emptyFolder(ledger.folder(cell.id));
  for (const cell of order) await writeSamples(ledger, cell);
  const { engine, limits } = context.experiment;
  const { benchmarks, environments } = context.facts;
  const played = playedCells(context.facts);
  const embedding = embedProcess(context.facts.scoring.embedder, context.python);
  const scoring = { ...context.facts.scoring, embedding };
  const telling = listener(ledger, async (cell) => {
    const folder = ledger.folder(cell.id);
    if (cell.kind === "evaluate") {
      if (cell.benchmark! in environments) await played.finish(cell, folder);
      else {
        const model = modelOf(ledger, cell);
        await finishEvaluate(folder, benchmarks[cell.benchmark!]!, model, scoring);
      }
      await supplyCaptures(ledger, cell, order);
    } else await Deno.remove(join(folder, SAMPLES));
    return null;
  }, async (cell) => await supplyCaptures(ledger, cell, order));
  await runScript(
    {
      ...scriptWork(context, "evaluate.py", engine.threads, limits.evaluateSeconds),
      tasks: order.map((cell) => ({ id: cell.id, group: checkpointOf(ledger, cell) })),
      job: (left): EvaluateJob => ({
        engine: {
          dtype: engine.dtype,
          maxModelLength: engine.maxModelLength,
          threads: engine.threads,
          options: engine.options as EvaluateJob["engine"]["options"],
        },
        schemaVersion: SCHEMA_VERSION,
        schemas: { logits, hidden_states: hiddenStates },
        checkpoints: [...groups].map(([checkpoint, cells]) => ({
          path: join(ledger.folder(checkpoint), CHECKPOINT),
          trustRemoteCode: trusts(ledger, checkpoint),
          tasks: cells.filter(({ id }) => left.has(id)).map((cell) => evaluateTask(ledger, cell)),
        })).filter(({ tasks }) => tasks.length > 0),
      }),
    },
    {
      ...telling,
      onStart(id) {
        played.begin(ledger.cells.get(id)!);
        telling.onStart(id);
      },
      onTurns: (event) => played.answer(event),
    },
  ).finally(embedding.close);
}

/** The cells whose checkpoint exists, by checkpoint; the others are recorded as unreachable. */
async function reachableByCheckpoint(
  ledger: Ledger,
  cells: Cell[],
): Promise<Map<string, Cell[]>> {
  const groups = new Map<string, Cell[]>();
  const pending = new Set(cells.map(({ id }) => id));
  for (const cell of cells) {
    const missing = cell.needs.find((id) => !ledger.done.has(id) && !pending.has(id));
    if (missing !== undefined) {
      pending.delete(cell.id);
      await endUnreachable(ledger.context, cell, describe(ledger.cells.get(missing)));
      continue;
    }
    const checkpoint = checkpointOf(ledger, cell);
    groups.set(checkpoint, [...groups.get(checkpoint) ?? [], cell]);
  }
  return groups;
}

function describe(cell: Cell | undefined): string {
  if (cell?.kind === "compress") return "compression";
  return `text (${cell?.variant} on ${cell?.benchmark})`;
}

function checkpointOf(ledger: Ledger, cell: Cell): string {
  return cell.needs.find((id) => ledger.cells.get(id)?.kind === "compress")!;
}

function trusts(ledger: Ledger, checkpoint: string): boolean {
  const model = modelOf(ledger, ledger.cells.get(checkpoint)!);
  return ledger.context.experiment.models.find(({ name }) => name === model)!.trustRemoteCode;
}

function modelOf({ context }: Ledger, cell: Cell): string {
  return context.plan.variants.find(({ id }) => id === cell.variant)!.model;
}

async function writeSamples(ledger: Ledger, cell: Cell): Promise<void> {
  if (cell.kind === "evaluate") {
    const { benchmarks, environments } = ledger.context.facts;
    const played = environments[cell.benchmark!];
    const samples = played?.samples ??
      benchmarks[cell.benchmark!]!.sets[modelOf(ledger, cell)]!.samples;
    await writeJsonLines(join(ledger.folder(cell.id), SAMPLES), generateRows(samples));
  } else {
    const text = cell.needs.find((id) => ledger.cells.get(id)?.kind === "evaluate")!;
    if (ledger.done.has(text)) await supplyCapture(ledger, text, cell);
  }
}

/** Gives the captures that follow a cell's text their samples; the script waits for the file. */
async function supplyCaptures(ledger: Ledger, text: Cell, pending: Cell[]): Promise<void> {
  for (const capture of pending) {
    if (capture.kind === "capture" && capture.needs.includes(text.id)) {
      await supplyCapture(ledger, text.id, capture);
    }
  }
}

async function supplyCapture(ledger: Ledger, text: string, capture: Cell): Promise<void> {
  const folder = ledger.folder(capture.id);
  if ((await readRecord(ledger.folder(text)))?.status === "failed") {
    const error = `its ${describe(ledger.cells.get(text))} failed`;
    await writeJsonLines(join(folder, SAMPLES), [{ error }]);
  } else {
    await writeCaptureSamples(ledger.folder(text), folder, capture.inputs.samples as number);
  }
}

function evaluateTask(ledger: Ledger, cell: Cell): GenerateTask | CaptureTask | PlayTask {
  const out = ledger.folder(cell.id);
  const common = { id: cell.id, samples: join(out, SAMPLES), out };
  if (cell.kind === "capture") {
    return {
      kind: "capture",
      ...common,
      promptPositions: cell.inputs.promptPositions as boolean,
      hiddenStates: cell.inputs.hiddenStates as boolean,
      by: (cell.inputs.by ?? "batches") as CaptureTask["by"],
    };
  }
  const { benchmarks, environments } = ledger.context.facts;
  const played = environments[cell.benchmark!];
  const generation = {
    ...common,
    maxTokens: (played ?? benchmarks[cell.benchmark!]!).maxTokens,
    temperature: ledger.context.experiment.temperature,
    seed: cell.seed!,
  };
  return played ? { kind: "play", ...generation, maxSteps: played.environment.maxSteps } : {
    kind: "generate",
    ...generation,
    overflow: benchmarks[cell.benchmark!]!.benchmark.overflow,
  };
}

function scriptWork(context: RunContext, script: string, threads: number, limitSeconds: number) {
  return {
    python: context.python,
    script,
    folder: join(context.runs, context.experiment.name, "processes"),
    threads,
    limitSeconds,
    signal: context.signal,
  };
}

type Finish = (
  cell: Cell,
  event: Parameters<TaskListener["onDone"]>[0],
) => Promise<Parameters<typeof endCell>[3]["checkpoint"]>;

/** Makes records of what the script tells. */
function listener(
  ledger: Ledger,
  finish: Finish,
  afterFailure: (cell: Cell) => Promise<void> = async () => {},
): TaskListener {
  const { context, cells } = ledger;
  let versions: Record<string, string> = {};
  async function fail(cell: Cell, seconds: number, failure: TaskFailure, command: string[]) {
    await endCell(context, cell, versions, {
      command,
      seconds,
      failure,
      warnings: [],
      checkpoint: null,
    });
    await afterFailure(cell);
  }
  return {
    onVersions: (found) => void (versions = found),
    onStart: (id) => context.observer.onStart(cells.get(id)!),
    onProgress: (id, done, total) => context.observer.onProgress(cells.get(id)!, done, total),
    onFailed: (id, seconds, failure, command) => fail(cells.get(id)!, seconds, failure, command),
    async onDone(event, command) {
      const cell = cells.get(event.id)!;
      try {
        const checkpoint = await finish(cell, event);
        ledger.done.add(cell.id);
        await endCell(context, cell, versions, {
          command,
          seconds: event.seconds,
          failure: null,
          warnings: event.warnings ?? [],
          checkpoint,
        });
      } catch (error) {
        // What it leaned on was ended with the run: it is done again next time.
        if (context.signal.aborted) return;
        const message = `Its output cannot be used: ${(error as Error).message}`;
        await fail(cell, event.seconds, { kind: "error", message, logTail: "" }, command);
      }
    },
  };
}
