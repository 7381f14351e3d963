import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spectra } from "../../../data/schema.ts";
import type { CompressTask } from "../../../runners/jobs.ts";
import { columns, doneEvent, failureOf, LAYERS, openWorkshop, WEIGHTS } from "./compress_job.ts";
import { bfloat16s, bitsOf, float32s, readTensors, type Tensor, unpack } from "./safetensors.ts";

const workshop = await openWorkshop();
const { folder, task, checkpoint, script } = workshop;

/** Good and bad tasks in one process, the first of the good ones once more at the end. */
function tasks(): CompressTask[] {
  const few = { file: join(folder, "calibration.jsonl"), samples: 25, maxLength: 64, seed: 0 };
  const usual = { ...few, samples: 8 };
  const calibrated = (id: string, change: Partial<typeof few>) =>
    task(id, "gptq", {}, { calibration: { ...usual, ...change } });
  return [
    task("gptq", "gptq"),
    calibrated("gptq-set", { file: join(folder, "others.jsonl") }),
    calibrated("gptq-samples", { samples: 4 }),
    calibrated("gptq-length", { maxLength: 32 }),
    calibrated("gptq-seed", { seed: 1 }),
    task("none", "none"),
    task("w2", "rtn", { bits: 2 }),
    task("w3", "rtn", { bits: 3 }),
    task("w4", "rtn", { bits: 4 }),
    task("w8", "rtn", { bits: 8 }),
    task("too-few-texts", "gptq", {}, { calibration: few }),
    task("w2-packed", "rtn", { bits: 2 }, { simulate: false }),
    task("w3-packed", "rtn", { bits: 3 }, { simulate: false }),
    task("w8-packed", "rtn", { bits: 8 }, { simulate: false }),
    task("unknown-step", "rtn", {}, { recipe: [{ modifier: "os.system", arguments: {} }] }),
    task("string-recipe", "rtn", {}, { recipe: "QuantizationModifier: {}" as unknown as [] }),
    task("awq", "awq", { gridPoints: 4 }),
    task("smoothquant", "smoothquant"),
    task("smoothquant-gptq", "smoothquant", { rounding: "gptq" }),
    task("wanda", "wanda"),
    task("wanda-2-4", "wanda", { pattern: "2:4" }),
    task("sparsegpt", "sparsegpt"),
    task("magnitude", "magnitude"),
    task("magnitude-2-4", "magnitude", { pattern: "2:4" }),
    task("wrong-share", "magnitude", {}, { expect: { sparsity: 0.6, pattern: "0:0" } }),
    task("wrong-pattern", "magnitude", {}, { expect: { sparsity: 0.5, pattern: "2:4" } }),
    task("nothing", "magnitude", {}, {
      recipe: [{
        torch: "magnitude",
        arguments: { sparsity: 0.00001, pattern: "0:0", ignore: ["lm_head"] },
      }],
      expect: null,
    }),
    task("head", "rtn", { ignore: [] }),
    task("no-model", "rtn", {}, { model: "nobody/nothing", revision: "0123abc" }),
    task("gptq-again", "gptq"),
    task("untrained", "untrained", { seed: 1 }),
    task("untrained-more", "untrained", {}, {
      recipe: [...task("", "untrained").recipe, ...task("", "magnitude").recipe],
    }),
  ];
}

function weights(id: string): Map<string, Float32Array> {
  const tensors = readTensors(id === "base" ? join(folder, "model") : checkpoint(id));
  return new Map(LAYERS.map((layer) => [layer, bfloat16s(tensors.get(`${layer}.weight`)!)]));
}

function zeros(values: Float32Array): number {
  return values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
}

function ofLayer(tensors: Map<string, Tensor>, layer: string): Tensor[] {
  return [...tensors].filter(([name]) =>
    name.startsWith(`${layer}.weight`) && !name.endsWith("weight_shape")
  ).map(([, tensor]) => tensor);
}

