/**
 * Works off cells on this machine: a process for each worker does all of its compression, then one all of its
 * evaluation, so that each engine starts once. Where checkpoints are reclaimed, this is done wave by wave.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, readRecord } from "../../data/logs.ts";
import { hiddenStates, logits, SCHEMA_VERSION, spectra } from "../../data/schema.ts";
import type { Cell } from "../../data/types.ts";
import { emptyFolder, SAMPLES, writeJsonLines } from "../cells/cell_files.ts";
import { endCell, endUnreachable } from "../cells/end_cell.ts";
import { CHECKPOINT, finishCompress } from "../cells/finish_compress.ts";
import { finishEvaluate } from "../cells/finish_evaluate.ts";
import { generateRows } from "../cells/generate_rows.ts";
import { playedCells } from "../cells/played_cells.ts";
import { sketchTask } from "../cells/sketch_task.ts";
import { embedProcess } from "../embedding/embed_process.ts";
import { engineIn, scriptOptions, substituteOf } from "../engines/script_engine.ts";
import type {
  CaptureTask,
  CompressJob,
  EvaluateJob,
  GenerateTask,
  LogitsTier,
  PlayTask,
} from "../jobs.ts";
import type { CellEnd, RunContext } from "../run_context.ts";
import { reclaim } from "./checkpoints.ts";
import { compressTask } from "./compress_task.ts";
import { describe, type Ledger } from "./ledger.ts";
import { runScript, type TaskFailure, type TaskListener } from "./run_script.ts";
import { type Place, scriptWork } from "./script_work.ts";
import { shareOut, sideBySide } from "./share_out.ts";
import { followedBy, supplyCapture, supplyCaptures } from "./supply_captures.ts";
import { checkpointOf } from "./waves.ts";

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
  if (context.waves === null) return await work(ledger, cells);
  await reclaimDone(ledger, ledger.cells.values());
  for (const { checkpoints } of context.waves) {
    const ids = new Set(checkpoints);
    await work(ledger, cells.filter((cell) => ids.has(checkpointOf(cell, ledger.cells).id)));
    await reclaimDone(ledger, ledger.cells.values());
  }
}

async function work(ledger: Ledger, cells: Cell[]): Promise<void> {
  await compress(ledger, cells.filter((cell) => cell.kind === "compress"));
  await evaluate(ledger, cells.filter((cell) => cell.kind !== "compress"));
}

async function reclaimDone({ cells, context, done }: Ledger, of: Iterable<Cell>): Promise<void> {
  if (context.waves === null) return;
  await reclaim(of, [...cells.values()], done, context.runs);
}

async function compress(ledger: Ledger, cells: Cell[]): Promise<void> {
  const { context } = ledger;
  const { compressSeconds } = context.experiment.limits;
  const before = new Map<string, string>();
  for (const cell of cells) {
    const hash = (await readRecord(ledger.folder(cell.id)))?.checkpoint?.weightsHash;
    // What was made once keeps its record while its deleted weights are made again.
    if (hash === undefined) await emptyFolder(ledger.folder(cell.id));
    else before.set(cell.id, hash);
  }
  const telling = listener(ledger, async (cell, event) => {
    const checkpoint = await finishCompress(ledger.folder(cell.id), event.facts!);
    return { checkpoint, warnings: changedWeights(before.get(cell.id), checkpoint.weightsHash) };
  });
  const shares = shareOut(cells, context.workers, context.seconds);
  await sideBySide(
    context.signal,
    shares.map((share, worker) => (signal) =>
      runScript({
        ...scriptWork(context, "compress.py", { worker, signal, threads: 1 }, compressSeconds),
        tasks: share.map(({ id }) => ({ id, group: id })),
        job: (left): CompressJob => ({
          threads: 1,
          spectra,
          tasks: share.filter(({ id }) => left.has(id))
            .map((cell) => compressTask(context, cell, ledger.folder(cell.id))),
        }),
      }, telling)
    ),
  );
}

function changedWeights(before: string | undefined, now: string): string[] {
  return before === undefined || before === now ? [] : [
    "Made again, its weights are others than before: what was measured with those stays as it is",
  ];
}

async function evaluate(ledger: Ledger, cells: Cell[]): Promise<void> {
  const { context } = ledger;
  const groups = await reachableByLoad(ledger, cells);
  const order = [...groups.values()].flat();
  for (const cell of order) await emptyFolder(ledger.folder(cell.id));
  for (const cell of order) await writeSamples(ledger, cell);
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
    } else await Deno.remove(join(folder, SAMPLES));
    ledger.done.add(cell.id);
    await supplyCaptures(ledger, cell, order);
    return { checkpoint: null, warnings: [] };
  }, async (cell) => await supplyCaptures(ledger, cell, order));
  const whole: TaskListener = {
    ...telling,
    onStart(id) {
      played.begin(ledger.cells.get(id)!);
      telling.onStart(id);
    },
    onTurns: (event) => played.answer(event),
  };
  const followed = new Set(
    order.filter(({ kind }) => kind === "capture").flatMap((cell) => followedBy(ledger, cell)),
  );
  const shares = shareOut(
    [...groups],
    context.workers,
    ([, own]) =>
      own.reduce((sum, cell) => sum + context.seconds(cell), context.loadSeconds(own[0]!.variant)),
    // Captures of other checkpoints wait for these.
    ([, own]) => own.some(({ id }) => followed.has(id)),
  );
  await sideBySide(
    context.signal,
    shares.map((share, worker) => (signal) =>
      evaluateShare(ledger, share, { worker, signal }, whole)
    ),
  ).finally(embedding.close);
}

async function evaluateShare(
  ledger: Ledger,
  groups: [load: string, cells: Cell[]][],
  place: Omit<Place, "threads">,
  listener: TaskListener,
): Promise<void> {
  const { engine, limits } = ledger.context.experiment;
  const { threads } = engine;
  await runScript({
    ...scriptWork(
      ledger.context,
      "evaluate.py",
      { ...place, threads },
      limits.evaluateSeconds,
    ),
    tasks: groups.flatMap(([group, cells]) => cells.map(({ id }) => ({ id, group }))),
    job: (left): EvaluateJob => ({
      engine: {
        dtype: engine.dtype,
        maxModelLength: engine.maxModelLength,
        threads,
        ...scriptOptions(engine),
      },
      schemaVersion: SCHEMA_VERSION,
      schemas: { logits, hidden_states: hiddenStates },
      checkpoints: groups.map(([, cells]) => ({
        ...loadedFor(ledger, cells[0]!),
        tasks: cells.filter(({ id }) => left.has(id)).map((cell) => evaluateTask(ledger, cell)),
      })).filter(({ tasks }) => tasks.length > 0),
    }),
  }, listener);
}

/** The cells whose checkpoint exists, by what must be loaded; the others are recorded as unreachable. */
async function reachableByLoad(
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
    const load = JSON.stringify(loadedFor(ledger, cell));
    groups.set(load, [...groups.get(load) ?? [], cell]);
  }
  return groups;
}

