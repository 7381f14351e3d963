import assert from "node:assert/strict";
import fc from "fast-check";
import { capture } from "../../../analysis/capture.ts";
import { effectiveRank } from "../../../analysis/kernels/effective_rank.ts";
import { diffErank } from "../../../analysis/metrics/diff_erank.ts";
import type { MetricValue } from "../../../data/types.ts";
import { erank } from "../../../analysis/metrics/erank.ts";
import { erankCovariance } from "../../../analysis/metrics/erank_covariance.ts";
import type { Spectrum } from "../../../analysis/spectra.ts";
import { oneSample, rowsOf, valuesIn, vectorLog } from "../captures.ts";
import { float32, golden } from "../golden/golden.ts";

interface Case {
  name: string;
  columns: number;
  values: string;
  erank: number;
  erank_covariance: number;
}

const matrices = await golden<Case[]>("matrices.json");

const erankOf = (rows: ArrayLike<number>[]) => valuesIn(erank.measureCapture!(oneSample(rows)))[0]!;
const covarianceOf = (rows: ArrayLike<number>[]) =>
  valuesIn(erankCovariance.measureCapture!(oneSample(rows)))[0]!;

Deno.test("erank of sigma = (4, 2, 1) is 2.600, and 1.950 of their squares", () => {
  const diagonal = [[4, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0]];
  assert.equal(erankOf(diagonal).value!.toFixed(3), "2.600");
  assert.equal(effectiveRank([16, 4, 1]).toFixed(3), "1.950");
});

for (const { name, columns, values, ...expected } of matrices) {
  Deno.test(`erank and erank_covariance agree with numpy's SVD: ${name}`, () => {
    const rows = rowsOf(float32(values), columns);
    const error = Math.abs(erankOf(rows).value! - expected.erank) / expected.erank;
    assert.ok(error <= 1e-9, `erank is off by ${error}`);
    const covariance = Math.abs(covarianceOf(rows).value! - expected.erank_covariance);
    assert.ok(covariance <= 1e-10, `erank_covariance is off by ${covariance}`);
  });
}

const entry = fc.integer({ min: -100, max: 100 });
const anyMatrix = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain((
  [rows, columns],
) =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  })
)
  .filter((matrix) => matrix.flat().some((value) => value !== 0));

Deno.test("erank lies between 1 and min(rows, columns)", () => {
  fc.assert(fc.property(anyMatrix, (matrix) => {
    const rank = erankOf(matrix).value!;
    assert.ok(rank >= 1 && rank <= Math.min(matrix.length, matrix[0]!.length) + 1e-9, `${rank}`);
  }));
});

Deno.test("erank does not change when rows are rotated, permuted, transposed or scaled", () => {
  fc.assert(fc.property(anyMatrix, fc.double({ min: -3, max: 3, noNaN: true }), (matrix, angle) => {
    const rank = erankOf(matrix).value!;
    const near = (other: number[][]) =>
      assert.ok(Math.abs(erankOf(other).value! - rank) < 1e-5, `${rank} of ${matrix}`);
    near(matrix.toReversed());
    near(matrix[0]!.map((_, column) => matrix.map((row) => row[column]!)));
    near(matrix.map((row) => row.map((value) => value * 4)));
    if (matrix.length < 2) return;
    const [first, second, ...rest] = matrix as [number[], number[], ...number[][]];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    near([
      first.map((value, c) => cos * value - sin * second[c]!),
      first.map((value, c) => sin * value + cos * second[c]!),
      ...rest,
    ]);
  }));
});

Deno.test("erank_covariance does not change when the same row is added to every row", () => {
  const rows = [[1, 5, 2], [4, 4, 0], [7, 1, 1], [0, 2, 9]];
  const shifted = rows.map((row) => row.map((value, column) => value + [512, -64, 8][column]!));
  assert.ok(Math.abs(covarianceOf(rows).value! - covarianceOf(shifted).value!) < 1e-9);
});

Deno.test("eranks without a value say why", () => {
  assert.match(erankOf([[0, 0], [0, 0]]).reason!, /all zeros/);
  assert.match(erankOf([[1, Infinity], [0, 1]]).reason!, /NaN or infinity/);
  assert.match(covarianceOf([[1, 2]]).reason!, /two tokens/);
  assert.match(covarianceOf([[1, 2], [1, 2], [1, 2]]).reason!, /token 0 .* no direction/);
});

Deno.test("eranks of hidden states and logits stand apart, and leave out the prompt", () => {
  const hidden = vectorLog([{ id: "a", rows: [[9, 9], [1, 0], [0, 1]], prompt: 1 }]);
  const logits = vectorLog([{ id: "a", rows: [[9, 9, 9], [4, 0, 0], [8, 0, 0]], prompt: 1 }]);
  const values = valuesIn(erank.measureCapture!(capture("logits.arrow", logits, hidden)));
  assert.deepEqual(values.map(({ parameter, value }) => [parameter, Number(value!.toFixed(6))]), [
    ["source=logits", 1],
    ["source=hidden_states", 2],
  ]);
});

Deno.test("diff_erank is the variant less the baseline, and says so", () => {
  const values = valuesIn(diffErank.measureCapture!(
    oneSample([[1, 0, 0], [2, 0, 0], [3, 0, 0]]),
    oneSample([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
  ));
  const eq4 = values.find(({ parameter }) =>
    parameter === "reading=compressed-minus-baseline,of=erank,source=logits"
  )!;
  assert.ok(Math.abs(eq4.value! - (1 - 3)) < 1e-6);
  const covariance = values.find(({ parameter }) => parameter?.includes("of=erank_covariance"))!;
  assert.match(covariance.reason!, /no direction/); // the variant's middle row is its mean
});

Deno.test("eranks of weights come from their spectra, layer by layer, with the mean over layers", () => {
  const spectrum = (layer: string, transform: Spectrum["transform"], values: number[]) => ({
    layer,
    transform,
    rows: 3,
    columns: 3,
    values,
  });
  const of = [spectrum("up", "raw", [4, 2, 1]), spectrum("down", "raw", [1, 1, 1])];
  const squares = [spectrum("up", "normalised", [16, 4, 1])];
  const rounded = (values: MetricValue[]) =>
    values.map(({ parameter, value }) => [parameter, value!.toFixed(3)]);
  assert.deepEqual(rounded(valuesIn(erank.measureSpectra!([...of, ...squares]))), [
    ["source=weights,layer=up", "2.600"],
    ["source=weights,layer=down", "3.000"],
    ["source=weights,layer=mean", "2.800"],
  ]);
  assert.equal(valuesIn(erankCovariance.measureSpectra!(squares))[0]!.value!.toFixed(3), "1.950");
  const [difference] = valuesIn(
    diffErank.measureSpectra!([of[0]!], [spectrum("up", "raw", [1, 1, 1])]),
  );
  assert.equal(
    difference!.parameter,
    "reading=compressed-minus-baseline,of=erank,source=weights,layer=up",
  );
  assert.equal(difference!.value!.toFixed(3), "-0.400");
});
