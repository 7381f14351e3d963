import assert from "node:assert/strict";
import fc from "fast-check";
import {
  equivalenceTests,
  samplesForEquivalence,
} from "../../../analysis/statistics/equivalence.ts";
import { holm } from "../../../analysis/statistics/holm.ts";
import {
  intervalOf,
  type PairedDifference,
  pairedDifference,
} from "../../../analysis/statistics/paired_difference.ts";
import { pairedProportions } from "../../../analysis/statistics/paired_proportions.ts";
import { calibrationComponents } from "../../../analysis/statistics/calibration_components.ts";
import { signFlipTest } from "../../../analysis/statistics/sign_flip.ts";
import { studentTQuantile, studentTTail } from "../../../analysis/statistics/student_t.ts";
import { golden } from "../golden/golden.ts";

interface Interval {
  low90: number;
  high90: number;
}

const cases = await golden<{
  "t tail": { t: number; degrees: number; tail: number }[];
  "normal tail": { z: number; tail: number }[];
  "normal quantile": { p: number; z: number }[];
  equivalence: Interval & {
    differences: number[];
    margin: number;
    equivalence: number;
    nonInferiority: number;
  };
  stratified: { strata: number[][]; margin: number; nonInferiority: number };
  pooled: Interval & { strata: number[][] };
  "sign flip": { differences: number[]; p: number };
  mcnemar: { gained: number; lost: number; p: number }[];
  holm: { raw: number[]; adjusted: number[] };
}>("choice.json");

/** The estimate of one part of one calibration seed. */
function estimate(strata: number[][], binary = false): PairedDifference {
  const found = pairedDifference([{ strata: strata.map((own) => [own]), binary, weight: 1 }]);
  assert.ok(!("reason" in found), JSON.stringify(found));
  return found;
}

function near(found: number, expected: number, error = 1e-9): void {
  assert.ok(
    Math.abs(found - expected) <= error * Math.max(1, Math.abs(expected)),
    `${found}, ${expected}`,
  );
}

Deno.test("tails and quantiles of t and of the normal distribution agree with SciPy", () => {
  for (const { t, degrees, tail } of cases["t tail"]) {
    near(studentTTail(t, degrees) / tail, 1, 1e-8);
  }
  for (const { z, tail } of cases["normal tail"]) near(studentTTail(z, Infinity) / tail, 1, 1e-11);
  for (const { p, z } of cases["normal quantile"]) near(studentTQuantile(p, Infinity), z);
});

Deno.test("equivalence, non-inferiority and the 90 % interval agree with SciPy's one-sided t tests", () => {
  const { differences, margin, ...expected } = cases.equivalence;
  const found = estimate([differences]);
  const tests = equivalenceTests(found, margin, "higher");
  near(tests.equivalence, expected.equivalence);
  near(tests.nonInferiority, expected.nonInferiority);
  const [low, high] = intervalOf(found, 0.9);
  near(low, expected.low90);
  near(high, expected.high90);
  const { strata, nonInferiority, margin: other } = cases.stratified;
  near(equivalenceTests(estimate(strata), other, "higher").nonInferiority, nonInferiority, 1e-8);
});

Deno.test("a subtask of two samples borrows its spread: SciPy's pooled t interval", () => {
  const found = estimate(cases.pooled.strata);
  assert.equal(found.form, "paired stratified t, spread pooled");
  const [low, high] = intervalOf(found, 0.9);
  near(low, cases.pooled.low90);
  near(high, cases.pooled.high90);
});

Deno.test("signFlipTest() agrees with SciPy's exact permutation test, and with its binomial test for 0/1 scores", () => {
  near(signFlipTest(cases["sign flip"].differences, false).p, cases["sign flip"].p);
  for (const { gained, lost, p } of cases.mcnemar) {
    const differences = [...Array(gained).fill(1), ...Array(lost).fill(-1), 0, 0];
    near(signFlipTest(differences, true).p, p);
    const flipped = signFlipTest(differences, false);
    // Drawn signs of 52 differences come close to it.
    near(flipped.p, p, flipped.test === "sign flip exact" ? 1e-9 : 2e-3);
  }
  assert.deepEqual(signFlipTest([0, 0, 0], true), { p: 1, test: "McNemar exact" });
});

