import assert from "node:assert/strict";
import { experimentJsonSchema, parseExperiment, readExperiment } from "../../runners/experiment.ts";

const folder = new URL("../../runners/experiments/", import.meta.url).pathname;

const good = `
name: trial
models:
  - { name: tiny, path: model }
methods:
  - name: rtn
    bits: 4
benchmarks:
  - name: needle
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
    set: "agentic",
    samples: 128,
    maxLength: 512,
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
      good + "captures: [{ benchmark: tool_call }]\n",
      /"tool_call" is not among the benchmarks \(needle\)/,
    ],
    [good + "  - name: needle\n", /benchmarks: "needle" stands twice/],
    ["name: [", /not YAML/],
    ["", /the file|name is missing/],
  ];
  for (const [text, message] of cases) assert.match(refused(text), message);
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
