/**
 * `deno run -A tests/benchmarks/results_bench.ts [VARIANTS] [FOLDER]`: how long results and their report's reading take,
 * and in how much memory, on a run that it generates: captures of 40 samples x 100 positions, a vocabulary of 1,536 and
 * hidden states of 128 numbers, as those of the models of this repository. 55 variants give about 5 million values. A
 * folder that is named is kept, and its run used again.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildResults } from "../../analysis/results.ts";
import { cellFolder, type Plan, writeRecord } from "../../data/logs.ts";
import { SCHEMA_VERSION } from "../../data/schema.ts";
import type { Cell } from "../../data/types.ts";
import { loadResults, rowsOf } from "../../reports/results.ts";
import { start } from "../../runners/shell.ts";
import { EXPERIMENT, planOf, writePlanOf, writeVectors } from "../analysis/synthetic_run.ts";

const SAMPLES = 40;
const POSITIONS = 100;
const VOCABULARY = 1536;
const HIDDEN = 128;

/** Writes the run: variants are the baseline with ever more noise. */
async function writeRun(runs: string, variants: number): Promise<void> {
  const names = ["none", ...Array.from({ length: variants - 1 }, (_, index) => `noise-${index}`)];
  const plan: Plan = planOf(names, ["capture"]);
  await writePlanOf(runs, plan);
  const random = randomNumbers(1);
  const logits = Float32Array.from({ length: SAMPLES * POSITIONS * VOCABULARY }, random);
  const hidden = Float32Array.from({ length: SAMPLES * POSITIONS * HIDDEN }, random);
  for (const [index, cell] of plan.cells.entries()) {
    const noise = index / 20;
    const noisy = (values: Float32Array) =>
      index === 0 ? values : values.map((value) => value + noise * random());
    await writeCapture(runs, cell, noisy(logits), noisy(hidden));
  }
}

async function writeCapture(
  runs: string,
  cell: Cell,
  logits: Float32Array,
  hidden: Float32Array,
): Promise<void> {
  const folder = cellFolder(runs, cell.id);
  const rows = SAMPLES * POSITIONS;
  const each = (of: (row: number) => number) =>
    Int32Array.from({ length: rows }, (_, row) => of(row));
  const tokens = {
    rows,
    sampleId: Array.from({ length: rows }, (_, row) => `sample-${Math.floor(row / POSITIONS)}`),
    tokenIndex: each((row) => 50 + row % POSITIONS),
    position: each((row) => row % POSITIONS),
    tokenId: each((row) => row * 7 % VOCABULARY),
  };
  const logs = [
    ["logits", "logits", VOCABULARY, logits],
    ["hidden_states", "hidden_state", HIDDEN, hidden],
  ] as const;
  const hashes: Record<string, string> = {};
  for (const [name, column, width, values] of logs) {
    const path = join(folder, `${name}.arrow`);
    await writeVectors(path, column, { ...tokens, width, values });
    hashes[`${name}.arrow`] = createHash("sha256").update(await Deno.readFile(path)).digest("hex");
  }
  await writeRecord(folder, {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: "done",
    error: null,
    commands: [],
    versions: {},
    gitCommit: null,
    startedAt: "2026-01-01T00:00:00Z",
    seconds: 1,
    hashes,
    warnings: [],
    checkpoint: null,
  });
}

/** Numbers with mean 0 and deviation 1, nearly normal. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}

const STEPS: Record<string, (runs: string) => Promise<number>> = {
  async results(runs) {
    return (await buildResults(runs, EXPERIMENT)).rows;
  },
  async load(runs) {
    return (await loadResults(runs, EXPERIMENT)).summary.length;
  },
  async rows(runs) {
    const results = await loadResults(runs, EXPERIMENT);
    return rowsOf(results, "energy").length + rowsOf(results, "kendall_tau").length;
  },
};

/** Runs a step in a process of its own, so that its memory is told. */
async function measure(step: string, runs: string): Promise<void> {
  const { ok, stdout, logTail, peakRssBytes } = await start({
    command: [Deno.execPath(), "run", "-A", import.meta.filename!, "--step", step, runs],
    stdout: "capture",
  }).done;
  if (!ok) throw new Error(logTail);
  const { count, seconds } = JSON.parse(stdout) as { count: number; seconds: number };
  const memory = peakRssBytes === null ? "unknown" : `${(peakRssBytes / 1e9).toFixed(2)} GB`;
  console.log(
    `${step}: ${count} in ${seconds.toFixed(1)} s (${
      Math.round(count / seconds)
    }/s), highest memory ${memory}`,
  );
}

if (import.meta.main) {
  if (Deno.args[0] === "--step") {
    const began = performance.now();
    const count = await STEPS[Deno.args[1]!]!(Deno.args[2]!);
    console.log(JSON.stringify({ count, seconds: (performance.now() - began) / 1000 }));
  } else {
    const [variants = "55", folder] = Deno.args;
    const runs = folder ?? await Deno.makeTempDir({ prefix: "actgauge-bench-results-" });
    try {
      if (!await Deno.stat(join(runs, EXPERIMENT)).then(() => true, () => false)) {
        await writeRun(runs, Number(variants));
      }
      for (const step of Object.keys(STEPS)) await measure(step, runs);
    } finally {
      if (!folder) await Deno.remove(runs, { recursive: true });
    }
  }
}
