/** Imports into a run, and the analysis of what was imported. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { buildResults } from "../../../analysis/results.ts";
import { cellFolder, readPlan, readRecord, readRows } from "../../../data/logs.ts";
import { results, summary } from "../../../data/result_schema.ts";
import { completions, scores } from "../../../data/schema.ts";
import { UserError } from "../../../runners/errors.ts";
import { hashFile } from "../../../runners/hash.ts";
import { writeReport } from "../../../reports/write_report.ts";
import { findVenue } from "../../../reports/render/venues.ts";
import { fixture, FIXTURES, importInto, inTemporaryFolder } from "./in_temporary_run.ts";

const lm = (variant: string, task: string) =>
  fixture(`lm_eval/${variant}`, new RegExp(`^samples_${task}`));
const inspect = (variant: string) => `${FIXTURES}/inspect/${variant}/tiny_qa.eval`;

/** The text of an lm_eval file with some lines changed. */
async function changed(folder: string, change: (line: Record<string, unknown>) => void) {
  const lines = Deno.readTextFileSync(lm("int4", "tiny_choice")).trimEnd().split("\n").map(
    (line) => {
      const record = JSON.parse(line);
      change(record);
      return JSON.stringify(record);
    },
  );
  const path = join(folder, "samples_tiny_choice_2026-01-01T00-00-00.000000.jsonl");
  await Deno.writeTextFile(path, lines.join("\n") + "\n");
  return path;
}

Deno.test("two imported variants give their paired difference with an interval, and a report", async () => {
  await inTemporaryFolder(async (runs) => {
    await importInto(runs, lm("base", "tiny_choice"), "base", { baseline: true });
    await importInto(runs, lm("int4", "tiny_choice"), "int4");
    await buildResults(runs, "study");
    const rows = await readRows(join(runs, "study", "summary.parquet"), summary);
    const int4 = rows.find(({ variant, metric }) => variant === "int4" && metric === "acc")!;
    // base is right on 0-5, int4 on 0, 1, 2, 6: 3 lost, 1 gained of 8.
    assert.deepEqual([int4.n, int4.mean, int4.difference], [8, 0.5, -0.25]);
    assert.equal(int4.difference_interval, "95 % paired Agresti-Min");
    // Agresti and Min 2005 by hand: d = (1 - 3) / (8 + 2), sd = sqrt((1.5 + 3.5) / 10 - d²) / sqrt(10).
    const centre = -0.2, half = 1.959963984540054 * Math.sqrt((5 / 10 - 0.04) / 10);
    assert.ok(Math.abs(int4.difference_low as number - (centre - half)) < 1e-9);
    assert.ok(Math.abs(int4.difference_high as number - (centre + half)) < 1e-9);
    const { page } = await writeReport({
      runs,
      experiment: "study",
      out: join(runs, "out"),
      venue: findVenue("icml"),
    });
    const html = await Deno.readTextFile(page);
    assert.ok(html.includes("What is the capital of France?"), "a sample stands on the page");
  });
});

Deno.test("epochs are seeds: a sample's epochs are averaged before the pairing", async () => {
  await inTemporaryFolder(async (runs) => {
    await importInto(runs, inspect("base"), "base", { baseline: true });
    const { plan } = await importInto(runs, inspect("int4"), "int4");
    assert.deepEqual(plan.cells.map(({ variant, seed }) => [variant, seed]), [
      ["base", 0],
      ["base", 1],
      ["int4", 0],
      ["int4", 1],
    ]);
    await buildResults(runs, "study");
    const rows = await readRows(join(runs, "study", "summary.parquet"), summary);
    const int4 = rows.find(({ variant, metric }) => variant === "int4" && metric === "match")!;
    // 0.5625 is Inspect's; the baseline on the same samples and epochs has 0.8125.
    assert.deepEqual([int4.n, int4.mean, int4.difference], [8, 0.5625, -0.25]);
    const measured = await readRows(join(runs, "study", "results.parquet"), results);
    const failed = measured.find((row) =>
      row.variant === "int4" && row.sample_id === "q5" && row.seed === 1 && row.metric === "match"
    )!;
    assert.equal(failed.value, null);
    assert.match(failed.reason as string, /the scripted model fails here/);
  });
});

Deno.test("a record says from which file, tool and version a cell was imported", async () => {
  await inTemporaryFolder(async (runs) => {
    const path = lm("base", "tiny_answer");
    const { plan } = await importInto(runs, path, "qwen/none", { baseline: true, benchmark: "qa" });
    assert.deepEqual(plan.baseline, { qwen: "qwen/none" });
    const folder = cellFolder(runs, plan.cells[0]!.id);
    const record = (await readRecord(folder))!;
    assert.equal(record.versions.lm_eval, "0.4.13");
    assert.deepEqual(record.cell.inputs.imported, [{
      file: path.split("/").at(-1)!,
      bytes: (await Deno.stat(path)).size,
      sha256: await hashFile(path),
      format: "lm_eval",
      tool: "lm_eval",
      version: "0.4.13",
      task: "tiny_answer",
      model: "base",
    }]);
    const answers = await readRows(join(folder, "completions.parquet"), completions);
    assert.equal(answers.length, 8);
    assert.equal(answers[0]!.completion_token_ids, null);
    const [score] = await readRows(join(folder, "scores.parquet"), scores);
    assert.deepEqual([score!.scorer, score!.scorer_mode], ["lm_eval 0.4.13", "upstream"]);
    assert.equal(record.hashes["scores.parquet"], await hashFile(join(folder, "scores.parquet")));
  });
});

