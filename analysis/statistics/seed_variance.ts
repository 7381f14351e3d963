/**
 * Values of several calibration seeds on the same samples: their means, and what the choice of seeds adds to the
 * variance of a mean over them.
 *
 * @module
 */
import { mean as meanOf, sampleVariance, sum } from "simple-statistics";

/** Values by subtask, calibration seed and sample, and what they weigh in a mean over several such parts. */
interface Part {
  strata: readonly (readonly (readonly number[])[])[];
  weight: number;
}

/** Each sample's mean over the seeds, which all have the same samples; infinite where one value is. */
export function overSeeds(seeds: readonly (readonly number[])[]): number[] {
  return seeds[0]!.map((_, sample) =>
    seeds.reduce((sum, values) => sum + values[sample]!, 0) / seeds.length
  );
}

/**
 * Variance that the choice of calibration seeds brings to the mean over them: that of their means, less what the
 * samples' own noise explains (`calibration_components.ts` has the model). 0 where there is one seed.
 */
export function varianceOfSeeds(parts: readonly Part[]): number {
  const seeds = parts[0]!.strata[0]!.length;
  if (seeds < 2) return 0;
  const means = Array.from(
    { length: seeds },
    (_, seed) =>
      sum(
        parts.map(({ weight, strata }) =>
          weight * meanOf(strata.map((of) => meanOf([...of[seed]!])))
        ),
      ),
  );
  const noise = sum(parts.map(({ weight, strata }) => weight ** 2 * noiseOfSeed(strata)));
  return Math.max(0, sampleVariance(means) - noise) / seeds;
}

/** Variance of one seed's mean that seed and sample bring together, beyond the seed and the sample alone. */
function noiseOfSeed(strata: Part["strata"]): number {
  const rests = strata.map((seeds) => {
    const ofSample = overSeeds(seeds);
    const ofSeed = seeds.map((values) => meanOf([...values]));
    const mean = meanOf(ofSeed);
    const rest = seeds.flatMap((values, seed) =>
      values.map((value, sample) => value - ofSeed[seed]! - ofSample[sample]! + mean)
    );
    return { n: ofSample.length, squares: sum(rest.map((value) => value ** 2)) };
  });
  const degrees = (strata[0]!.length - 1) * sum(rests.map(({ n }) => n - 1));
  if (degrees === 0) return 0;
  const pooled = sum(rests.map(({ squares }) => squares)) / degrees;
  return sum(rests.map(({ n }) => pooled / n)) / strata.length ** 2;
}
