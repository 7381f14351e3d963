import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { sketchRows } from "../../../analysis/sketch/sketch_rows.ts";
import { readSketch, readVectors, type VectorLog } from "../../../data/logs.ts";
import { writeAtomically } from "../../../data/atomic_write.ts";
import type { LogSchema } from "../../../data/column.ts";
import { hiddenStates, logits, SCHEMA_VERSION } from "../../../data/schema.ts";
import { pythonPath } from "../../../runners/environment.ts";
import { sketchTask } from "../../../runners/cells/sketch_task.ts";
import type {
  CaptureTask,
  EvaluateJob,
  GenerateTask,
  JobEvent,
  LogitsTier,
  ScriptEngine,
} from "../../../runners/jobs.ts";
import { runScript } from "./run_script.ts";

const VOCABULARY = 512;
const HIDDEN = 128;
const MAX_MODEL_LENGTH = 400;

/**
 * vLLM and transformers in float32. Seen: 6e-7 (logits) and 3.4e-6 (hidden states), while neighbouring rows differ by
 * 0.028 and 0.18 at least.
 */
const BOUND = 5e-5;

const folder = await Deno.makeTempDir({ prefix: "actgauge-evaluate-" });
const python = await pythonPath();

interface Text {
  sample_id: string;
  prompt_token_ids: number[];
  continuation_token_ids: number[];
}

interface Completion {
  sample_id: string;
  prompt: string;
  prompt_token_ids: number[];
  completion: string;
  completion_token_ids: number[];
  finish_reason: string;
  seconds: number | null;
}

const script = (path: string, args: string[], onLine?: (line: string) => void) =>
  runScript(python, folder, path, args, onLine);

function readJsonLines<T>(name: string): T[] {
  return Deno.readTextFileSync(join(folder, name)).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
}

function writeJsonLines(name: string, records: unknown[]): Promise<void> {
  const text = records.map((record) => JSON.stringify(record) + "\n").join("");
  return writeAtomically(join(folder, name), text);
}

function generate(id: string, samples: string, temperature = 0): GenerateTask {
  const common = {
    kind: "generate",
    id,
    samples: join(folder, samples),
    out: join(folder, id),
  } as const;
  return { ...common, maxTokens: 24, temperature, seed: 5 };
}

function capture(id: string, options: Partial<CaptureTask> = {}): CaptureTask {
  const common = { kind: "capture", id, out: join(folder, id) } as const;
  const samples = join(folder, "texts.jsonl");
  const plain = { promptPositions: true, hiddenStates: false, by: "batches" as const };
  const tier = { logits: "full", sketch: null } as const;
  return { ...common, ...plain, ...tier, samples, ...options };
}

function sketched(id: string, logits: LogitsTier, baseline: string | null): CaptureTask {
  const folderOf = baseline && join(folder, baseline);
  return capture(id, { logits, sketch: sketchTask(logits, folderOf) });
}

function checkpoint(
  name: string,
  tasks: (GenerateTask | CaptureTask)[],
  engine: ScriptEngine = "vllm",
): EvaluateJob["checkpoints"][number] {
  return { path: join(folder, name), trustRemoteCode: false, engine, tasks };
}

