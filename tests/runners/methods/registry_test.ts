import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../data/types.ts";
import { METHODS } from "../../../runners/methods/registry.ts";

const group128 = { num_bits: 4, type: "int", symmetric: true, dynamic: false } as const;

/** Settings that a method cannot do without. */
const NEEDED: Record<string, JsonObject> = {
  pipeline: { steps: [{ name: "wanda" }, { name: "gptq" }] },
  checkpoint: { path: "/some/Model-AWQ" },
  distilled: { hub: "owner/Small", revision: "0123abc" },
  served: { as: "w4" },
};

function configured(name: string, changed: JsonObject = {}) {
  const method = METHODS[name]!;
  const given = { ...NEEDED[name], ...changed };
  const settings = method.settings.parse(given);
  return { method, settings, id: method.id(settings), recipe: method.recipe(settings) };
}

function complaint(name: string, given: unknown): string {
  const result = METHODS[name]!.settings.safeParse(given);
  assert.equal(result.success, false, `${name} takes ${JSON.stringify(given)}`);
  return result.error!.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
}

Deno.test("every method is registered under its own name and works with few settings", () => {
  for (const [name, method] of Object.entries(METHODS)) {
    assert.equal(method.name, name);
    const { settings, id, recipe } = configured(name);
    assert.match(id, new RegExp(`^${name}(-|$)`));
    assert.ok(method.title(settings).length > 0 && method.source.length > 0);
    const plain = ["none", "served"].includes(name) || method.madeElsewhere !== undefined;
    assert.equal(recipe.length > 0, !plain);
    assert.equal(typeof method.needsCalibration(settings), "boolean");
  }
});

Deno.test("ids and titles of the usual settings", () => {
  const named = (name: string, given: JsonObject) => {
    const { method, settings, id } = configured(name, given);
    return `${id} | ${method.title(settings)} | ${method.weightBits(settings)}`;
  };
  assert.deepEqual([
    named("none", {}),
    named("rtn", { bits: 2 }),
    named("rtn", { bits: 8, groupSize: "channel" }),
    named("gptq", {}),
    named("awq", {}),
    named("awq", { symmetric: true }),
    named("smoothquant", {}),
    named("smoothquant", { rounding: "gptq" }),
    named("wanda", { pattern: "2:4" }),
    named("magnitude", { sparsity: 0.625 }),
    named("rtn", { bits: 16 }),
    named("rtn", { groupSize: 64, symmetric: false }),
    named("fp8", {}),
    named("fp8", { activations: "static" }),
    named("mxfp4", {}),
    named("nvfp4", { activations: 16 }),
    named("kv_cache", {}),
    named("kv_cache", { bits: 4 }),
    named("kv_cache", { type: "float" }),
    named("pipeline", {
      steps: [{ name: "wanda", pattern: "2:4" }, { name: "gptq", bits: 3 }, { name: "kv_cache" }],
    }),
    named("checkpoint", {}),
    named("distilled", { title: "R1 distilled" }),
    named("served", { title: "At the gateway" }),
    named("untrained", {}),
    named("untrained", { seed: 2 }),
  ], [
    "none | Baseline | 16",
    "rtn-w2a16-g128 | RTN W2A16 | 2",
    "rtn-w8a16-channel | RTN W8A16 per channel | 8",
    "gptq-w4a16-g128 | GPTQ W4A16 | 4",
    "awq-w4a16-g128 | AWQ W4A16 | 4",
    "awq-w4a16-g128-sym | AWQ W4A16 sym | 4",
    "smoothquant-w8a8-rtn | SmoothQuant W8A8 | 8",
    "smoothquant-w8a8-gptq | SmoothQuant + GPTQ W8A8 | 8",
    "wanda-2-4 | Wanda 2:4 | 16",
    "magnitude-62.5 | Magnitude 62.5 % | 16",
    "rtn-w16a16-g128 | RTN W16A16 | 16",
    "rtn-w4a16-g64-asym | RTN W4A16 g64 asym | 4",
    "fp8-dynamic | FP8 dynamic | 8",
    "fp8-static | FP8 static | 8",
    "mxfp4-w4a4 | MXFP4 W4A4 | 4",
    "nvfp4-w4a16 | NVFP4 W4A16 | 4",
    "kv_cache-int8 | KV8 | 16",
    "kv_cache-int4 | KV4 | 16",
    "kv_cache-fp8 | KV8 FP8 | 16",
    "pipeline-wanda-2-4-then-gptq-w3a16-g128-then-kv_cache-int8 | Wanda 2:4 + GPTQ W3A16 + KV8 | 3",
    "checkpoint-model-awq-32e106 | Model-AWQ | 16",
    "distilled-small-1973b9 | R1 distilled | 16",
    "served-w4 | At the gateway | 16",
    "untrained | Untrained | 16",
    "untrained-seed2 | Untrained (seed 2) | 16",
  ]);
});

