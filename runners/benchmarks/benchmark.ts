/**
 * What a benchmark is: samples read from its files, prompts made of them, scores made of completions.
 *
 * @module
 */
import type { z } from "zod";
import type { Json, JsonObject } from "../../data/types.ts";
import type { ScoreContext } from "../scoring/score_context.ts";
import type { Tokenizer } from "../tokenizer.ts";

/** One turn of a chat. */
export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** One question. */
export interface Sample {
  id: string;
  /** Part of the benchmark that it belongs to. */
  subtask: string;
  /** The prompt, before the model's chat template. */
  messages: Message[];
  /** What a right answer is, as the scorer wants it. */
  gold: Json;
  /** Longest answer, in tokens, where it is not the benchmark's. */
  maxTokens?: number;
  /** False where the model gets the only message as it is, without a chat template. */
  chat?: boolean;
}

/** What a scorer says of one completion. */
export interface Score {
  metric: string;
  /** Null when it could not be made; `reason` then says why. */
  value: number | null;
  reason: string | null;
}

/** What loading may need besides a path. */
export interface LoadContext {
  /** The base model's; null where no model is at hand. Benchmarks that name it in `needs` throw then. */
  tokenizer: Tokenizer | null;
  /** The experiment's `options`, checked by the benchmark's own schema. */
  options: JsonObject;
}

/** What a benchmark may need from outside: to make its samples (tokenizer), or to score them. */
export type Need = "tokenizer" | "similarity" | "segmentation";

/** A benchmark. */
export interface Benchmark {
  /** Registry key. */
  name: string;
  /** Raised when prompts or scores change: cells of the old version are then run again. */
  version: string;
  title: string;
  /** Repository and commit of the scorer that `upstream` mode equals; null for a benchmark of our own. */
  upstream: string | null;
  /** Licence of the data, as far as its owners state one. */
  licence: string;
  /** Where a user gets the data, and which path to give. */
  source: string;
  /** Files where the experiment names no others; null where we ship none. */
  data: URL | null;
  /** Longest answer, in tokens; of all samples where they differ. */
  maxTokens: number;
  /** The score that stands for the benchmark in tables, between 0 and 1. */
  mainMetric: string;
  needs: readonly Need[];
  /**
   * What becomes of a prompt that does not fit into the model: `skip` gives the sample no score,
   * `truncate-middle` keeps the first and the last half of the tokens that fit.
   */
  overflow: "skip" | "truncate-middle";
  /**
   * True where what is scored is a finished episode, recorded elsewhere (`deno task score --file`):
   * the completion is then the episode's record as JSON, and no cell can generate it.
   */
  episodes?: true;
  /** True where a record of an episode says what was asked, so that no other data is needed. */
  goalsInEpisodes?: true;
  /** Schema of `options` in an experiment's entry; left out where there are none. */
  options?: z.ZodType<JsonObject>;
  /** Reads and checks the samples. @throws {UserError} naming file, record and field. */
  load(path: string, context?: LoadContext): Promise<Sample[]>;
  /** Scores one completion. Never throws: a bad completion has a bad score, a missing score a reason. */
  score(sample: Sample, completion: string, context: ScoreContext): Score[];
}
