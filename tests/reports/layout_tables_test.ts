/** Tables in the layout of ACBench's and Table 2, of an experiment on two models. */
import assert from "node:assert/strict";
import { tIntervalOverSeeds } from "../../analysis/statistics/t_interval_over_seeds.ts";
import { readPaperTables } from "../../data/paper/acbench.ts";
import { comparePrint } from "../../reports/compare_print.ts";
import { TABLE_FORMATS } from "../../reports/render/formats.ts";
import type { TableCell, TableData } from "../../reports/render/table_data.ts";
import { rowsOf, summaryOf } from "../../reports/results.ts";
import { TABLES } from "../../reports/tables/registry.ts";
import { FAILED, loadFamily } from "./family_run.ts";

const results = await loadFamily();
const printed = await readPaperTables();
const [SMALL, LARGE] = ["fixture-model-s", "fixture-model-l"];

function rowNamed(table: TableData, name: string): TableCell[] {
  const row = table.rows.find(([first]) => first?.kind === "text" && first.text === name);
  assert.ok(row, `${name} in ${table.name}`);
  return row;
}

function cellAt(table: TableData, name: string, group: string, header: string): TableCell {
  const column = table.columns.findIndex((one) => one.group === group && one.header === header);
  assert.ok(column > 0, `${group}, ${header}`);
  return rowNamed(table, name)[column]!;
}

function numberOf(cell: TableCell): number {
  assert.equal(cell.kind, "value");
  return Number((cell as { lines: string[] }).lines[0]!.replace("−", "-"));
}

const toolUse = TABLES.tool_use!.table(results);
const family = TABLES.family!.table(results);

Deno.test("tool_use has the paper's eleven columns, and the means of columns and of abilities", () => {
  assert.deepEqual(
    toolUse.columns.map(({ group, header }) => `${group} ${header}`.trim()),
    [
      "Method",
      ...["Instruct", "Plan", "Reason", "Retrieve", "Understand"].flatMap((ability) => [
        `${ability} String`,
        `${ability} Json`,
      ]),
      "Review Choice",
      "Overall mean11",
      "Overall mean6",
    ],
  );
  const numbers = rowNamed(toolUse, `${SMALL} GPTQ W4A16`).slice(1).map(numberOf);
  const columns = numbers.slice(0, 11);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(numbers[11]! - mean(columns)) < 0.11);
  const abilities = [0, 2, 4, 6, 8].map((at) => mean(columns.slice(at, at + 2)));
  assert.ok(Math.abs(numbers[12]! - mean([...abilities, columns[10]!])) < 0.11);
  // JSON of retrieval is one of three scores of the same file.
  const at = { benchmark: "teval", subtask: "rru_json", metric: "name", parameter: null };
  const line = summaryOf(results, { ...at, variant: `${SMALL}/gptq-w4a16-g128-c0` })!;
  assert.ok(Math.abs(columns[7]! - 100 * line.mean!) < 0.051);
});

Deno.test("draws of the calibration are one row: the mean of each sample's scores", () => {
  const name = `${SMALL} AWQ W4A16`;
  const cell = cellAt(toolUse, name, "Plan", "String");
  assert.ok(cell.kind === "value" && cell.cells.length === 2);
  assert.match((rowNamed(toolUse, name)[0] as { note: string }).note, /2 calibration seeds/);
  const scores = rowsOf(results, "score").filter(({ variant, benchmark, subtask }) =>
    /-s\/awq-.*-c[01]$/.test(variant) && benchmark === "teval" && subtask === "plan_str"
  ).map(({ value }) => value!);
  assert.equal(scores.length, 12);
  assert.ok(Math.abs(numberOf(cell) - 100 * scores.reduce((a, b) => a + b, 0) / 12) < 0.051);
});

Deno.test("a failed cell is said once in its row and noted in the others, never as a number", () => {
  const [, first, ...others] = rowNamed(toolUse, `${LARGE} ${FAILED.method.toUpperCase()} W4A16`);
  assert.equal(first!.kind, "failed");
  for (const cell of others) {
    assert.deepEqual(cell, { kind: "missing", why: "failed: No kernel" });
  }
  const csv = TABLE_FORMATS.csv!(toolUse);
  assert.match(csv, new RegExp(`^${LARGE} GPTQ W4A16,failed: No kernel,–`, "m"));
});

Deno.test("rows of a model stand together by kind, and rules part the kinds", () => {
  const names = toolUse.rows.map(([first]) => (first as { text: string }).text);
  const own = names.filter((name) => name.startsWith(`${SMALL} `))
    .map((name) => name.slice(SMALL!.length + 1));
  assert.deepEqual(own, [
    "Baseline",
    ..."RTN W8A16,RTN W4A16,GPTQ W8A16,GPTQ W4A16,AWQ W4A16,SmoothQuant W8A8".split(","),
    "KV8",
    "Wanda 50 %",
    "Wanda 2:4",
    "Untrained",
  ]);
  assert.deepEqual(toolUse.rules!.slice(0, 5), [1, 7, 8, 10, 11]);
});