Deno.test("recipes are llm-compressor's modifiers as data", () => {
  const weights = { ...group128, strategy: "group", group_size: 128 };
  const ignore = ["lm_head"];
  const groups = (scheme: JsonObject) => ({ group_0: { targets: ["Linear"], ...scheme } });
  assert.deepEqual(configured("rtn", { bits: 3, groupSize: "channel", symmetric: false }).recipe, [{
    modifier: "QuantizationModifier",
    arguments: {
      config_groups: groups({
        weights: { ...group128, num_bits: 3, symmetric: false, strategy: "channel" },
      }),
      ignore,
    },
  }]);
  assert.deepEqual(configured("gptq", { order: "none" }).recipe, [{
    modifier: "GPTQModifier",
    arguments: { config_groups: groups({ weights }), ignore, dampening_frac: 0.01, actorder: null },
  }]);
  assert.deepEqual(configured("awq", { gridPoints: 8 }).recipe, [
    { modifier: "AWQModifier", arguments: { n_grid: 8 } },
    {
      modifier: "QuantizationModifier",
      arguments: { config_groups: groups({ weights: { ...weights, symmetric: false } }), ignore },
    },
  ]);
  const eight = { ...group128, num_bits: 8 };
  assert.deepEqual(configured("smoothquant", { strength: 0.8, rounding: "gptq" }).recipe, [
    { modifier: "SmoothQuantModifier", arguments: { smoothing_strength: 0.8 } },
    {
      modifier: "GPTQModifier",
      arguments: {
        config_groups: groups({
          weights: { ...eight, strategy: "channel" },
          input_activations: { ...eight, dynamic: true, strategy: "token" },
        }),
        ignore,
      },
    },
  ]);
  for (const [name, modifier] of [["wanda", "Wanda"], ["sparsegpt", "SparseGPT"]] as const) {
    const { recipe, method, settings } = configured(name, { pattern: "2:4" });
    const given = { sparsity: 0.5, mask_structure: "2:4", targets: ["Linear"], ignore };
    assert.deepEqual(recipe, [
      {
        modifier: modifier === "Wanda" ? "WandaPruningModifier" : "SparseGPTModifier",
        arguments: given,
      },
    ]);
    assert.deepEqual(method.expect(settings), { sparsity: 0.5, pattern: "2:4" });
  }
  const [wide] = configured("sparsegpt", { blockSize: 512 }).recipe;
  assert.equal((wide!.arguments as JsonObject).block_size, 512);
  assert.deepEqual(configured("magnitude").recipe, [
    { torch: "magnitude", arguments: { sparsity: 0.5, pattern: "0:0", ignore } },
  ]);
});

Deno.test("recipes of floats, caches and pipelines", () => {
  const ignore = ["lm_head"];
  const grids = (name: string, given: JsonObject) => {
    const [step] = configured(name, given).recipe as unknown as [
      { arguments: { config_groups: { group_0: Record<string, JsonObject> }; ignore: string[] } },
    ];
    const { weights, input_activations: input } = step.arguments.config_groups.group_0;
    assert.deepEqual(step.arguments.ignore, ignore);
    const show = (grid: JsonObject | undefined) =>
      grid ? `${grid.type}${grid.num_bits} ${grid.strategy} ${grid.group_size ?? "-"}` : "none";
    return `${show(weights)}, ${show(input)}, ${input?.dynamic ?? "-"}`;
  };
  assert.deepEqual([
    grids("fp8", {}),
    grids("fp8", { activations: "static" }),
    grids("mxfp4", {}),
    grids("mxfp4", { activations: 16 }),
    grids("nvfp4", {}),
    grids("rtn", { bits: 16 }),
  ], [
    "float8 channel -, float8 token -, true",
    "float8 tensor -, float8 tensor -, false",
    "float4 group 32, float4 group 32, true",
    "float4 group 32, none, -",
    "float4 tensor_group 16, float4 tensor_group 16, local",
    "none, none, -",
  ]);
  assert.deepEqual(configured("kv_cache", { bits: 4 }).recipe, [
    { torch: "cache", arguments: { bits: 4 } },
  ]);
  const steps = [{ name: "wanda" }, { name: "awq" }, { name: "kv_cache", type: "float" }];
  const piped = configured("pipeline", { steps });
  assert.deepEqual(
    piped.recipe.map((step) => "modifier" in step ? step.modifier : step.torch),
    ["WandaPruningModifier", "AWQModifier", "QuantizationModifier", "QuantizationModifier"],
  );
  assert.deepEqual(piped.method.expect(piped.settings), {
    sparsity: 0.5,
    pattern: "0:0",
    atLeast: true,
  });
});

