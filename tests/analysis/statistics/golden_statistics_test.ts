import assert from "node:assert/strict";
import type { Estimate } from "../../../analysis/statistics/estimate.ts";
import { stratifiedMean } from "../../../analysis/statistics/stratified_mean.ts";
import { studentTQuantile } from "../../../analysis/statistics/student_t.ts";
import { tInterval } from "../../../analysis/statistics/t_interval.ts";
import { wilsonInterval } from "../../../analysis/statistics/wilson_interval.ts";
import { golden } from "../golden/golden.ts";

interface Interval {
  mean?: number;
  low: number;
  high: number;
}

const cases = await golden<{
  "t quantile": { probability: number; degrees: number; quantile: number }[];
  t: Interval & { values: number[] };
  "paired t": Interval & { values: number[]; others: number[] };
  "stratified t": Interval & { strata: number[][] };
  wilson: (Interval & { successes: number; n: number })[];
}>("statistics.json");

function agrees(found: Estimate, expected: Interval, name: string): void {
  assert.equal(found.interval, name);
  for (const end of ["mean", "low", "high"] as const) {
    if (expected[end] === undefined) continue;
    assert.ok(Math.abs(found[end]! - expected[end]!) < 1e-9, `${end} ${found[end]}`);
  }
}

Deno.test("studentTQuantile() agrees with scipy.stats.t.ppf", () => {
  for (const { probability, degrees, quantile } of cases["t quantile"]) {
    const error = Math.abs(studentTQuantile(probability, degrees) / quantile - 1);
    assert.ok(error < 1e-8, `off by ${error} at ${probability}, ${degrees}`);
  }
});

Deno.test("t intervals agree with SciPy: of a mean, of pairs, of the mean of two subtasks", () => {
  const { t, "paired t": pairs, "stratified t": stratified } = cases;
  agrees(tInterval(t.values), t, "95 % t");
  const differences = pairs.values.map((value, index) => value - pairs.others[index]!);
  agrees(tInterval(differences, "paired t"), pairs, "95 % paired t");
  agrees(stratifiedMean(stratified.strata), stratified, "95 % stratified t");
});

Deno.test("wilsonInterval() agrees with scipy.stats.binomtest", () => {
  for (const { successes, n, ...expected } of cases.wilson) {
    const scores = Array.from({ length: n }, (_, index) => index < successes ? 1 : 0);
    agrees(wilsonInterval(scores), { ...expected, mean: successes / n }, "95 % Wilson");
  }
});
