/**
 * Which methods are worth their cost.
 *
 * @module
 */
import { seededRandom } from "../statistics/seeded_random.ts";

/** Scores that differ by rounding count as equal. */
const ROUNDING = 1e-9;

/**
 * True for each point that no other dominates: none costs as little or less and scores as much or more, one of the two
 * strictly.
 */
export function paretoFront(costs: readonly number[], scores: readonly number[]): boolean[] {
  const order = costs.map((_, index) => index).sort((a, b) =>
    costs[a]! - costs[b]! || scores[b]! - scores[a]!
  );
  const front = costs.map(() => false);
  let best = -Infinity;
  let bestCost = -Infinity;
  for (const index of order) {
    const [cost, score] = [costs[index]!, scores[index]!];
    const equal = cost === bestCost && Math.abs(score - best) <= ROUNDING;
    if (score <= best + ROUNDING && !equal) continue;
    front[index] = true;
    if (!equal) [best, bestCost] = [score, cost];
  }
  return front;
}

/** Scores of all methods on one benchmark, on the same samples. */
export interface SharedPart {
  /** Subtasks, of each the methods, of each the calibration seeds, of each the samples. */
  strata: number[][][][];
  /** What the part weighs in the mean of several. */
  weight: number;
}

/** Resamples that {@link frontShares} draws. */
export const RESAMPLES = 2_000;

/**
 * How sure each method's place on the front is: the share of bootstrap resamples in which it is there. Samples are drawn
 * with replacement within each subtask (subtasks of one size are thrown together), the same ones for all methods, so that
 * what makes a sample hard for all of them cancels; calibration seeds are drawn as well. The same input gives the same
 * shares.
 *
 * @param costs Of each method, for each kind of cost.
 * @returns The shares, for each kind of cost.
 */
export function frontShares(parts: readonly SharedPart[], costs: readonly number[][]): number[][] {
  const random = seededRandom(1);
  const below = (count: number) => Math.floor(random() / 2 ** 32 * count);
  const methods = parts[0]!.strata[0]!.length;
  const counts = costs.map(() => new Array<number>(methods).fill(0));
  const merged = parts.map((part) => ({ ...part, strata: oneWhereEqual(part.strata) }));
  const seedCounts = merged[0]!.strata[0]!.map((seeds) => seeds.length);
  const scores = new Array<number>(methods);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const drawnSeeds = seedCounts.map((count) => Array.from({ length: count }, () => below(count)));
    scores.fill(0);
    for (const { strata, weight } of merged) {
      for (const stratum of strata) {
        const n = stratum[0]![0]!.length;
        const samples = Array.from({ length: n }, () => below(n));
        for (let method = 0; method < methods; method++) {
          const seeds = drawnSeeds[method]!;
          let sum = 0;
          for (const seed of seeds) {
            const values = stratum[method]![seed]!;
            for (const sample of samples) sum += values[sample]!;
          }
          scores[method]! += weight * sum / (n * seeds.length * strata.length);
        }
      }
    }
    costs.forEach((cost, kind) => {
      paretoFront(cost, scores).forEach((on, method) => {
        if (on) counts[kind]![method]!++;
      });
    });
  }
  return counts.map((own) => own.map((count) => count / RESAMPLES));
}

/** Subtasks of one size as one subtask: the mean is the same. */
function oneWhereEqual(strata: number[][][][]): number[][][][] {
  if (new Set(strata.map((methods) => methods[0]![0]!.length)).size > 1) return strata;
  return [
    strata[0]!.map((seeds, method) =>
      seeds.map((_, seed) => strata.flatMap((methods) => methods[method]![seed]!))
    ),
  ];
}
