import assert from "node:assert/strict";
import { join } from "node:path";
import { readPaperTables } from "../../data/paper/acbench.ts";
import { comparePrint } from "../../reports/compare_print.ts";
import { paperColumn, paperCompression, paperModel } from "../../reports/paper_mapping.ts";
import { loadResults, type Results } from "../../reports/results.ts";
import { paperComparisonTable } from "../../reports/tables/paper_comparison.ts";
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

Deno.test("scores of a run stand beside their places in the paper's tables, in the paper's units", async () => {
  await withRun((results) => {
    const pairs = comparePrint(results, printed);
    const at = (table: number, compression: string, group: string, column: string) =>
      pairs.find(({ printed }) =>
        printed.table === table && printed.model === "Qwen2.5-7B" &&
        printed.compression === compression && printed.group === group && printed.column === column
      );
    assert.equal(at(8, "AWQ", "Overall", "Overall")?.measured.value, 65);
    assert.equal(at(8, "Wanda(2:4)", "Instruct", "Json")?.measured.value, 40);
    assert.equal(at(8, "FP16", "Review", "Choice")?.measured.value, 74);
    assert.equal(at(10, "AWQ(INT4)", "Alfworld", "F1")?.measured.value, 0.54);
    // LongBench is printed in three tables: pruned rows stand in Table 4, the others in Table 3.
    assert.equal(at(3, "AWQ", "Single-Doc QA", "NrtvQA")?.measured.value, 9);
    assert.equal(at(4, "Wanda(2:4)", "Single-Doc QA", "NrtvQA")?.measured.value, 2);
    // What was not measured has no place, and neither has a method that the paper does not have.
    assert.equal(at(8, "AWQ", "Plan", "Json"), undefined);
    const ids = new Set(results.plan.cells.map(({ id }) => id));
    for (const { measured: { sources } } of pairs) {
      assert.ok(sources.length === 1 && ids.has(sources[0]!));
    }
    return Promise.resolve();
  });
});

Deno.test("the comparison says what is printed, measured, and whether the print lies outside", async () => {
  await withRun((results) => {
    const pairs = comparePrint(results, printed);
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
    const { caption, rows } = paperComparisonTable(pairs, PAPER_RUN);
    assert.equal(rows.length, pairs.length);
    assert.match(caption, /lie outside of the measured interval \(95 % test\)/);
    return Promise.resolve();
  });
});

Deno.test("`paper --from` writes the comparison in every format of tables", async () => {
  await withRun(async (_, runs) => {
    const { log } = console;
    console.log = () => {};
    try {
      assert.equal(await main(["--from", PAPER_RUN, "--runs", runs, "--out", `${runs}/out`]), 0);
    } finally {
      console.log = log;
    }
    const written = [...Deno.readDirSync(join(runs, "paper-beside", PAPER_RUN))];
    assert.deepEqual(
      written.map(({ name }) => name).sort(),
      ["csv", "html", "md", "pdf", "tex", "typ"].map((ending) => `paper_comparison.${ending}`),
    );
  });
});

Deno.test("`paper --from` refuses a run without scores that the paper prints, and an unknown one", async () => {
  const runs = await Deno.makeTempDir();
  const errors: string[] = [];
  const { error } = console;
  console.error = (line: string) => errors.push(line);
  try {
    await writeFixture(runs);
    const out = ["--runs", runs, "--out", `${runs}/out`];
    assert.equal(await main(["--from", EXPERIMENT, ...out]), 2);
    assert.equal(await main(["--from", "nothing", ...out]), 2);
  } finally {
    console.error = error;
    await Deno.remove(runs, { recursive: true });
  }
  assert.match(
    errors[0]!,
    /no score of "fixture" .* models are fixture-model, .*household.*; .* t_eval.*deno task report fixture/,
  );
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
