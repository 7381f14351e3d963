/**
 * What of a score's uncertainty comes from the calibration texts and what from the benchmark's samples.
 *
 * @module
 */
import { mean as meanOf, sum } from "simple-statistics";

/** Two sources of spread, apart. */
export interface CalibrationComponents {
  /** Calibration seeds. */
  seeds: number;
  /** Samples of the benchmark, the same under every seed. */
  samples: number;
  mean: number;
  /**
   * Standard deviation that another calibration seed brings to the benchmark's mean, the benchmark's own error taken
   * out; 0 where the seeds differ no more than that error lets expect.
   */
  calibrationSd: number;
  /** Standard deviation that other samples of the benchmark bring to the mean of one seed. */
  samplingError: number;
  /** Standard error of the mean over all seeds and samples, both sources counted. */
  standardError: number;
}

/**
 * Variance components of scores on the same samples under several calibration seeds: a two-way layout with random
 * seeds, random samples and one score a cell, estimated by analysis of variance (Searle, Casella and McCulloch 1992,
 * chapter 4).
 *
 * @param scores One row a seed, one column a sample.
 * @throws {RangeError} With fewer than two seeds or two samples, or rows of different length.
 */
export function calibrationComponents(
  scores: readonly (readonly number[])[],
): CalibrationComponents {
  const seeds = scores.length;
  const samples = scores[0]?.length ?? 0;
  if (seeds < 2 || samples < 2 || scores.some((row) => row.length !== samples)) {
    throw new RangeError("components need the same two or more samples under two or more seeds");
  }
  const mean = meanOf(scores.flat());
  const ofSeed = scores.map((row) => meanOf([...row]));
  const ofSample = scores[0]!.map((_, sample) => meanOf(scores.map((row) => row[sample]!)));
  const squares = (values: number[]) => sum(values.map((value) => value ** 2));
  const between = (means: number[], each: number) =>
    each * squares(means.map((value) => value - mean)) / (means.length - 1);
  const rest = squares(
    scores.flatMap((row, seed) =>
      row.map((value, sample) => value - ofSeed[seed]! - ofSample[sample]! + mean)
    ),
  ) / ((seeds - 1) * (samples - 1));
  const calibration = Math.max(0, (between(ofSeed, samples) - rest) / samples);
  const sample = Math.max(0, (between(ofSample, seeds) - rest) / seeds);
  return {
    seeds,
    samples,
    mean,
    calibrationSd: Math.sqrt(calibration),
    samplingError: Math.sqrt((sample + rest) / samples),
    standardError: Math.sqrt(
      calibration / seeds + sample / samples + rest / (seeds * samples),
    ),
  };
}
