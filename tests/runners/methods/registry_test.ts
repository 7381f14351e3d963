import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../data/types.ts";
import { METHODS } from "../../../runners/methods/registry.ts";

const group128 = { num_bits: 4, type: "int", symmetric: true, dynamic: false } as const;

function configured(name: string, given: JsonObject = {}) {
  const method = METHODS[name]!;
  const settings = method.settings.parse(given);
  return { method, settings, id: method.id(settings), recipe: method.recipe(settings) };
}

function complaint(name: string, given: unknown): string {
  const result = METHODS[name]!.settings.safeParse(given);
  assert.equal(result.success, false, `${name} takes ${JSON.stringify(given)}`);
  return result.error!.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
}

Deno.test("every method is registered under its own name and works without settings", () => {
  for (const [name, method] of Object.entries(METHODS)) {
    assert.equal(method.name, name);
    const { settings, id, recipe } = configured(name);
    assert.match(id, new RegExp(`^${name}(-|$)`));
    assert.ok(method.title(settings).length > 0 && method.source.length > 0);
    assert.equal(recipe.length > 0, name !== "none");
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
  assert.deepEqual(configured("magnitude").recipe, [
    { torch: "magnitude", arguments: { sparsity: 0.5, pattern: "0:0", ignore } },
  ]);
});

Deno.test("wrong settings are named, with what was found and what is expected", () => {
  const complaints = [
    ["rtn", { bits: 5 }, "bits: bits must be 2, 3, 4 or 8, found 5"],
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
    ["wanda", { sparsity: "half" }, 'sparsity must be a number from 0.01 to 0.99, found "half"'],
    ["wanda", { pattern: "4:8" }, 'pattern must be 0:0 or 2:4, found "4:8"'],
    ["wanda", { pattern: "2:4", sparsity: 0.6 }, "the pattern 2:4 removes half of the weights"],
    ["magnitude", { ignore: "lm_head" }, 'ignore must be a list of layer names, found "lm_head"'],
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
  const pruned = fc.record({
    sparsity: fc.constantFrom(0.5, 0.25, 0.625),
    pattern: fc.constant("0:0"),
    ignore: ignored,
  });
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
    sparsegpt: pruned,
    magnitude: pruned,
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
  for (const name of ["none", "smoothquant", "wanda", "sparsegpt", "magnitude"]) {
    assert.ok(native(name, {}, "cpu") && native(name, {}, "cuda"));
  }
});