/** One process for all of this file: each start of vLLM takes 10 seconds and more. */
async function evaluate(): Promise<{ events: JobEvent[]; texts: Text[] }> {
  await script("./evaluate_reference.py", [folder]);
  const messages = (content: string) => [{ role: "user", content }];
  await writeJsonLines("chat.jsonl", [
    ...Array.from({ length: 12 }, (_, i) => ({
      sample_id: `chat ${i}`,
      messages: messages("find the cheap red shoe ".repeat(1 + i % 5) + i),
    })),
    { sample_id: "raw", prompt: "open the" },
  ]);
  await writeJsonLines("short.jsonl", [{ sample_id: "a", prompt: "buy" }, {
    sample_id: "b",
    prompt: "buy",
  }]);
  await writeJsonLines("long.jsonl", [
    { sample_id: "fits", prompt: "click" },
    { sample_id: "does not fit", messages: messages("blue ".repeat(500)) },
  ]);
  await writeJsonLines("foreign.jsonl", [
    { sample_id: "x", prompt_token_ids: [5], continuation_token_ids: [VOCABULARY] },
  ]);
  const job: EvaluateJob = {
    engine: {
      dtype: "float32",
      maxModelLength: MAX_MODEL_LENGTH,
      threads: 1,
      // Small steps: texts are cut, and several of different length share a step.
      options: { enable_chunked_prefill: true, max_num_batched_tokens: 64, max_num_seqs: 4 },
      transformers: {},
      fallback: true,
    },
    schemaVersion: SCHEMA_VERSION,
    schemas: { logits, hidden_states: hiddenStates },
    checkpoints: [
      checkpoint("model", [
        capture("all", { hiddenStates: true }),
        sketched("both", "both", null),
        generate("greedy", "chat.jsonl"),
        generate("too-long", "long.jsonl"),
        capture("late", { samples: join(folder, "late.jsonl"), promptPositions: false }),
        capture("foreign", { samples: join(folder, "foreign.jsonl") }),
        generate("sampled", "short.jsonl", 1),
        generate("sampled-again", "short.jsonl", 1),
      ]),
      checkpoint("broken", [generate("broken-1", "chat.jsonl"), capture("broken-2")]),
      checkpoint("w4a16", [
        capture("w4a16"),
        sketched("w4a16-sketch", "sketch", "both"),
        sketched("w4a16-astray", "sketch", "late"),
      ]),
      checkpoint("w8a16", [capture("w8a16")]),
      checkpoint("w8a8", [capture("w8a8")]),
      checkpoint("model", [
        capture("all-again", { hiddenStates: true }),
        capture("one-by-one", { by: "one-by-one" }),
        capture("transformers", { by: "transformers", hiddenStates: true }),
        generate("greedy-again", "chat.jsonl"),
      ]),
      { ...checkpoint("model", [capture("bfloat16")]), dtype: "bfloat16" },
      checkpoint("model", [
        capture("second-all", { hiddenStates: true }),
        generate("second-greedy", "chat.jsonl"),
        generate("second-too-long", "long.jsonl"),
        generate("second-sampled", "short.jsonl", 1),
        generate("second-sampled-again", "short.jsonl", 1),
      ], "transformers"),
      checkpoint("w4a16", [capture("second-w4a16")], "transformers"),
      checkpoint("w8a8", [capture("second-w8a8")], "transformers"),
    ],
  };
  await Deno.writeTextFile(join(folder, "job.json"), JSON.stringify(job));
  const events: JobEvent[] = [];
  await script("../../../runners/python/evaluate.py", [join(folder, "job.json")], (line) => {
    const event = JSON.parse(line) as JobEvent;
    events.push(event);
    // The text to capture is what another task generated: its file comes when the capture has begun.
    if (event.event === "start" && event.id === "late") {
      const rows = readJsonLines<Completion>("greedy/completions.jsonl");
      const texts = rows.map(({ sample_id, prompt_token_ids, completion_token_ids }) => ({
        sample_id,
        prompt_token_ids,
        continuation_token_ids: completion_token_ids,
      }));
      writeJsonLines("late.jsonl", texts);
    }
  });
  return { events, texts: readJsonLines<Text>("texts.jsonl") };
}

function outcome(events: JobEvent[], id: string): JobEvent {
  const found = events.filter((event) =>
    (event.event === "done" || event.event === "failed") && event.id === id
  );
  assert.equal(found.length, 1, `one outcome of ${id}`);
  return found[0]!;
}

function failure(events: JobEvent[], id: string): string {
  const event = outcome(events, id);
  assert.ok(event.event === "failed", `${id} fails`);
  assert.equal(event.kind, "error");
  return event.message;
}

function floats(name: string): Float32Array {
  return new Float32Array(Deno.readFileSync(join(folder, name)).buffer);
}

