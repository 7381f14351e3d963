import assert from "node:assert/strict";
import { cpuSeconds } from "./cpu_seconds.ts";
import { linearPattern } from "../../../runners/scoring/linear_pattern.ts";
import { PatternError } from "../../../runners/scoring/pattern_parser.ts";

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("./golden/patterns.json", import.meta.url)),
);

Deno.test("linearPattern() finds what Python's re finds", () => {
  for (const [source, dotAll, rows] of golden.cases) {
    const pattern = linearPattern(source, { dotAll });
    golden.texts.forEach((text: string, i: number) => {
      const found = pattern.findAll(text).map((match) => [match.text, match.groups]);
      assert.deepEqual(found, rows[i], JSON.stringify([source, dotAll, text]));
    });
  }
});

Deno.test("linearPattern() refuses malformed patterns", () => {
  for (const source of golden.bad) assert.throws(() => linearPattern(source), PatternError, source);
  assert.throws(() => linearPattern("(".repeat(1e5)), PatternError);
});

Deno.test("linearPattern() takes linear time where a backtracking engine hangs", () => {
  const cases: [string, string][] = [
    ["(a*)*b", "a".repeat(50_000)],
    ["<Q>(.*)</Q>(.*)</Q>(.*)x", "<Q></Q>".repeat(8_000)],
    [String.raw`Answer_\d+:\s*.*?answer is (\d+)`, "Answer_1: ".repeat(50_000)],
  ];
  for (const [source, text] of cases) {
    const start = cpuSeconds();
    assert.equal(linearPattern(source, { dotAll: true }).findAll(text).length, 0);
    assert.ok(cpuSeconds() - start < 1, source);
  }
});
