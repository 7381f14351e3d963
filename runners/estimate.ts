/**
 * What a plan will cost, before it runs.
 *
 * @module
 */
import { pickEvenly } from "./pick_samples.ts";
import type { Cell, CellKind } from "../data/types.ts";
import type { CellState } from "./cell_states.ts";
import type { BenchmarkFacts, Facts } from "./facts.ts";

/** Seconds and bytes. */
export interface Estimate {
  seconds: number;
  bytes: number;
}

/** Start of the engines: importing vLLM and llm-compressor, measured on two cores without a GPU. */
const START_SECONDS: Record<CellKind, number> = { compress: 12, evaluate: 14, capture: 0 };
/**
 * Seconds for each thousand tokens or million parameters of our tiny model on two cores: orders of magnitude
 * for a first run. As soon as cells of the same kind have run here, their own times take the place of these.
 */
const SECONDS_PER_MILLION_PARAMETERS = 4;
const TOKENS_PER_SECOND = 20_000;
/** Loading a checkpoint into the engine. */
const LOAD_SECONDS = 3;
/** English text, byte-level BPE: enough for an upper bound on tokens. */
const CHARACTERS_PER_TOKEN = 2.5;

/** Estimates one cell: seconds from earlier cells of its kind where there are any, bytes at most. */
export function estimateCell(cell: Cell, facts: Facts, states: CellState[]): Estimate {
  const model = cell.variant.slice(0, cell.variant.indexOf("/"));
  const { parameters, vocabulary, hiddenSize, bytes } = facts.models[model]!;
  if (cell.kind === "compress") {
    return {
      seconds: earlier(cell, states) ?? parameters / 1e6 * SECONDS_PER_MILLION_PARAMETERS,
      bytes: 2 * bytes,
    };
  }
  const played = facts.environments[cell.benchmark!];
  const { maxTokens, samples } = played ?? asked(facts.benchmarks[cell.benchmark!]!, model);
  // At most all turns of an episode, each answered with an observation that is no longer.
  const turns = played ? 2 * played.environment.maxSteps : 1;
  const used = cell.kind === "capture"
    ? pickEvenly(samples, cell.inputs.samples as number)
    : samples;
  const promptTokens = used.reduce(
    (sum, { messages }) =>
      sum + messages.reduce((length, { content }) => length + content.length, 0),
    0,
  ) /
    CHARACTERS_PER_TOKEN;
  const { maxModelLength } = cell.inputs.engine as { maxModelLength: number };
  const answerTokens = used.reduce(
    (sum, sample) => sum + Math.min(turns * (sample.maxTokens ?? maxTokens), maxModelLength),
    0,
  );
  const seconds = earlier(cell, states) ?? (promptTokens + answerTokens) / TOKENS_PER_SECOND;
  if (cell.kind === "evaluate") return { seconds, bytes: 100 * used.length * turns };
  const rows = answerTokens + (cell.inputs.promptPositions ? promptTokens : 0);
  const width = vocabulary + (cell.inputs.hiddenStates ? hiddenSize : 0);
  return { seconds, bytes: Math.round(4 * rows * width) };
}

function asked({ maxTokens, sets }: BenchmarkFacts, model: string) {
  return { maxTokens, samples: sets[model]!.samples };
}

/** Mean seconds of finished cells that did the same to another variant; null without any. */
function earlier(cell: Cell, states: CellState[]): number | null {
  const times = states.flatMap(({ cell: other, record }) =>
    record?.status === "done" && other.kind === cell.kind && other.benchmark === cell.benchmark
      ? [record.seconds]
      : []
  );
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** Estimates all cells together, engines' starts included. */
export function estimateAll(cells: Cell[], facts: Facts, states: CellState[]): Estimate {
  const parts = cells.map((cell) => estimateCell(cell, facts, states));
  const kinds = [...new Set(cells.map(({ kind }) => kind))];
  const loaded = cells.filter(({ kind }) => kind !== "compress").map(({ variant }) => variant);
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0) +
      kinds.reduce((sum, kind) => sum + START_SECONDS[kind], 0) +
      LOAD_SECONDS * new Set(loaded).size,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
