import assert from "node:assert/strict";
import { bytes, fixed, grouped, listed, signed, significant } from "../../analysis/numbers.ts";

Deno.test("fixed() and signed() write a true minus, and no sign for what rounds to 0", () => {
  assert.equal(fixed(-0.1234, 3), "−0.123");
  assert.equal(fixed(-0.0001, 3), "0.000");
  assert.equal(signed(0.05, 2), "+0.05");
  assert.equal(signed(0.0001, 3), "0.000");
  assert.equal(fixed(Infinity, 2), "∞");
});

Deno.test("significant() keeps digits in plain notation and changes to powers outside", () => {
  assert.equal(significant(0.012345, 3), "0.0123");
  assert.equal(significant(123.45, 4), "123.5");
  assert.equal(significant(99999.6, 3), "100000");
  assert.equal(significant(0.00001234, 3), "1.23e−5");
  assert.equal(significant(-12345678, 3), "−1.23e7");
  assert.equal(significant(0, 3), "0");
});

Deno.test("bytes() keeps three digits of the decimal unit", () => {
  assert.equal(bytes(999), "999 B");
  assert.equal(bytes(1_680_000), "1.68 MB");
  assert.equal(bytes(268_000), "268 kB");
  assert.equal(bytes(999_999), "1.00 MB");
  assert.equal(bytes(12_345), "12.3 kB");
});

Deno.test("grouped() and listed() write counts and lists", () => {
  assert.equal(grouped(1234567), "1\u00a0234\u00a0567");
  assert.equal(grouped(123), "123");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.equal(listed([]), "");
});
