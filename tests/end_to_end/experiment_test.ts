/**
 * An experiment with the real llm-compressor and vLLM on the project's own tiny model, a benchmark and an
 * environment: failure as a result, kill -9 and resume, and results that come out the same byte for byte.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { DuckDBInstance } from "@duckdb/node-api";
import { cellFolder, readPlan, readRecord, readRows, readVectors } from "../../data/logs.ts";
import type { LogSchema } from "../../data/column.ts";
import { results as resultsSchema, summary } from "../../data/result_schema.ts";
import { completions, logits, scores, spectra, steps } from "../../data/schema.ts";
import type { RunRecord } from "../../data/types.ts";
import { pythonPath } from "../../runners/environment.ts";
import { start } from "../../runners/shell.ts";
import { runActgauge, startActgauge } from "./run_actgauge.ts";

const model = new URL("../../data/models/tiny-agent-s", import.meta.url).pathname;

// GPTQ fails: it asks for more texts than its calibration set holds.
const EXPERIMENT = `
name: trial
models: [{ name: tiny-agent-s, path: ${model} }]
methods:
  - { name: rtn, bits: 4 }
  - { name: gptq, bits: 4 }
  - { name: magnitude, pattern: "2:4" }
calibration: { set: ./texts.jsonl, samples: 128 }
benchmarks:
  - { name: needle_in_a_haystack, options: { lengths: [150], depths: [50] }, samples: 6 }
  - { name: household, samples: 3 }
captures:
  - { benchmark: needle_in_a_haystack, samples: 3, promptPositions: true }
  - { benchmark: household, samples: 3 }
engine: { maxModelLength: 512, threads: 1 }
`;
/** 4 variants: a checkpoint, two evaluations and two captures each. */
const CELLS = 20;

