/**
 * One question to the agent with its answer.
 *
 * @module
 */

/** A question about the offered tools, and what a right answer is. */
export interface Turn {
  /** The user's message. */
  prompt: string;
  /** An answer that scores 1. */
  answer: string;
  /** What is wanted, however it is worded. */
  instance: string;
  /** The official record's fields other than the prompt. */
  fields: Record<string, unknown>;
}
