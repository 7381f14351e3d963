/** Placing of labels, points and bins. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { binEdges, shares } from "../../../reports/figures/histogram_bins.ts";
import { overlap, placeLabels } from "../../../reports/figures/place_labels.ts";
import { sideBySide } from "../../../reports/figures/side_by_side.ts";
import { stepAside } from "../../../reports/figures/step_aside.ts";

Deno.test("placeLabels() finds free places for a crowd of points", () => {
  const points = Array.from(
    { length: 8 },
    (_, i) => ({ x: 100 + i % 3, y: 80 + i, width: 40, height: 8 }),
  );
  const frame = { left: 0, top: 0, right: 220, bottom: 170 };
  const markers = points.map(({ x, y }) => ({
    left: x - 3,
    right: x + 3,
    top: y - 3,
    bottom: y + 3,
  }));
  const boxes = placeLabels(points, frame, { solid: markers, thin: [] }).map((
    { left, middle },
  ) => ({
    left,
    right: left + 40,
    top: middle - 4,
    bottom: middle + 4,
  }));
  boxes.forEach((box, i) => {
    assert.ok(box.left >= 0 && box.right <= 220 && box.top >= 0 && box.bottom <= 170);
    assert.ok(!markers.some((marker) => overlap(box, marker)), `label ${i} covers a marker`);
    assert.ok(
      !boxes.some((other, j) => j !== i && overlap(box, other)),
      `label ${i} covers another`,
    );
  });
});

Deno.test("sideBySide() keeps the distance, the order and the middle of each crowd", () => {
  const place = fc.double({ min: 0, max: 200, noNaN: true });
  fc.assert(fc.property(fc.array(place, { maxLength: 12 }), (places) => {
    const moved = sideBySide(places, 5);
    const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
    order.forEach((index, turn) => {
      if (turn === 0) return;
      assert.ok(moved[index]! - moved[order[turn - 1]!]! >= 5 - 1e-9);
    });
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum(places) - sum(moved)) < 1e-6);
  }));
  assert.deepEqual(sideBySide([10, 50], 5), [10, 50]);
});

Deno.test("stepAside() moves a mark only from where another's bar is, and no further than needed", () => {
  const bar = fc.record({
    at: fc.integer({ min: 0, max: 60 }),
    top: fc.integer({ min: 0, max: 40 }),
    height: fc.integer({ min: 0, max: 20 }),
  }).map(({ at, top, height }) => ({ at, top, bottom: top + height }));
  fc.assert(fc.property(fc.array(bar, { maxLength: 14 }), (marks) => {
    const places = stepAside(marks, 5);
    marks.forEach((mark, index) => {
      const taken = marks.slice(0, index).flatMap(({ top, bottom }, other) =>
        top <= mark.bottom && mark.top <= bottom ? [places[other]!] : []
      );
      const clear = (at: number) => taken.every((other) => Math.abs(other - at) >= 4.99);
      assert.ok(clear(places[index]!));
      const moved = Math.abs(places[index]! - mark.at);
      for (let less = 0; less < moved - 1e-9; less += 0.5) {
        assert.ok(!clear(mark.at - less) && !clear(mark.at + less), `${less} would do`);
      }
    });
  }));
  const level = { at: 10, top: 0, bottom: 5 };
  assert.deepEqual(stepAside([level, { ...level, top: 6, bottom: 9 }, level], 4), [10, 10, 6]);
});

Deno.test("shares() of values in their own bins add up to 1", () => {
  // Edges have 12 digits, so values may differ in the tenth.
  const value = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000);
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
    const edges = binEdges(values, 24);
    const found = shares(values, edges);
    assert.ok(Math.abs(found.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
    assert.equal(found[0], 0);
    assert.equal(found.at(-1), 0);
  }));
  assert.deepEqual(binEdges([0, 10], 5), [-2, 0, 2, 4, 6, 8, 10, 12, 14]);
  assert.deepEqual(shares([0, 1, 2, 10], [-2, 0, 2, 4, 6, 8, 10, 12]), [
    0,
    0.5,
    0.25,
    0,
    0,
    0,
    0.25,
  ]);
});

Deno.test("binEdges() refuses to bin nothing", () => {
  assert.throws(() => binEdges([], 10), /at least one finite value/);
});
