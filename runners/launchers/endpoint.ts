/**
 * Works off cells of models that are served elsewhere: one cell after another, many requests at a time.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder } from "../../data/logs.ts";
import type { Cell } from "../../data/types.ts";
import { SAMPLES, writeJsonLines } from "../cells/cell_files.ts";
import { endCell } from "../cells/end_cell.ts";
import { finishEvaluate } from "../cells/finish_evaluate.ts";
import { generateRows } from "../cells/generate_rows.ts";
import { playedCells } from "../cells/played_cells.ts";
import { embedProcess } from "../embedding/embed_process.ts";
import { answerSamples } from "../engines/endpoint/answer_samples.ts";
import { type Endpoint, endpointOf } from "../engines/endpoint/endpoint.ts";
import { NO_LOGITS } from "../engines/endpoint/endpoint_cells.ts";
import { ANSWERS, openAnswers } from "../engines/endpoint/kept_answers.ts";
import { playSamples } from "../engines/endpoint/play_samples.ts";
import { EndpointError } from "../engines/endpoint/post.ts";
import type { ScoringFacts } from "../facts.ts";
import type { RunContext } from "../run_context.ts";
import type { TaskFailure } from "./run_script.ts";

/**
 * Does all cells that have no good record yet. A cell that ends in its middle keeps the answers that it has, and the
 * next run goes on behind them.
 *
 * @throws {UserError} When the variable that shall hold the key is not set; nothing is asked then.
 */
export async function runOnEndpoint(context: RunContext, cells: Cell[]): Promise<void> {
  const endpoints = new Map(
    context.plan.variants.map((variant) => [variant.id, endpointOf(variant, context.experiment)]),
  );
  const embedding = embedProcess(context.facts.scoring.embedder, context.python);
  const scoring = { ...context.facts.scoring, embedding };
  try {
    for (const cell of cells) {
      context.observer.onStart(cell);
      if (cell.kind === "capture") {
        await end(context, cell, 0, {
          failure: { kind: "not-possible", message: NO_LOGITS, logTail: "" },
          warnings: [],
        });
      } else await evaluate(context, cell, endpoints.get(cell.variant)!, scoring);
    }
  } finally {
    embedding.close();
  }
}

async function evaluate(
  context: RunContext,
  cell: Cell,
  endpoint: Endpoint,
  scoring: ScoringFacts,
): Promise<void> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const limitSeconds = context.experiment.limits.evaluateSeconds;
  const limit = AbortSignal.timeout(limitSeconds * 1000);
  try {
    const signal = AbortSignal.any([context.signal, limit]);
    const warnings = await answer(context, cell, endpoint, scoring, signal);
    await end(context, cell, seconds(), { failure: null, warnings });
  } catch (error) {
    // Nothing is recorded: the next run goes on.
    context.signal.throwIfAborted();
    const failure: TaskFailure = limit.aborted
      ? { kind: "timeout", message: `No result within ${limitSeconds} s`, logTail: "" }
      : {
        kind: "error",
        message: (error as Error).message,
        logTail: error instanceof EndpointError ? "" : (error as Error).stack ?? "",
      };
    await end(context, cell, seconds(), { failure, warnings: [] });
  }
}

async function answer(
  context: RunContext,
  cell: Cell,
  endpoint: Endpoint,
  scoring: ScoringFacts,
  signal: AbortSignal,
): Promise<string[]> {
  const { experiment, facts, plan } = context;
  const folder = cellFolder(context.runs, cell.id);
  await Deno.mkdir(folder, { recursive: true });
  const environment = facts.environments[cell.benchmark!];
  const asked = environment ?? facts.benchmarks[cell.benchmark!]!;
  const { model } = plan.variants.find(({ id }) => id === cell.variant)!;
  const samples = "sets" in asked ? asked.sets[model]!.samples : asked.samples;
  const rows = generateRows(samples);
  await writeJsonLines(join(folder, SAMPLES), rows);
  const work = {
    endpoint,
    rows,
    sampling: { maxTokens: asked.maxTokens, temperature: experiment.temperature, seed: cell.seed! },
    kept: await openAnswers(folder),
    folder,
    signal,
    progress: (done: number) => context.observer.onProgress(cell, done, rows.length),
  };
  let warnings: string[];
  try {
    if (environment) {
      const played = playedCells(facts);
      played.begin(cell);
      await playSamples(
        work,
        (completions) => played.answer({ event: "turns", id: cell.id, completions }),
      );
      await played.finish(cell, folder);
      warnings = [];
    } else {
      warnings = await answerSamples(work);
      await finishEvaluate(folder, facts.benchmarks[cell.benchmark!]!, model, scoring);
    }
  } finally {
    work.kept.close();
  }
  await Deno.remove(join(folder, ANSWERS));
  return warnings;
}

async function end(
  context: RunContext,
  cell: Cell,
  seconds: number,
  how: { failure: TaskFailure | null; warnings: string[] },
): Promise<void> {
  await endCell(context, cell, {}, { command: [], seconds, checkpoint: null, ...how });
}