Deno.test("holm() agrees with its definition; adjusted values are no smaller, keep the order and skip what is missing", () => {
  const { raw, adjusted } = cases.holm;
  holm(raw).forEach((found, index) => near(found!, adjusted[index]!));
  const p = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(fc.property(fc.array(p, { maxLength: 12 }), (values) => {
    const found = holm(values);
    values.forEach((value, i) => {
      if (value === null) return assert.equal(found[i], null);
      assert.ok(found[i]! >= value && found[i]! <= 1);
      values.forEach((other, j) => {
        if (other !== null && value <= other) assert.ok(found[i]! <= found[j]!);
      });
    });
    const without = values.filter((value) => value !== null);
    assert.deepEqual(found.filter((value) => value !== null), holm(without));
  }));
});

const scores = fc.array(
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 }),
  { minLength: 1, maxLength: 4 },
);
const margins = fc.double({ min: 0.001, max: 0.9, noNaN: true });

Deno.test("equivalence is easier with a wider margin, symmetric in the sign, and agrees with the 90 % interval", () => {
  fc.assert(fc.property(scores, margins, margins, (strata, a, b) => {
    const found = estimate(strata);
    const [narrow, wide] = a < b ? [a, b] : [b, a];
    const p = (margin: number) => equivalenceTests(found, margin, "higher").equivalence;
    assert.ok(p(wide) <= p(narrow) + 1e-12);
    const mirrored = estimate(strata.map((own) => own.map((value) => -value)));
    near(equivalenceTests(mirrored, a, "higher").equivalence, p(a));
    near(
      equivalenceTests(mirrored, a, "lower").nonInferiority,
      equivalenceTests(found, a, "higher").nonInferiority,
    );
    const [low, high] = intervalOf(found, 0.9);
    if (Math.abs(p(a) - 0.05) > 1e-6) assert.equal(p(a) < 0.05, low > -a && high < a);
  }));
});

Deno.test("of 0/1 scores the interval is the summary's, and no change in few samples is no proof", () => {
  const differences = [1, 0, 0, -1, -1, 0, 0, 0, -1, 0];
  const found = estimate([differences.slice(0, 5), differences.slice(5)], true);
  const [low, high] = intervalOf(found, 0.95, 1);
  const expected = pairedProportions(differences);
  near(low, expected.low!);
  near(high, expected.high!);
  const none = (n: number) =>
    equivalenceTests(estimate([Array(n).fill(0)]), 0.05, "higher").equivalence;
  assert.ok(none(10) > 0.05 && none(31) < 0.05);
  assert.deepEqual(pairedDifference([{ strata: [[[]]], binary: false, weight: 1 }]), {
    reason: "no sample has a value under both",
  });
});

Deno.test("several calibration seeds add the variance that calibrationComponents() finds", () => {
  const seeds = [[0, 0.2, -0.1, 0.3], [0.4, 0.5, 0.1, 0.6], [-0.2, 0, -0.3, 0.2]];
  const found = pairedDifference([{ strata: [seeds], binary: false, weight: 1 }]);
  assert.ok(!("reason" in found));
  const expected = calibrationComponents(seeds);
  near(found.calibrationVariance, expected.calibrationSd ** 2 / 3);
  near(found.standardError, expected.standardError);
  assert.ok(found.degrees > 2 && found.degrees < 5);
});

Deno.test("samplesForEquivalence() names samples whose tests find equivalence four times of five", () => {
  const found = estimate([[0.1, -0.1, 0.2, -0.2, 0.05, -0.05]]);
  const n = samplesForEquivalence(found, 0.05);
  // Normal power: P(both tests) at no difference is 2 P(Z < margin / error - 1.645) - 1.
  const error = Math.sqrt(found.samplingVariance * found.n / n);
  near(
    2 * (1 - studentTTail(0.05 / error - studentTQuantile(0.95, Infinity), Infinity)) - 1,
    0.8,
    0.01,
  );
  assert.equal(samplesForEquivalence({ ...found, calibrationVariance: 1 }, 0.05), Infinity);
});
