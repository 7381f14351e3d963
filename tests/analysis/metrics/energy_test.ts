import assert from "node:assert/strict";
import fc from "fast-check";
import { type Capture, capture } from "../../../analysis/capture.ts";
import { METRICS } from "../../../analysis/metrics/registry.ts";
import { valuesIn, vectorLog } from "../captures.ts";

const TEMPERATURES = [2, 0.25, 1, 0.7, 1.5, 3, 5, 8, 0.1, 10, 2];

function at(rows: number[][]): Capture {
  const log = vectorLog([{ id: "a", rows }]);
  return capture("logits.arrow", log, null, { temperatures: TEMPERATURES });
}

/** Values of the metric by its parameter. */
function energies(rows: number[][], name = "energy", baseline = rows): Record<string, number> {
  const metric = METRICS[name]!;
  const measured = metric.needsBaseline
    ? valuesIn(metric.measureCapture!(at(rows), at(baseline)))
    : valuesIn(metric.measureCapture!(at(rows)));
  return Object.fromEntries(measured.map(({ parameter, value }) => [parameter!, value!]));
}

const row = fc.array(fc.integer({ min: -160, max: 160 }).map((eighths) => eighths / 8), {
  minLength: 1,
  maxLength: 40,
});

Deno.test("energy has a value for each temperature, -T ln sum exp(f / T)", () => {
  const rows = [[1, 2, 3, -4], [0, 0, 9, 1]];
  const measured = valuesIn(METRICS.energy!.measureCapture!(at(rows), at(rows)));
  assert.equal(measured.length, 2 * 10); // 2 is asked for twice
  for (const { position, parameter, value } of measured) {
    const T = Number(parameter!.slice(2));
    const expected = -T * Math.log(rows[position!]!.reduce((sum, x) => sum + Math.exp(x / T), 0));
    assert.ok(Math.abs(value! - expected) < 1e-5, `${parameter}: ${value}, ${expected}`);
  }
});

Deno.test("energy at any temperature falls by the constant that is added to all logits", () => {
  fc.assert(
    fc.property(row, fc.integer({ min: -512, max: 512 }), (logits, constant) => {
      // A ln sum exp of 0 is taken for log-probabilities, and refused.
      const sum = Math.log(logits.reduce((total, value) => total + Math.exp(value), 0));
      fc.pre(Math.abs(sum) > 0.01 && Math.abs(sum + constant) > 0.01);
      const moved = [logits.map((value) => value + constant)];
      const [before, after] = [energies([logits]), energies(moved)];
      for (const [parameter, value] of Object.entries(before)) {
        assert.ok(Math.abs(after[parameter]! - (value - constant)) < 1e-9, parameter);
      }
      for (const shift of Object.values(energies(moved, "energy_shift", [logits]))) {
        assert.ok(Math.abs(shift - Math.abs(constant)) < 1e-9);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("energy of a constant row is -(c + T ln V), and has no value with NaN or infinities", () => {
  for (const [parameter, value] of Object.entries(energies([new Array(50).fill(6)]))) {
    const T = Number(parameter.slice(2));
    assert.ok(Math.abs(value + 6 + T * Math.log(50)) < 1e-5, parameter);
  }
  for (const bad of [[1, NaN], [1, Infinity], [-Infinity, -Infinity]]) {
    const measured = valuesIn(METRICS.energy!.measureCapture!(at([bad]), at([bad])));
    assert.ok(measured.every(({ value, reason }) => value === null && reason !== null));
  }
  const masked = energies([[2, -Infinity]]);
  assert.ok(Object.values(masked).every((value) => Math.abs(value + 2) < 1e-6));
});
