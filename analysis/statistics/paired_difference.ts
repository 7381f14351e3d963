/**
 * The mean difference of a method from its baseline over the same samples, with every source of error in one standard
 * error, so that intervals and tests of all kinds follow from it.
 *
 * @module
 */
import { mean as meanOf, sampleVariance, sum } from "simple-statistics";
import { satterthwaite, type Source } from "./satterthwaite.ts";
import { overSeeds, varianceOfSeeds } from "./seed_variance.ts";
import { studentTQuantile } from "./student_t.ts";

/** Paired differences of one benchmark or one of its parts. */
export interface Part {
  /** Subtasks, of each the calibration seeds, of each the samples (the same under every seed). */
  strata: readonly (readonly (readonly number[])[])[];
  /** Whether the scores behind the differences are all 0 or 1. Averages over sampling seeds are not. */
  binary: boolean;
  /** What the part weighs in the mean of several parts; all of them add up to 1. */
  weight: number;
}

/** A mean difference with its standard error. */
export interface PairedDifference {
  /** Samples. */
  n: number;
  seeds: number;
  /** Weighted mean: of the parts, of a part the unweighted mean of its subtasks' means. */
  difference: number;
  /** Middle of the intervals: of 0/1 scores drawn towards 0 (Agresti and Min 2005), else the difference. */
  centre: number;
  /** Variance of the mean from the benchmark's samples. */
  samplingVariance: number;
  /** Variance of the mean from the calibration seeds; 0 where there is one. */
  calibrationVariance: number;
  standardError: number;
  /** Degrees of freedom after Satterthwaite; infinite for the normal distribution. */
  degrees: number;
  /** Name of its intervals, after the confidence. */
  form: string;
}

/** Subtasks of fewer samples than this borrow the spread of the others. */
const LEAST_OWN_SPREAD = 3;

/** Mean and variance of one part. */
interface PartEstimate extends Source {
  difference: number;
  centre: number;
  form: string;
}

/**
 * Estimates the mean difference over one or several parts.
 *
 * - Subtasks of one size are thrown together, as in the summary. Subtasks with one or two samples borrow the spread:
 *   one variance is pooled over all of the part's subtasks.
 * - Differences of 0/1 scores have Agresti and Min's centre and variance; so do differences that are all the same,
 *   which would leave no variance at all: half a sample is added to each side.
 * - Several calibration seeds add the variance of their choice (`seed_variance.ts`).
 *
 * @returns The estimate, or the reason why there is none.
 */
export function pairedDifference(parts: readonly Part[]): PairedDifference | { reason: string } {
  const seeds = parts[0]?.strata[0]?.length ?? 0;
  const sizes = parts.flatMap(({ strata }) => strata.map((of) => of[0]?.length ?? 0));
  if (seeds === 0 || sizes.some((size) => size === 0)) {
    return { reason: "no sample has a value under both" };
  }
  if (!parts.every(({ strata }) => strata.flat(2).every(Number.isFinite))) {
    return { reason: "infinite differences" };
  }
  const estimates = parts.map(ofPart);
  const failed = estimates.find((estimate) => "reason" in estimate);
  if (failed) return failed as { reason: string };
  const own = estimates as PartEstimate[];
  const weighted = (of: (estimate: PartEstimate) => number) =>
    sum(own.map((estimate, index) => parts[index]!.weight * of(estimate)));
  const sources = own.map(({ variance, degrees }, index) => ({
    variance: parts[index]!.weight ** 2 * variance,
    degrees,
  }));
  const samplingVariance = sum(sources.map(({ variance }) => variance));
  const calibrationVariance = varianceOfSeeds(parts);
  if (calibrationVariance > 0) sources.push({ variance: calibrationVariance, degrees: seeds - 1 });
  const forms = [...new Set(own.map(({ form }) => form))];
  const form = forms.length > 1 || own.length > 1 ? "paired t over benchmarks" : forms[0]!;
  return {
    n: sum(sizes),
    seeds,
    difference: weighted(({ difference }) => difference),
    centre: weighted(({ centre }) => centre),
    samplingVariance,
    calibrationVariance,
    standardError: Math.sqrt(samplingVariance + calibrationVariance),
    degrees: satterthwaite(sources),
    form: calibrationVariance > 0 ? `${form} with calibration seeds` : form,
  };
}

/** Both ends of the interval of a confidence, within what scores can differ by. */
export function intervalOf(
  { centre, standardError, degrees }: PairedDifference,
  confidence: number,
  most = Infinity,
): [number, number] {
  const half = standardError * studentTQuantile((1 + confidence) / 2, degrees);
  return [Math.max(-most, centre - half), Math.min(most, centre + half)];
}

/** True where the differences are of 0/1 scores themselves: each is -1, 0 or 1. */
export function isOfBinary({ binary, strata }: Part): boolean {
  return binary && strata[0]!.length === 1 && strata.flat(2).every(Number.isInteger);
}

function ofPart(part: Part): PartEstimate | { reason: string } {
  const { strata } = part;
  const own = merged(strata.map((seeds) => overSeeds(seeds)));
  const all = own.flat();
  const difference = meanOf(own.map((values) => meanOf(values)));
  const oneOfAll = { difference, ...agrestiMin(all), form: "paired Agresti-Min" };
  if (all.every((value) => value === all[0]) || isOfBinary(part) && own.length === 1) {
    return oneOfAll;
  }
  const centre = difference;
  if (own.length === 1) {
    const [values] = own as [number[]];
    const variance = sampleVariance(values) / values.length;
    return { difference, centre, variance, degrees: values.length - 1, form: "paired t" };
  }
  const form = "paired stratified t";
  const share = (variance: number, n: number) => variance / n / own.length ** 2;
  if (own.every((values) => values.length >= LEAST_OWN_SPREAD)) {
    const sources = own.map((values) => ({
      variance: share(sampleVariance(values), values.length),
      degrees: values.length - 1,
    }));
    const variance = sum(sources.map((source) => source.variance));
    if (variance === 0) return oneOfAll;
    return { difference, centre, variance, degrees: satterthwaite(sources), form };
  }
  const degrees = all.length - own.length;
  if (degrees < 1) return { reason: "too few samples for a spread" };
  const pooled = sum(own.map(squaresAround)) / degrees;
  if (pooled === 0) return oneOfAll;
  const variance = sum(own.map((values) => share(pooled, values.length)));
  return { difference, centre, variance, degrees, form: `${form}, spread pooled` };
}

function agrestiMin(differences: number[]): { centre: number } & Source {
  const total = differences.length + 2;
  const shift = sum(differences);
  const squares = sum(differences.map((value) => value ** 2)) + 1;
  const variance = (squares - shift ** 2 / total) / total ** 2;
  return { centre: shift / total, variance, degrees: Infinity };
}

/** Subtasks of one size make one: the mean is the same, and so the better interval holds. */
function merged(strata: number[][]): number[][] {
  return new Set(strata.map(({ length }) => length)).size === 1 ? [strata.flat()] : strata;
}

function squaresAround(values: number[]): number {
  const mean = meanOf(values);
  return sum(values.map((value) => (value - mean) ** 2));
}
