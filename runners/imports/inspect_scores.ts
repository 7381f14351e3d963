/**
 * Scores of an Inspect log as numbers, mapped as Inspect's `value_to_float()` does.
 *
 * @module
 */
import { isObject, shown, textOr } from "./fields.ts";
import type { LooseJson } from "./parse_json.ts";
import type { ImportedScore } from "./result_format.ts";

const WORDS = new Map([
  ["C", 1],
  ["P", 0.5],
  ["I", 0],
  ["N", 0],
  ["yes", 1],
  ["true", 1],
  ["no", 0],
  ["false", 0],
]);

/**
 * The scores of each sample: `<scorer>`, or `<scorer>/<key>` where the scorer gives several values.
 *
 * @param samples The `scores` of every sample, by scorer.
 */
export function inspectScores(samples: Record<string, LooseJson>[]): ImportedScore[][] {
  const keys = partsByScorer(samples);
  return samples.map((scores) =>
    Object.entries(scores).flatMap(([scorer, score]) => {
      const value = isObject(score) ? score.value : undefined;
      const parts = keys.get(scorer);
      if (parts === undefined) return [inspectScore(scorer, value, score)];
      // One value where others have several stands for all of them: Score.unscored() gives a single NaN.
      const own = isObject(value) || Array.isArray(value) ? value : null;
      return [...parts].map((key) =>
        inspectScore(
          `${scorer}/${key}`,
          own === null ? value : (own as Record<string, LooseJson>)[key],
          score,
        )
      );
    })
  );
}

/** Keys of the scorers that give several values. */
function partsByScorer(samples: Record<string, LooseJson>[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const scores of samples) {
    for (const [scorer, score] of Object.entries(scores)) {
      const value = isObject(score) ? score.value : undefined;
      if (!isObject(value) && !Array.isArray(value)) continue;
      const known = keys.get(scorer) ?? new Set();
      keys.set(scorer, known);
      for (const key of Object.keys(value)) known.add(key);
    }
  }
  return keys;
}

function inspectScore(
  metric: string,
  value: LooseJson | undefined,
  score: LooseJson | undefined,
): ImportedScore {
  const number = toNumber(value);
  if (number !== null) return { metric, value: number, reason: null };
  const explanation = isObject(score) ? textOr(score, "explanation") : null;
  const why = explanation === null ? "" : `: ${explanation.slice(0, 200)}`;
  const reason = value === undefined || value === null
    ? "the scorer gave no value"
    : typeof value === "number"
    ? `the scorer left it unscored${why}`
    : `the scorer's value ${shown(value)} is not a number (Inspect would count it as 0)`;
  return { metric, value: null, reason };
}

function toNumber(value: LooseJson | undefined): number | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value !== "string") return null;
  const word = WORDS.get(value) ?? WORDS.get(value.toLowerCase().replace(/^[cpin]$/, ""));
  if (word !== undefined) return word;
  return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : null;
}
