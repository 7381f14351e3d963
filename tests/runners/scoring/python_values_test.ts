import assert from "node:assert/strict";
import { cpuSeconds } from "./cpu_seconds.ts";
import { parsePythonJson } from "../../../runners/scoring/python_json.ts";
import { parsePythonLiteral } from "../../../runners/scoring/python_literal.ts";
import { floatRepr, pythonRepr } from "../../../runners/scoring/python_repr.ts";
import { pythonRound } from "../../../runners/scoring/python_round.ts";
import {
  isDigit,
  isWord,
  splitWords,
  strip,
  stripCharacters,
} from "../../../runners/scoring/python_text.ts";
import {
  pythonEquals,
  PythonError,
  type PythonValue,
} from "../../../runners/scoring/python_value.ts";

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("./golden/python_values.json", import.meta.url)),
);

type Case = { source: string; repr?: string; error?: string };

function assertReads(cases: Case[], read: (source: string) => PythonValue): void {
  for (const { source, repr } of cases) {
    const label = JSON.stringify(source.slice(0, 80));
    if (repr === undefined) assert.throws(() => read(source), PythonError, label);
    else assert.equal(pythonRepr(read(source)), repr, label);
  }
}

Deno.test("parsePythonLiteral() accepts, refuses and prints what ast.literal_eval does", () => {
  assertReads(golden.literals, parsePythonLiteral);
});

Deno.test("parsePythonJson() accepts, refuses and prints what json.loads does", () => {
  assertReads(golden.jsons, parsePythonJson);
});

Deno.test("pythonEquals() is Python's == over all pairs of values", () => {
  const values: PythonValue[] = golden.equality.values.map(parsePythonLiteral);
  values.forEach((a, i) =>
    values.forEach((b, j) => {
      const label = `${golden.equality.values[i]} == ${golden.equality.values[j]}`.slice(0, 200);
      assert.equal(pythonEquals(a, b), golden.equality.equal[i][j] === 1, label);
    })
  );
});

Deno.test("floatRepr() and pythonRound() equal repr and round of CPython", () => {
  for (const { value, repr, round2, round0 } of golden.floats) {
    assert.equal(floatRepr(value), repr);
    assert.equal(pythonRound(value, 2), round2, repr);
    assert.equal(pythonRound(value) + 0, round0 + 0, repr); // Python rounds to int: no -0
  }
});

Deno.test("text functions use Python's blanks, letters and digits", () => {
  // CPython 3.11: "\ufeff".isspace() is False, "\x1c", "\x85", "\u3000" are blank
  assert.deepEqual(splitWords("\x1ca\x85b\u3000c\ufeff d"), ["a", "b", "c\ufeff", "d"]);
  assert.equal(strip("\u2003 x \x1f"), "x");
  assert.equal(stripCharacters("'/a'/", "'/"), "a");
  assert.ok(isWord("é") && isWord("²") && isWord("北") && !isWord("-") && !isWord("\u0301"));
  assert.ok(isDigit("٣") && !isDigit("²"));
  assert.ok(!isWord("\u{31350}")); // assigned in Unicode 15, after Python 3.11
});

Deno.test("parsers of untrusted text neither hang nor overflow", () => {
  const hostile = ["[".repeat(1e6), "{".repeat(1e6), "(".repeat(1e6), "-".repeat(1e6)];
  hostile.push(`"${"\\".repeat(1e6)}`, "'".repeat(1e6), "#".repeat(1e6), "\\\n".repeat(5e5));
  hostile.push("[1,".repeat(3e5), '{"a":'.repeat(2e5), "9".repeat(1e6), `[${"1,".repeat(5e5)}]`);
  hostile.push("\0", "\ud800", `{${"'a':1,".repeat(1e5)}}`, " ".repeat(1e6), "\n ".repeat(5e5));
  for (const text of hostile) {
    for (const read of [parsePythonLiteral, parsePythonJson]) {
      const start = cpuSeconds();
      try {
        read(text);
      } catch (error) {
        assert.ok(error instanceof PythonError, String(error));
      }
      assert.ok(cpuSeconds() - start < 1, JSON.stringify(text.slice(0, 20)));
    }
  }
});
