import assert from "node:assert/strict";
import fc from "fast-check";
import { jensenShannon } from "../../../analysis/kernels/jensen_shannon.ts";
import { klDivergenceRows, type LogitRows } from "../../../analysis/kernels/kl_divergence.ts";
import { logsumexpRows } from "../../../analysis/kernels/logsumexp.ts";
import { boundsFromSketches, type PairBounds } from "../../../analysis/sketch/from_sketch.ts";
import { sketchRows } from "../../../analysis/sketch/sketch_rows.ts";
import { vectorLog } from "../captures.ts";

function boundsOf(x: Float32Array, y: Float32Array): PairBounds {
  const log = (row: Float32Array) => vectorLog([{ id: "a", rows: [row] }]);
  const baseline = sketchRows(log(x), null);
  const { topIds } = baseline;
  return boundsFromSketches(sketchRows(log(y), { topIds, baselineHash: "" }), baseline);
}

/** The divergences from all logits, in float64. */
function exactly(x: Float32Array, y: Float32Array) {
  const rows = (values: Float32Array): LogitRows => {
    const [max, rest] = [new Float64Array(1), new Float64Array(1)];
    logsumexpRows(values, values.length, 1, max, rest);
    return { values, max, rest };
  };
  const [p, q] = [rows(x), rows(y)];
  const kl = (p: LogitRows, q: LogitRows) => {
    const out = new Float64Array(1);
    klDivergenceRows(p, q, x.length, 1, out);
    return out[0]!;
  };
  return {
    forward: kl(p, q),
    reverse: kl(q, p),
    jensenShannon: jensenShannon(p, q, x.length, 0),
  };
}

/** Rows of a few shapes, and variants that are near, far, or as unlike in the tail as can be. */
const pair = fc.record({
  width: fc.integer({ min: 1, max: 220 }),
  seed: fc.nat(),
  scale: fc.constantFrom(0, 0.1, 1, 4, 30, 1e4),
  shape: fc.constantFrom("even", "peaked", "ties", "forbidden"),
  relation: fc.constantFrom("noise", "little noise", "other", "reversed", "swapped", "forbids"),
}).map(({ width, seed, scale, shape, relation }) => {
  let state = seed >>> 0;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const numbers = () =>
    Float32Array.from({ length: width }, () => scale * (random() + random() - 1));
  const x = numbers();
  if (shape === "peaked") x[seed % width]! += 12;
  if (shape === "ties") x.forEach((value, id) => x[id] = Math.round(value));
  if (shape === "forbidden") x.forEach((_, id) => id % 3 === 1 ? x[id] = -Infinity : null);
  const spread = relation === "noise" ? 0.3 : relation === "little noise" ? 1e-3 : 0;
  const y = x.map((value) => value + spread * (random() - 0.5));
  if (relation === "other") y.set(numbers());
  // The order of both is opposite, in the tail too.
  if (relation === "reversed") y.forEach((value, id) => y[id] = -value);
  // The two entries of the tail that differ most change places.
  if (relation === "swapped" && width > 70) {
    const order = [...x.keys()].sort((a, b) => x[b]! - x[a]!);
    const [high, low] = [order[65]!, order[width - 1]!];
    [y[high], y[low]] = [y[low]!, y[high]!];
  }
  if (relation === "forbids") y[(seed >>> 3) % width] = -Infinity;
  return { x, y };
});

Deno.test("every divergence lies between its bounds, whatever the tails", () => {
  fc.assert(
    fc.property(pair, ({ x, y }) => {
      const [bounds, truth] = [boundsOf(x, y), exactly(x, y)];
      for (const name of ["forward", "reverse", "jensenShannon"] as const) {
        const { low: [low], high: [high], point: [point] } = bounds[name];
        const value = truth[name];
        if (Number.isNaN(value)) assert.ok([low, high, point].every(Number.isNaN), name);
        else {
          assert.ok(low! <= value && value <= high!, `${name}: ${low} <= ${value} <= ${high}`);
          assert.ok(
            low! <= point! && point! <= high!,
            `${name}: point ${point} of ${low}, ${high}`,
          );
          // Without a tail nothing is left open.
          if (x.length <= 64 && value < Infinity) {
            const largest = Math.max(1, ...[...x, ...y].map(Math.abs).filter(Number.isFinite));
            assert.ok(high! - low! <= 1e-11 * largest ** 2, `${high! - low!}`);
          }
        }
      }
    }),
    { numRuns: 600 },
  );
});

Deno.test("the bounds of a tail are reached: nothing tighter follows from the sketch alone", () => {
  // In the tail, P is on one entry and the rest of it are forbidden; Q there is at its lowest, or its highest.
  const head = Array.from({ length: 64 }, () => 5);
  const x = Float32Array.from([...head, 2, -Infinity, -Infinity]);
  for (const [y, end] of [[[-3, 1, 0], "high"], [[1, -3, -3], "low"]] as const) {
    const variant = Float32Array.from([...head, ...y]);
    const [bounds, truth] = [boundsOf(x, variant).forward, exactly(x, variant).forward];
    const reached = bounds[end][0]!;
    const gap = bounds.high[0]! - bounds.low[0]!;
    assert.ok(Math.abs(reached - truth) < 0.02 * gap, `${end}: ${reached}, ${truth}, gap ${gap}`);
  }
});

Deno.test("of a sure model that is rounded a little, KL is known to a billionth", () => {
  const width = 20_000;
  const x = Float32Array.from({ length: width }, (_, id) => 3 * Math.sin(id * 12.9898));
  for (let id = 0; id < 20; id++) x[id]! += 25 - id;
  const y = x.map((value, id) => value + 0.02 * Math.sin(id * 78.233));
  const { low: [low], high: [high], point: [point] } = boundsOf(x, y).forward;
  const truth = exactly(x, y).forward;
  assert.ok(high! - low! < 2e-6, `${high! - low!}`);
  assert.ok(Math.abs(point! - truth) < 1e-9, `${point! - truth}`);
});
