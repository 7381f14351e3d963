import assert from "node:assert/strict";
import fc from "fast-check";
import { kendallTau } from "../../../analysis/kernels/kendall_tau.ts";
import { spearmanRho } from "../../../analysis/kernels/spearman_rho.ts";
import { kendallTauChance, spearmanRhoChance } from "../../../analysis/statistics/chance_band.ts";
import { within } from "../../../analysis/statistics/estimate.ts";
import { inRange } from "../../../analysis/statistics/in_range.ts";
import { meansByPosition } from "../../../analysis/statistics/means_by_position.ts";
import { pairedProportions } from "../../../analysis/statistics/paired_proportions.ts";
import { pooledByTokens, pooledDifference } from "../../../analysis/statistics/pooled_by_tokens.ts";
import { sumOfMeans } from "../../../analysis/statistics/sum_of_means.ts";
import { tInterval } from "../../../analysis/statistics/t_interval.ts";
import { tIntervalOverSeeds } from "../../../analysis/statistics/t_interval_over_seeds.ts";
import { wilsonInterval } from "../../../analysis/statistics/wilson_interval.ts";

Deno.test("intervals are absent where values do not allow one", () => {
  assert.deepEqual(tInterval([]), { mean: null, low: null, high: null, interval: null });
  assert.deepEqual(tInterval([3]), { mean: 3, low: null, high: null, interval: null });
  assert.deepEqual(tInterval([3, Infinity]), {
    mean: Infinity,
    low: null,
    high: null,
    interval: null,
  });
  assert.equal(tInterval([Infinity, -Infinity]).mean, null);
  assert.equal(pairedProportions([]).mean, null);
  assert.equal(pooledByTokens([]).mean, null);
});

Deno.test("inRange() gives values that all lie on an end of their range Wilson's interval, and no others", () => {
  const share = { low: 0, high: 1 };
  for (const end of [0, 1]) {
    const values = Array.from({ length: 12 }, () => end);
    const [found, expected] = [inRange(tInterval(values), 12, share), wilsonInterval(values)];
    assert.ok(Math.abs(found.low! - expected.low!) < 1e-12, `${found.low}, ${expected.low}`);
    assert.ok(Math.abs(found.high! - expected.high!) < 1e-12, `${found.high}, ${expected.high}`);
    assert.deepEqual([found.mean, found.interval], [end, "95 % Wilson"]);
  }
  // A difference of shares, and a mean of three rounded thirds.
  const most = inRange(tInterval([1, 1, 1]), 3, { low: -1, high: 1 });
  assert.ok(Math.abs(most.low! - (2 * wilsonInterval([1, 1, 1]).low! - 1)) < 1e-12);
  const thirds = inRange(sumOfMeans([[0.1, 0.1], [0.2, 0.2], [0.7, 0.7]]), 6, share);
  assert.equal(thirds.interval, "95 % Wilson");
  const others: [number[], { low?: number; high?: number }][] = [
    [[0.5, 0.5, 0.5], share],
    [[0, 0, 0.1], share],
    [[1], share],
    [[], share],
    [[0, 0], { low: 0 }],
  ];
  for (const [values, range] of others) {
    const cut = within(tInterval(values), range);
    assert.deepEqual(inRange(tInterval(values), values.length, range), cut);
  }
});

Deno.test("tIntervalOverSeeds() counts samples once, and how much the seeds differ", () => {
  // Samples' means 2, 3, 4: variance 1 / 3 of their mean, 2 degrees. Seeds' means 2 and 4, less the noise of 2 / 3:
  // (2 - 2 / 3) / 2, 1 degree. Together 1, with 1 / (1 / 9 / 2 + 4 / 9) = 2 degrees.
  const { mean, low, high, interval } = tIntervalOverSeeds([[1, 1, 4], [3, 5, 4]]);
  const quantile = 4.302652729749465;
  assert.equal(mean, 3);
  assert.ok(Math.abs(low! - (3 - quantile)) < 1e-6 && Math.abs(high! - (3 + quantile)) < 1e-6);
  assert.equal(interval, "95 % t with calibration seeds");
  // Seeds that differ no more than noise explains, and a single one, leave the t interval of the samples.
  assert.deepEqual(tIntervalOverSeeds([[1, 5, 6], [3, 3, 6]]), tInterval([2, 4, 6]));
  assert.deepEqual(tIntervalOverSeeds([[1, 5, 6]], "paired t"), tInterval([1, 5, 6], "paired t"));
  assert.equal(tIntervalOverSeeds([[1, Infinity], [1, 2]]).mean, Infinity);
  assert.equal(tIntervalOverSeeds([[], []]).mean, null);
});

