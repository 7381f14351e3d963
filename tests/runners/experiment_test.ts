import assert from "node:assert/strict";
import { parseExperiment, readExperiment } from "../../runners/experiment.ts";
import { experimentJsonSchema } from "../../runners/experiment/shape.ts";

const folder = new URL("../../runners/experiments/", import.meta.url).pathname;

const good = `
name: trial
models:
  - { name: tiny, path: model }
methods:
  - name: rtn
    bits: 4
benchmarks:
  - name: longgenbench
`;

function refused(text: string): string {
  try {
    parseExperiment(text, "trial.yaml");
  } catch (error) {
    assert.equal((error as Error).name, "UserError");
    return (error as Error).message;
  }
  throw new assert.AssertionError({ message: "nothing was refused" });
}

Deno.test("parseExperiment() fills in defaults and makes paths absolute", () => {
  const experiment = parseExperiment(good, "/some/where/trial.yaml");
  assert.equal(experiment.models[0]!.path, "/some/where/model");
  assert.deepEqual(experiment.seeds, [0]);
  assert.deepEqual(experiment.calibration, {
    set: ["agentic"],
    samples: [128],
    maxLength: [512],
    seeds: [0],
  });
  assert.equal(experiment.engine.dtype, "float32");
  assert.equal(experiment.models[0]!.trustRemoteCode, false);
});

Deno.test("parseExperiment() names file, line and key, what was found and what was expected", () => {
  const cases: [string, RegExp][] = [
    [
      good.replace("bits: 4", "bits: 5"),
      /^trial\.yaml, line 7: methods\[0\]\.bits is 5; .*(2|3|4).*/,
    ],
    [
      good.replace("bits", "bit"),
      /line 7: unknown key "bit" in methods\[0\]; did you mean "bits"\?/,
    ],
    [
      good.replace("name: rtn", "name: rtm"),
      /line 6: methods\[0\]\.name is "rtm"; expected one of none, rtn, .*did you mean "rtn"\?/,
    ],
    [good.replace("methods:", "method:"), /line 5: unknown key "method"; did you mean "methods"\?/],
    [good.replace("methods:", "method:"), /methods is missing/],
    [
      good.replace("name: trial", "name: Trial One"),
      /line 2: name is "Trial One"; expected lower-case/,
    ],
    [
      good.replace("path: model", "path: model, hub: a/b, revision: c"),
      /line 4: models\[0\].*one of `path`/,
    ],
    [good.replace("path: model", "hub: a/b"), /line 4: models\[0\].*`hub` needs `revision`/],
    [good + "seeds: []\n", /line 10: seeds/],
    [
      good + "captures: [{ benchmark: teval }]\n",
      /"teval" is not among the benchmarks \(longgenbench\)/,
    ],
    [good + "  - name: longgenbench\n", /benchmarks: "longgenbench" stands twice/],
    [
      good.replace("name: longgenbench", "name: long_bench"),
      /line 9: benchmarks\[0\]\.name is "long_bench"; expected one of .*did you mean "longbench"\?/,
    ],
    [
      good.replace("name: longgenbench", "name: webshop"),
      /benchmarks\[0\]\.name is "webshop"; expected one of hotpotqa_react, longbench, /,
    ],
    [
      good.replace("name: longgenbench", "name: hotpotqa_react"),
      /"hotpotqa_react" needs `data`: none of it comes with the project; .*ReAct; give that file/,
    ],
    [
      good.replace("name: longgenbench", "{ name: teval, mode: strict }"),
      /benchmarks\[0\]\.mode is "strict"; expected one of "fixed"\|"upstream"/,
    ],
    [
      good.replace("name: longgenbench", "{ name: household, mode: upstream }"),
      /unknown key "mode" in benchmarks\[0\]; known are name, samples, data, maxTokens/,
    ],
    [
      good.replace(
        "name: longgenbench",
        "{ name: needle_in_a_haystack, options: { depths: [101] } }",
      ),
      /benchmarks\[0\]\.options\.depths\[0\] is 101; .*<=100/,
    ],
    ["name: [", /not YAML/],
    ["", /the file|name is missing/],
  ];
  for (const [text, message] of cases) assert.match(refused(text), message);
});

Deno.test("parseExperiment() takes a benchmark's mode and options, and how sentences are compared", () => {
  const text = good.replace(
    "- name: longgenbench",
    `- { name: teval, mode: upstream, data: teval }
  - { name: needle_in_a_haystack, options: { lengths: { from: 100, to: 300, step: 100 } } }
scoring: { embedder: ./mpnet, segmenter: python3 }`,
  );
  const { benchmarks, scoring } = parseExperiment(text, "/some/where/trial.yaml");
  assert.deepEqual(benchmarks, [
    { name: "teval", mode: "upstream", data: "/some/where/teval" },
    {
      name: "needle_in_a_haystack",
      mode: "fixed",
      options: { lengths: { from: 100, to: 300, step: 100 } },
    },
  ]);
  assert.deepEqual(scoring, { embedder: "/some/where/mpnet", segmenter: "python3" });
  const plain = parseExperiment(good, "/some/where/trial.yaml");
  assert.deepEqual(plain.scoring, { embedder: "all-MiniLM-L6-v2" });
  assert.deepEqual(plain.benchmarks, [{ name: "longgenbench", mode: "fixed" }]);
});

Deno.test("the experiments of the project can be read", async () => {
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".yaml")) await readExperiment(folder + name);
  }
});

Deno.test("experiment.schema.json is up to date (deno task run --schema)", async () => {
  const committed = JSON.parse(await Deno.readTextFile(`${folder}experiment.schema.json`));
  assert.deepEqual(committed, experimentJsonSchema());
});

Deno.test("parseExperiment() takes environments among the benchmarks, and captures of them", () => {
  const text = good + "  - { name: household, samples: 3 }\ncaptures: [{ benchmark: household }]\n";
  const { benchmarks, captures } = parseExperiment(text, "/e/trial.yaml");
  assert.deepEqual(benchmarks.at(-1), { name: "household", samples: 3 });
  assert.equal(captures[0]!.benchmark, "household");
  const moded = good + "  - { name: household, mode: upstream }\n";
  assert.throws(() => parseExperiment(moded, "/e/trial.yaml"), /mode/);
});
