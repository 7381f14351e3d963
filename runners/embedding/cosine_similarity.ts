import type { Similarity } from "../scoring/score_context.ts";

/**
 * Cosine similarity of texts whose vectors are known, negative ones as 0, rounded to float32.
 *
 * @throws {RangeError} For a text without a vector.
 */
export function cosineSimilarity(vectors: Map<string, Float32Array>): Similarity {
  const norms = new Map<string, number>();
  for (const [text, vector] of vectors) norms.set(text, Math.sqrt(dot(vector, vector)));
  const vectorOf = (text: string) => {
    const vector = vectors.get(text);
    if (vector === undefined) throw new RangeError(`no vector for ${JSON.stringify(text)}`);
    return vector;
  };
  return (a, b) => {
    const product = dot(vectorOf(a), vectorOf(b));
    const length = norms.get(a)! * norms.get(b)!;
    return length === 0 ? 0 : Math.fround(Math.max(product / length, 0));
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
