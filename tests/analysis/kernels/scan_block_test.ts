import assert from "node:assert/strict";
import fc from "fast-check";
import type { ScanStatistics } from "../../../analysis/kernels/row_statistics.ts";
import { type Logits, scanned, scannedPlain } from "./scanned.ts";

/** What the documentation of `scan_block.ts` promises of sums of exponentials. */
const BOUND = 3e-6;

/** Widths about the kernels' strides: 4, 8, 64 and 2,048. */
const width = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.constantFrom(63, 64, 65, 71, 127, 128, 200, 2047, 2048, 2049, 2115, 4099),
);

const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -30, max: 30, noNaN: true }).map(Math.fround) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) }, // ties
  { weight: 1, arbitrary: fc.constantFrom(-200, 95, -0, 1e4, -1e9, -3.4028234663852886e38) },
);
const special = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity, NaN) },
);

/** Two logs of one to three rows, each of a pattern that repeats: a counterexample stays short. */
function logits(entry: fc.Arbitrary<number>): fc.Arbitrary<Pattern> {
  const pattern = fc.array(entry, { minLength: 1, maxLength: 40 });
  return fc.record({
    width,
    rows: fc.integer({ min: 1, max: 3 }),
    k: fc.integer({ min: 0, max: 64 }),
    token: fc.nat(),
    baseline: pattern,
    variant: pattern,
  });
}

interface Pattern {
  width: number;
  rows: number;
  k: number;
  token: number;
  baseline: number[];
  variant: number[];
}

function expand({ width, rows, k, token, baseline, variant }: Pattern): Logits {
  const values = (list: number[]) =>
    Float32Array.from(
      { length: width * rows },
      (_, i) => list[(i * 7 + (i >> 5)) % list.length]!,
    );
  const tokens = Array.from({ length: rows }, (_, row) => (token + row * 31) % width);
  return { width, k, tokens, baseline: values(baseline), variant: values(variant) };
}

function near(found: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++) {
    const [value, other] = [found[i]!, expected[i]!];
    if (Object.is(value, other) || value === other) continue;
    // Beyond the bound, what float32 holds of the number itself.
    const error = Math.abs(value - other);
    assert.ok(error <= BOUND + 1e-6 * Math.abs(other), `${name}[${i}]: ${value}, ${other}`);
  }
}

/** Equal but for the sign of 0, which no comparison of logits sees. */
function same(found: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  const unsigned = (values: ArrayLike<number>) => Array.from(values, (value) => value + 0);
  assert.deepEqual(unsigned(found), unsigned(expected), name);
}

function agree(found: ScanStatistics, expected: ScanStatistics): void {
  for (const log of ["baseline", "variant"] as const) {
    const [own, other] = [found[log], expected[log]];
    if (own === null || other === null) {
      assert.equal(own, other);
      continue;
    }
    for (const name of ["max", "topIds", "topLogits", "tokenLogit", "tokenRank"] as const) {
      same(own[name], other[name], `${log} ${name}`);
    }
    near(own.rest, other.rest, `${log} rest`);
    near(own.entropy, other.entropy, `${log} entropy`);
  }
  if (expected.pair === null) return assert.equal(found.pair, null);
  same(found.pair!.variantAtTop, expected.pair.variantAtTop, "variantAtTop");
  for (const name of ["forward", "reverse", "jensenShannon"] as const) {
    near(found.pair![name], expected.pair[name], name);
  }
}

Deno.test("scanBlock() agrees with plain TypeScript on pairs of rows, whatever their width", () => {
  fc.assert(
    fc.property(logits(number), (pattern) => {
      const rows = expand(pattern);
      agree(scanned(rows), scannedPlain(rows));
    }),
    { numRuns: 200 },
  );
});

Deno.test("scanBlock() agrees on rows with NaN and infinities", () => {
  fc.assert(
    fc.property(logits(special), (pattern) => {
      const rows = expand(pattern);
      agree(scanned(rows), scannedPlain(rows));
    }),
    { numRuns: 200 },
  );
});

Deno.test("scanBlock() agrees on one log alone", () => {
  fc.assert(
    fc.property(logits(special), (pattern) => {
      const alone = { ...expand(pattern), variant: null };
      agree(scanned(alone), scannedPlain(alone));
    }),
    { numRuns: 100 },
  );
});

Deno.test("scanBlock() agrees on float16, every value of it included", () => {
  const every = Float32Array.from(
    new Float16Array(Uint16Array.from({ length: 65536 }, (_, i) => i).buffer),
  );
  const finite = every.filter((value) => Number.isFinite(value) && Math.abs(value) < 30);
  const of = { width: finite.length, baseline: finite, variant: finite.toReversed(), k: 20 };
  agree(scanned({ ...of, float: "float16" }), scannedPlain(of));
  // One value a row: the top logit is the value itself.
  const single = { width: 1, baseline: every, variant: null, k: 1 };
  assert.deepEqual(
    scanned({ ...single, float: "float16" }).baseline.topLogits,
    scannedPlain(single).baseline.topLogits,
  );
});

Deno.test("divergences of a row from itself are exactly 0", () => {
  fc.assert(
    fc.property(logits(number), (pattern) => {
      const rows = expand(pattern);
      const { pair } = scanned({ ...rows, variant: rows.baseline });
      for (const name of ["forward", "reverse", "jensenShannon"] as const) {
        assert.ok(pair![name].every((value) => value === 0), name);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("KL is Infinity where the variant forbids what the baseline allows, and the reverse is not", () => {
  const values = (entries: number[]) => Float32Array.from(entries);
  const { pair } = scanned({
    width: 3,
    baseline: values([1, 2, 3, 1, 2, -Infinity]),
    variant: values([1, 2, -Infinity, 1, 3, -Infinity]),
  });
  assert.equal(pair!.forward[0], Infinity);
  assert.ok(Number.isFinite(pair!.reverse[0]));
  assert.ok(pair!.jensenShannon[0]! > 0 && pair!.jensenShannon[0]! < Math.LN2);
  assert.ok(pair!.forward[1]! > 0 && Number.isFinite(pair!.forward[1]));
});

Deno.test("k above the vocabulary gives the whole vocabulary, no rows give nothing", () => {
  const small = scanned({ width: 3, baseline: Float32Array.of(1, 3, 2), variant: null, k: 64 });
  assert.deepEqual([...small.baseline.topIds], [1, 2, 0]);
  const none = scanned({ width: 5, baseline: new Float32Array(), variant: new Float32Array() });
  assert.equal(none.baseline.max.length, 0);
});
