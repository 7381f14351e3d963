/**
 * What a reader of another tool's results gives.
 *
 * @module
 */

/** One score of a sample; null with a reason where the tool has none. */
export interface ImportedScore {
  metric: string;
  value: number | null;
  reason: string | null;
}

/** One answered sample. What a tool does not say is null. */
export interface ImportedSample {
  /** Id within the task. */
  id: string;
  /** Which repeat (epoch) it is, from 0. */
  repeat: number;
  /** SHA-256 of the question and the right answer: equal ids must be equal documents. */
  document: string;
  prompt: string | null;
  promptTokenIds: number[] | null;
  completion: string | null;
  completionTokenIds: number[] | null;
  finishReason: string | null;
  /** The right answer as JSON. */
  gold: string | null;
  seconds: number | null;
  scores: ImportedScore[];
  /** Why it lacks scores that other samples have; null when nothing is known. */
  error: string | null;
}

/** The results of one task in one file. */
export interface ImportedLog {
  /** Version of the tool that wrote it; null when neither the file nor those beside it say. */
  version: string | null;
  /** The tool's name of the task; null when unknown. */
  task: string | null;
  /** The tool's name of the model; null when unknown. */
  model: string | null;
  samples: ImportedSample[];
  /** What must be known of the file, each a sentence. */
  warnings: string[];
}

/** A kind of file, and how it is read. */
export interface ResultFormat {
  /** Registry key. */
  name: string;
  /** Name of the tool's package. */
  tool: string;
  /** What its files are called, for messages. */
  files: string;
  /** True when a file that begins so is of this kind. */
  matches(path: string, head: Uint8Array): boolean;
  /** @throws {UserError} Names the file, line or entry, field, what was found and what was expected. */
  read(path: string): Promise<ImportedLog>;
}
