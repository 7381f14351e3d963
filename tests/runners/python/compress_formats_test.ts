import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CompressTask } from "../../../runners/jobs.ts";
import { columns, doneEvent, failureOf, LAYERS, openWorkshop, WEIGHTS } from "./compress_job.ts";
import { bitsOf, readTensors } from "./safetensors.ts";

const workshop = await openWorkshop();
const { folder, task, checkpoint, script } = workshop;
const identity = { sparsity: 0, pattern: "0:0", identity: true };
const packed = { simulate: false };
const tinyAgent = new URL("../../../data/models/tiny-agent-s", import.meta.url).pathname;

const bits = [4, 3, 2];
const made: CompressTask[] = [
  task("none", "none"),
  task("w16", "rtn", { bits: 16 }),
  task("wanda-0", "wanda", { sparsity: 0 }),
  task("magnitude-0", "magnitude", { sparsity: 0 }),
  task("no-identity", "rtn", {}, { expect: identity }),
  task("asym64", "rtn", { groupSize: 64, symmetric: false }),
  task("asym3", "gptq", { bits: 3, symmetric: false }),
  task("asym3-packed", "gptq", { bits: 3, symmetric: false }, packed),
  task("w8-channel", "rtn", { bits: 8, groupSize: "channel" }, packed),
  task("w4-simulated", "rtn", {}, { simulate: true }),
  task("fp8-dynamic", "fp8"),
  task("fp8-static", "fp8", { activations: "static" }),
  task("fp8-static-packed", "fp8", { activations: "static" }, packed),
  ...["mxfp4", "nvfp4"].flatMap((
    name,
  ) => [task(name, name), task(`${name}-packed`, name, {}, packed)]),
  task("kv8", "kv_cache"),
  task("kv4", "kv_cache", { bits: 4 }),
  task("kv-float", "kv_cache", { type: "float" }),
  task("wanda+gptq", "pipeline", { steps: [{ name: "wanda", pattern: "2:4" }, { name: "gptq" }] }),
  task("sparsegpt+smoothquant", "pipeline", {
    steps: [{ name: "sparsegpt", sparsity: 0.6 }, { name: "smoothquant", rounding: "gptq" }],
  }),
  task("magnitude+nvfp4+kv4", "pipeline", {
    steps: [{ name: "magnitude" }, { name: "nvfp4" }, { name: "kv_cache", bits: 4 }],
  }),
  task("wrong-order", "rtn", {}, {
    recipe: [...task("", "gptq").recipe, ...task("", "wanda").recipe],
  }),
  ...bits.flatMap((bits) => [
    task(`gptq${bits}`, "gptq", { bits }),
    task(`rtn${bits}`, "rtn", { bits }),
  ]),
  ...["0:0", "2:4"].flatMap((pattern) =>
    ["sparsegpt", "magnitude"].map((name) => task(`${name} ${pattern[0]}`, name, { pattern }))
  ),
];

function elsewhere(id: string, model: string, compressed: boolean, simulate = false): CompressTask {
  const given = { model, revision: null, compressed };
  return task(id, "none", {}, { checkpoint: given, simulate });
}

