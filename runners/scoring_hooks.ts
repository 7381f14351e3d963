/**
 * The processes that scorers lean on: sentence similarities and words of Chinese texts.
 *
 * @module
 */
import { join } from "node:path";
import type { EmbedProcess } from "./embedding/embed_process.ts";
import { embedTexts } from "./embedding/embed_texts.ts";
import { scoreWithEmbeddings } from "./embedding/score_with_embeddings.ts";
import { pythonPath } from "./environment.ts";
import { cacheFolder } from "./environment/places.ts";
import { exactSimilarity, type ScoreContext, type Similarity } from "./scoring/score_context.ts";
import { scoreWithSegments, segmentTexts } from "./segmentation/score_with_segments.ts";

/** Where similarities and words come from. */
export interface ScoringHooks {
  /** Name or folder of a sentence-transformers model, or `exact` (1 for equal texts, 0 for others). */
  embedder: string;
  /** The embedder's process, where many calls share one. */
  embedding?: EmbedProcess | undefined;
  /** A Python with jieba 0.42.1; null leaves scores of Chinese texts missing. */
  segmenter: string | null;
}

/**
 * Scores with hooks though scorers cannot wait. `make` may be called more than once, and must ask the
 * same of the hooks each time.
 *
 * @throws {Error} With the tail of a process's log when it fails.
 */
export async function withHooks<T>(
  { embedder, embedding, segmenter }: ScoringHooks,
  make: (similarity: Similarity, segment: ScoreContext["segment"]) => T,
): Promise<T> {
  const score = (segment: ScoreContext["segment"]) =>
    withSimilarity(embedder, embedding, (similarity) => make(similarity, segment));
  if (segmenter === null) return await score(null);
  return await scoreWithSegments(score, (texts) => segmentTexts(texts, segmenter));
}

async function withSimilarity<T>(
  embedder: string,
  process: EmbedProcess | undefined,
  make: (similarity: Similarity) => T,
): Promise<T> {
  if (embedder === "exact") return make(exactSimilarity);
  const cache = join(cacheFolder(), "embeddings");
  return await scoreWithEmbeddings(
    (similarity) => make(similarity!),
    async (texts) =>
      embedTexts(texts, { model: embedder, python: await pythonPath(), cache, process }),
  );
}
