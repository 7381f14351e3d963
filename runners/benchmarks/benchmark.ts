/**
 * What a benchmark is: samples read from its file, prompts made of them, scores made of completions.
 *
 * @module
 */
import type { Json } from "../../data/types.ts";

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
}

/** What a scorer says of one completion. */
export interface Score {
  metric: string;
  /** Null when it could not be made; `reason` then says why. */
  value: number | null;
  reason: string | null;
}

/** A benchmark. */
export interface Benchmark {
  /** Registry key. */
  name: string;
  /** Raised when prompts or scores change. */
  version: string;
  title: string;
  /** File of samples where the experiment names no other. */
  data: URL;
  /** Longest answer, in tokens. */
  maxTokens: number;
  /** The score that stands for the benchmark in tables, between 0 and 1. */
  mainMetric: string;
  /** Reads and checks the samples. @throws {UserError} naming file, record and field. */
  load(path: string): Promise<Sample[]>;
  /** Scores one completion. Never throws: a bad completion has a bad score. */
  score(sample: Sample, completion: string): Score[];
}