Deno.test("compress.py: formats, pipelines and checkpoints made elsewhere", async (t) => {
  const events = await workshop.compress(made);
  const done = (id: string) => doneEvent(events, id).facts;
  const sameWeights = (a: string, b: string) => {
    const [ours, theirs] = [readTensors(a), readTensors(b)];
    for (const [name, tensor] of theirs) {
      assert.ok(ours.get(name)?.bytes.equals(tensor.bytes), `${name}: ${a} differs from ${b}`);
    }
  };

  await t.step("16 bits, and a sparsity of 0, leave every weight as it was", () => {
    for (const id of ["w16", "wanda-0", "magnitude-0"]) {
      sameWeights(checkpoint(id), join(folder, "model"));
      assert.deepEqual([done(id).effectiveBits, done(id).sparsity], [16, 0]);
    }
    assert.match(
      failureOf(events, folder, "no-identity"),
      /must change nothing, but changed model/,
    );
  });

  await t.step("bits are those of the format, counted in the files", () => {
    const rows = LAYERS.reduce((sum, layer) => sum + (weightsOf(layer) / columns(layer)), 0);
    const expected: [string, number][] = [
      ["asym64", 4 + (16 + 4) / 64],
      ["asym3-packed", 3 + (16 + 3) / 128],
      ["w8-channel", 8 + 16 * rows / WEIGHTS],
      ["fp8-dynamic", 8 + 16 * rows / WEIGHTS],
      ["fp8-static-packed", 8 + 16 * LAYERS.length / WEIGHTS],
      ["mxfp4-packed", 4 + 8 / 32],
      ["nvfp4-packed", 4 + 8 / 16 + 32 * LAYERS.length / WEIGHTS],
      ["wanda+gptq", 4 + 16 / 128],
    ];
    for (const [id, value] of expected) {
      const tensors = readTensors(checkpoint(id));
      const counted = [...tensors].filter(([name]) =>
        LAYERS.some((layer) =>
          name.startsWith(`${layer}.weight`)
        ) && !name.endsWith("_shape")
      ).reduce((sum, [, tensor]) => sum + bitsOf(tensor), 0) / WEIGHTS;
      assert.equal(done(id).effectiveBits, value, id);
      assert.equal(counted, value, id);
      assert.equal(done(id).cacheBits, null);
    }
    for (const id of ["asym3", "fp8-static", "mxfp4", "nvfp4"]) {
      assert.equal(done(id).execution, "simulated");
      for (const key of ["storedBytes", "effectiveBits", "parameters"] as const) {
        assert.equal(done(id)[key], done(`${id}-packed`)[key], id);
      }
    }
  });

  await t.step("a quantized cache leaves the weights alone and says what a number takes", () => {
    // Heads are 32 wide: a 32-bit scale, or a scale and a zero point of 16 bits, for each.
    const expected = { kv8: 8 + 1, kv4: 4 + 1, "kv-float": 8, "magnitude+nvfp4+kv4": 5 };
    for (const [id, value] of Object.entries(expected)) assert.equal(done(id).cacheBits, value);
    for (const id of ["kv8", "kv4", "kv-float"]) {
      assert.deepEqual([done(id).effectiveBits, done(id).compressedParameters], [16, 0]);
    }
    sameWeights(checkpoint("kv8"), join(folder, "model"));
  });

  await t.step("simulation.json names what the engine has to round", async () => {
    const read = async (id: string) =>
      JSON.parse(await readFile(join(checkpoint(id), "simulation.json"), "utf8"));
    const fp8 = await read("fp8-static");
    assert.deepEqual(Object.keys(fp8.activations).sort(), [...LAYERS].sort());
    assert.ok(LAYERS.every((layer) => fp8.activations[layer].scale[0] > 0));
    assert.equal(fp8.cache, null);
    const cache = await read("kv-float");
    assert.deepEqual(cache.activations, {});
    assert.deepEqual(
      Object.keys(cache.cache.scales),
      [0, 1].map((n) => `model.layers.${n}.self_attn`),
    );
    const piped = await read("magnitude+nvfp4+kv4");
    assert.deepEqual(piped.cache.arguments, { type: "int", bits: 4 });
    assert.ok(piped.activations[LAYERS[0]!].global_scale[0] > 0);
    await assert.rejects(read("w4-simulated"), /ENOENT/);
  });

  await t.step("quantization keeps what pruning removed", () => {
    for (const [id, share] of [["wanda+gptq", 0.5], ["sparsegpt+smoothquant", 0.6]] as const) {
      assert.ok(done(id).sparsity >= share - 0.005 && done(id).sparsity < share + 0.05, id);
    }
    assert.match(failureOf(events, folder, "wrong-order"), /Step 2 prunes: it must stand before/);
  });

  await t.step(
    "GPTQ errs less than RTN in every layer, SparseGPT less than magnitude",
    async () => {
      const pairs = [
        ...bits.map((bits) => [`gptq${bits}`, `rtn${bits}`] as const),
        ["sparsegpt 0", "magnitude 0"] as const,
        ["sparsegpt 2", "magnitude 2"] as const,
      ];
      const errors = JSON.parse(await script("./layer_errors.py", [folder, ...pairs.flat()]));
      for (const [better, worse] of pairs) {
        assert.deepEqual(Object.keys(errors[better]), LAYERS);
        for (const layer of LAYERS) {
          const [low, high] = [errors[better][layer], errors[worse][layer]];
          assert.ok(low < high, `${layer}: ${better} errs by ${low}, ${worse} by ${high}`);
        }
      }
    },
  );

  await t.step(
    "checkpoints of GPTQ, AWQ and compressed-tensors are taken as they are",
    async () => {
      const convert = (source: string, form: string) =>
        script("./packed_fixture.py", [
          checkpoint(source),
          join(folder, "model"),
          join(folder, form),
          form,
        ]);
      await convert("asym3-packed", "gptq");
      await convert("asym64", "awq");
      const other = join(folder, "other-tokenizer");
      await cp(join(folder, "model"), other, { recursive: true });
      const tokenizer = await readFile(join(other, "tokenizer.json"), "utf8");
      await writeFile(join(other, "tokenizer.json"), tokenizer.replace('"search"', '"saerch"'));
      const taken = await workshop.compress([
        elsewhere("from-gptq", join(folder, "gptq"), true, true),
        elsewhere("from-awq", join(folder, "awq"), true, true),
        elsewhere("from-tensors", checkpoint("fp8-static-packed"), true, true),
        elsewhere("from-tensors-native", checkpoint("asym64"), true),
        task("asym64-simulated", "rtn", { groupSize: 64, symmetric: false }, { simulate: true }),
        elsewhere("distilled", checkpoint("magnitude 0"), false),
        elsewhere("foreign-words", other, false),
        elsewhere("foreign-vocabulary", tinyAgent, false),
        elsewhere("foreign-shape", tinyAgent, true),
      ]);
      const facts = (id: string) => doneEvent(taken, id).facts;
      sameWeights(checkpoint("from-gptq"), checkpoint("asym3"));
      sameWeights(checkpoint("from-awq"), checkpoint("asym64-simulated"));
      sameWeights(checkpoint("from-tensors"), checkpoint("fp8-static"));
      sameWeights(checkpoint("from-tensors-native"), checkpoint("asym64"));
      assert.deepEqual(
        await readFile(join(checkpoint("from-tensors"), "simulation.json"), "utf8"),
        await readFile(join(checkpoint("fp8-static"), "simulation.json"), "utf8"),
      );
      // The index of each input's group is stored with the layer.
      const indices = LAYERS.reduce((sum, layer) => sum + 32 * columns(layer), 0) / WEIGHTS;
      assert.equal(facts("from-gptq").effectiveBits, 3 + (16 + 3) / 128 + indices);
      assert.equal(facts("from-awq").effectiveBits, 4 + (16 + 4) / 64);
      assert.equal(facts("from-awq").compressedParameters, WEIGHTS);
      assert.equal(facts("distilled").effectiveBits, 16);
      assert.equal(facts("distilled").weightsHash, done("magnitude 0").weightsHash);
      assert.deepEqual(doneEvent(taken, "distilled").warnings, []);
      assert.match(
        doneEvent(taken, "foreign-words").warnings![0]!,
        /tokenizer is not the baseline's/,
      );
      assert.match(
        failureOf(taken, folder, "foreign-vocabulary"),
        /logits for 1536 tokens, the baseline for 512/,
      );
      assert.match(failureOf(taken, folder, "foreign-shape"), /no compression of the baseline/);
    },
  );

  await Deno.remove(folder, { recursive: true });
});

function weightsOf(layer: string): number {
  return layer.includes("self_attn") ? 128 * 128 : 128 * 256;
}
