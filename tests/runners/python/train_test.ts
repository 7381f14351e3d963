import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { conversations } from "../../../data/suites/build_suites.ts";
import { jsonLines } from "../../../data/suites/json_lines.ts";
import { renderChat } from "../../../data/suites/chat_template.ts";
import type { Conversation } from "../../../data/suites/suite.ts";
import { pythonPath } from "../../../runners/environment.ts";
import { scriptEnvironment, start } from "../../../runners/shell.ts";
import { runScript } from "./run_script.ts";

const SUITES = ["household", "longbench", "needle_in_a_haystack"];
const TRAIN = new URL("../../../runners/python/train.py", import.meta.url).pathname;

const RECIPE = {
  seed: 1,
  data: {
    command: "deno task suites --train 60",
    folder: "none",
    records: 60,
    sha256: Object.fromEntries(SUITES.map((suite) => [suite, null])),
  },
  tokenizer: { vocabulary: 400, records: 60 },
  model: {
    hidden_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    intermediate_size: 32,
    max_position_embeddings: 2048,
    rope_theta: 10000,
    initializer_range: 0.1,
    tie_word_embeddings: true,
  },
  training: {
    optimizer: "muon",
    momentum: 0.95,
    weight_decay: 0.1,
    betas: [0.9, 0.95],
    gradient_clip: 1,
    checkpoint_seconds: 600,
    stages: [{
      tokens: 100_000,
      learning_rate: 0.01,
      final_learning_rate: 0.001,
      warmup_steps: 5,
      batch_tokens: 500,
      mix: { household: 0.5, longbench: 0.5 },
    }],
  },
};

async function folderWithData(): Promise<{ folder: string; first: Map<string, Conversation> }> {
  const folder = await Deno.makeTempDir({ prefix: "train-" });
  const first = new Map<string, Conversation>();
  await Deno.mkdir(join(folder, "data"));
  for (const suite of SUITES) {
    const made = [...conversations(suite, "train", 60)];
    first.set(suite, made[0]!);
    await Deno.writeTextFile(join(folder, "data", `${suite}.jsonl`), jsonLines(made));
  }
  return { folder, first };
}

