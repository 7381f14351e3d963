/**
 * What the runners tell the Python scripts, and what these answer.
 *
 * A script is started as `python -u script.py JOB.json`. It writes one JSON object a line to standard
 * output (events, nothing else: whatever libraries print goes to standard error) and files under each
 * task's `out` folder. It goes on after a task that failed.
 *
 * In a `PlayTask` it asks back: after each event `turns` it reads one line from its standard input, the chats that go
 * on (`TurnReply`).
 *
 * @module
 */
import type { CheckpointFacts, Json } from "../data/types.ts";
import type { LogSchema } from "../data/column.ts";

/** Job of `runners/python/compress.py`: checkpoints made one after another in one process. */
export interface CompressJob {
  threads: number;
  /** Schema of `spectra.jsonl` rows, as in data/schema.ts. */
  spectra: LogSchema;
  tasks: CompressTask[];
}

/** One checkpoint. */
export interface CompressTask {
  /** Cell id. */
  id: string;
  /** Folder of the base model, or its name on a hub: then it must be in the local cache already. */
  model: string;
  /** Commit of the hub's model; null for a folder. */
  revision: string | null;
  trustRemoteCode: boolean;
  /** Steps in order; empty for the baseline, which is copied as it is. */
  recipe: RecipeStep[];
  /** JSONL file of `{"text": string}` records; null when the recipe needs none. */
  calibration: { file: string; samples: number; maxLength: number; seed: number } | null;
  /** True when the engine has no kernel: the compressed weights are expanded into a dense checkpoint. */
  simulate: boolean;
  /** A checkpoint made elsewhere that stands in the place of a compression; the recipe is empty then. */
  checkpoint: { model: string; revision: string | null; compressed: boolean } | null;
  /**
   * What must come out, or the task fails: share of zeros (0.5; with `atLeast` more are right too) and pattern (`0:0`
   * unstructured, `2:4`), or every parameter as it was (`identity`).
   */
  expect: { sparsity: number; pattern: string; atLeast?: boolean; identity?: boolean } | null;
  /** Folder to make: `checkpoint/` (what the engine loads) and `spectra.jsonl`. */
  out: string;
}

/** A modifier of llm-compressor by class name, or a step of our own in torch. */
export type RecipeStep =
  | { modifier: string; arguments: { [key: string]: Json } }
  | {
    torch: "magnitude";
    arguments: { sparsity: number; pattern: string; ignore: string[] };
  }
  | { torch: "cache"; arguments: { bits: number } }
  | { torch: "untrained"; arguments: { seed: number; ignore: string[] } };

/** Engines of `evaluate.py`. */
export const SCRIPT_ENGINES = ["vllm", "transformers"] as const;

/** One of {@link SCRIPT_ENGINES}. */
export type ScriptEngine = (typeof SCRIPT_ENGINES)[number];

/** Job of `runners/python/evaluate.py`: checkpoints loaded one after another in one process. */
export interface EvaluateJob {
  engine: {
    dtype: string;
    maxModelLength: number;
    threads: number;
    /** Settings handed to `vllm.LLM` as they are, e.g. `tensor_parallel_size`. */
    options: { [key: string]: Json };
    /** Settings of transformers: `device`, `attn_implementation`, `max_num_seqs`, `max_num_batched_tokens`. */
    transformers: { [key: string]: Json };
    /** True: a checkpoint that vLLM does not load is loaded by transformers; the event `done` tells it. */
    fallback: boolean;
  };
  /** `SCHEMA_VERSION`, which goes into the logs' metadata. */
  schemaVersion: number;
  schemas: { logits: LogSchema; hidden_states: LogSchema };
  checkpoints: {
    path: string;
    trustRemoteCode: boolean;
    /** Where it is not the engine's: of the noise floor of another precision. */
    dtype?: string;
    engine: ScriptEngine;
    tasks: (GenerateTask | CaptureTask | PlayTask)[];
  }[];
}

/**
 * Completions of a benchmark's samples: writes `completions.jsonl`, one line a sample: columns of the completions
 * log, or `{"sample_id", "missing": reason}` for a sample that does not fit into the model.
 */
