import assert from "node:assert/strict";
import fc from "fast-check";
import { topIdsRows } from "../../../analysis/kernels/top_ids.ts";

Deno.test("topIdsRows() agrees with a stable sort, ties and infinities included", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Infinity, -Infinity, -0),
  );
  const rows = fc.array(fc.array(value, { minLength: 9, maxLength: 9 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 9 }), (rows, k) => {
    const out = new Int32Array(rows.length * k);
    topIdsRows(Float32Array.from(rows.flat()), 9, rows.length, k, out);
    const expected = rows.flatMap((row) =>
      row.map((value, id) => ({ value, id })).sort((a, b) =>
        a.value === b.value ? a.id - b.id : a.value > b.value ? -1 : 1
      ).slice(0, k).map(({ id }) => id)
    );
    assert.deepEqual([...out], expected);
  }));
});

Deno.test("topIdsRows() marks a row with NaN, wherever it stands", () => {
  const out = new Int32Array(4);
  topIdsRows(Float32Array.from([5, 4, 3, NaN, 1, 2, 3, 4]), 4, 2, 2, out);
  assert.deepEqual([...out], [-1, -1, 3, 2]);
});
