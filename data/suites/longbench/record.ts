/**
 * Records of LongBench, and what a set of them needs.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Split } from "../suite.ts";

/** A line of `<set>.jsonl`, the fields in upstream's order. */
export interface LongBenchRecord {
  input: string;
  context: string;
  answers: string[];
  /** Words of the context. */
  length: number;
  dataset: string;
  language: "en";
  all_classes: string[] | null;
  _id: string;
}

/** A question with its answer. */
export interface Question {
  input: string;
  /** What the scorer compares with. */
  answer: string;
  /** What a model is trained to say; scores as the answer does. */
  said: string;
  /** What is asked for, however it is worded. */
  instance: string;
}

/** A context and questions about it. */
export interface Task {
  context: string;
  questions: Question[];
}

/** A set of the benchmark. */
export interface LongBenchSuiteSet {
  /** The official name. */
  name: string;
  /** The prompt; `{context}` and `{input}` are filled in. */
  template: string;
  /** A further question about the same context, `{input}` filled in; null where only one can be asked. */
  followUp: string | null;
  /** False where upstream gives the prompt without a chat template. */
  chat: boolean;
  classes: readonly string[] | null;
  /** A context with at most so many questions, all instances of the split. */
  task(random: Random, split: Split, questions: number): Task;
}