Deno.test("an experiment runs, is killed, resumes and gives the same results", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-end-to-end-" });
  const file = join(folder, "trial.yaml");
  await Deno.writeTextFile(file, EXPERIMENT);
  await Deno.writeTextFile(join(folder, "texts.jsonl"), '{"text": "One text."}\n');
  const straight = join(folder, "straight");
  const broken = join(folder, "broken");
  const results = (runs: string) => join(runs, "trial", "results.parquet");

  await t.step("a failed cell is recorded, the others go on, and the exit code is 1", async () => {
    const run = await runActgauge("runners/run.ts", [file, "--runs", straight, "--json"]);
    assert.equal(run.code, 1, run.stderr);
    const report = JSON.parse(run.stdout);
    assert.deepEqual(
      new Set(report.failed.map(({ name }: { name: string }) => name.split(":")[0])),
      new Set(["tiny-agent-s/gptq-w4a16-g128"]),
    );
    assert.equal(report.scores.length, 4);
    const records = await recordsOf(straight);
    assert.equal(records.length, CELLS);
    const compress = records.find(({ cell, status }) =>
      status === "failed" && cell.kind === "compress"
    )!;
    assert.match(compress.error!.message, /1\b.*128|128.*\b1\b/);
    assert.match(compress.error!.logTail, /Traceback/);
    assert.deepEqual(compress.commands[0]!.slice(2, 3).map((path) => path.split("/").pop()), [
      "compress.py",
    ]);
    const others = records.filter(({ cell, status }) =>
      status === "failed" && cell.kind !== "compress"
    );
    assert(others.every(({ error }) => error!.kind === "needs-failed"));
    assert.equal(others.length, 4);
  });

  await t.step("every log of a finished cell is there and fits its schema", async () => {
    for (const { cell, status, hashes, checkpoint, versions } of await recordsOf(straight)) {
      if (status !== "done") continue;
      const own = cellFolder(straight, cell.id);
      assert(Object.keys(hashes).length > 0);
      assert.match(versions.vllm ?? versions.llmcompressor ?? "", /^\d+\./);
      if (cell.kind === "evaluate") {
        const [samples, metrics] = cell.benchmark === "household" ? [3, 4] : [6, 2];
        const completed = await readRows(join(own, "completions.parquet"), completions);
        assert.equal(completed.length, samples);
        const scored = await readRows(join(own, "scores.parquet"), scores);
        assert.equal(scored.length, samples * metrics);
      }
      if (cell.kind === "compress") {
        const sparse = cell.variant.endsWith("magnitude-2-4");
        assert(sparse ? checkpoint!.sparsity === 0.5 : checkpoint!.sparsity < 0.3);
      }
    }
  });

  await t.step("turns, scores and logits of the played episodes fit together", async () => {
    const { baseline, cells } = (await readPlan(join(straight, "trial")))!;
    const own = (kind: string) =>
      cellFolder(
        straight,
        cells.find((cell) =>
          cell.kind === kind && cell.benchmark === "household" &&
          cell.variant === baseline["tiny-agent-s"]
        )!.id,
      );
    const stepped = await readRows(join(own("evaluate"), "steps.parquet"), steps);
    const played = await readRows(join(own("evaluate"), "completions.parquet"), completions);
    const scored = await readRows(join(own("evaluate"), "scores.parquet"), scores);
    for (const { sample_id, finish_reason } of played) {
      const rows = stepped.filter((row) => row.sample_id === sample_id);
      const taken = rows.filter(({ span }) => span === "act").length;
      assert.ok(taken > 0);
      const { value } = scored.find((row) =>
        row.sample_id === sample_id && row.metric === "steps"
      )!;
      assert.equal(value, taken);
      assert.equal(rows.filter(({ span }) => span === "observation").length, taken);
      assert.ok(["done", "max_steps", "context"].includes(String(finish_reason)));
    }
    // The logits follow the played chat token by token, and a span's position points into them.
    const log = await readVectors(join(own("capture"), "logits.arrow"), logits);
    const tokens = new Map(
      played.map((row) => [row.sample_id, row.completion_token_ids as number[]]),
    );
    assert.equal(log.rows, [...tokens.values()].reduce((sum, { length }) => sum + length, 0));
    for (let row = 0; row < log.rows; row++) {
      assert.equal(log.tokenId[row], tokens.get(log.sampleId[row]!)![log.position[row]!]);
    }
  });

  await t.step("a second run has nothing to do for what is done", async () => {
    const before = await recordsOf(straight);
    const run = await runActgauge("runners/run.ts", [file, "--runs", straight, "--only", "rtn"]);
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, /0 to do/);
    assert.deepEqual(await recordsOf(straight), before);
  });

  await t.step("killed twice, it leaves no half cell, no process, and goes on", async () => {
    for (const ended of [2, 6]) {
      const survivors = await killAfter(ended, ["--runs", broken]);
      assert.deepEqual(survivors, []);
      const records = await recordsOf(broken);
      assert(records.length >= ended && records.length < CELLS);
    }
    const run = await runActgauge("runners/run.ts", [file, "--runs", broken]);
    assert.equal(run.code, 1, run.stderr);
    assert.equal((await recordsOf(broken)).length, CELLS);
  });

  await t.step("the results of both are the same byte for byte", async () => {
    for (const runs of [straight, broken]) {
      const measured = await runActgauge("analysis/main.ts", ["trial", "--runs", runs]);
      assert.equal(measured.code, 0, measured.stderr);
    }
    for (const name of ["results.parquet", "summary.parquet"]) {
      assert.deepEqual(
        await Deno.readFile(join(straight, "trial", name)),
        await Deno.readFile(join(broken, "trial", name)),
      );
    }
    const played = (await readRows(results(straight), resultsSchema))
      .filter(({ benchmark }) => benchmark === "household");
    const metrics = new Set(played.map(({ metric }) => metric));
    for (const name of ["success", "progress", "grounding", "steps", "energy"]) {
      assert.ok(metrics.has(name), name);
    }
  });

  await t.step(
    "every Parquet log can be read by polars, DuckDB and pyarrow without our code",
    async () => {
      const cells = (await recordsOf(straight)).filter(({ status }) => status === "done");
      const own = (kind: string, file: string) =>
        join(cellFolder(straight, cells.find(({ cell }) => cell.kind === kind)!.cell.id), file);
      await readableByOthers(results(straight), resultsSchema);
      await readableByOthers(join(straight, "trial", "summary.parquet"), summary);
      await readableByOthers(own("evaluate", "completions.parquet"), completions);
      await readableByOthers(own("evaluate", "scores.parquet"), scores);
      await readableByOthers(own("compress", "spectra.parquet"), spectra);
    },
  );

  await t.step("a corrupt log is named, not skipped", async () => {
    const record = (await recordsOf(broken)).find(({ cell, status }) =>
      cell.kind === "capture" && status === "done"
    )!;
    const log = join(cellFolder(broken, record.cell.id), "logits.arrow");
    await Deno.truncate(log, 5000);
    const measured = await runActgauge("analysis/main.ts", ["trial", "--runs", broken]);
    assert.equal(measured.code, 1);
    assert.match(measured.stderr, new RegExp(`${record.cell.id}/logits\\.arrow`));
  });

  await Deno.remove(folder, { recursive: true });

  async function recordsOf(runs: string): Promise<RunRecord[]> {
    const plan = await readPlan(join(runs, "trial"));
    const found = await Promise.all(plan!.cells.map(({ id }) => readRecord(cellFolder(runs, id))));
    return found.filter((record) => record !== null);
  }

  /** Kills the run with SIGKILL once so many cells have ended; returns the processes that outlive it. */
  async function killAfter(ended: number, args: string[]): Promise<string[]> {
    const handle = await startActgauge("runners/run.ts", [file, ...args], (line) => {
      const count = /^\[(\d+)\/\d+\] (?:done|failed)/.exec(line)?.[1];
      if (Number(count) === ended) Deno.kill(handle.pid, "SIGKILL");
    });
    await handle.done;
    for (let tries = 0; tries < 50; tries++) {
      if ((await processesWith(folder)).length === 0) return [];
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return await processesWith(folder);
  }
});

