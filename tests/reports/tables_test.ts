/** The tables of the synthetic experiment. */
import assert from "node:assert/strict";
import { loadResults, type Results, summaryOf } from "../../reports/results.ts";
import { fixed } from "../../analysis/numbers.ts";
import type { TableCell, TableData } from "../../reports/render/table_data.ts";
import { TABLES } from "../../reports/tables/registry.ts";
import { EXPERIMENT, FAILED, PENDING, writeFixture } from "./fixture.ts";

const runs = await Deno.makeTempDir();
await writeFixture(runs);
const results: Results = await loadResults(runs, EXPERIMENT);
await Deno.remove(runs, { recursive: true });

function cellAt(table: TableData, variant: string, group: string, header: string): TableCell {
  const { title } = results.plan.variants.find(({ id }) => id === variant)!;
  const row = table.rows.find(([first]) => first?.kind === "text" && first.text === title);
  const column = table.columns.findIndex((one) => one.group === group && one.header === header);
  assert.ok(row && column > 0, `${title}, ${group}, ${header}`);
  return row[column]!;
}

const methods = TABLES.methods_by_benchmark!.table(results);
const subtasks = TABLES.scores_by_subtask!.table(results);

Deno.test("scores_by_subtask shows each score of the summary with interval, difference and cells", () => {
  const variant = "fixture-model/rtn-w3a16";
  const at = {
    variant,
    benchmark: "needle_in_a_haystack",
    subtask: "512",
    metric: "score",
    parameter: null,
  };
  const row = summaryOf(results, at)!;
  const cell = cellAt(subtasks, variant, "needle_in_a_haystack (score)", "512");
  assert.ok(cell.kind === "value");
  const write = (value: number | null) => fixed(value!, 3);
  assert.equal(cell.lines[0], `${write(row.mean)} [${write(row.low)}, ${write(row.high)}]`);
  assert.match(cell.lines[1]!, /^Δ −/);
  const evaluated = results.plan.cells.find((one) =>
    one.variant === variant && one.kind === "evaluate" && one.benchmark === "needle_in_a_haystack"
  )!;
  assert.deepEqual(cell.cells, [evaluated.id]);
});

Deno.test("every value of every table names finished cells of the plan", () => {
  for (const table of Object.values(TABLES)) {
    for (const cell of table.table(results).rows.flat()) {
      if (cell.kind !== "value") continue;
      assert.ok(cell.cells.length > 0);
      for (const id of cell.cells) assert.equal(results.records.get(id)?.status, "done");
    }
  }
});

Deno.test("a failed cell shows its reason, one that has not run a dash, and neither a number", () => {
  const failed = cellAt(methods, FAILED, "needle_in_a_haystack (score)", "all");
  assert.ok(failed.kind === "failed" && failed.reason.startsWith("No kernel"), failed.kind);
  const pending = cellAt(methods, PENDING, "teval (score)", "all");
  assert.deepEqual(pending, { kind: "missing", why: "teval has not run yet" });
  const logits = cellAt(methods, PENDING, "teval (logits)", "KL (nats)");
  assert.equal(logits.kind, "missing");
  const baseline = cellAt(methods, "fixture-model/none", "teval (logits)", "KL (nats)");
  assert.ok(baseline.kind === "missing" && /compared with/.test(baseline.why));
});

Deno.test("a score that gives no value is missing, not 0", () => {
  const summary = results.summary.map((row) => ({ ...row, mean: null, low: null, high: null }));
  const table = TABLES.methods_by_benchmark!.table({ ...results, summary });
  const cell = cellAt(table, "fixture-model/rtn-w3a16", "needle_in_a_haystack (score)", "all");
  assert.deepEqual(cell, { kind: "missing", why: "needle_in_a_haystack gave no value" });
});

Deno.test("a score by subtask stands in one table: in the paper's layout, or among the others", () => {
  const inLayout: Record<string, string> = {
    teval: "tool_use",
    longbench: "long_context",
    household: "episodes",
  };
  for (const { group, header } of methods.columns) {
    if (!group.endsWith("(score)")) continue;
    assert.equal(header, "all");
    const name = inLayout[group.split(" ")[0]!];
    // Scores that the paper's tables do not print have no column in their layout.
    if (name === undefined || name === "episodes") {
      assert.ok(subtasks.columns.some((column) => column.group === group), group);
    } else {
      assert.ok(TABLES[name]!.table(results).columns.length > 1, group);
      assert.ok(!subtasks.columns.some((column) => column.group === group), group);
    }
    assert.ok(
      !subtasks.columns.some((column) => column.group === group && column.header === "all"),
    );
  }
});

Deno.test("without main metrics in the plan all scores are main ones", () => {
  const { mainMetrics: _, ...plan } = results.plan;
  const groups = TABLES.methods_by_benchmark!.table({ ...results, plan }).columns
    .map(({ group }) => group);
  assert.ok(groups.includes("teval (format)") && groups.includes("teval (score)"));
});

Deno.test("other_scores holds the scores that methods_by_benchmark leaves out, and no other", () => {
  const groups = (name: string) =>
    new Set(TABLES[name]!.table(results).columns.map(({ group }) => group));
  assert.ok(groups("other_scores").has("needle_in_a_haystack (format)"));
  assert.ok(!groups("methods_by_benchmark").has("needle_in_a_haystack (format)"));
  assert.ok(!groups("other_scores").has("needle_in_a_haystack (score)"));
});

