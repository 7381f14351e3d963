import type { ScoreContext, Similarity } from "../scoring/score_context.ts";
import { cosineSimilarity } from "./cosine_similarity.ts";

/**
 * Scores with sentence similarities though scorers cannot wait: a first pass notes the texts that they
 * ask about, then these are embedded, and a second pass scores.
 *
 * Scorers ask about the same pairs whatever the similarities are.
 *
 * @param score Scores everything with a similarity.
 * @param embed Vectors of texts.
 */
export async function scoreWithEmbeddings<T>(
  score: (similarity: ScoreContext["similarity"]) => T,
  embed: (texts: Set<string>) => Promise<Map<string, Float32Array>>,
): Promise<T> {
  const texts = new Set<string>();
  const note: Similarity = (a, b) => {
    texts.add(a).add(b);
    return 0;
  };
  const first = score(note);
  return texts.size === 0 ? first : score(cosineSimilarity(await embed(texts)));
}