/** Rows, columns and nulls: the same in every reader as in ours. */
async function readableByOthers(path: string, schema: LogSchema): Promise<void> {
  const rows = await readRows(path, schema);
  const names = schema.columns.map(({ name }) => name);
  const nulls = names.map((name) => rows.filter((row) => row[name] === null).length);
  const expected = { rows: rows.length, names, nulls };

  const frame = pl.readParquet(path);
  assert.deepEqual(
    {
      rows: frame.height,
      names: frame.columns,
      nulls: names.map((name) => frame.getColumn(name).nullCount()),
    },
    expected,
    "polars",
  );
  const database = await (await DuckDBInstance.create(":memory:")).connect();
  const counts = names.map((name) => `(count(*) - count("${name}"))::INTEGER`).join(", ");
  const answer = await database.runAndReadAll(
    `SELECT count(*)::INTEGER, ${counts} FROM read_parquet($path)`,
    { path },
  );
  assert.deepEqual(answer.getRows()[0], [rows.length, ...nulls], "DuckDB");
  const python = await start({
    command: [
      await pythonPath(),
      "-c",
      "import json, sys, pyarrow.parquet as p; t = p.read_table(sys.argv[1]); t.validate(full=True); " +
      "print(json.dumps({'rows': t.num_rows, 'names': t.column_names, " +
      "'nulls': [t[n].null_count for n in t.column_names]}))",
      path,
    ],
    stdout: "capture",
  }).done;
  assert.deepEqual(JSON.parse(python.stdout), expected, "pyarrow");
}

/** Command lines of the running processes that name a folder. */
async function processesWith(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    const command = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (command.includes(folder)) found.push(command.replaceAll("\0", " "));
  }
  return found;
}
