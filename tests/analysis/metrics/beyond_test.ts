import assert from "node:assert/strict";
import fc from "fast-check";
import { capture } from "../../../analysis/capture.ts";
import type { MetricValue } from "../../../data/types.ts";
import { spectrumShift } from "../../../analysis/metrics/spectrum_shift.ts";
import { stableRank } from "../../../analysis/metrics/stable_rank.ts";
import type { Spectrum } from "../../../analysis/spectra.ts";
import { captureOf, measureBy, oneSample, rowsOf, valuesIn, vectorLog } from "../captures.ts";
import { deviation, float32, golden, type GoldenNumber } from "../golden/golden.ts";

interface Pair {
  width: number;
  baseline: string;
  variant: string;
}

interface LogitsCase extends Pair {
  tokens: number[];
  expected_calibration_error: number;
  brier_score: number[];
  energy_shift_centred: number[];
  "top1_flip baseline=any": number[];
  "top1_flip baseline=sure": (number | null)[];
}

interface StatesCase extends Pair {
  "cka biased": number;
  "cka unbiased": number;
  spectral_norm: number;
  stable_rank: number;
}

const { logits, states } = await golden<{ logits: LogitsCase[]; states: StatesCase[] }>(
  "beyond.json",
);

function check(name: string, found: MetricValue[], expected: GoldenNumber[], bound: number): void {
  assert.equal(found.length, expected.length, name);
  found.forEach(({ value, reason }, index) => {
    const error = deviation(value, expected[index]!);
    assert.ok(error <= bound, `${name} ${index}: ${value}, expected ${expected[index]}`);
    assert.equal(reason === null, value !== null);
  });
}

const withParameter = (values: MetricValue[], parameter: string) =>
  values.filter((value) => value.parameter === parameter);

logits.forEach((of, index) => {
  Deno.test(`calibration, flips and centred energy agree with scikit-learn, NumPy and torch (${index})`, () => {
    const read = (values: string) => oneSample(rowsOf(float32(values), of.width), of.tokens);
    const [variant, baseline] = [read(of.variant), read(of.baseline)];
    const measure = (name: string) => measureBy(name, variant, baseline);
    check("brier_score", measure("brier_score"), of.brier_score, 1e-13);
    const centred = measure("energy_shift_centred");
    check("energy_shift_centred", centred, of.energy_shift_centred, 1e-12);
    check(
      "expected_calibration_error",
      measure("expected_calibration_error"),
      [of.expected_calibration_error],
      1e-13,
    );
    for (const which of ["baseline=any", "baseline=sure"] as const) {
      check(which, withParameter(measure("top1_flip"), which), of[`top1_flip ${which}`], 0);
    }
  });
});

function statesCapture(rows: ArrayLike<number>[]) {
  const log = vectorLog([{ id: "a", rows }]);
  return capture("logits.arrow", vectorLog([{ id: "a", rows: rows.map(() => [0, 1]) }]), log);
}

function ckaOf(variant: ArrayLike<number>[], baseline: ArrayLike<number>[]): (number | null)[] {
  return measureBy("cka", statesCapture(variant), statesCapture(baseline)).map(({ value }) =>
    value
  );
}

states.forEach((of, index) => {
  Deno.test(`CKA, spectral norm and stable rank agree with NumPy on whole kernels (${index})`, () => {
    const read = (values: string) => rowsOf(float32(values), of.width);
    const [biased, unbiased] = ckaOf(read(of.variant), read(of.baseline));
    assert.ok(Math.abs(biased! - of["cka biased"]) < 1e-12, `${biased}`);
    assert.ok(Math.abs(unbiased! - of["cka unbiased"]) < 1e-10, `${unbiased}`);
    const variant = statesCapture(read(of.variant));
    for (const name of ["spectral_norm", "stable_rank"] as const) {
      const values = withParameter(measureBy(name, variant, variant), "source=hidden_states");
      check(name, values, [of[name]], 1e-12);
    }
  });
});

Deno.test("CKA is 1 of a rotated, shifted and scaled copy, and symmetric", () => {
  const entry = fc.integer({ min: -50, max: 50 });
  const rows = fc.array(fc.tuple(entry, entry), { minLength: 5, maxLength: 9 });
  fc.assert(fc.property(rows, fc.double({ min: 0, max: 6, noNaN: true }), (matrix, angle) => {
    fc.pre(new Set(matrix.map(String)).size > 2);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const turned = matrix.map((
      [x, y],
    ) => [3 * (cos * x - sin * y) + 7, 3 * (sin * x + cos * y) - 2]);
    const [biased] = ckaOf(turned, matrix);
    assert.ok(Math.abs(biased! - 1) < 1e-5, `${biased}`);
    const other = matrix.map(([x, y]) => [x * x, y - x]);
    ckaOf(other, matrix).forEach((value, index) => {
      const reverse = ckaOf(matrix, other)[index]!;
      if (value === null || reverse === null) assert.equal(value, reverse);
      else assert.ok(Math.abs(value - reverse) < 1e-9);
    });
  }));
});

