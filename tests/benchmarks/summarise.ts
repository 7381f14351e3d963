/**
 * From timings to the benchmark's rows and ratios.
 *
 * @module
 */
import { bytesOf, type Contestant, type Implementation, type Work } from "./contestant.ts";

/** All rounds of a contestant on one vocabulary. */
export interface Measurement extends Contestant {
  rows: number;
  vocabulary: number;
  /** One number a round. */
  seconds: number[];
  cpuSeconds: number[];
  maxError: number | null;
}

/** One line of `bench.json`. */
export interface BenchRow extends Contestant {
  rows: number;
  vocabulary: number;
  /** Median over the rounds. */
  seconds: number;
  /** Median of the processor time of all threads: the same on a busy machine, or nearly. */
  cpuSeconds: number;
  /** Fastest and slowest round. */
  secondsLow: number;
  secondsHigh: number;
  /** Logits read a second, in 10^9 bytes; null where the work does not go over whole rows. */
  gbPerS: number | null;
  /** The same as a share of the fastest reading of memory with as many threads. */
  bandwidthShare: number | null;
  maxError: number | null;
}

/** How much longer another implementation takes than the kernels, round by round. */
export interface Ratio {
  work: Work;
  rows: number;
  vocabulary: number;
  k: number | null;
  over: Implementation;
  threads: number;
  median: number;
  low: number;
  high: number;
  /** The same of the processor time where both have one thread, which a busy machine leaves nearly as it is. */
  cpuMedian: number | null;
}

/** A file larger than the memory that it is analysed in. */
export interface LargeFile {
  bytes: number;
  rows: number;
  vocabulary: number;
  /** Read once by as many threads, in the same blocks, and nothing computed. */
  readSeconds: number;
  /** All statistics of every row. */
  analyseSeconds: number;
  /** Highest resident memory of the process that analysed. */
  peakBytes: number | null;
}

/** `bench.json`. */
export interface Benchmark {
  rounds: number;
  /** Processes that were running when it began, on average over a minute; above 0.5 the times are in doubt. */
  loadBefore: number;
  processors: number;
  rows: BenchRow[];
  ratios: Ratio[];
  /** Null where it was not asked for. */
  largeFile: LargeFile | null;
}

/** Medians, speeds and ratios of all measurements. */
export function summarise(
  measurements: Measurement[],
  { rounds, load, largeFile }: { rounds: number; load: number; largeFile: LargeFile | null },
): Benchmark {
  return {
    rounds,
    loadBefore: load,
    largeFile,
    processors: navigator.hardwareConcurrency,
    rows: measurements.map((of) => benchRow(of, bandwidth(measurements, of))),
    ratios: measurements.flatMap((of) => ratio(of, measurements) ?? []),
  };
}

function benchRow(of: Measurement, bandwidth: number): BenchRow {
  const { seconds: times, cpuSeconds, ...rest } = of;
  const seconds = median(times);
  const bytes = bytesOf(of.work, of.rows, of.vocabulary);
  const gbPerS = bytes === null ? null : bytes / seconds / 1e9;
  return {
    ...rest,
    seconds,
    cpuSeconds: median(cpuSeconds),
    secondsLow: Math.min(...times),
    secondsHigh: Math.max(...times),
    gbPerS,
    bandwidthShare: gbPerS === null ? null : gbPerS / bandwidth,
  };
}

/** GB/s of the fastest reading of memory by anybody with as many threads. */
function bandwidth(measurements: Measurement[], { threads, vocabulary }: Measurement): number {
  return Math.max(
    0,
    ...measurements.filter((other) =>
      other.work === "memory" && other.threads === threads && other.vocabulary === vocabulary
    ).map(({ seconds, rows, vocabulary, work }) =>
      bytesOf(work, rows, vocabulary)! / median(seconds) / 1e9
    ),
  );
}

/**
 * Against torch with as many threads; against numpy, SciPy and plain TypeScript, which have one thread only, with
 * all of ours. Slow ones have fewer rounds.
 */
function ratio(of: Measurement, measurements: Measurement[]): Ratio | null {
  if (of.implementation === "actgauge" || of.work === "memory") return null;
  const rivals = measurements.filter((other) =>
    other.implementation === "actgauge" && other.work === of.work && other.k === of.k &&
    other.vocabulary === of.vocabulary && other.rows === of.rows
  );
  const most = Math.max(...rivals.map(({ threads }) => threads));
  const threads = of.implementation.startsWith("torch") ? of.threads : most;
  const ours = rivals.find((other) => other.threads === threads);
  if (!ours) return null;
  const rounds = of.seconds.map((seconds, round) => seconds / ours.seconds[round]!);
  const { work, rows, vocabulary, k, implementation: over } = of;
  return {
    ...{ work, rows, vocabulary, k, over, threads },
    median: median(rounds),
    low: Math.min(...rounds),
    high: Math.max(...rounds),
    cpuMedian: cpuRatio(of, rivals),
  };
}

function cpuRatio(of: Measurement, rivals: Measurement[]): number | null {
  const alone = rivals.find(({ threads }) => threads === 1);
  if (of.threads !== 1 || !alone) return null;
  return median(of.cpuSeconds.map((seconds, round) => seconds / alone.cpuSeconds[round]!));
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