Deno.test("compress.py", async (t) => {
  const texts = readFileSync(join(folder, "calibration.jsonl"), "utf8").trim().split("\n");
  writeFileSync(join(folder, "others.jsonl"), texts.toReversed().join("\n") + "\n");
  const events = await workshop.compress(tasks());
  const done = (id: string) => doneEvent(events, id).facts;
  const failed = (id: string) => failureOf(events, folder, id);

  await t.step("opens with its versions, then starts and ends every task", () => {
    const first = events[0]!;
    assert.ok(first.event === "versions" && first.versions.llmcompressor && first.device);
    const ids = tasks().map(({ id }) => id);
    const of = (...kinds: string[]) =>
      events.flatMap((event) =>
        event.event !== "versions" && kinds.includes(event.event) ? [event.id] : []
      );
    assert.deepEqual(of("start"), ids);
    assert.deepEqual(of("done", "failed"), ids);
  });

  await t.step("the baseline is the model byte for byte", () => {
    for (const name of readdirSync(join(folder, "model"))) {
      const copy = readFileSync(join(checkpoint("none"), name));
      assert.ok(copy.equals(readFileSync(join(folder, "model", name))), name);
    }
    const { compressedParameters, effectiveBits, sparsity, parameters } = done("none");
    assert.deepEqual([compressedParameters, effectiveBits, sparsity], [0, 16, 0]);
    assert.equal(parameters, WEIGHTS + 2 * 512 * 128 + 5 * 128);
  });

  await t.step("every checkpoint carries the tokenizer and the chat template", () => {
    for (const id of ["w2", "gptq", "awq", "smoothquant", "wanda", "magnitude"]) {
      for (const name of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) {
        const copy = readFileSync(join(checkpoint(id), name));
        assert.ok(copy.equals(readFileSync(join(folder, "model", name))), `${id}: ${name}`);
      }
      assert.ok(existsSync(join(checkpoint(id), "generation_config.json")));
    }
  });

  await t.step("bytes and bits are those of the files", () => {
    const native = ["w4", "w2-packed", "w3-packed", "w8-packed", "gptq", "awq", "smoothquant"];
    for (const id of [...native, "smoothquant-gptq", "wanda", "magnitude", "none"]) {
      const files = readdirSync(checkpoint(id)).filter((name) => name.endsWith(".safetensors"));
      const sizes = files.map((name) => statSync(join(checkpoint(id), name)).size);
      const tensors = readTensors(checkpoint(id));
      const bits = LAYERS.flatMap((layer) => ofLayer(tensors, layer)).map(bitsOf);
      const facts = done(id);
      assert.equal(facts.execution, "native");
      assert.equal(facts.storedBytes, sizes.reduce((sum, size) => sum + size, 0));
      assert.equal(facts.effectiveBits, bits.reduce((sum, size) => sum + size, 0) / WEIGHTS);
      assert.equal(facts.compressedParameters, id === "none" ? 0 : WEIGHTS);
    }
    // A bfloat16 scale for 128 weights; AWQ's zero points are packed four bits each.
    assert.equal(done("gptq").effectiveBits, 4 + 16 / 128);
    assert.equal(done("awq").effectiveBits, 4 + (16 + 4) / 128);
    assert.equal(done("wanda").effectiveBits, 16);
  });

  await t.step("a simulated checkpoint reports the packed one's bytes and bits", () => {
    for (const bits of [2, 3, 8]) {
      const [dense, packed] = [done(`w${bits}`), done(`w${bits}-packed`)];
      assert.deepEqual([dense.execution, packed.execution], ["simulated", "native"]);
      for (const key of ["storedBytes", "effectiveBits", "sparsity"] as const) {
        assert.equal(dense[key], packed[key]);
      }
      assert.equal(dense.effectiveBits, bits + 16 / 128);
    }
  });

  await t.step("simulated weights are the packed integers times their scales, exactly", () => {
    const tensors = readTensors(checkpoint("w2-packed"));
    const simulated = readTensors(checkpoint("w2"));
    for (const layer of LAYERS) {
      const dense = float32s(simulated.get(`${layer}.weight`)!);
      const scales = bfloat16s(tensors.get(`${layer}.weight_scale`)!);
      const numbers = unpack(tensors.get(`${layer}.weight_packed`)!, 2);
      assert.deepEqual(
        // Zero times a scale keeps its sign out of the comparison.
        dense.map((weight) => weight + 0),
        Float32Array.from(numbers, (n, i) => n * scales[Math.floor(i / 128)]! + 0),
      );
    }
  });

  await t.step("round-to-nearest leaves no weight more than half a step away", () => {
    const tensors = readTensors(checkpoint("w4"));
    for (const [layer, base] of weights("base")) {
      const scales = bfloat16s(tensors.get(`${layer}.weight_scale`)!);
      const numbers = unpack(tensors.get(`${layer}.weight_packed`)!, 4);
      base.forEach((weight, index) => {
        const steps = weight / scales[Math.floor(index / 128)]!;
        // The grid ends at 7 of 7.5 steps; bfloat16 blurs the quotient by 2^-8 of it.
        assert.ok(Math.abs(steps - numbers[index]!) <= 0.5 + Math.abs(steps) / 128);
      });
    }
  });

  await t.step("pruned layers are as sparse as asked, counted in the files", () => {
    for (const id of ["wanda", "wanda-2-4", "sparsegpt", "magnitude", "magnitude-2-4"]) {
      const layers = [...weights(id)];
      const share = layers.reduce((sum, [, values]) => sum + zeros(values), 0) / WEIGHTS;
      assert.equal(done(id).sparsity, share);
      assert.ok(Math.abs(share - 0.5) < 0.005);
      if (!id.endsWith("2-4")) continue;
      for (const [, values] of layers) {
        for (let at = 0; at < values.length; at += 4) {
          assert.ok(zeros(values.subarray(at, at + 4)) >= 2);
        }
      }
    }
    for (const [layer, values] of weights("wanda")) {
      const width = columns(layer);
      for (let at = 0; at < values.length; at += width) {
        assert.equal(zeros(values.subarray(at, at + width)), width / 2);
      }
    }
  });

  await t.step("magnitude pruning keeps the largest of each layer as they were", () => {
    const pruned = weights("magnitude");
    for (const [layer, base] of weights("base")) {
      const values = pruned.get(layer)!;
      let largestGone = 0;
      let smallestKept = Infinity;
      base.forEach((weight, index) => {
        if (values[index] === 0) largestGone = Math.max(largestGone, Math.abs(weight));
        else {
          assert.equal(values[index], weight);
          smallestKept = Math.min(smallestKept, Math.abs(weight));
        }
      });
      assert.ok(largestGone <= smallestKept);
    }
  });

  await t.step("an untrained twin has the model's shapes and none of its weights", () => {
    const base = weights("base");
    for (const [layer, values] of weights("untrained")) {
      const theirs = base.get(layer)!;
      const equal = values.filter((value, index) => value === theirs[index]).length;
      const size = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
      assert.ok(values.length === theirs.length && equal < 0.02 * values.length, layer);
      // 0.02 is `initializer_range` of its configuration.
      assert.ok(Math.abs(size / 0.02 - 1) < 0.03, `${layer}: ${size}`);
    }
    assert.equal(done("untrained").parameters, done("none").parameters);
    assert.equal(done("untrained").compressedParameters, WEIGHTS);
  });

  await t.step("the same task gives the same weights, and every change of it others", () => {
    assert.equal(done("gptq-again").weightsHash, done("gptq").weightsHash);
    const hashes = events.flatMap((event) =>
      event.event === "done" ? [event.facts!.weightsHash] : []
    );
    assert.equal(new Set(hashes).size, hashes.length - 1);
    const bytes = readFileSync(join(checkpoint("gptq"), "model.safetensors"));
    const hash = createHash("sha256").update(`model.safetensors\0${bytes.length}\0`).update(bytes);
    assert.equal(done("gptq").weightsHash, hash.digest("hex"));
  });

  await t.step("a task that fails says why, leaves nothing and does not stop the others", () => {
    const messages: [string, RegExp][] = [
      ["too-few-texts", /calibration\.jsonl: 25 calibration texts were asked for, there are 24$/],
      ["unknown-step", /^ValueError: Step 1: no modifier 'os\.system'; there are AWQModifier, /],
      ["string-recipe", /A recipe is a list of steps, found str/],
      ["wrong-share", /Sparsity came out as 0\.5000, expected 0\.6 within 0\.005/],
      ["wrong-pattern", /model\.layers\.\d\.\S+: \d+ groups break the pattern 2:4/],
      ["nothing", /The recipe left 14 of 14 layers as they were/],
      [
        "no-model",
        /nobody\/nothing is no folder .* run: hf download nobody\/nothing --revision 0123abc$/,
      ],
      ["head", /The recipe compresses the output head: put lm_head into ignore/],
      ["untrained-more", /Step 1 forgets all training: it must be the only step/],
    ];
    for (const [id, expected] of messages) assert.match(failed(id), expected);
    assert.equal(events.filter(({ event }) => event === "failed").length, messages.length);
  });

  await t.step("spectra hold every layer twice", () => {
    const rows = readFileSync(join(folder, "w2", "spectra.jsonl"), "utf8").trim().split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      rows.map(({ layer, transform }) => `${layer} ${transform}`).sort(),
      LAYERS.flatMap((layer) => [`${layer} normalised`, `${layer} raw`]).sort(),
    );
    assert.deepEqual(Object.keys(rows[0]), spectra.columns.map(({ name }) => name));
    for (const { row_count: height, column_count: width, singular_values: values } of rows) {
      assert.equal(values.length, Math.min(height, width));
      assert.deepEqual(values, values.toSorted((a: number, b: number) => b - a));
    }
  });

  await t.step("logits and spectra agree with transformers and SciPy", async () => {
    const reference = JSON.parse(await script("./compress_reference.py", [folder]));
    const { "none w4": changed, ...same } = reference.logits;
    for (const [pair, difference] of Object.entries(same)) assert.equal(difference, 0, pair);
    assert.ok(changed > 0);
    assert.deepEqual(Object.keys(reference.spectra).sort(), ["normalised", "raw"]);
    for (const error of Object.values<number>(reference.spectra)) assert.ok(error < 1e-12);
  });

  await Deno.remove(folder, { recursive: true });
});