Deno.test("the centred energy shift does not see a constant added to all logits, nor log-softmax", () => {
  const row = fc.array(fc.integer({ min: -160, max: 160 }).map((eighths) => eighths / 8), {
    minLength: 9,
    maxLength: 9,
  });
  const shift = (variant: number[], baseline: number[]) =>
    measureBy("energy_shift_centred", oneSample([variant]), oneSample([baseline]))[0]!.value!;
  fc.assert(fc.property(row, row, fc.integer({ min: -512, max: 512 }), (a, b, constant) => {
    assert.ok(Math.abs(shift(a.map((x) => x + constant), b) - shift(a, b)) < 1e-9);
    assert.ok(shift(a.map((x) => x + constant), a) < 1e-9);
  }));
});

Deno.test("a Brier score is 0 of a sure hit, 2 of a sure miss and 1 - 1/V of a uniform row", () => {
  const score = (row: number[], token: number) =>
    measureBy("brier_score", oneSample([row], [token]), oneSample([row]))[0]!.value!;
  assert.ok(score([100, 0, 0], 0) < 1e-12);
  assert.ok(Math.abs(score([100, 0, 0], 2) - 2) < 1e-12);
  assert.ok(Math.abs(score([3, 3, 3, 3], 1) - 0.75) < 1e-12);
});

Deno.test("the calibration error counts all samples together", () => {
  const row = [Math.log(3), 0]; // sure of token 0 by 3/4
  const of = captureOf([
    { id: "a", rows: [row, row], tokens: [0, 0] },
    { id: "b", rows: [row, row], tokens: [0, 1] },
  ]);
  const [error, ...rest] = measureBy("expected_calibration_error", of, of);
  assert.deepEqual([error!.sampleId, rest.length], [null, 0]);
  assert.ok(error!.value! < 1e-7); // 3 of 4 hits
});

Deno.test("metrics beyond the papers without a value say why", () => {
  const reason = (name: string, rows: number[][], tokens?: number[]) =>
    measureBy(name, oneSample(rows, tokens), oneSample(rows.map((row) => row.map(() => 1))))[0]!
      .reason!;
  assert.match(reason("energy_shift_centred", [[-Infinity, 0]]), /infinite or NaN/);
  assert.match(reason("brier_score", [[NaN, 0]]), /NaN or infinite/);
  assert.match(reason("expected_calibration_error", [[NaN, 0]]), /no distribution/);
  assert.match(reason("top1_flip", [[NaN, 0]]), /NaN or infinite/);
  assert.match(reason("stable_rank", [[0, 0]]), /all zeros/);
  assert.match(reason("spectral_norm", [[Infinity, 0]]), /NaN or infinite/);
  const ckaReason = (rows: number[][]) =>
    measureBy("cka", statesCapture(rows), statesCapture(rows))[0]!.reason!;
  assert.match(ckaReason([[1, 2], [2, 1], [0, 4]]), /four tokens/);
  assert.match(ckaReason(Array(5).fill([1, 2])), /do not vary/);
  assert.match(ckaReason([[NaN, 1], [2, 3], [3, 3], [4, 5]]), /NaN or infinity/);
});

Deno.test("spectra of weights give a stable rank and a shift by layer, with their mean", () => {
  const spectrum = (layer: string, values: number[], rows = 2): Spectrum => ({
    layer,
    transform: "raw",
    rows,
    columns: 2,
    values,
  });
  const from = [spectrum("up", [4, 3]), spectrum("down", [1, 0])];
  const to = [spectrum("up", [4, 0]), spectrum("down", [1, 0])];
  const brief = (values: MetricValue[]) => values.map(({ parameter, value }) => [parameter, value]);
  assert.deepEqual(brief(valuesIn(stableRank.measureSpectra!(from))), [
    ["source=weights,layer=up", 1.5625],
    ["source=weights,layer=down", 1],
    ["source=weights,layer=mean", 1.28125],
  ]);
  assert.deepEqual(brief(valuesIn(spectrumShift.measureSpectra!(to, from))), [
    ["source=weights,layer=up", 0.6],
    ["source=weights,layer=down", 0],
    ["source=weights,layer=mean", 0.3],
  ]);
  const [other] = valuesIn(spectrumShift.measureSpectra!([spectrum("up", [4, 3], 3)], from));
  assert.match(other!.reason!, /3 x 2, the baseline's 2 x 2/);
});
