/** The launcher with stand-ins for the Python scripts: who does what, in which order, and what is left behind. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cellFolder, readRecord } from "../../../data/logs.ts";
import type { Cell } from "../../../data/types.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { parseExperiment } from "../../../runners/experiment.ts";
import type { Facts } from "../../../runners/facts.ts";
import { cellsToDo } from "../../../runners/launchers/checkpoints.ts";
import { runLocally } from "../../../runners/launchers/local.ts";
import { wavesOf } from "../../../runners/launchers/waves.ts";
import { plan } from "../../../runners/plan.ts";
import type { RunContext } from "../../../runners/run_context.ts";

const PYTHON = new URL("./fake_scripts.py", import.meta.url).pathname;

const experiment = parseExperiment(
  `
name: trial
models: [{ name: one, path: one }, { name: two, path: two }]
methods: [{ name: rtn }, { name: rtn, bits: 3 }, { name: gptq }]
benchmarks: [{ name: longbench }]
captures: [{ benchmark: longbench, samples: 1 }]
engine: { threads: 1 }
`,
  "/trial.yaml",
);

const sample = {
  id: "s",
  subtask: "trec",
  messages: [{ role: "user" as const, content: "?" }],
  gold: { answers: ["a b"], classes: null, length: 1 },
};
const model = { bytes: 100, parameters: 50, vocabulary: 10, hiddenSize: 4 };
const facts: Facts = {
  models: { one: { hash: "1", ...model }, two: { hash: "2", ...model } },
  calibration: { agentic: { file: "/c.jsonl", hash: "c" } },
  elsewhere: {},
  benchmarks: {
    longbench: {
      benchmark: BENCHMARKS.longbench!,
      sets: Object.fromEntries(
        ["one", "two"].map((name) => [name, { samples: [sample], hash: "s" }]),
      ),
      maxTokens: 8,
      mode: "fixed",
    },
  },
  scoring: { embedder: "exact", embedderHash: "exact", segmenter: null },
  scripts: "s",
  environments: {},
  environment: { python: "/p", versions: {}, device: "cpu (X)", engine: "vLLM 1" },
};
const planned = plan(experiment, facts);
const cells = new Map(planned.cells.map((cell) => [cell.id, cell]));
const modelOf = (variant: string) => variant.split("/")[0]!;

interface Trace {
  id: string;
  kind: string;
  pid: number;
  checkpoints: number;
}

/** Folder of runs, and what can be done in it. */
async function inRuns(work: (runs: string, run: typeof runIn) => Promise<void>): Promise<void> {
  const runs = await Deno.makeTempDir({ prefix: "actgauge-local-" });
  try {
    await work(runs, runIn);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

async function runIn(
  runs: string,
  wanted: Cell[] = planned.cells,
  options: Partial<RunContext> = {},
): Promise<Trace[]> {
  const done = await doneIn(runs);
  const todo = cellsToDo(wanted, done, runs);
  for (const { id } of todo) done.delete(id);
  await Deno.remove(join(runs, "trace.jsonl")).catch(() => {});
  await runLocally(
    {
      experiment,
      plan: planned,
      facts,
      runs,
      python: PYTHON,
      gitCommit: null,
      signal: new AbortController().signal,
      workers: 2,
      waves: null,
      seconds: () => 1,
      loadSeconds: () => 1,
      observer: { onStart() {}, onProgress() {}, onEnd() {} },
      ...options,
    },
    todo,
    done,
  );
  return await traceIn(runs);
}

async function traceIn(runs: string): Promise<Trace[]> {
  const text = await Deno.readTextFile(join(runs, "trace.jsonl")).catch(() => "");
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

async function doneIn(runs: string): Promise<Set<string>> {
  const done = new Set<string>();
  for (const id of cells.keys()) {
    if ((await readRecord(cellFolder(runs, id)))?.status === "done") done.add(id);
  }
  return done;
}

const checkpointsIn = (runs: string) =>
  planned.cells.filter(({ id }) => existsSync(join(cellFolder(runs, id), "checkpoint")));

Deno.test("two workers share all cells out, and begin with the texts that captures follow", () =>
  inRuns(async (runs, run) => {
    const trace = await run(runs);
    assert.equal((await doneIn(runs)).size, planned.cells.length);
    assert.equal(trace.length, planned.cells.length);
    for (const kind of ["compress", "generate"]) {
      const own = Map.groupBy(trace.filter((entry) => entry.kind === kind), ({ pid }) => pid);
      assert.deepEqual([...own.values()].map(({ length }) => length), [4, 4], kind);
    }
    const evaluated = trace.filter(({ kind }) => kind !== "compress");
    for (const own of Map.groupBy(evaluated, ({ pid }) => pid).values()) {
      assert.match(cells.get(own[0]!.id)!.variant, /\/none$/);
    }
    assert(existsSync(join(runs, "trial/processes/worker-2/evaluate-1.log")));
  }));

Deno.test("reclaimed checkpoints never pile up, leave their records, and are made again when needed", () =>
  inRuns(async (runs, run) => {
    const waves = wavesOf(planned.cells, cells, modelOf, () => 10, 20);
    assert.deepEqual(waves.map(({ bytes }) => bytes), [20, 20, 20, 20]);
    const trace = await run(runs, planned.cells, { waves });
    assert.equal((await doneIn(runs)).size, planned.cells.length);
    assert.deepEqual(checkpointsIn(runs), []);
    assert.equal(Math.max(...trace.map(({ checkpoints }) => checkpoints)), 2);
    assert.deepEqual(await run(runs, planned.cells, { waves: [] }), []);

    // One evaluation is lost: its checkpoint alone is made again, and differs this time.
    const lost = planned.cells.find(({ kind, variant }) =>
      kind === "evaluate" && variant === "one/rtn-w3a16-g128"
    )!;
    await Deno.remove(cellFolder(runs, lost.id), { recursive: true });
    await Deno.writeTextFile(join(runs, "weights"), "second");
    const again = await run(runs);
    assert.deepEqual(again.map(({ kind }) => kind), ["compress", "generate"]);
    const [{ id }] = checkpointsIn(runs) as [Cell];
    assert(lost.needs.includes(id));
    const { status, warnings } = (await readRecord(cellFolder(runs, id)))!;
    assert.equal(status, "done");
    assert.match(warnings.join(), /weights are others than before/);
    assert.equal((await doneIn(runs)).size, planned.cells.length);
  }));

Deno.test("a sketch begins when the baseline's is done, and fails where that failed", async () => {
  const captures = [{ ...experiment.captures[0]!, logits: "sketch" as const }];
  const sketches = { ...experiment, captures };
  const options = { experiment: sketches, plan: plan(sketches, facts) };
  const captured = options.plan.cells.filter(({ kind }) => kind === "capture");
  const errors = async (runs: string) =>
    await Promise.all(captured.map(async ({ id, variant }) => {
      const { error } = (await readRecord(cellFolder(runs, id)))!;
      return [variant, error?.message ?? null];
    }));
  await inRuns(async (runs, run) => {
    await run(runs, options.plan.cells, options);
    assert.deepEqual(await errors(runs), captured.map(({ variant }) => [variant, null]));
  });
  await inRuns(async (runs, run) => {
    await Deno.writeTextFile(join(runs, "broken"), "");
    await run(runs, options.plan.cells, options);
    for (const [variant, message] of await errors(runs)) {
      const model = modelOf(variant!);
      const expected = `its baseline's capture (${model}/none on longbench) failed`;
      assert.equal(message, variant === `${model}/none` ? "broken" : expected);
    }
  });
});

Deno.test("interrupted, no worker's process stays, and the next run does the rest", () =>
  inRuns(async (runs, run) => {
    const stop = new AbortController();
    await Deno.writeTextFile(join(runs, "slow"), "");
    const running = run(runs, planned.cells, { signal: stop.signal });
    while ((await traceIn(runs)).length < 2) await new Promise((done) => setTimeout(done, 20));
    stop.abort(new DOMException("interrupted", "AbortError"));
    await assert.rejects(running, { name: "AbortError" });
    for (const { pid } of await traceIn(runs)) {
      assert.throws(() => Deno.kill(pid, "SIGCONT"), Deno.errors.NotFound);
    }
    assert.equal((await doneIn(runs)).size, 0);
    await Deno.remove(join(runs, "slow"));
    await run(runs);
    assert.equal((await doneIn(runs)).size, planned.cells.length);
  }));
