import assert from "node:assert/strict";
import { join } from "node:path";
import { hiddenStates, logits, SCHEMA_VERSION } from "../../../data/schema.ts";
import { pythonPath } from "../../../runners/environment.ts";
import type { EvaluateJob, JobEvent } from "../../../runners/jobs.ts";
import { openWorkshop } from "./compress_job.ts";
import { runScript } from "./run_script.ts";

/** Weights alone are exact; what is left is the order of float32 sums. */
const EXACT = 5e-5;

const workshop = await openWorkshop();
const { folder, task, checkpoint } = workshop;
const simulate = { simulate: true };

const tasks = [
  task("none", "none"),
  task("w16", "rtn", { bits: 16 }),
  task("w4", "rtn"),
  task("w4-simulated", "rtn", {}, simulate),
  task("w8a8", "smoothquant"),
  task("w8a8-simulated", "smoothquant", {}, simulate),
  task("fp8-dynamic", "fp8"),
  task("fp8-dynamic-simulated", "fp8", {}, simulate),
  task("fp8-static", "fp8", { activations: "static" }),
  task("nvfp4", "nvfp4"),
  task("kv8", "kv_cache"),
  task("kv4", "kv_cache", { bits: 4 }),
  task("kv-float", "kv_cache", { type: "float" }),
];

async function evaluate(): Promise<JobEvent[]> {
  const texts = Array.from({ length: 3 }, (_, text) => ({
    sample_id: `${text}`,
    prompt_token_ids: Array.from({ length: 20 }, (_, at) => 3 + (at * 37 + text * 101) % 500),
    continuation_token_ids: Array.from({ length: 20 }, (_, at) => 3 + (at * 53 + text * 7) % 500),
  }));
  const samples = join(folder, "texts.jsonl");
  await Deno.writeTextFile(samples, texts.map((text) => JSON.stringify(text) + "\n").join(""));
  const job: EvaluateJob = {
    engine: {
      dtype: "float32",
      maxModelLength: 128,
      threads: 1,
      options: {},
      transformers: {},
      fallback: false,
    },
    schemaVersion: SCHEMA_VERSION,
    schemas: { logits, hidden_states: hiddenStates },
    checkpoints: tasks.map(({ id }) => ({
      path: checkpoint(id),
      trustRemoteCode: false,
      engine: "vllm",
      tasks: [{
        kind: "capture" as const,
        by: "batches" as const,
        id,
        samples,
        promptPositions: true,
        hiddenStates: false,
        logits: "full" as const,
        sketch: null,
        out: join(folder, `capture-${id}`),
      }],
    })),
  };
  await Deno.writeTextFile(join(folder, "evaluate.json"), JSON.stringify(job));
  const events: JobEvent[] = [];
  const path = "../../../runners/python/evaluate.py";
  await runScript(await pythonPath(), folder, path, [join(folder, "evaluate.json")], (line) => {
    events.push(JSON.parse(line));
  });
  return events;
}

Deno.test("evaluate.py: what is simulated, what is native, and plain arithmetic agree", async (t) => {
  const failures = [...await workshop.compress(tasks), ...await evaluate()]
    .filter(({ event }) => event === "failed");
  assert.deepEqual(failures, []);
  const found: Record<string, { least: number; middle: number; most: number; effect: number }> =
    JSON
      .parse(await workshop.script("./simulate_reference.py", [folder]));

  await t.step("16 bits give exactly the baseline's logits", () => {
    assert.equal(found.w16!.most, 0);
  });

  await t.step("expanded weights give the packed ones' logits", () => {
    assert.ok(found["w4-simulated"]!.most < EXACT, JSON.stringify(found));
    assert.ok(found["w4-simulated"]!.effect > 100 * EXACT);
  });

  await t.step("rounded activations and caches do too, but for values on a grid's edge", () => {
    // A value that the order of sums moves over an edge is a whole step off, and what follows with it: such
    // positions differ by a part of quantization's effect, and the others by nothing.
    const { w16: _, "w4-simulated": __, ...rounded } = found;
    assert.equal(Object.keys(rounded).length, 7);
    for (const [name, { least, middle, effect }] of Object.entries(rounded)) {
      assert.ok(least < EXACT, `${name}: ${least}`);
      assert.ok(middle < effect / 3, `${name}: ${middle} of ${effect}`);
      assert.ok(effect > 10 * EXACT, `${name} changes nothing: ${effect}`);
    }
  });

  await Deno.remove(folder, { recursive: true });
});