export interface GenerateTask {
  kind: "generate";
  /** Cell id. */
  id: string;
  /**
   * JSONL of `{"sample_id", "messages": [{role, content}…]}` or `{"sample_id", "prompt"}` (no template), each with
   * `max_tokens` where it is not the task's.
   */
  samples: string;
  maxTokens: number;
  /**
   * What becomes of a prompt that leaves no room for the answer: `skip` leaves the sample out, `truncate-middle`
   * keeps the first and the last half of the tokens that fit. Left out: the task fails.
   */
  overflow?: "skip" | "truncate-middle";
  temperature: number;
  seed: number;
  out: string;
}

/**
 * Ways to compute the same logits again. In the first two only the order of sums differs: `transformers` in place of
 * vLLM (on the CPU: the engine holds the device's memory), or vLLM with one sample at a time in place of batches.
 * `bfloat16` is vLLM in that precision.
 */
export const NOISE_FLOORS = ["transformers", "one-by-one", "bfloat16"] as const;

/** One of {@link NOISE_FLOORS}. */
export type NoiseFloor = (typeof NOISE_FLOORS)[number];

/** What a capture keeps of the logits: every one, or a sketch of constant size a token, or both. */
export const LOGITS_TIERS = ["full", "sketch", "both"] as const;

/** One of {@link LOGITS_TIERS}. */
export type LogitsTier = (typeof LOGITS_TIERS)[number];

/** How a sketch is made: `runners/python/sketch_log.py` pipes the rows to a process. */
export interface SketchTask {
  /** The process, but for its last argument, a JSON of the file to write, the vocabulary and the baseline. */
  command: string[];
  /** The sketch of the baseline, done before; null for the baseline itself. */
  baseline: string | null;
}

/** Logits and hidden states on given text: `logits.arrow`, `logit_sketch.arrow`, `hidden_states.arrow`. */
export interface CaptureTask {
  kind: "capture";
  /** Cell id. */
  id: string;
  /**
   * JSONL of `{"sample_id", "prompt_token_ids", "continuation_token_ids"}`, or of one `{"error"}` when there is no text
   * to capture. The file may come later (the text is often another task's answer): the script waits for it.
   */
  samples: string;
  /** False leaves the prompt's positions out of the logs. */
  promptPositions: boolean;
  hiddenStates: boolean;
  logits: LogitsTier;
  /** Null where only full logits are kept. */
  sketch: SketchTask | null;
  /** How it is computed: see {@link NOISE_FLOORS}. */
  by: "batches" | NoiseFloor;
  out: string;
}

/**
 * Episodes of an environment, turn by turn, all of them at once: writes `completions.jsonl` (columns of the
 * completions log, but for `finish_reason`, which the caller knows).
 */
export interface PlayTask {
  kind: "play";
  /** Cell id. */
  id: string;
  /** JSONL of `{"sample_id", "messages"}`: what each episode begins with. */
  samples: string;
  /** Longest turn, in tokens. */
  maxTokens: number;
  /** Most turns of an episode: for the progress alone, the caller ends the episodes. */
  maxSteps: number;
  temperature: number;
  seed: number;
  out: string;
}

/** One turn of a model in one episode. */
export interface TurnCompletion {
  sample_id: string;
  text: string;
  /** End token included. */
  token_ids: number[];
  /** Where each token's text ends, in Unicode code points of `text`. */
  token_ends: number[];
  /** Tokens that the model had read before. */
  prompt_tokens: number;
  /** `context`: there was no room for a turn, the others are empty. */
  finish_reason: "stop" | "length" | "context";
}

/** The chat of an episode that goes on. */
export interface TurnRequest {
  sample_id: string;
  /** The whole chat so far; ends with what the environment said. */
  messages: { role: "system" | "user" | "assistant"; content: string }[];
}

/** Chats of the episodes that go on, none when all have ended; or why the task cannot go on. */
export type TurnReply = TurnRequest[] | { error: string };

/** One line of a script's standard output. */
export type JobEvent =
  | { event: "versions"; versions: Record<string, string>; device: string }
  | { event: "start"; id: string }
  | { event: "progress"; id: string; done: number; total: number }
  | { event: "turns"; id: string; completions: TurnCompletion[] }
  | {
    event: "done";
    id: string;
    seconds: number;
    facts?: Omit<CheckpointFacts, "path">;
    /** What is not an error but must be known, e.g. logits that are not finite. */
    warnings?: string[];
    /** Which engine did it, and why not vLLM where it took the place of that; of `evaluate.py` alone. */
    engine?: { name: ScriptEngine; refused: string | null };
  }
  | {
    event: "failed";
    id: string;
    seconds: number;
    message: string;
    kind: "error" | "out-of-memory";
  };
