import assert from "node:assert/strict";
import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { readPaperLabels, readPaperTables } from "../../../data/paper/acbench.ts";
import {
  compareWithFingerprint,
  compareWithText,
  fingerprintText,
  readFingerprint,
} from "../../../data/paper/conservation.ts";

const [cells, labels, fingerprint] = await Promise.all([
  readPaperTables(),
  readPaperLabels(),
  readFingerprint(),
]);
const printed = cells.filter((cell) => cell.printed !== "");
/** Set it to the path of the extracted text to compare with the text itself. */
const textFile = Deno.env.get("ACTGAUGE_ACBENCH_TEXT");

Deno.test("the transcription rebuilds every line of every table", () => {
  assert.deepEqual(compareWithFingerprint(cells, labels, fingerprint), []);
});

Deno.test("changing, losing, doubling or moving one cell breaks the conservation check", () => {
  const index = fc.integer({ min: 0, max: printed.length - 1 });
  fc.assert(
    fc.property(index, fc.constantFrom("change", "lose", "double", "move"), (i, what) => {
      const cell = printed[i]!;
      const rest = cells.filter((other) => other !== cell);
      const changed = {
        change: [...rest, {
          ...cell,
          printed: cell.printed.replace(/.$/, (c) => c === "7" ? "8" : "7"),
        }],
        lose: rest,
        double: [...cells, cell],
        move: [...rest, { ...cell, position: cell.position! + 1 }],
      }[what]!;
      const problems = compareWithFingerprint(changed, labels, fingerprint);
      assert.ok(problems.length > 0);
      for (const problem of problems) assert.match(problem, new RegExp(`^line ${cell.line}\\b`));
    }),
    { numRuns: 200 },
  );
});

Deno.test("a lost label breaks the conservation check", () => {
  assert.equal(compareWithFingerprint(cells, labels.slice(1), fingerprint).length, 1);
});

Deno.test("compareWithText() names line, field and both texts", () => {
  // A text of our own with Table 7's first row where the paper has it.
  const rows = printed.filter(({ line }) => line === 756);
  const heads = labels.filter(({ line }) => line === 756);
  const lines = Array.from({ length: 757 }, () => "");
  lines[755] = "Qwen2.5-1.5B\tGPTQ(W8)\t3.67\t32.98";
  lines[20] = "a\trow";
  assert.deepEqual(compareWithText(rows, heads, lines.join("\n")), [
    'line 756, field 3: "32.98" printed, "32.89" transcribed',
    "line 21: looks like a row of a table that no layout names",
  ]);
});

Deno.test({
  name: "the transcription holds every printed field of the text exactly once",
  ignore: !textFile,
  fn: async () => {
    const text = await readFile(textFile!, "utf8");
    assert.deepEqual(compareWithText(cells, labels, text), []);
    assert.deepEqual(fingerprintText(text), fingerprint);
  },
});