Deno.test("the same file again changes nothing, another one needs --replace", async () => {
  await inTemporaryFolder(async (runs) => {
    const first = await importInto(runs, lm("base", "tiny_choice"), "base", { benchmark: "b" });
    const again = await importInto(runs, lm("base", "tiny_choice"), "base", { benchmark: "b" });
    assert.equal(again.cells[0]!.state, "already imported");
    assert.deepEqual(again.plan, first.plan);
    await assert.rejects(
      importInto(runs, lm("int4", "tiny_choice"), "base", { benchmark: "b" }),
      (error) => error instanceof UserError && /from another file.*--replace/.test(error.message),
    );
    const replaced = await importInto(runs, lm("int4", "tiny_choice"), "base", {
      benchmark: "b",
      replace: true,
    });
    assert.equal(replaced.plan.cells.length, 1);
    assert.notEqual(replaced.plan.cells[0]!.id, first.plan.cells[0]!.id);
    assert.deepEqual(await readPlan(join(runs, "study")), replaced.plan);
  });
});

Deno.test("several files under one benchmark are its subtasks", async () => {
  await inTemporaryFolder(async (runs) => {
    const files = ["tiny_choice", "tiny_answer"].map((task) => lm("base", task));
    const { cells } = await importInto(runs, files, "base", { benchmark: "suite" });
    assert.equal(cells.length, 1);
    const named = cells[0]!.scores.map(({ sample_id, subtask }) => `${subtask}: ${sample_id}`);
    assert.equal(named.length, 8 * 2 + 8 * 2);
    assert.equal(named[0], "tiny_choice: tiny_choice/0");
  });
});

Deno.test("different documents under one id are named and refused; nothing is written", async () => {
  await inTemporaryFolder(async (runs) => {
    await importInto(runs, lm("base", "tiny_choice"), "base", { baseline: true });
    const before = await readPlan(join(runs, "study"));
    const path = await changed(runs, (record) => {
      if (record.doc_id === 3) record.target = "2";
      if (record.doc_id === 5) (record.doc as Record<string, unknown>).question = "Another?";
    });
    await assert.rejects(
      importInto(runs, path, "int4"),
      (error) =>
        error instanceof UserError &&
        /2 of 8 samples are other documents than in variant "base".*"3", "5"/.test(error.message),
    );
    assert.deepEqual(await readPlan(join(runs, "study")), before);
  });
});

Deno.test("missing samples, other prompts and a file under two names are noted", async () => {
  await inTemporaryFolder(async (runs) => {
    await importInto(runs, lm("base", "tiny_choice"), "base", { baseline: true });
    const same = await importInto(runs, lm("base", "tiny_choice"), "copy");
    assert.match(same.cells[0]!.warnings.join(), /same content was imported as variant "base"/);
    const path = await changed(runs, (record) => {
      const requests = record.arguments as Record<string, { arg_0: string }>;
      if (record.doc_id === 3) requests.gen_args_0!.arg_0 = "Another prompt";
      if (record.doc_id === 7) record.doc_id = 9;
    });
    const [cell] = (await importInto(runs, path, "int4")).cells;
    const notes = cell!.warnings.filter((warning) => warning.includes('"base"'));
    assert.equal(notes.length, 3);
    assert.match(notes[0]!, /^1 samples of variant "base" .* are missing/);
    assert.match(notes[1]!, /^1 samples are not in/);
    assert.match(notes[2]!, /^1 of 7 prompts differ/);
  });
});

Deno.test("a score with the name of a metric keeps its scorer's name beside it", async () => {
  await inTemporaryFolder(async (runs) => {
    const path = await changed(runs, (record) => {
      record.metrics = ["energy"];
      record.energy = 1;
    });
    await importInto(runs, path, "base", { baseline: true });
    await buildResults(runs, "study");
    const rows = await readRows(join(runs, "study", "summary.parquet"), summary);
    assert.deepEqual(rows.map(({ metric }) => metric), ["energy (lm_eval (version unknown))"]);
  });
});

Deno.test("a run of deno task run is not overwritten", async () => {
  await inTemporaryFolder(async (runs) => {
    await Deno.mkdir(join(runs, "study"));
    const cell = {
      id: "0",
      kind: "evaluate",
      variant: "v",
      benchmark: "b",
      seed: 0,
      needs: [],
      inputs: {},
    };
    const plan = {
      experiment: "study",
      description: "",
      baseline: {},
      variants: [],
      cells: [cell],
    };
    await Deno.writeTextFile(join(runs, "study", "plan.json"), JSON.stringify(plan));
    await assert.rejects(
      importInto(runs, lm("base", "tiny_choice"), "base"),
      (error) => error instanceof UserError && /a run of `deno task run`/.test(error.message),
    );
  });
});