Deno.test("nothing asked is nothing changed: 16 bits and no sparsity expect the identity", () => {
  for (
    const [name, given] of [
      ["rtn", { bits: 16 }],
      ["wanda", { sparsity: 0 }],
      ["magnitude", { sparsity: 0 }],
    ] as const
  ) {
    const { method, settings } = configured(name, given);
    assert.deepEqual(method.expect(settings), { sparsity: 0, pattern: "0:0", identity: true });
  }
});

Deno.test("methods that measure activations need calibration, others do not", () => {
  const needs = (name: string, given: JsonObject = {}) => {
    const { method, settings } = configured(name, given);
    return method.needsCalibration(settings);
  };
  assert.ok(needs("gptq") && needs("fp8", { activations: "static" }) && needs("nvfp4"));
  assert.ok(needs("kv_cache", { type: "float" }) && needs("pipeline"));
  assert.ok(!needs("fp8") && !needs("mxfp4") && !needs("nvfp4", { activations: 16 }));
  assert.ok(!needs("kv_cache") && !needs("checkpoint"));
  assert.ok(!needs("pipeline", { steps: [{ name: "magnitude" }, { name: "rtn" }] }));
});

Deno.test("wrong settings are named, with what was found and what is expected", () => {
  const complaints = [
    ["rtn", { bits: 5 }, "bits: bits must be 2, 3, 4, 8 or 16, found 5"],
    ["gptq", { bitz: 4 }, "gptq has no setting bitz; it has bits, groupSize, symmetric, "],
    ["none", { bits: 4 }, "none has no setting bits; it takes none"],
    [
      "rtn",
      { groupSize: 7 },
      "groupSize must be an even number of weights (128 is usual) or channel",
    ],
    ["rtn", { symmetric: "yes" }, "symmetric must be true or false"],
    ["awq", { gridPoints: 1 }, "gridPoints must be a whole number of at least 3"],
    ["smoothquant", { strength: 2 }, "strength must be a number from 0 to 1, found 2"],
    ["smoothquant", { rounding: "awq" }, 'rounding must be rtn or gptq, found "awq"'],
    ["wanda", { sparsity: "half" }, 'sparsity must be a number from 0 to 0.99, found "half"'],
    ["wanda", { pattern: "4:8" }, 'pattern must be 0:0 or 2:4, found "4:8"'],
    ["wanda", { pattern: "2:4", sparsity: 0.6 }, "the pattern 2:4 removes half of the weights"],
    ["magnitude", { ignore: "lm_head" }, 'ignore must be a list of layer names, found "lm_head"'],
    ["gptq", { bits: 16 }, "bits must be 2, 3, 4 or 8, found 16"],
    ["sparsegpt", { sparsity: 0 }, "sparsity must be a number from 0.01 to 0.99, found 0"],
    ["kv_cache", { bits: 4, type: "float" }, "a cache of floats has 8 bits"],
    ["pipeline", { steps: [{ name: "gptq" }] }, "a pipeline has at least two steps"],
    ["pipeline", { steps: [{ name: "gptq" }, { name: "wanda" }] }, "steps go in this order"],
    ["pipeline", { steps: [{ name: "gptq" }, { name: "awq" }] }, "steps go in this order"],
    ["checkpoint", {}, "checkpoint needs one of path (a folder) and hub (owner/name)"],
    ["distilled", { hub: "owner/name" }, "revision: hub needs revision"],
    ["rtn", null, "expected the settings of rtn as key: value pairs, found null"],
  ] as const;
  for (const [name, given, expected] of complaints) {
    const message = complaint(name, given);
    assert.ok(message.includes(expected), `${message}\ndoes not say: ${expected}`);
  }
});