/** The row of the log, and the row of the reference that it is compared with. */
function distance(log: VectorLog, row: number, reference: Float32Array, other = row): number {
  let worst = 0;
  for (let i = 0; i < log.width; i++) {
    const difference = Math.abs(
      log.values[row * log.width + i]! - reference[other * log.width + i]!,
    );
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}

function rootMeanSquare(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}

/** A log with short texts in place of its arrays: a difference is told at once. */
function digest(log: object): unknown {
  return JSON.parse(JSON.stringify(log, (_, value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return createHash("sha256").update(bytes).digest("hex");
  }));
}

async function logOf(id: string, schema: LogSchema = logits): Promise<VectorLog> {
  return await readVectors(join(folder, id, `${schema.name}.arrow`), schema);
}

Deno.test("evaluate.py", async (t) => {
  const { events, texts } = await evaluate();

  await t.step("tells the versions first, then of each task its start and its end", () => {
    const [first, ...rest] = events;
    assert.ok(first?.event === "versions");
    assert.match(first.versions.vllm!, /^\d/);
    const order = rest.filter(({ event }) => event !== "progress").map((event) =>
      `${event.event} ${"id" in event ? event.id : ""}`
    );
    assert.deepEqual(order.slice(0, 6), [
      "start all",
      "done all",
      "start both",
      "done both",
      "start greedy",
      "done greedy",
    ]);
    assert.equal(order.length, 2 * 27);
  });

  await t.step(
    "captures a row for every token but the first, in the order of the samples",
    async () => {
      const log = await logOf("all");
      assert.equal(log.width, VOCABULARY);
      let row = 0;
      for (const { sample_id, prompt_token_ids, continuation_token_ids } of texts) {
        const ids = [...prompt_token_ids, ...continuation_token_ids];
        for (let at = 1; at < ids.length; at++, row++) {
          assert.deepEqual(
            [log.sampleId[row], log.tokenIndex[row], log.position[row], log.tokenId[row]],
            [sample_id, at, at - prompt_token_ids.length, ids[at]],
          );
        }
      }
      assert.equal(log.rows, row);
    },
  );

  await t.step(
    "captured logits and hidden states are those of transformers, row by row",
    async () => {
      for (
        const [schema, name, width] of [[logits, "logits", VOCABULARY], [
          hiddenStates,
          "hidden",
          HIDDEN,
        ]] as const
      ) {
        const log = await logOf("all", schema);
        const reference = floats(`model.${name}`);
        assert.equal(log.width, width);
        assert.equal(reference.length, log.values.length);
        let worst = 0;
        let nearest = Infinity;
        for (let row = 0; row < log.rows; row++) {
          worst = Math.max(worst, distance(log, row, reference));
          // Rows in a wrong place would not stay below the bound: already the next row is far away.
          if (row > 0) nearest = Math.min(nearest, distance(log, row, reference, row - 1));
        }
        assert.ok(worst < BOUND, `${name}: a row is ${worst} from the reference`);
        assert.ok(nearest > 100 * BOUND, `${name}: neighbouring rows differ by ${nearest} only`);
      }
    },
  );

  await t.step("runs packed 4-bit weights as what they stand for", async () => {
    const log = await logOf("w4a16");
    const reference = floats("w4a16.logits");
    for (let row = 0; row < log.rows; row++) assert.ok(distance(log, row, reference) < BOUND);
    assert.ok(rootMeanSquare(log.values, floats("model.logits")) > 100 * BOUND);
  });

  await t.step(
    "sketches rows as the kernels do, and keeps no row where none is asked for",
    async () => {
      const sketchOf = (id: string) => readSketch(join(folder, id, "logit_sketch.arrow"));
      const full = await logOf("both");
      assert.deepEqual(digest(full), digest(await logOf("all")));
      const baseline = sketchOf("both");
      assert.deepEqual(digest({ ...baseline, hash: null }), digest(sketchRows(full, null)));
      const variant = sketchOf("w4a16-sketch");
      const ids = { topIds: baseline.topIds, baselineHash: baseline.hash! };
      const expected = sketchRows(await logOf("w4a16"), ids);
      assert.deepEqual(digest({ ...variant, hash: null }), digest(expected));
      assert.ok(!existsSync(join(folder, "w4a16-sketch", "logits.arrow")));
      assert.match(failure(events, "w4a16-astray"), /logit_sketch\.arrow: there is no such file/);
    },
  );

  await t.step("computes in another precision where it is told to", async () => {
    const [log, reference] = [await logOf("bfloat16"), await logOf("all")];
    const error = rootMeanSquare(log.values, reference.values);
    assert.ok(error > 10 * BOUND && error < 0.05, `${error}`);
  });

  await t.step("rounds weights and activations to 8 bits without an error of its own", async () => {
    const log = await logOf("w8a8");
    const error = rootMeanSquare(floats("w8a8.logits"), floats("model.logits"));
    // Values that lie at the border of two steps round either way: not bit for bit.
    assert.ok(rootMeanSquare(log.values, floats("w8a8.logits")) < error);
    assert.ok(rootMeanSquare(log.values, floats("model.logits")) < 1.5 * error);
  });

  await t.step("captures only the continuation where the prompt is not asked for", async () => {
    const log = await logOf("late");
    const completions = readJsonLines<Completion>("greedy/completions.jsonl");
    const expected = completions.flatMap(({ sample_id, completion_token_ids }) =>
      completion_token_ids.map((token, position) => [sample_id, position, token])
    );
    const found = log.sampleId.map((id, row) => [id, log.position[row], log.tokenId[row]]);
    assert.deepEqual(found, expected);
    assert.ok(!existsSync(join(folder, "late", "hidden_states.arrow")));
    // Greedy text: each token is the one with the largest logit, up to ties that rounding decides.
    for (let row = 0; row < log.rows; row++) {
      const values = log.values.subarray(row * log.width, (row + 1) * log.width);
      assert.ok(values.reduce((a, b) => Math.max(a, b)) - values[log.tokenId[row]!]! < BOUND);
    }
  });

  await t.step("fails a text whose tokens the model does not have", () => {
    assert.match(
      failure(events, "foreign"),
      /foreign\.jsonl: sample "x" has token 512, .* ends at 511/,
    );
  });

  await t.step("answers chats through the template, and raw prompts as they are", () => {
    const rows = readJsonLines<Completion>("greedy/completions.jsonl");
    assert.deepEqual(rows.map((row) => row.sample_id), [
      ...Array.from({ length: 12 }, (_, i) => `chat ${i}`),
      "raw",
    ]);
    assert.equal(rows[0]!.prompt, "<|user|>find the cheap red shoe 0<|assistant|>");
    assert.equal(rows[12]!.prompt, "open the");
    for (const row of rows) {
      assert.ok(row.seconds! > 0);
      const { length } = row.completion_token_ids;
      if (row.finish_reason === "length") assert.equal(length, 24);
      else {assert.equal(
          row.completion_token_ids[length - 1],
          0,
          "the end token is part of the ids",
        );}
      assert.doesNotMatch(row.completion, /<\|end\|>/);
    }
  });

  await t.step(
    "one sample at a time, and transformers, give the same rows but for the order of sums",
    async () => {
      const batched = await logOf("all");
      const states = [await logOf("all", hiddenStates), await logOf("transformers", hiddenStates)];
      for (
        const [log, other] of [[await logOf("one-by-one"), batched], [
          await logOf("transformers"),
          batched,
        ], states] as [VectorLog, VectorLog][]
      ) {
        assert.deepEqual(log.sampleId, other.sampleId);
        assert.deepEqual(log.tokenIndex, other.tokenIndex);
        assert.deepEqual(log.tokenId, other.tokenId);
        for (let row = 0; row < log.rows; row++) {
          assert.ok(distance(log, row, other.values) < 1e-3);
        }
      }
    },
  );

  await t.step("transformers answers with the same tokens, and gives the same rows", async () => {
    const plain = (id: string) =>
      readJsonLines<Completion>(`${id}/completions.jsonl`).map((row) => ({
        ...row,
        seconds: null,
      }));
    assert.deepEqual(plain("second-greedy"), plain("greedy"));
    const [a, b] = plain("second-sampled");
    assert.deepEqual(plain("second-sampled-again"), [a, b]);
    assert.notDeepEqual(a!.completion_token_ids, b!.completion_token_ids);
    assert.match(failure(events, "second-too-long"), /too long for the model length 400/);
    for (const schema of [logits, hiddenStates]) {
      const [log, other] = [await logOf("second-all", schema), await logOf("all", schema)];
      assert.deepEqual(log.sampleId, other.sampleId);
      assert.deepEqual(log.tokenIndex, other.tokenIndex);
      for (let row = 0; row < log.rows; row++) assert.ok(distance(log, row, other.values) < BOUND);
    }
  });

  await t.step(
    "transformers expands packed weights, and rounds what the checkpoint rounds",
    async () => {
      for (const name of ["w4a16", "w8a8"]) {
        const log = await logOf(`second-${name}`);
        const reference = floats(`${name}.logits`);
        for (let row = 0; row < log.rows; row++) assert.ok(distance(log, row, reference) < BOUND);
      }
    },
  );

  await t.step("what vLLM refuses transformers does, and says so", async () => {
    const event = outcome(events, "w8a16");
    assert.ok(event.event === "done" && event.engine?.name === "transformers");
    assert.match(event.engine.refused!, /kernel/i);
    const log = await logOf("w8a16");
    for (let row = 0; row < log.rows; row++) {
      assert.ok(distance(log, row, floats("w8a16.logits")) < BOUND);
    }
    assert.match(failure(events, "broken-1"), /\(by transformers, after vLLM: /);
    const own = outcome(events, "all");
    assert.ok(own.event === "done");
    assert.deepEqual(own.engine, { name: "vllm", refused: null });
  });

  await t.step("the same job gives the same files", async () => {
    for (const name of ["logits.arrow", "hidden_states.arrow"]) {
      const [first, second] = await Promise.all(
        ["all", "all-again"].map((id) => Deno.readFile(join(folder, id, name))),
      );
      assert.ok(Buffer.from(first!).equals(second!), name);
    }
    const answers = (id: string) =>
      readJsonLines<Completion>(`${id}/completions.jsonl`).map((row) => ({
        ...row,
        seconds: null,
      }));
    assert.deepEqual(answers("greedy-again"), answers("greedy"));
    assert.deepEqual(answers("sampled-again"), answers("sampled"));
    const [a, b] = answers("sampled");
    assert.notDeepEqual(
      a!.completion_token_ids,
      b!.completion_token_ids,
      "each sample has its own stream",
    );
  });

  await t.step("a sample that is too long fails its task before anything is generated", () => {
    assert.match(
      failure(events, "too-long"),
      /^1 of 2 samples are too long for the model length 400: "does not fit": 50\d tokens \+ 24 to generate\./,
    );
    assert.deepEqual([...Deno.readDirSync(folder)].filter(({ name }) => name === "too-long"), []);
  });

  await t.step("a checkpoint that does not load fails its tasks, and the next ones go on", () => {
    for (const id of ["broken-1", "broken-2"]) assert.match(failure(events, id), /SafetensorError/);
    for (const id of ["w4a16", "w8a8", "all-again", "greedy-again"]) {
      assert.equal(outcome(events, id).event, "done");
    }
  });

  await t.step("progress grows up to the number of samples", () => {
    const done = events.flatMap((event) =>
      event.event === "progress" && event.id === "greedy" ? [[event.done, event.total]] : []
    );
    assert.deepEqual(done.at(-1), [13, 13]);
    assert.deepEqual(done, done.toSorted((a, b) => a[0]! - b[0]!));
  });

  await t.step("pyarrow reads the log as its schema says", async () => {
    const report = JSON.parse(
      await script("./arrow_log_check.py", [join(folder, "all", "logits.arrow")]),
    );
    assert.deepEqual(report, {
      types: {
        sample_id: "string",
        token_index: "int32",
        position: "int32",
        token_id: "int32",
        logits: "fixed_size_list<item: float not null>[512]",
      },
      nulls: 0,
      metadata: {
        "actgauge.schema_version": String(SCHEMA_VERSION),
        "actgauge.log": "logits",
        "actgauge.vocabulary": "512",
      },
      rows: (await logOf("all")).rows,
    });
  });

  await t.step("polars reads the same numbers", async () => {
    const log = await logOf("all");
    const frame = pl.scanIPC(join(folder, "all", "logits.arrow"));
    const column = (name: string) => frame.select(pl.col(name)).collectSync().getColumn(name);
    assert.equal(String(column("logits").dtype), "DataType(FixedSizeList(DataType(Float32),512))");
    assert.deepEqual(column("token_index").toTypedArray(), log.tokenIndex);
    // Node's polars gives no single vectors out.
    const values = frame.select(pl.col("logits").explode()).collectSync().getColumn("logits");
    assert.deepEqual(values.toTypedArray(), log.values);
  });

  await Deno.remove(folder, { recursive: true });
});