Deno.test("workflows, sets and episodes: the paper's columns, then our own, then the average", () => {
  const heads = (name: string) =>
    TABLES[name]!.table(results).columns.slice(1).map(({ group, header }) =>
      `${group} ${header}`.trim()
    );
  assert.deepEqual(
    heads("workflows"),
    ["Alfworld", "ToolAlpaca", "Webshop", "wikihow", "Average"].flatMap((task) =>
      ["P", "R", "F1"].map((score) => `${task} ${score}`)
    ),
  );
  assert.deepEqual(heads("long_context"), [
    "Single-Doc QA MF-en",
    "Few-shot Learning TREC",
    "Synthetic Task Pcount",
    "Code Completion Lcc",
    "Average",
  ]);
  assert.deepEqual(heads("batched_answers"), ["GSM8K", "MMLU", "Average"]);
  assert.deepEqual(heads("episodes").slice(-4), ["put P", "put S", "Average P", "Average S"]);
});

Deno.test("family: the three readings of Diff-ERank, each with its sign", () => {
  const group = "ERank of the covariance (Wei et al.)";
  const compressed = (header: string) => cellAt(family, `${SMALL} GPTQ W4A16`, group, header);
  assert.ok(numberOf(compressed("(a)")) > 0);
  assert.equal(numberOf(compressed("(a)")), -numberOf(compressed("(b)")));
  assert.equal(compressed("(c)").kind, "missing");
  const [untrained, trained] = [`${SMALL}/untrained`, `${SMALL}/none`].map((variant) =>
    summaryOf(results, {
      variant,
      benchmark: "teval",
      subtask: "all",
      metric: "erank_covariance",
      parameter: "source=logits",
    })!.mean!
  ) as [number, number];
  const cell = cellAt(family, SMALL!, group, "(c)");
  assert.ok(Math.abs(numberOf(cell) - (untrained - trained)) < 0.00051);
  assert.equal((cell as { cells: string[] }).cells.length, 2);
  assert.equal(cellAt(family, SMALL!, group, "(a)").kind, "missing");
});

Deno.test("family: accuracy of draws is that of their method, over all capabilities", () => {
  const line = results.capabilities.find(({ capability, variant }) =>
    capability === "all" && variant === `${SMALL}/awq-w4a16-g128`
  )!;
  const cell = cellAt(family, `${SMALL} AWQ W4A16`, "", "Accuracy");
  assert.ok(Math.abs(numberOf(cell) - line.mean!) < 0.00051);
});

Deno.test("family: logits of draws have an interval over samples, in which the seeds' spread counts", () => {
  const values = [0, 1].map((seed) =>
    rowsOf(results, "negative_log_likelihood").filter(({ variant }) =>
      variant === `${SMALL}/awq-w4a16-g128-c${seed}`
    ).map(({ value }) => value!)
  );
  const { mean, low, high } = tIntervalOverSeeds(values);
  const cell = cellAt(family, `${SMALL} AWQ W4A16`, "", "Loss (nats)");
  assert.ok(cell.kind === "value" && cell.cells.length === 2);
  const [first, interval] = cell.lines;
  assert.ok(Math.abs(Number(first) - mean!) < 1e-3);
  const ends = interval!.replaceAll("−", "-").match(/-?[\d.]+/g)!.map(Number);
  assert.ok(Math.abs(ends[0]! - low!) < 1e-3 && Math.abs(ends[1]! - high!) < 1e-3);
  for (const column of family.columns.slice(2)) {
    const own = cellAt(family, `${SMALL} AWQ W4A16`, column.group, column.header);
    if (column.header !== "(c)") assert.ok(own.kind === "value" && own.lines.length === 2);
  }
  assert.match(family.caption, /calibration seeds 0 and 1 together, their spread counted/);
});

Deno.test("the same columns stand beside the paper's print, Overall as the mean of eleven, seeds together", () => {
  // As if the paper had the model.
  const own = printed.map((cell) => ({
    ...cell,
    model: cell.model === "Qwen2.5-7B" ? SMALL! : cell.model,
  }));
  const comparisons = comparePrint(results, own);
  const at = (compression: string, group: string, column: string) =>
    comparisons.find(({ printed }) =>
      printed.compression === compression && printed.group === group && printed.column === column
    )!.measured;
  for (
    const [group, column, header] of [["Plan", "String", "String"], ["Reason", "Json", "Json"]]
  ) {
    const own = numberOf(cellAt(toolUse, `${SMALL} Wanda 2:4`, group!, header!));
    assert.ok(Math.abs(at("Wanda(2:4)", group!, column!).value - own) < 0.051);
  }
  const mean11 = numberOf(cellAt(toolUse, `${SMALL} Baseline`, "Overall", "mean11"));
  assert.ok(Math.abs(at("FP16", "Overall", "Overall").value - mean11) < 0.051);
  const pooled = at("AWQ", "Plan", "String");
  assert.equal(pooled.sources.length, 2);
  const shown = numberOf(cellAt(toolUse, `${SMALL} AWQ W4A16`, "Plan", "String"));
  assert.ok(Math.abs(pooled.value - shown) < 0.051);
});

Deno.test("family shows each model and its 4-bit variants alone", () => {
  assert.deepEqual(family.rows.map(([first]) => (first as { text: string }).text), [
    ...[SMALL, LARGE].flatMap((model) => [
      model!,
      `${model} RTN W4A16`,
      `${model} GPTQ W4A16`,
      `${model} AWQ W4A16`,
    ]),
  ]);
});