Deno.test("what is learnt, in which order, Muon against torch's, and a model that grows", async () => {
  const { folder, first } = await folderWithData();
  try {
    const out = await runScript(await pythonPath(), folder, "./train_reference.py", [
      join(folder, "data"),
    ]);
    const { muon, growth, data } = JSON.parse(out);
    for (const [low, high] of [muon.singularValues, muon.tall]) {
      // the quintic iteration leaves singular values between about 0.7 and 1.2
      assert.ok(low > 0.6 && high < 1.3, `${low} to ${high}`);
    }
    assert.ok(muon.cosine > 0.999 && Math.abs(muon.lengthRatio - 1) < 0.01, JSON.stringify(muon));
    assert.ok(growth.before > 0.1 * growth.scale);
    assert.ok(growth.after < 1e-3 * growth.scale, JSON.stringify(growth));
    for (const gradient of growth.gradients) assert.ok(gradient > 1e-6);
    assert.match(growth.refused, /would shrink from \[265, 64\] to \[265, 32\]/);
    for (const [suite, { messages, chat }] of first) {
      const answers = messages.filter((m) => m.role === "assistant" && m.learn !== false);
      assert.equal(data.learnt[suite], answers.map((m) => `${m.content}<|im_end|>`).join(""));
      const whole = chat === false
        ? messages.map((m) => m.content).join("") + "<|im_end|>"
        : renderChat(messages);
      assert.equal(data.whole[suite], whole);
    }
    const wanted = { household: 0.6, longbench: 0.3, needle_in_a_haystack: 0.1 };
    for (const [suite, share] of Object.entries(wanted)) {
      assert.ok(Math.abs(data.shares[suite] - share) < 0.02, JSON.stringify(data.shares));
    }
    assert.ok(data.stageTokens[0] >= 4000 && data.stageTokens[0] < 4600);
    assert.ok(data.longestOfFirstStage <= 300);
    assert.ok(data.widestBatch <= 2500);
    assert.ok(data.repeatable);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Trains the model of a folder's recipe on the data beside it; returns the exit code. */
async function trainInto(
  folder: string,
  model: string,
  out: string,
  interrupt = false,
): Promise<number | null> {
  const command = [TRAIN, model, "--out", out, "--data", join(folder, "data"), "--threads", "1"];
  const running = start({
    command: [await pythonPath(), "-u", ...command],
    env: scriptEnvironment(1),
    logFile: join(folder, "log.txt"),
    stdout: (line) => {
      if (interrupt && line.startsWith("step 50/")) running.stop();
    },
    graceMs: 60_000,
    timeoutMs: 600_000,
  });
  return (await running.done).code;
}

Deno.test("an interrupted training goes on to the same weights, bit for bit", async () => {
  const { folder } = await folderWithData();
  try {
    const model = join(folder, "model");
    await Deno.mkdir(model);
    await Deno.writeTextFile(join(model, "recipe.json"), JSON.stringify(RECIPE));
    const train = (out: string, interrupt: boolean) => trainInto(folder, model, out, interrupt);
    const whole = join(folder, "whole");
    const halves = join(folder, "halves");
    assert.equal(await train(whole, false), 0);
    assert.equal(await train(halves, true), 130);
    assert.equal(await train(halves, false), 0);
    for (const file of ["model.safetensors", "tokenizer.json"]) {
      const [one, other] = await Promise.all(
        [whole, halves].map((out) => Deno.readFile(join(out, file))),
      );
      assert.deepEqual(other, one, file);
    }
    const rows = (await Deno.readTextFile(join(halves, "loss.csv"))).trimEnd().split("\n");
    assert.equal(
      rows[0],
      "step,tokens,seconds,learning_rate,household,longbench,needle_in_a_haystack",
    );
    const [first, last] = [rows[1]!, rows.at(-1)!].map((row) => row.split(",").map(Number));
    assert.ok(last![4]! < first![4]! - 0.5, "the loss falls");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a model is trained further from its weights, as the whole recipe would from nothing", async () => {
  const { folder } = await folderWithData();
  try {
    const [model, whole] = [join(folder, "model"), join(folder, "whole")];
    await Deno.mkdir(model);
    const [stage] = RECIPE.training.stages;
    const first = { ...stage!, tokens: 20_000 };
    const write = (stages: unknown[]) =>
      Deno.writeTextFile(
        join(model, "recipe.json"),
        JSON.stringify({ ...RECIPE, training: { ...RECIPE.training, stages } }),
      );
    await write([first]);
    assert.equal(await trainInto(folder, model, model), 0);
    await Deno.remove(join(model, "training"), { recursive: true });
    const weights = await Deno.readFile(join(model, "model.safetensors"));
    const restart = createHash("sha256").update(weights).digest("hex");
    const mix = { "household": 0.5, "longbench/trec": 0.5 };
    await write([first, { ...first, restart, mix }]);
    assert.equal(await trainInto(folder, model, whole), 0, "goes on from the model's weights");
    await Deno.writeTextFile(join(model, "model.safetensors"), "lost");
    const again = join(folder, "again");
    assert.equal(await trainInto(folder, model, again), 0, "starts from nothing");
    const kept = await Deno.readFile(join(again, "training/before-stage-2/model.safetensors"));
    assert.deepEqual(kept, weights, "the first stage alone");
    const [one, other] = await Promise.all(
      [whole, again].map((out) => Deno.readFile(join(out, "model.safetensors"))),
    );
    assert.notDeepEqual(one, weights);
    assert.deepEqual(other, one);
    const lines = await Promise.all(
      [whole, again].map((out) => Deno.readTextFile(join(out, "loss.csv"))),
    );
    const losses = lines.map((text) =>
      text.split("\n").map((row) => row.split(",").toSpliced(2, 1))
    );
    assert.deepEqual(losses[0], losses[1], "the log goes on, too");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
