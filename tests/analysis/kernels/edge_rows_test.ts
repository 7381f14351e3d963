import assert from "node:assert/strict";
import fc from "fast-check";
import { scanned, scannedPlain } from "./scanned.ts";

/** Rows that make it hard to find the best entries, by name: each gives the entry of an id. */
const SHAPES: Record<string, (id: number, width: number) => number> = {
  rising: (id) => id / 8,
  falling: (id) => -id / 8,
  "constant but for one": (id, width) => id === width - 1 ? 1 : 0,
  "two values": (id) => id * 7919 % 3 === 0 ? 2 : -2,
  "the best in one chunk": (id) => id >= 640 && id < 700 ? 1000 - id : -id / 1000,
  "one in each chunk": (id) => id % 64 === 13 ? id / 64 : -50,
  "all but few are forbidden": (id) => id % 997 === 5 ? id / 100 : -Infinity,
  "far below the best": (id) => id === 70 ? 3e4 : -id,
  "masked by the lowest number": (id) => id % 500 === 3 ? -id : -3.4028234663852886e38,
};

for (const [name, entry] of Object.entries(SHAPES)) {
  Deno.test(`the best entries of a long row: ${name}`, () => {
    for (const width of [4099, 32000]) {
      const baseline = Float32Array.from({ length: width }, (_, id) => entry(id, width));
      for (const k of [1, 3, 20, 64]) {
        const rows = { width, baseline, variant: null, k, tokens: [641] };
        const [found, expected] = [scanned(rows).baseline, scannedPlain(rows).baseline];
        assert.deepEqual(found.topIds, expected.topIds, `ids of ${k} of ${width}`);
        assert.deepEqual(found.topLogits, expected.topLogits);
        assert.deepEqual(found.tokenRank, expected.tokenRank);
      }
    }
  });
}

Deno.test("a constant row: ln V above the constant, entropy ln V, the lowest ids first, no divergence", () => {
  const constant = fc.integer({ min: -1000, max: 1000 }).map((eighths) => eighths / 8);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), constant, constant, (width, c, d) => {
      const [baseline, variant] = [c, d].map((value) => new Float32Array(width).fill(value)) as [
        Float32Array,
        Float32Array,
      ];
      const token = width >> 1;
      const { baseline: of, pair } = scanned({ width, baseline, variant, tokens: [token] });
      assert.equal(of.max[0], c);
      assert.ok(Math.abs(of.rest[0]! - Math.log(width)) < 3e-6);
      assert.ok(Math.abs(of.entropy[0]! - Math.log(width)) < 3e-6);
      assert.deepEqual([...of.topIds], [0, 1, 2, 3].slice(0, width));
      assert.equal(of.tokenRank[0], token + 1);
      const { forward, reverse, jensenShannon } = pair!;
      for (const value of [forward[0]!, reverse[0]!, jensenShannon[0]!]) assert.equal(value, 0);
    }),
    { numRuns: 40 },
  );
});

/** Numbers of which no two are equal, in some order. */
const distinct = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 1e6 })).map(
  ([width, seed]) => {
    const order = Array.from({ length: width }, (_, id) => id);
    let state = seed;
    for (let id = width - 1; id > 0; id--) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const other = state % (id + 1);
      [order[id], order[other]] = [order[other]!, order[id]!];
    }
    return order;
  },
);

Deno.test("the best entries do not see a constant, and go with a permutation of the vocabulary", () => {
  fc.assert(
    fc.property(distinct, fc.integer({ min: -4096, max: 4096 }), (order, constant) => {
      const width = order.length;
      const top = (values: Float32Array) => [
        ...scanned({ width, baseline: values, variant: null, k: 64 }).baseline.topIds,
      ];
      const values = Float32Array.from(order, (place) => place / 8);
      const sorted = Float32Array.from({ length: width }, (_, id) => id / 8);
      assert.deepEqual(top(values.map((value) => value + constant)), top(values));
      assert.deepEqual(top(values).map((id) => order[id]), top(sorted));
    }),
    { numRuns: 40 },
  );
});

Deno.test("one row of one entry, and no rows", () => {
  const one = Float32Array.of(-7);
  const { baseline, pair } = scanned({ width: 1, baseline: one, variant: one, k: 64 });
  assert.deepEqual([baseline.max[0], baseline.rest[0]], [-7, 0]);
  assert.ok(baseline.entropy[0]! >= 0 && baseline.entropy[0]! < 1e-30);
  assert.deepEqual([[...baseline.topIds], baseline.tokenRank[0]], [[0], 1]);
  assert.deepEqual([pair!.forward[0], pair!.reverse[0], pair!.jensenShannon[0]], [0, 0, 0]);
  const none = scanned({ width: 70, baseline: new Float32Array(), variant: new Float32Array() });
  assert.deepEqual([none.baseline.topIds.length, none.pair!.forward.length], [0, 0]);
});
