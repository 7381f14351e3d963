import assert from "node:assert/strict";
import { UserError } from "../../../runners/errors.ts";
import { parseExperiment } from "../../../runners/experiment.ts";

const file = (engine: string, methods = "[{ name: rtn, bits: 4 }]", more = "") => `
name: trial
models: [{ name: tiny, path: model }]
methods: ${methods}
benchmarks: [{ name: worfbench }]
engine: ${engine}
${more}`;

function refused(...given: Parameters<typeof file>): string {
  try {
    parseExperiment(file(...given), "/e/trial.yaml");
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  throw new Error("it was taken");
}

Deno.test("checkEngine() takes the options of each engine, types checked", () => {
  const { engine } = parseExperiment(
    file(
      "{ options: { tensor_parallel_size: 2, gpu_memory_utilization: 0.5, kv_cache_dtype: fp8 } }",
    ),
    "/e/trial.yaml",
  );
  assert.deepEqual(engine.options, {
    tensor_parallel_size: 2,
    gpu_memory_utilization: 0.5,
    kv_cache_dtype: "fp8",
  });
  parseExperiment(file("{ name: transformers, options: { device: cpu } }"), "/e/trial.yaml");
});

Deno.test("checkEngine() refuses what the engine does not have, and says what it has", () => {
  const cases: [Parameters<typeof file>, RegExp][] = [
    [
      ["{ options: { tensor_paralel_size: 2 } }"],
      /line 6: unknown key "tensor_paralel_size" in engine\.options; did you mean "tensor_parallel_size"/,
    ],
    [["{ options: { gpu_memory_utilization: 1.5 } }"], /gpu_memory_utilization is 1\.5/],
    [["{ options: { tensor_parallel_size: two } }"], /tensor_parallel_size is "two"/],
    [["{ options: { kv_cache_dtype: fp9 } }"], /kv_cache_dtype is "fp9"; expected one of .*fp8/],
    [["{ options: { max_model_len: 8 } }"], /max_model_len.*engine\.maxModelLength/],
    [["{ options: { logprobs_mode: x } }"], /logprobs_mode.*raw logits/],
    [
      ["{ name: transformers, options: { tensor_parallel_size: 2 } }"],
      /engine\.options\.tensor_parallel_size: it is an option of vllm, and the engine is transformers/,
    ],
    [["{ options: { attn_implementation: eager } }"], /an option of transformers/],
    [["{ name: transformers, fallback: transformers }"], /engine\.fallback/],
    [
      [
        "{ name: transformers }",
        undefined,
        "captures: [{ benchmark: worfbench, noiseFloor: [one-by-one] }]",
      ],
      /captures\[0\]\.noiseFloor: .*one text at a time/,
    ],
    [["{ url: http://a/v1 }"], /engine\.url: only `engine\.name: endpoint`/],
    [["{ name: vllm }", "[{ name: served, as: w4 }]"], /methods\[0\].*engine\.name: endpoint/],
    [["{ name: endpoint }", "[{ name: none }]"], /engine\.url is missing/],
    [["{ name: endpoint, url: http://a/v1 }"], /methods\[0\]\.name is "rtn": .*`served`/],
    [["{ name: endpoint, url: ftp://a }", "[{ name: none }]"], /url.*expected http/],
    [["{ name: endpoint, url: 'http://me:pw@a' }", "[{ name: none }]"], /without a password/],
    [
      ["{ name: endpoint, url: http://a/v1, options: { block_size: 8 } }", "[{ name: none }]"],
      /options and fallback/,
    ],
  ];
  for (const [given, message] of cases) assert.match(refused(...given), message);
});
