import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { decodeParquet } from "../../../data/parquet.ts";
import {
  ACBENCH_FOLDER,
  cellKey,
  type PaperCell,
  parsePaperTable,
  parsePrinted,
  readPaperLabels,
  readPaperTables,
} from "../../../data/paper/acbench.ts";
import { paperCells, paperParquet } from "../../../data/paper/export.ts";
import { AGENTBOARD_ENVIRONMENTS, PAPER_LAYOUTS } from "../../../data/paper/layouts.ts";

const cells = await readPaperTables();

function rowKey({ table, model, compression }: PaperCell): string {
  return `${table}/${model}/${compression}`;
}

Deno.test("every row of Tables 3 to 10 has every column of its table exactly once", () => {
  const rows = Map.groupBy(cells.filter((cell) => cell.table >= 3), rowKey);
  for (const [row, held] of rows) {
    const columns = PAPER_LAYOUTS[held[0]!.table]!.columns.map((c) => `${c.group}/${c.column}`);
    const found = held.map((c) => `${c.group}/${c.column}`).filter((name) => name !== "/surplus");
    assert.deepEqual(found.sort(), columns.sort(), row);
  }
});

Deno.test("a cell that does not stand under its own column in the text is flagged", () => {
  for (const cell of cells) {
    if (![3, 4, 5, 8, 9, 10].includes(cell.table) || cell.flag !== null) continue;
    const columns = PAPER_LAYOUTS[cell.table]!.columns;
    const i = columns.findIndex((c) => c.group === cell.group && c.column === cell.column);
    assert.equal(cell.position, i + 2, cellKey(cell));
  }
});

Deno.test("a cell's label as extracted is the last label that stands at or above it", async () => {
  const labels = (await readPaperLabels()).filter(({ role }) => role === "model");
  for (const cell of cells) {
    if (cell.table < 3 || cell.position === null) continue;
    const above = labels.filter((label) =>
      label.table === cell.table && label.line <= cell.line &&
      // Table 6 prints two blocks side by side.
      (cell.table !== 6 || label.position < 4 === cell.position! < 4)
    );
    assert.equal(above.at(-1)?.text, cell.modelAsExtracted, cellKey(cell));
  }
});

Deno.test("a model read otherwise than its label stands is flagged", () => {
  const readings = new Map<string, Set<string>>();
  for (const cell of cells.filter(({ table, flag }) => table >= 8 && flag === null)) {
    const models = readings.get(cell.modelAsExtracted) ?? new Set();
    readings.set(cell.modelAsExtracted, models.add(cell.model));
  }
  for (const [label, models] of readings) {
    assert.equal(models.size, 1, `${label}: ${[...models].join(", ")}`);
  }
});

Deno.test("success rates that are no multiple of 1/n are flagged, and only one is", () => {
  const impossible = cells.filter((cell) => {
    if (cell.table !== 9 || cell.column !== "S" || cell.value === null) return false;
    const n = AGENTBOARD_ENVIRONMENTS[cell.group]!;
    const nearest = Math.round(cell.value / 100 * n) / n * 100;
    return Math.abs(nearest - cell.value) > 0.005 + 1e-9;
  });
  assert.deepEqual(impossible.map((cell) => [cellKey(cell), cell.value, cell.flag]), [
    ["9/Qwen2.5-3B/GPTQ/Scienceworld/S/success rate", 3.2, "misread"],
  ]);
});

Deno.test("an F1 above the mean of its precision and recall is flagged, and only one is", () => {
  const groups = Map.groupBy(
    cells.filter(({ table }) => table === 10),
    (cell) => `${rowKey(cell)}/${cell.group}`,
  );
  const impossible: string[] = [];
  for (const [name, held] of groups) {
    const [p, r, f1] = ["P", "R", "F1"].map((column) => held.find((c) => c.column === column)!);
    if (p!.value === null || r!.value === null || f1!.value === null) continue;
    if (f1!.value > (p!.value + r!.value) / 2 + 0.01 + 1e-9) {
      impossible.push(name);
      assert.equal(f1!.flag, "misread", name);
    }
  }
  assert.deepEqual(impossible, ["10/Qwen2.5-14B/AWQ(INT4)/ToolAlpaca"]);
});

Deno.test("percentages and fractions outside of their range are flagged", () => {
  for (const { table, value, flag, ...cell } of cells) {
    if (table < 3 || value === null || flag !== null) continue;
    const top = PAPER_LAYOUTS[table]!.unit === "fraction" ? 1 : 100;
    assert.ok(value >= 0 && value <= top, `table ${table}, line ${cell.line}: ${value}`);
  }
});

Deno.test("parsePrinted() reads percentages and thousands", () => {
  assert.equal(parsePrinted("8.21%"), 8.21);
  assert.equal(parsePrinted("40K"), 40000);
  assert.equal(parsePrinted("-1.00"), -1);
  assert.equal(parsePrinted("Sec. 4"), null);
});

Deno.test("a table whose cell cannot be right is refused with file, line and field", async () => {
  const text = await readFile(`${ACBENCH_FOLDER}table7.csv`, "utf8");
  const broken = (from: string, to: string) => {
    assert.ok(text.includes(from), from);
    return () => parsePaperTable(text.replace(from, to), 7, "table7.csv");
  };
  assert.throws(broken(",3.67,3.67,", ",3.76,3.67,"), /^SyntaxError: table7\.csv:2: value: 3\.76/);
  assert.throws(broken(",accuracy,3.67,3.67,", ",accuracy,,,"), /table7\.csv:2: flag: /);
  assert.throws(broken("misread", "wrong"), /table7\.csv:15: flag: "wrong"; expected missing/);
  assert.throws(broken(",GSM8K,", ",MMLU,"), /table7\.csv:3: the cell 7\/.* line 2 already/);
  assert.throws(broken(",GSM8K,", ",GSM9K,"), /table7\.csv:2: column: table 7 has no column/);
  assert.throws(broken("7,Qwen", "6,Qwen"), /table7\.csv:2: table: 6/);
  assert.throws(broken(",756,", ",7560,"), /table7\.csv:2: line: 7560/);
  assert.throws(broken("printed,", "print,"), /^SyntaxError: table7\.csv:1: columns are/);
});

Deno.test("tables.parquet holds the cells of the CSV files", async () => {
  const bytes = new Uint8Array(await readFile(`${ACBENCH_FOLDER}tables.parquet`));
  assert.deepEqual(bytes, paperParquet(cells), "run deno run -A data/paper/main.ts parquet");
  const rows = await decodeParquet("tables.parquet", paperCells, bytes);
  assert.deepEqual(
    rows.map((row) => [row["table"], row["line"], row["position"], row["value"], row["flag"]]),
    cells.map(({ table, line, position, value, flag }) => [table, line, position, value, flag]),
  );
});
