/**
 * What a scorer may need besides a sample and a completion.
 *
 * @module
 */

/**
 * `upstream` scores as the published code does, its mistakes included; `fixed` scores what the
 * benchmark means to measure. Every score names its mode.
 */
export type ScorerMode = "upstream" | "fixed";

/** Cosine similarity of two sentences, negative ones as 0; rounding may carry it just above 1. */
export type Similarity = (a: string, b: string) => number;

/** Mode and hooks. A hook is null where it is not set up; scores that need it are then null. */
export interface ScoreContext {
  mode: ScorerMode;
  similarity: Similarity | null;
  /** Words of a Chinese text, as jieba 0.42.1 cuts them. */
  segment: ((text: string) => string[]) | null;
}

/** A score that cannot be made, with the reason that goes to the log. */
export class NoScore extends Error {
  override name = "NoScore";
}

/** The similarity of a context. @throws {NoScore} When it has none. */
export function needSimilarity(context: ScoreContext): Similarity {
  if (context.similarity === null) throw new NoScore("needs sentence similarities (an embedder)");
  return context.similarity;
}

/** The segmenter of a context. @throws {NoScore} When it has none. */
export function needSegmenter(context: ScoreContext): (text: string) => string[] {
  if (context.segment === null) throw new NoScore("needs a segmenter of Chinese text (jieba)");
  return context.segment;
}

/** 1 for equal texts, 0 for others: similarity without an embedder. */
export const exactSimilarity: Similarity = (a, b) => a === b ? 1 : 0;