Deno.test("pairedProportions() follows Agresti and Min: half a sample added to each outcome of a pair", () => {
  // 20 pairs: 6 gained, 2 lost. (6.5 - 2.5) / 22, variance (9 - 16 / 22) / 22 ** 2.
  const differences = [...Array(6).fill(1), ...Array(2).fill(-1), ...Array(12).fill(0)];
  const { mean, low, high, interval } = pairedProportions(differences);
  assert.equal(mean, 0.2);
  const half = 1.959963984540054 * Math.sqrt(9 - 16 / 22) / 22;
  assert.ok(Math.abs(low! - (4 / 22 - half)) < 1e-12);
  assert.ok(Math.abs(high! - (4 / 22 + half)) < 1e-12);
  assert.equal(interval, "95 % paired Agresti-Min");
});

Deno.test("pairedProportions() of samples that all stay the same still has a width, and covers 0", () => {
  const { mean, low, high } = pairedProportions(Array(24).fill(0));
  assert.equal(mean, 0);
  assert.ok(low! < -0.05 && high! > 0.05);
});

Deno.test("pooledByTokens() is exp(sum of losses / sum of tokens)", () => {
  const samples = [[2, 10], [3, 30], [7, 5]].map(([value, weight]) => ({
    value: value!,
    weight: weight!,
  }));
  const { mean, low, high } = pooledByTokens(samples);
  const losses = 10 * Math.log(2) + 30 * Math.log(3) + 5 * Math.log(7);
  assert.ok(Math.abs(mean! - Math.exp(losses / 45)) < 1e-12);
  assert.ok(low! < mean! && mean! < high!);
});

Deno.test("pooledByTokens() with equal weights is the t interval of the logarithms", () => {
  const value = fc.double({ min: 1, max: 50, noNaN: true });
  fc.assert(fc.property(fc.array(value, { minLength: 2, maxLength: 9 }), (values) => {
    const pooled = pooledByTokens(values.map((value) => ({ value, weight: 7 })));
    const logs = tInterval(values.map(Math.log));
    for (const end of ["mean", "low", "high"] as const) {
      assert.ok(Math.abs(Math.log(pooled[end]!) - logs[end]!) < 1e-9);
    }
  }));
});

Deno.test("pooledDifference() is 0 with width 0 against itself, and signed variant minus baseline", () => {
  const samples = [{ value: 2, weight: 3 }, { value: 4, weight: 8 }, { value: 3, weight: 5 }];
  const { mean, low, high } = pooledDifference(samples, samples);
  assert.deepEqual([mean, low, high].map((end) => Math.abs(end!)), [0, 0, 0]);
  const worse = samples.map(({ value, weight }) => ({ value: value * 2, weight }));
  const difference = pooledDifference(worse, samples);
  assert.ok(Math.abs(difference.mean! - pooledByTokens(samples).mean!) < 1e-12);
  assert.ok(difference.low! > 0, "every sample became worse");
});

Deno.test("chance bands are .638, .248, .162 for tau and 1 / sqrt(k - 1) for rho", () => {
  assert.deepEqual([3, 10, 20].map((k) => kendallTauChance(k).toFixed(3)), [
    "0.638",
    "0.248",
    "0.162",
  ]);
  assert.deepEqual([3, 10, 20].map((k) => spearmanRhoChance(k).toFixed(3)), [
    "0.707",
    "0.333",
    "0.229",
  ]);
});

Deno.test("chance bands are the standard deviations over all rankings of 5", () => {
  const fixed = Float32Array.of(0, 1, 2, 3, 4);
  const spread = (correlation: typeof kendallTau) => {
    const values = permutations([0, 1, 2, 3, 4]).map((ranks) =>
      correlation(fixed, Float32Array.from(ranks), 0, 5)
    );
    return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  };
  assert.ok(Math.abs(spread(kendallTau) - kendallTauChance(5)) < 1e-12);
  assert.ok(Math.abs(spread(spearmanRho) - spearmanRhoChance(5)) < 1e-12);
});

function permutations(items: number[]): number[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest])
  );
}

Deno.test("meansByPosition() averages seeds of a sample before samples, and leaves out missing values", () => {
  const at = (sampleId: string, position: number | null, value: number | null) => ({
    sampleId,
    position,
    value,
  });
  const means = meansByPosition([
    at("a", 1, 10),
    at("a", 0, 0),
    at("a", 0, 2),
    at("b", 0, 5),
    at("b", 1, null),
    at("b", null, 99),
  ]);
  assert.deepEqual(means.map(({ position, n, mean }) => [position, n, mean]), [[0, 2, 3], [
    1,
    1,
    10,
  ]]);
});

Deno.test("sumOfMeans() of weighted strata: the difference of two means has Welch's interval", () => {
  const a = [1, 2, 3, 4], b = [2, 2.5, 2.7, 3.1, 9];
  const { mean, low, high, interval } = sumOfMeans([a, b.map((value) => -value)]);
  assert.ok(Math.abs(mean! - (2.5 - 3.86)) < 1e-12);
  // scipy 1.17.1: ttest_ind(a, b, equal_var=False).confidence_interval(0.95).
  assert.ok(Math.abs(low! - -4.942084060) < 1e-8 && Math.abs(high! - 2.222084060) < 1e-8);
  assert.equal(interval, "95 % stratified t");
  assert.equal(sumOfMeans([a, []]).mean, null);
});
