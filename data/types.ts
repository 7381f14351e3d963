/**
 * The nouns that every room shares. Nothing here computes.
 *
 * An experiment is planned into cells; a finished cell is a run with a record and logs; metrics turn
 * the logs of runs into results.
 *
 * @module
 */

/** A value that survives JSON unchanged. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** The texts that a compression method measures activations on. */
export interface Calibration {
  /** Name of a calibration file in `data/suites`, or a path to a JSONL file. */
  set: string;
  /** How many texts are used. */
  samples: number;
  /** Longest text, in tokens; longer texts are cut. */
  maxLength: number;
  /** Seed that picks and orders the texts. */
  seed: number;
}

/** One model under one compression: a column of every comparison. */
export interface Variant {
  /** `<model>/<method-and-settings>`, e.g. `tiny-agent-s/gptq-w4a16-g128`; `<model>/none` is the baseline. */
  id: string;
  /** Name of the base model. */
  model: string;
  /** Registry key of the compression method. */
  method: string;
  /** What a figure or table calls it, e.g. `GPTQ W4A16`. */
  title: string;
  /** Settings of the method, defaults filled in. */
  settings: JsonObject;
  /** Null where the method needs no calibration. */
  calibration: Calibration | null;
}

/** The engine that evaluates, with all of its settings that decide a result. */
export interface Engine {
  name: "vllm" | "transformers" | "endpoint";
  /** `unknown` where the engine is elsewhere. */
  version: string;
  device: string;
  dtype: string;
  maxModelLength: number;
}

/**
 * What a cell does: `compress` makes a checkpoint, `evaluate` generates and scores completions,
 * `capture` logs logits and hidden states, teacher-forced on the baseline's text.
 */
export type CellKind = "compress" | "evaluate" | "capture";

/** The unit of work, of resume and of provenance. */
export interface Cell {
  /** First 16 hex digits of the SHA-256 of `inputs`. */
  id: string;
  kind: CellKind;
  /** Id of the variant. */
  variant: string;
  /** Name of the benchmark; null for `compress`. */
  benchmark: string | null;
  /** Sampling seed; null for `compress`. */
  seed: number | null;
  /** Ids of the cells that must have finished before this one starts. */
  needs: string[];
  /** All that decides the result, hashes of files and ids of needed cells included. */
  inputs: JsonObject;
}

/** What is known of a checkpoint once it is on disk. */
export interface CheckpointFacts {
  /** Folder of the checkpoint that engines load. */
  path: string;
  /** `native`: the engine runs the compressed weights; `simulated`: they were expanded to dense ones first. */
  execution: "native" | "simulated";
  /** Bytes of the weight files as they would be shipped (compressed form also when execution is simulated). */
  storedBytes: number;
  /** Bits per weight over the compressed layers, scales and zero points included. */
  effectiveBits: number;
  /** Bits per number of the key-value cache, scales included; null where the engine keeps its own type. */
  cacheBits: number | null;
  /** Share of zeros over the compressed layers, measured on the weights that the engine computes with. */
  sparsity: number;
  /** Number of weights (parameters of the linear layers) that the method changed. */
  compressedParameters: number;
  /** Number of parameters of the whole model. */
  parameters: number;
  /** The steps that ran, as data; of a checkpoint made elsewhere, how its config.json describes it. */
  recipe: Json;
  /** SHA-256 over the names and contents of the checkpoint's weight files. */
  weightsHash: string;
}

/** How a cell ended. Written last and atomically: a cell without a record has not run. */
export interface RunRecord {
  schemaVersion: number;
  cell: Cell;
  status: "done" | "failed";
  /** Why it failed, in one line, then the tail of its log; null when done. */
  error: { message: string; logTail: string; kind: FailureKind } | null;
  /** What is not an error but must be known, such as logits that are not finite. */
  warnings: string[];
  /** Argument arrays of the processes that worked on it. */
  commands: string[][];
  /** Versions of all that took part: actgauge, deno, python, torch, vllm, llmcompressor, … */
  versions: Record<string, string>;
  gitCommit: string | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  seconds: number;
  /** SHA-256 of every log file in the cell's folder, by file name. */
  hashes: Record<string, string>;
  /** For `compress` cells. */
  checkpoint: CheckpointFacts | null;
  /** The engine that did it in place of the cell's own, and why; left out where the cell's own did. */
  substitute?: { engine: string; reason: string };
}

/** Why a cell failed. */
export type FailureKind =
  | "error"
  | "timeout"
  | "out-of-memory"
  | "crash"
  | "interrupted"
  | "needs-failed"
  | "not-possible";

/** One measured number, or the reason why there is none. */
export interface MetricValue {
  sampleId: string | null;
  /** Index of the predicted token in the continuation (0 is its first token); null for whole samples. */
  position: number | null;
  /** What else identifies the number, e.g. `k=3`, `layer=model.layers.0.mlp.up_proj`; null when nothing. */
  parameter: string | null;
  value: number | null;
  /** Why the value is null; null otherwise. */
  reason: string | null;
}

/** One row of `results.parquet`. */
export interface ResultRow extends MetricValue {
  cellId: string;
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  /** Null for the weights of a checkpoint. */
  seed: number | null;
}