/** What the engine must have loaded for a cell. */
function loadedFor(ledger: Ledger, cell: Cell) {
  const { id } = checkpointOf(cell, ledger.cells);
  const { dtype } = cell.inputs.engine as { dtype: string };
  return {
    path: join(ledger.folder(id), CHECKPOINT),
    trustRemoteCode: trusts(ledger, id),
    engine: engineIn(cell.inputs),
    ...(dtype === ledger.context.experiment.engine.dtype ? {} : { dtype }),
  };
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
  } else await supplyCapture(ledger, cell);
}

function evaluateTask(ledger: Ledger, cell: Cell): GenerateTask | CaptureTask | PlayTask {
  const out = ledger.folder(cell.id);
  const common = { id: cell.id, samples: join(out, SAMPLES), out };
  if (cell.kind === "capture") {
    const tier = (cell.inputs.logits ?? "full") as LogitsTier;
    const compared = cell.inputs.compared as string | null | undefined;
    return {
      kind: "capture",
      ...common,
      promptPositions: cell.inputs.promptPositions as boolean,
      hiddenStates: cell.inputs.hiddenStates as boolean,
      logits: tier,
      sketch: sketchTask(tier, compared ? ledger.folder(compared) : null),
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

type Finish = (
  cell: Cell,
  event: Parameters<TaskListener["onDone"]>[0],
) => Promise<Pick<CellEnd, "checkpoint" | "warnings">>;

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
        const { checkpoint, warnings } = await finish(cell, event);
        ledger.done.add(cell.id);
        await endCell(context, cell, versions, {
          command,
          seconds: event.seconds,
          failure: null,
          warnings: [...event.warnings ?? [], ...warnings],
          checkpoint,
          ...substituteOf(event),
        });
        await reclaimDone(ledger, [checkpointOf(cell, cells)]);
      } catch (error) {
        // What it leaned on was ended with the run: it is done again next time.
        if (context.signal.aborted) return;
        const message = `Its output cannot be used: ${(error as Error).message}`;
        await fail(cell, event.seconds, { kind: "error", message, logTail: "" }, command);
      }
    },
  };
}
