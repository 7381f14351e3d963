import assert from "node:assert/strict";
import type { Implementation, Work } from "./contestant.ts";
import { type Measurement, summarise } from "./summarise.ts";

function measured(
  work: Work,
  implementation: Implementation,
  threads: number,
  seconds: number[],
): Measurement {
  const times = { seconds, cpuSeconds: seconds, maxError: null };
  return { work, implementation, threads, k: null, rows: 1000, vocabulary: 250_000, ...times };
}

Deno.test("summarise() gives the median, GB/s of both logs, and the share of the fastest reading", () => {
  const { rows } = summarise([
    measured("memory", "torch", 2, [0.1, 0.1, 0.1]), // 10 GB/s
    measured("memory", "actgauge", 2, [0.2, 0.2, 0.2]),
    measured("fused", "actgauge", 2, [0.9, 0.4, 0.5]),
  ], { rounds: 3, load: 0, largeFile: null });
  const fused = rows.find(({ work }) => work === "fused")!;
  assert.equal(fused.seconds, 0.5);
  assert.deepEqual([fused.secondsLow, fused.secondsHigh], [0.4, 0.9]);
  assert.equal(fused.gbPerS, 4); // two logs of 1 GB
  assert.equal(fused.bandwidthShare, 0.4);
});

Deno.test("summarise() compares round by round: torch at equal threads, numpy with all of ours", () => {
  const { ratios } = summarise([
    measured("memory", "actgauge", 1, [1, 1, 1]),
    measured("memory", "actgauge", 2, [1, 1, 1]),
    measured("fused", "actgauge", 1, [2, 2, 4]),
    measured("fused", "actgauge", 2, [1, 1, 2]),
    measured("fused", "numpy", 1, [5, 6, 8]),
    measured("fused", "torch", 1, [4, 4, 4]),
  ], { rounds: 3, load: 0, largeFile: null });
  const brief = ratios.map(({ over, threads, median, low, high, cpuMedian }) => ({
    over,
    threads,
    median,
    low,
    high,
    cpuMedian,
  }));
  assert.deepEqual(brief, [
    { over: "numpy", threads: 2, median: 5, low: 4, high: 6, cpuMedian: 2.5 },
    { over: "torch", threads: 1, median: 2, low: 1, high: 2, cpuMedian: 2 },
  ]);
});
