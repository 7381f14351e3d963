import assert from "node:assert/strict";
import fc from "fast-check";
import { frontShares, paretoFront } from "../../../analysis/choice/pareto.ts";
import { linesWith, scored, values } from "./rows.ts";

Deno.test("paretoFront() is what its definition says, ties included", () => {
  const point = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }));
  fc.assert(fc.property(fc.array(point, { maxLength: 10 }), (points) => {
    const costs = points.map(([cost]) => cost), scores = points.map(([, score]) => score / 6);
    const expected = points.map(([cost, score]) =>
      !points.some(([other, its]) => other <= cost && its >= score && (other < cost || its > score))
    );
    assert.deepEqual(paretoFront(costs, scores), expected);
  }));
});

Deno.test("frontShares() is sure where samples agree, split where they do not, and the same again", () => {
  const clear = { strata: [[[values(40, 0)], [values(40, 30)], [values(40, 30)]]], weight: 1 };
  const costs = [[3, 1, 2]];
  assert.deepEqual(frontShares([clear], costs), [[1, 1, 0]]);
  // The dearer method is better on as many samples as it is worse on: on the front in less than half of the resamples.
  const even = Array.from({ length: 40 }, (_, index) => index % 2);
  const odd = even.map((value) => 1 - value);
  const split = { strata: [[[even], [odd]]], weight: 1 };
  const [[dear, cheap]] = frontShares([split], [[2, 1]]) as [[number, number]];
  assert.ok(dear > 0.4 && dear < 0.5, `${dear}`);
  assert.equal(cheap, 1);
  assert.deepEqual(frontShares([split], [[2, 1]]), [[dear, cheap]]);
});

Deno.test("frontShares() weighs its parts", () => {
  const parts = [
    { strata: [[[values(10, 0)], [values(10, 10)]]], weight: 0.9 },
    { strata: [[[values(10, 10)], [values(10, 0)]]], weight: 0.1 },
  ];
  assert.deepEqual(frontShares(parts, [[2, 1]]), [[1, 1]]);
});

Deno.test("frontShares() draws calibration seeds as well", () => {
  // One seed is far better than the base, the other far worse.
  const part = { strata: [[[values(20, 10)], [values(20, 0), values(20, 20)]]], weight: 1 };
  const [[base]] = frontShares([part], [[2, 1]]) as [[number]];
  // Both seeds bad: 1 in 4; one of each: about as often above as below.
  assert.ok(base > 0.3 && base < 0.8, `${base}`);
});

Deno.test("capabilityLines() weighs benchmarks and capabilities equally and leaves out what lacks scores", () => {
  const rows = [
    ...scored("none", "teval", values(10, 0)),
    ...scored("none", "longbench", values(40, 0), { subtask: "a" }),
    ...scored("none", "longbench", values(10, 10), { subtask: "b" }),
    ...scored("none", "needle_in_a_haystack", values(6, 0)),
    ...scored("half", "teval", values(10, 5)),
    ...scored("part", "teval", values(10, 0)),
    ...scored("part", "longbench", values(40, 0), { subtask: "a" }),
  ];
  const lines = linesWith(["none", "half", "part"], rows, { none: 100, half: 50, part: 60 });
  const of = (variant: string, capability: string) =>
    lines.find((line) => line.variant === `m/${variant}` && line.capability === capability);
  assert.equal(of("none", "long_context")!.mean, 0.75);
  assert.equal(of("none", "all")!.mean, 0.875);
  assert.deepEqual([of("none", "tool_use")!.baseline, of("none", "tool_use")!.verdict], [
    true,
    null,
  ]);
  assert.equal(of("half", "tool_use")!.mean, 0.5);
  assert.equal(of("half", "long_context"), undefined);
  assert.match(
    of("half", "all")!.reason!,
    /no scores of needle_in_a_haystack, longbench|no scores of longbench/,
  );
  assert.match(of("part", "long_context")!.reason!, /no scores of/);
  assert.equal(of("part", "tool_use")!.stored_bytes_front, true);
  assert.equal(of("none", "tool_use")!.stored_bytes_front, false);
  assert.equal(of("part", "all")!.stored_bytes_front, null);
});
