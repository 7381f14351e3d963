import assert from "node:assert/strict";
import { recomputeAverages, wrongAverages } from "../../../analysis/claims/averages.ts";
import { cellKey, readPaperTables } from "../../../data/paper/acbench.ts";

const cells = await readPaperTables();

Deno.test("every printed average of Tables 8 and 10 is the mean of its cells within rounding", () => {
  const averages = recomputeAverages(cells);
  // 40 rows of Table 8, and precision, recall and F1 of 34 rows of Table 10.
  assert.equal(averages.length, 40 + 3 * 34);
  assert.ok(
    averages.every(({ printed, parts }) => parts.length === (printed.table === 8 ? 11 : 6)),
  );
  assert.deepEqual(wrongAverages(averages).map(({ printed }) => cellKey(printed)), []);
});

Deno.test("averages off by more than half of their last digit are few", () => {
  const off = recomputeAverages(cells).filter(({ difference, rounding }) =>
    difference !== null && Math.abs(difference) > rounding / 2 + 1e-9
  );
  assert.deepEqual(off.map(({ printed }) => [printed.model, printed.compression, printed.column]), [
    ["Qwen2.5-7B", "Wanda(2:4)", "F1"],
    ["Qwen2.5-32B", "AWQ(INT4)", "P"],
  ]);
});

Deno.test("a cell misread in its first digit shows in the average", () => {
  const changed = cells.map((cell) =>
    cellKey(cell) === "8/Mistral-7B/Wanda(Un)/Plan/Json/score" ? { ...cell, value: 10.1 } : cell
  );
  assert.deepEqual(wrongAverages(recomputeAverages(changed)).map(({ printed }) => printed.line), [
    827,
  ]);
});
