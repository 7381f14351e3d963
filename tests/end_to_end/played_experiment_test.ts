/** An environment played by the project's own tiny model through vLLM. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { cellFolder, readPlan, readRecord, readRows, readVectors } from "../../data/logs.ts";
import { completions, logits, results, scores, steps } from "../../data/schema.ts";
import { runActgauge } from "./run_actgauge.ts";

const model = new URL("../../data/models/tiny-agent", import.meta.url).pathname;

const EXPERIMENT = `
name: played
models: [{ name: tiny-agent, path: ${model} }]
methods: [{ name: none }]
benchmarks:
  - { name: needle, samples: 2 }
  - { name: household, samples: 3 }
captures: [{ benchmark: household, samples: 3 }]
engine: { maxModelLength: 400, threads: 1 }
`;

Deno.test("an experiment plays an environment, captures its logits, and measures both", async () => {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-played-" });
  const file = join(folder, "played.yaml");
  await Deno.writeTextFile(file, EXPERIMENT);
  const run = await runActgauge("runners/run.ts", [file, "--runs", folder]);
  assert.equal(run.code, 0, run.stderr + run.stdout);
  const { cells } = (await readPlan(join(folder, "played")))!;
  const own = (kind: string) =>
    cellFolder(
      folder,
      cells.find((cell) => cell.kind === kind && cell.benchmark === "household")!.id,
    );

  const stepped = await readRows(join(own("evaluate"), "steps.parquet"), steps);
  const played = await readRows(join(own("evaluate"), "completions.parquet"), completions);
  const scored = await readRows(join(own("evaluate"), "scores.parquet"), scores);
  assert.equal(played.length, 3);
  assert.equal(scored.length, 3 * 4);
  for (const { sample_id, finish_reason } of played) {
    const rows = stepped.filter((row) => row.sample_id === sample_id);
    const taken = rows.filter(({ span }) => span === "act").length;
    assert.ok(taken > 0);
    const value = (name: string) =>
      scored.find((row) => row.sample_id === sample_id && row.metric === name)!.value;
    assert.equal(value("steps"), taken);
    assert.equal(rows.filter(({ span }) => span === "observation").length, taken);
    assert.ok(["done", "max_steps", "context"].includes(String(finish_reason)));
    if (finish_reason === "context") assert.ok(taken < 30);
  }
  assert.deepEqual(
    Object.keys((await readRecord(own("evaluate")))!.hashes),
    ["completions.parquet", "scores.parquet", "steps.parquet"],
  );

  // The logits follow the played chat token by token, and a span's position points into them.
  const log = await readVectors(join(own("capture"), "logits.arrow"), logits);
  const tokens = new Map(
    played.map((row) => [row.sample_id, row.completion_token_ids as number[]]),
  );
  assert.equal(log.rows, [...tokens.values()].reduce((sum, { length }) => sum + length, 0));
  for (let row = 0; row < log.rows; row++) {
    assert.equal(log.tokenId[row], tokens.get(log.sampleId[row])![log.position[row]!]);
  }

  const measured = await runActgauge("analysis/main.ts", ["played", "--runs", folder]);
  assert.equal(measured.code, 0, measured.stderr);
  const rows = await readRows(join(folder, "played", "results.parquet"), results);
  const metrics = new Set(
    rows.filter(({ benchmark }) => benchmark === "household").map(({ metric }) => metric),
  );
  for (const name of ["success", "progress", "grounding", "steps", "energy"]) {
    assert.ok(metrics.has(name), name);
  }
  await Deno.remove(folder, { recursive: true });
});