Deno.test("different settings of a method never share an id", () => {
  const ignored = fc.constantFrom<string[]>(["lm_head"], ["lm_head", "re:.*gate$"]);
  const quantized = {
    bits: fc.constantFrom(2, 3, 4, 8),
    groupSize: fc.constantFrom(32, 64, 128, "channel"),
    symmetric: fc.boolean(),
    ignore: ignored,
  };
  const sparse = {
    sparsity: fc.constantFrom(0.5, 0.25, 0.625),
    pattern: fc.constant("0:0"),
    ignore: ignored,
  };
  const pruned = fc.record(sparse);
  const settings: Record<string, fc.Arbitrary<JsonObject>> = {
    rtn: fc.record(quantized),
    gptq: fc.record({
      ...quantized,
      dampening: fc.constantFrom(0.01, 0.1),
      order: fc.constantFrom("static", "none"),
    }),
    awq: fc.record({ ...quantized, gridPoints: fc.constantFrom(10, 20) }),
    smoothquant: fc.record({
      strength: fc.constantFrom(0.5, 0.8),
      rounding: fc.constantFrom("rtn", "gptq"),
      ignore: ignored,
    }),
    wanda: pruned,
    sparsegpt: fc.record({ ...sparse, blockSize: fc.constantFrom(128, 512) }),
    magnitude: pruned,
    fp8: fc.record({ activations: fc.constantFrom("dynamic", "static"), ignore: ignored }),
    mxfp4: fc.record({ activations: fc.constantFrom(4, 16), ignore: ignored }),
    kv_cache: fc.constantFrom({ bits: 8 }, { bits: 4 }, { type: "float" }),
    pipeline: fc.record({
      steps: fc.tuple(
        fc.record({
          name: fc.constantFrom("wanda", "magnitude"),
          sparsity: fc.constantFrom(0.5, 0.3),
        }),
        fc.record({ name: fc.constantFrom("rtn", "gptq"), bits: fc.constantFrom(3, 4) }),
      ),
    }),
    checkpoint: fc.record({
      path: fc.constantFrom("/a/model", "/b/model"),
      title: fc.constantFrom("a", "b"),
    }),
  };
  for (const [name, arbitrary] of Object.entries(settings)) {
    fc.assert(fc.property(arbitrary, arbitrary, (a, b) => {
      const same = JSON.stringify(configured(name, a).settings) ===
        JSON.stringify(configured(name, b).settings);
      assert.equal(configured(name, a).id === configured(name, b).id, same);
    }));
  }
});

Deno.test("vLLM's kernels: 4 bits everywhere, 8 on CUDA, fewer nowhere", () => {
  const native = (name: string, given: JsonObject, device: "cpu" | "cuda") => {
    const { method, settings } = configured(name, given);
    return method.engineHasKernel(settings, device);
  };
  for (const name of ["rtn", "gptq", "awq"]) {
    assert.deepEqual([2, 3, 4, 8].map((bits) => native(name, { bits, symmetric: true }, "cpu")), [
      false,
      false,
      true,
      false,
    ]);
    assert.deepEqual([2, 3, 4, 8].map((bits) => native(name, { bits, symmetric: true }, "cuda")), [
      false,
      false,
      true,
      true,
    ]);
    assert.equal(native(name, { bits: 8, symmetric: false }, "cuda"), false);
    assert.equal(native(name, { bits: 4, groupSize: 16 }, "cuda"), false);
  }
  for (const name of ["none", "smoothquant", "wanda", "sparsegpt", "magnitude", "fp8"]) {
    assert.ok(native(name, {}, "cpu") && native(name, {}, "cuda"));
  }
  for (
    const [name, given] of [
      ["fp8", { activations: "static" }],
      ["mxfp4", { activations: 16 }],
      ["nvfp4", { activations: 16 }],
      ["kv_cache", { type: "float" }],
    ] as const
  ) {
    assert.ok(!native(name, given, "cpu") && native(name, given, "cuda"), name);
  }
  for (const name of ["mxfp4", "nvfp4", "kv_cache"]) {
    assert.ok(!native(name, {}, "cpu") && !native(name, {}, "cuda"), name);
  }
  const pruned = { name: "wanda" };
  assert.ok(native("pipeline", { steps: [pruned, { name: "gptq" }] }, "cpu"));
  assert.ok(!native("pipeline", { steps: [pruned, { name: "gptq", bits: 3 }] }, "cpu"));
});
