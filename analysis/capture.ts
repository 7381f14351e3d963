/**
 * A capture as the metrics see it: the logits and hidden states of one cell, its samples, and whatever
 * was already computed on them.
 *
 * @module
 */
import { dirname, join } from "node:path";
import {
  LogError,
  type LogitSketch,
  openVectors,
  readSketch,
  sourceOf,
  type TokenRows,
  type VectorLog,
  type VectorSource,
  verifyLog,
} from "../data/logs.ts";
import { hiddenStates as hiddenStatesSchema, logits as logitsSchema } from "../data/schema.ts";
import {
  DEFAULT_POSITIONS,
  type Episodes,
  type Positions,
  type SampleRows,
  sampleRows,
  tokenText,
} from "./sample_rows.ts";

/** The logs of one capture cell, whose vectors are read when a metric asks for them. */
export interface Capture {
  /** File of the logits, or of their sketch where that is all there is. */
  path: string;
  /** The tokens, one a row of all of the logs. */
  tokens: TokenRows;
  /** Null where only a sketch was kept. */
  logits: VectorSource | null;
  /** Null where only full logits were kept. */
  sketch: LogitSketch | null;
  /** Null where the experiment did not log them. */
  hiddenStates: VectorSource | null;
  samples: SampleRows[];
  /** Temperatures at which energies are wanted. */
  temperatures: readonly number[];
  /**
   * Computes a thing once: later calls with the same key get the first result. The baseline's capture
   * meets every variant, so what is derived from it alone is derived once.
   */
  memo<T>(key: string, compute: () => T): T;
}

/** A capture that kept all logits. */
export type FullCapture = Capture & { logits: VectorSource };

/** Whether a capture kept all logits. */
export function hasLogits(capture: Capture): capture is FullCapture {
  return capture.logits !== null;
}

/** The temperature of the papers' energies. */
export const TEMPERATURES: readonly number[] = [1];

/** What is measured on a capture. */
export interface CaptureOptions {
  /** Which rows enter; by default those of the tokens that the model wrote. */
  positions?: Positions;
  /** The episodes that the capture follows; by default its texts are none. */
  episodes?: Episodes;
  /** At which energies are wanted; by default {@link TEMPERATURES}. */
  temperatures?: readonly number[] | undefined;
}

/**
 * Opens a capture cell's logs and reads their tokens.
 *
 * @param folder The cell's folder.
 * @throws {LogError} When a log is damaged or not what its cell's record lists, or its rows are not in the order of samples and tokens.
 */
export async function readCapture(
  folder: string,
  options: CaptureOptions = {},
): Promise<Capture> {
  const sketchPath = join(folder, "logit_sketch.arrow");
  const hasSketch = await exists(sketchPath);
  if (hasSketch) verifyLog(sketchPath);
  const sketch = hasSketch ? readSketch(sketchPath) : null;
  const fullPath = join(folder, "logits.arrow");
  const hasLogits = sketch === null || await exists(fullPath);
  if (hasLogits) verifyLog(fullPath);
  const logits = hasLogits ? openVectors(fullPath, logitsSchema) : null;
  const path = logits ? fullPath : sketchPath;
  const tokens = logits ?? sketch!;
  if (logits && sketch) checkAligned(sketchPath, sketch, path, logits);
  const hiddenPath = join(folder, "hidden_states.arrow");
  const hasHidden = await exists(hiddenPath);
  if (hasHidden) verifyLog(hiddenPath);
  const hiddenStates = hasHidden ? openVectors(hiddenPath, hiddenStatesSchema) : null;
  if (hiddenStates) checkAligned(hiddenPath, hiddenStates, path, tokens);
  return capture(path, logits, hiddenStates, options, sketch);
}

/** A capture made of logs that were opened, or are in memory. */
export function capture(
  path: string,
  logits: VectorSource | VectorLog | null,
  hiddenStates: VectorSource | VectorLog | null,
  { positions = DEFAULT_POSITIONS, episodes = null, temperatures = TEMPERATURES }: CaptureOptions =
    {},
  sketch: LogitSketch | null = null,
): Capture {
  const tokens = logits ?? sketch;
  if (tokens === null) throw new TypeError("A capture needs logits or their sketch");
  const known = new Map<string, unknown>();
  return {
    path,
    tokens,
    logits: logits && ("read" in logits ? logits : sourceOf(logits)),
    sketch,
    hiddenStates: hiddenStates && ("read" in hiddenStates ? hiddenStates : sourceOf(hiddenStates)),
    samples: sampleRows(path, tokens, positions, episodes),
    temperatures: [...new Set(temperatures)].sort((a, b) => a - b),
    memo<T>(key: string, compute: () => T): T {
      if (!known.has(key)) known.set(key, compute());
      return known.get(key) as T;
    },
  };
}

/**
 * Holds that two logs have the same tokens in the same order, so that row i of one compares with row i of
 * the other.
 *
 * @throws {LogError} That names the file, the sample and the token index of the first difference.
 */
export function checkAligned(
  path: string,
  log: TokenRows,
  otherPath: string,
  other: TokenRows,
): void {
  const rows = Math.min(log.rows, other.rows);
  for (let row = 0; row < rows; row++) {
    if (
      log.tokenIndex[row] === other.tokenIndex[row] && log.tokenId[row] === other.tokenId[row] &&
      log.position[row] === other.position[row] && log.sampleId[row] === other.sampleId[row]
    ) continue;
    throw misaligned(
      path,
      `row ${row} is ${tokenText(log, row)}, expected ${tokenText(other, row)}`,
    );
  }
  if (log.rows === other.rows) return;
  const [longer, which] = log.rows > other.rows
    ? [log, "it goes on with"]
    : [other, "it ends before"];
  const found = `${log.rows} rows, expected ${other.rows}: ${which} ${tokenText(longer, rows)}`;
  throw misaligned(path, found);

  function misaligned(path: string, found: string): LogError {
    return new LogError(
      path,
      `${found} as in ${otherPath}`,
      `Both must hold the same tokens in the same order: delete the folder ${dirname(path)} and ` +
        "run the experiment again",
    );
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
