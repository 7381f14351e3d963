/**
 * What a plan will cost, before it runs.
 *
 * @module
 */
import { pickEvenly } from "./pick_samples.ts";
import type { Cell } from "../data/types.ts";
import type { BenchmarkFacts, Facts } from "./facts.ts";
import {
  captureSeconds,
  compressionSeconds,
  generationSeconds,
  LARGE_PARAMETERS,
  loadingSeconds,
} from "./large_model.ts";
import { shareOut } from "./launchers/share_out.ts";
import { type TierBytes, tierBytes, tierOf } from "./logits_tiers.ts";
import { CHARACTERS_PER_TOKEN } from "./text_length.ts";
import type { Timings } from "./timings.ts";

/** Seconds and bytes. */
export interface Estimate {
  seconds: number;
  bytes: number;
  /** Of a capture: bytes of the logits in each tier, of which `bytes` counts those that it keeps. */
  logits?: TierBytes;
}

/** Start of the engines: importing vLLM and llm-compressor, measured on two cores without a GPU. */
const START_SECONDS = { compress: 12, evaluate: 14 };
/**
 * For a first run: seconds for each million parameters, and tokens a second (prompts and longest answers) of a model of
 * 1.5 million on one of two busy cores. 8,000 to 10,000 were seen at household, T-Eval and needle; more on a quiet
 * machine. As soon as cells of the same kind have run here, their own times take the place of these.
 */
const SECONDS_PER_MILLION_PARAMETERS = 4;
const TOKENS_PER_SECOND = 9_000;
/** Loading a checkpoint into the engine: of a small model, where its start is all of it. */
const LOAD_SECONDS = 3;
/** Spectra of a small model; a large one is larger than what its spectra take. */
const SPECTRA_BYTES = 1e5;

/** Estimates one cell: seconds from earlier cells of its kind where there are any, bytes at most. */
export function estimateCell(cell: Cell, facts: Facts, timings: Timings): Estimate {
  const model = cell.variant.slice(0, cell.variant.indexOf("/"));
  const { parameters, vocabulary, hiddenSize, bytes } = facts.models[model]!;
  const large = parameters > LARGE_PARAMETERS;
  if (cell.kind === "compress") {
    const calibrated = cell.inputs.calibration !== null;
    return {
      seconds: timings.seconds(cell) ??
        (large
          ? compressionSeconds(parameters, calibrated)
          : parameters / 1e6 * SECONDS_PER_MILLION_PARAMETERS),
      // Expanded weights have 32 bits; and spectra.
      bytes: (cell.inputs.simulate ? 2 : 1) * bytes + SPECTRA_BYTES,
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
  const measured = timings.seconds(cell);
  if (cell.kind === "evaluate") {
    const seconds = measured ??
      (large
        ? generationSeconds(parameters, promptTokens, answerTokens)
        : smallModelSeconds(parameters, promptTokens + answerTokens));
    return { seconds, bytes: 100 * used.length * turns };
  }
  const rows = answerTokens + (cell.inputs.promptPositions ? promptTokens : 0);
  const logits = tierBytes(rows, vocabulary);
  const kept = { full: logits.full, sketch: logits.sketch, both: logits.full + logits.sketch };
  const hidden = cell.inputs.hiddenStates ? Math.round(4 * rows * hiddenSize) : 0;
  const logBytes = kept[tierOf(cell)] + hidden;
  const tokens = promptTokens + answerTokens;
  const seconds = measured ??
    (large ? captureSeconds(parameters, tokens, logBytes) : smallModelSeconds(parameters, tokens));
  return { seconds, bytes: logBytes, logits };
}

/** Much of a small model's time goes by beside its arithmetic: it grows with the root of its size. */
function smallModelSeconds(parameters: number, tokens: number): number {
  return tokens / TOKENS_PER_SECOND * Math.sqrt(parameters / 1.5e6);
}

/** Seconds to load the checkpoint of a variant. */
export function estimateLoad(variant: string, { models }: Pick<Facts, "models">): number {
  const { parameters } = models[variant.slice(0, variant.indexOf("/"))]!;
  return LOAD_SECONDS + (parameters > LARGE_PARAMETERS ? loadingSeconds(parameters) : 0);
}

function asked({ maxTokens, sets }: BenchmarkFacts, model: string) {
  return { maxTokens, samples: sets[model]!.samples };
}

/** Estimates all cells together, engines' starts included, shared out to processes side by side. */
export function estimateAll(
  cells: Cell[],
  facts: Facts,
  timings: Timings,
  workers: number,
): Estimate {
  const estimates = new Map(cells.map((cell) => [cell.id, estimateCell(cell, facts, timings)]));
  const own = (part: Cell[]) => part.reduce((sum, { id }) => sum + estimates.get(id)!.seconds, 0);
  const longest = (parts: Cell[][], start: number, load: (part: Cell[]) => number) => {
    const seconds = (part: Cell[]) => own(part) + load(part);
    const shares = shareOut(parts, workers, seconds)
      .map((share) => share.reduce((sum, part) => sum + seconds(part), start));
    return Math.max(0, ...shares);
  };
  const compress = cells.filter(({ kind }) => kind === "compress").map((cell) => [cell]);
  const evaluate = cells.filter(({ kind }) => kind !== "compress");
  const loaded = [...Map.groupBy(evaluate, ({ variant }) => variant).values()];
  return {
    seconds: longest(compress, START_SECONDS.compress, () => 0) +
      longest(loaded, START_SECONDS.evaluate, ([cell]) => estimateLoad(cell!.variant, facts)),
    bytes: [...estimates.values()].reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
