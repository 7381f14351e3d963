import assert from "node:assert/strict";
import { join } from "node:path";
import { readRows, writeRows } from "../../data/logs.ts";
import { readPaperTables } from "../../data/paper/acbench.ts";
import { summary } from "../../data/result_schema.ts";
import { paperColumn, paperCompression, paperModel } from "../../reports/paper_mapping.ts";
import { comparePrint, measuredCells } from "../../reports/paper_measured.ts";
import { loadPaperStudy } from "../../reports/paper_study.ts";
import { VENUES } from "../../reports/render/venues.ts";
import { loadResults, type Results } from "../../reports/results.ts";
import { paperComparisonTable } from "../../reports/tables/paper_comparison.ts";
import { paperTable } from "../../reports/tables/paper_table.ts";
import { writePaperComparison } from "../../reports/write_paper.ts";
import { main } from "../../reports/paper.ts";
import { EXPERIMENT, writeFixture } from "./fixture.ts";
import { PAPER_RUN, writePaperRun } from "./paper_run.ts";

const printed = await readPaperTables();

async function withRun(test: (results: Results, runs: string) => Promise<void>): Promise<void> {
  const runs = await Deno.makeTempDir();
  try {
    await writePaperRun(runs);
    await test(await loadResults(runs, PAPER_RUN), runs);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

Deno.test("scores of a run take their places in the paper's tables, in the paper's units", async () => {
  await withRun((results) => {
    const measured = measuredCells(results, printed);
    const at = (table: number, compression: string, group: string, column: string) =>
      measured.find((cell) =>
        cell.table === table && cell.model === "Qwen2.5-7B" && cell.compression === compression &&
        cell.group === group && cell.column === column
      );
    assert.equal(at(8, "AWQ", "Overall", "Overall")?.value, 65);
    assert.equal(at(8, "Wanda(2:4)", "Instruct", "Json")?.value, 40);
    assert.equal(at(8, "FP16", "Review", "Choice")?.value, 74);
    assert.equal(at(10, "AWQ(INT4)", "Alfworld", "F1")?.value, 0.54);
    assert.equal(at(9, "none", "Pddl", "S")?.value, 13);
    // LongBench is printed in three tables: pruned rows stand in Table 4, the others in Table 3.
    assert.equal(at(3, "AWQ", "Single-Doc QA", "NrtvQA")?.value, 9);
    assert.equal(at(4, "Wanda(2:4)", "Single-Doc QA", "NrtvQA")?.value, 2);
    // What was not measured is missing with a reason, and never 0.
    assert.equal(at(8, "AWQ", "Plan", "Json")?.value, null);
    assert.equal(at(8, "AWQ", "Plan", "Json")?.note, "Not measured.");
    // Not one of the paper's benchmarks, and a method that the paper does not have.
    assert.ok(measured.every(({ metric }) => metric !== "exact"));
    assert.equal(at(8, "rtn-w3a16", "Overall", "Overall")?.value, 30);
    return Promise.resolve();
  });
});

Deno.test("the comparison says what is printed, measured, and whether the print lies outside", async () => {
  await withRun((results) => {
    const pairs = comparePrint(printed, measuredCells(results, printed));
    const find = (table: number, compression: string, column: string) =>
      pairs.find(({ printed }) =>
        printed.table === table && printed.compression === compression && printed.column === column
      )!;
    // Printed 70.1, measured 65 (63 to 67); printed 70.0, measured 71 (69 to 73).
    const awq = find(8, "AWQ", "Overall");
    assert.ok(Math.abs(awq.difference! + 5.1) < 1e-9);
    assert.equal(awq.exceeds, true);
    assert.equal(find(8, "FP16", "Overall").exceeds, false);
    // Printed 53.1, measured 54 (52 to 56).
    assert.equal(find(8, "Wanda(2:4)", "Overall").exceeds, false);
    assert.ok(pairs.every(({ printed }) => printed.compression !== "rtn-w3a16"));
    const { caption, rows } = paperComparisonTable(pairs, PAPER_RUN);
    assert.equal(rows.length, pairs.length);
    assert.match(caption, /lie outside of the measured interval \(95 % test\)/);
    return Promise.resolve();
  });
});

Deno.test("the paper's table of a run names the plan's cells behind each value", async () => {
  await withRun((results) => {
    const table = paperTable(8, measuredCells(results, printed));
    const values = table.rows.flat().filter((cell) => cell.kind === "value");
    const ids = new Set(results.plan.cells.map(({ id }) => id));
    assert.ok(values.length > 0);
    for (const value of values) {
      assert.ok(value.kind === "value" && value.cells.length === 1 && ids.has(value.cells[0]!));
    }
    return Promise.resolve();
  });
});

Deno.test("writePaperComparison() draws the tables and figures that the run can fill", async () => {
  await withRun(async (results, runs) => {
    const study = await loadPaperStudy();
    const files = await writePaperComparison(study, results, `${runs}/out`, VENUES.icml);
    const names = files.map((file) => file.split("/").at(-1)!);
    for (const name of ["paper_table_8.tex", "paper_figure_6.pdf", "paper_comparison.md"]) {
      assert.ok(names.includes(name), `${name} of ${names.join(", ")}`);
    }
    assert.ok(!names.includes("paper_figure_1.svg"));
  });
});

Deno.test("`paper --from` refuses a run without the paper's benchmarks, and an unknown one", async () => {
  const runs = await Deno.makeTempDir();
  const errors: string[] = [];
  const { error } = console;
  console.error = (line: string) => errors.push(line);
  try {
    await writeFixture(runs);
    const path = join(runs, EXPERIMENT, "summary.parquet");
    const lines = await readRows(path, summary);
    await writeRows(path, summary, lines.filter(({ benchmark }) => benchmark === "household"));
    const out = ["--runs", runs, "--out", `${runs}/out`];
    assert.equal(await main(["--from", EXPERIMENT, ...out]), 2);
    assert.equal(await main(["--from", "nothing", ...out]), 2);
  } finally {
    console.error = error;
    await Deno.remove(runs, { recursive: true });
  }
  assert.match(errors[0]!, /no score of "fixture" .* its benchmarks are .*household.* t_eval/);
  assert.match(errors[1]!, /there is no run "nothing" in .*; there are: fixture/);
});

Deno.test("names of models, methods and columns as runs write them", () => {
  const known = ["Qwen2.5-7B", "InternLM2.5-7B", "Mistral-7B"];
  assert.equal(paperModel("Qwen/Qwen2.5-7B-Instruct", known), "Qwen2.5-7B");
  assert.equal(paperModel("internlm2_5-7b-chat", known), "InternLM2.5-7B");
  assert.equal(paperModel("mistralai/Mistral-7B-Instruct-v0.3", known), "Mistral-7B");
  assert.equal(paperModel("tiny-agent", known), "tiny-agent");
  const gptq = {
    id: "m/gptq",
    model: "m",
    method: "gptq",
    title: "GPTQ W3A16",
    settings: { bits: 3 },
    calibration: null,
  };
  assert.equal(paperCompression(gptq, 8), "GPTQ W3A16");
  assert.equal(paperCompression({ ...gptq, settings: { bits: 8 } }, 10), "GPTQ(INT8)");
  assert.deepEqual(paperColumn(4, "multifieldqa_en", "f1"), {
    group: "Single-Doc QA",
    column: "MF-en",
  });
  assert.equal(paperColumn(9, "pddl", "exact"), null);
});