Deno.test("checkpoints says in words what was done, and no run times", () => {
  const table = TABLES.checkpoints!.table(results);
  const recipe = cellAt(table, "fixture-model/gptq-w4a16", "", "Recipe");
  assert.deepEqual(recipe, {
    kind: "text",
    text: "GPTQModifier (weights: num_bits 4, type int, strategy group, group_size 128)",
  });
  assert.ok(table.columns.every(({ header }) => !/second/i.test(header)));
});

Deno.test("calibration_spread is empty for one seed, and parts the seeds' spread from the samples'", () => {
  assert.deepEqual(TABLES.calibration_spread!.table(results).rows, []);
  const pair = ["fixture-model/rtn-w8a16", "fixture-model/rtn-w2a16"];
  const variants = results.plan.variants.map((variant) =>
    pair.includes(variant.id)
      ? {
        ...variant,
        title: "GPTQ W4A16",
        settings: {},
        calibration: { set: "prose", samples: 8, maxLength: 64, seed: pair.indexOf(variant.id) },
      }
      : variant
  );
  const table = TABLES.calibration_spread!.table({
    ...results,
    plan: { ...results.plan, variants },
  });
  const words = table.rows.map((row) =>
    row.map((cell) =>
      cell.kind === "value" ? cell.lines[0] : cell.kind === "text" ? cell.text : "–"
    )
  );
  const longbench = words.find(([, score]) => score === "longbench score")!;
  const means = pair.map((variant) =>
    summaryOf(results, {
      variant,
      benchmark: "longbench",
      subtask: "all",
      metric: "score",
      parameter: null,
    })!.mean!
  );
  assert.deepEqual(longbench.slice(0, 3), ["GPTQ W4A16", "longbench score", "2"]);
  assert.equal(longbench[4], fixed((means[0]! + means[1]!) / 2, 3));
  // Two bits keep far less than eight: as seeds they would differ by more than samples do.
  assert.ok(Number(longbench[5]) > Number(longbench[6]), longbench.join(" | "));
});

Deno.test("verdicts has a row a method with score, difference, verdict and place on the front", () => {
  const table = TABLES.verdicts!.table(results);
  assert.deepEqual(table.columns.map(({ header }) => header), [
    "Method",
    "tool use",
    "workflow generation",
    "long context",
    "real-world application",
    "over all",
  ]);
  const row = (title: string) =>
    table.rows.find(([cell]) => cell!.kind === "text" && cell!.text === title)!;
  const [, base] = row("Baseline"), [, worst] = row("RTN W2A16");
  assert.ok(base!.kind === "value" && base!.lines.length === 2 && base!.cells.length === 1);
  assert.ok(worst!.kind === "value" && worst!.lines.length === 4);
  assert.match(worst!.lines[1]!, /^Δ −\d\.\d{3} \[−\d\.\d{3}, [−+]?\d\.\d{3}\]$/);
  assert.match(worst!.lines[2]!, /^(undecided|worse)$/);
  // The needles of this one failed: neither long context nor the whole can be judged.
  const failed = row("GPTQ W4A16");
  assert.deepEqual([failed[3]!.kind, failed[5]!.kind], ["missing", "missing"]);
  assert.match((failed[3] as { why: string }).why, /no scores of needle_in_a_haystack/);
});

Deno.test("damage_by_span puts reasoning, actions and their difference side by side", () => {
  const table = TABLES.damage_by_span!.table(results);
  assert.equal(table.rows.length, 10);
  assert.deepEqual(table.columns.slice(1, 4).map(({ header, group }) => `${group} ${header}`), [
    "KL (nats) [REASON]",
    "KL (nats) [ACT]",
    "KL (nats) [ACT] − [REASON]",
  ]);
  const [, , , contrast] = table.rows.at(-1)!;
  assert.ok(contrast!.kind === "value" && contrast!.lines[0]!.startsWith("+"));
  assert.deepEqual(TABLES.damage_by_span!.table({ ...results, spans: [] }).columns, []);
});

Deno.test("a variant that another engine evaluated is told from the others, and one engine alone is not named", () => {
  assert.ok(!methods.columns.some(({ header }) => header === "Engine"));
  const variant = "fixture-model/rtn-w3a16";
  const cells = results.plan.cells.map((cell) => ({
    ...cell,
    inputs: { ...cell.inputs, engine: { name: "vllm" } },
  }));
  const records = new Map(results.records);
  for (const { id, kind } of cells.filter((cell) => cell.variant === variant)) {
    const substitute = { engine: "transformers", reason: "vLLM does not load it" };
    if (kind !== "compress") records.set(id, { ...records.get(id)!, substitute });
  }
  const mixed = { ...results, records, plan: { ...results.plan, cells } };
  for (const name of ["methods_by_benchmark", "checkpoints"]) {
    const table = TABLES[name]!.table(mixed);
    const own = cellAt(table, variant, "", "Engine");
    assert.deepEqual(own.kind === "value" && own.lines, ["transformers instead of vllm"]);
    const base = cellAt(table, "fixture-model/none", "", "Engine");
    assert.deepEqual(base.kind === "value" && base.lines, ["vllm"]);
    assert.match(table.caption, /Engine: what computed/);
  }
  const substitute = { engine: "transformers", reason: "vLLM does not load it" };
  for (const { id } of cells) records.set(id, { ...records.get(id)!, substitute });
  assert.ok(TABLES.checkpoints!.table(mixed).columns.some(({ header }) => header === "Engine"));
});
