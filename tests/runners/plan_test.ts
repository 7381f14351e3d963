import assert from "node:assert/strict";
import type { Cell } from "../../data/types.ts";
import { household } from "../../runners/environments/household.ts";
import { BENCHMARKS } from "../../runners/benchmarks/registry.ts";
import { parseExperiment } from "../../runners/experiment.ts";
import type { Experiment } from "../../runners/experiment/shape.ts";
import { METHODS } from "../../runners/methods/registry.ts";
import type { Facts } from "../../runners/facts.ts";
import { plan } from "../../runners/plan.ts";
import { cellName, selectCells } from "../../runners/select_cells.ts";

const experiment = parseExperiment(
  `
name: trial
models: [{ name: tiny, path: model }]
methods:
  - { name: rtn, bits: 4 }
  - { name: gptq, bits: 4 }
  - { name: rtn, bits: 4 }
calibration: { seeds: [0, 1] }
benchmarks: [{ name: longgenbench }, { name: worfbench }]
captures: [{ benchmark: longgenbench, samples: 2 }]
seeds: [0, 7]
`,
  "/trial.yaml",
);

const facts: Facts = {
  models: { tiny: { hash: "m", bytes: 100, parameters: 50, vocabulary: 10, hiddenSize: 4 } },
  calibration: {
    agentic: { file: "/c.jsonl", hash: "c" },
    prose: { file: "/p.jsonl", hash: "p" },
  },
  elsewhere: {},
  benchmarks: Object.fromEntries(
    ["longgenbench", "worfbench"].map((name) => [name, {
      benchmark: BENCHMARKS[name]!,
      sets: { tiny: { samples: [], hash: name } },
      maxTokens: 8,
      mode: "fixed" as const,
    }]),
  ),
  scoring: { embedder: "exact", embedderHash: "exact", segmenter: null },
  scripts: "s",
  environments: {},
  environment: {
    python: "/python",
    versions: { vllm: "1", torch: "2" },
    device: "cpu (X)",
    engine: "vLLM 1",
  },
};

const ids = (cells: Cell[]) => new Set(cells.map(({ id }) => id));

Deno.test("plan() has the baseline first, a variant for each calibration seed, and none twice", () => {
  const { variants, baseline, cells } = plan(experiment, facts);
  assert.deepEqual(variants.map(({ id }) => id), [
    "tiny/none",
    "tiny/rtn-w4a16-g128",
    "tiny/gptq-w4a16-g128-c0",
    "tiny/gptq-w4a16-g128-c1",
  ]);
  assert.deepEqual(baseline, { tiny: "tiny/none" });
  // 4 checkpoints, 4 variants x 2 benchmarks x 2 seeds, 4 captures.
  assert.equal(cells.length, 4 + 16 + 4);
  assert.equal(ids(cells).size, cells.length);
});

Deno.test("plan() makes a variant of every combination of calibrations, told apart by what varies", () => {
  const calibration = {
    set: ["agentic", "prose"],
    samples: [32, 128],
    maxLength: [512],
    seeds: [0, 1],
  };
  const { variants, cells } = plan({ ...experiment, calibration }, facts);
  const gptq = variants.filter(({ method }) => method === "gptq");
  assert.equal(gptq.length, 8);
  assert.deepEqual([gptq[0]!.id, gptq[7]!.id], [
    "tiny/gptq-w4a16-g128-agentic-n32-c0",
    "tiny/gptq-w4a16-g128-prose-n128-c1",
  ]);
  // Seeds are draws of the same: they share a title.
  assert.deepEqual([...new Set(gptq.map(({ title }) => title))], [
    "GPTQ W4A16 (agentic, 32 texts)",
    "GPTQ W4A16 (agentic, 128 texts)",
    "GPTQ W4A16 (prose, 32 texts)",
    "GPTQ W4A16 (prose, 128 texts)",
  ]);
  const compress = cells.filter(({ kind }) => kind === "compress");
  assert.equal(ids(compress).size, 1 + 1 + 8);
  const texts = compress.map(({ inputs }) =>
    (inputs.calibration as { texts: string } | null)?.texts
  );
  assert.deepEqual(texts.filter((hash) => hash === "p").length, 4);
});

Deno.test("plan() simulates where it is told to, and where a checkpoint's form has no kernel", () => {
  const file = (device: string, methods: string) =>
    plan(
      parseExperiment(
        `
name: trial
models: [{ name: tiny, path: model }, { name: other, path: model }]
methods: ${methods}
benchmarks: [{ name: worfbench }]
`,
        "/trial.yaml",
      ),
      {
        ...facts,
        models: { tiny: facts.models.tiny!, other: { ...facts.models.tiny!, hash: "o" } },
        benchmarks: {
          worfbench: {
            ...facts.benchmarks.worfbench!,
            sets: { tiny: { samples: [], hash: "n" }, other: { samples: [], hash: "n" } },
          },
        },
        elsewhere: {
          [METHODS.checkpoint!.id({ path: "/gptq" })]: {
            hash: "g",
            form: { quant_method: "gptq" },
          },
        },
        environment: { ...facts.environment, device },
      },
    );
  const methods = `[{ name: rtn }, { name: rtn, execution: simulated },
    { name: checkpoint, path: gptq, of: tiny }]`;
  const shown = (device: string) => {
    const { variants, cells } = file(device, methods);
    return variants.filter(({ method }) => method !== "none").map(({ id, title }) => {
      const cell = cells.find(({ variant, kind }) => variant === id && kind === "compress")!;
      return `${id} | ${title} | ${cell.inputs.simulate} | ${cell.inputs.checkpoint ?? "-"}`;
    });
  };
  const checkpoint = `tiny/${METHODS.checkpoint!.id({ path: "/gptq" })} | gptq`;
  assert.deepEqual(shown("cpu (X)"), [
    "tiny/rtn-w4a16-g128 | RTN W4A16 | false | -",
    "tiny/rtn-w4a16-g128-simulated | RTN W4A16 simulated | true | -",
    `${checkpoint} | true | g`,
    "other/rtn-w4a16-g128 | RTN W4A16 | false | -",
    "other/rtn-w4a16-g128-simulated | RTN W4A16 simulated | true | -",
  ]);
  assert.equal(shown("cuda (Y)")[2], `${checkpoint} | false | g`);
  assert.throws(
    () => file("cpu", "[{ name: distilled, path: small }]"),
    /methods\[0\]\.of is missing; expected the model whose variant it is: tiny, other/,
  );
});

Deno.test("plan() puts every cell behind those that it needs", () => {
  const seen = new Set<string>();
  for (const cell of plan(experiment, facts).cells) {
    for (const id of cell.needs) assert(seen.has(id));
    seen.add(cell.id);
  }
});

Deno.test("a cell's id changes with all that decides its result, and with nothing else", () => {
  const before = plan(experiment, facts).cells;
  const changedKinds = (other: Experiment, world: Facts) => {
    const after = ids(plan(other, world).cells);
    return [...new Set(before.filter(({ id }) => !after.has(id)).map(({ kind }) => kind))];
  };
  const all = ["compress", "evaluate", "capture"];
  const model = { tiny: { ...facts.models.tiny!, hash: "other" } };
  assert.deepEqual(changedKinds(experiment, { ...facts, models: model }), all);
  assert.deepEqual(changedKinds(experiment, { ...facts, scripts: "other" }), all);
  const engine = { ...experiment.engine, dtype: "bfloat16" as const };
  assert.deepEqual(changedKinds({ ...experiment, engine }, facts), ["evaluate", "capture"]);
  const longgenbench = {
    ...facts.benchmarks.longgenbench!,
    sets: { tiny: { samples: [], hash: "other" } },
  };
  const after =
    plan(experiment, { ...facts, benchmarks: { ...facts.benchmarks, longgenbench } }).cells;
  const gone = before.filter(({ id }) => !ids(after).has(id));
  assert.deepEqual(new Set(gone.map(({ benchmark }) => benchmark)), new Set(["longgenbench"]));
  assert.equal(gone.length, 8 + 4);
  const captures = [{ ...experiment.captures[0]!, samples: 3 }];
  assert.deepEqual(changedKinds({ ...experiment, captures }, facts), ["capture"]);
  assert.deepEqual(changedKinds({ ...experiment, name: "other", description: "x" }, facts), []);
  const elsewhere = { ...facts.environment, python: "/elsewhere", device: "cpu (Y)" };
  assert.deepEqual(changedKinds(experiment, { ...facts, environment: elsewhere }), []);
});

Deno.test("noise floors are further captures of the baseline, on its checkpoint and text", () => {
  const noiseFloor = ["one-by-one", "transformers"] as const;
  const floor = [{ ...experiment.captures[0]!, noiseFloor: [...noiseFloor] }];
  const plain = plan(experiment, facts);
  const found = plan({ ...experiment, captures: floor }, facts);
  assert.deepEqual(found.baseline, plain.baseline);
  assert.deepEqual(found.variants.slice(0, -2), plain.variants);
  // The other cells stay as they are.
  assert.deepEqual(found.cells.slice(0, -2), plain.cells);
  const first = plain.cells.find(({ kind, variant }) =>
    kind === "capture" && variant === "tiny/none"
  )!;
  ["transformers", "one-by-one"].forEach((by, index) => {
    assert.equal(found.variants.at(index - 2)!.id, `tiny/none-${by}`);
    const again = found.cells.at(index - 2)!;
    assert.deepEqual([again.kind, again.variant], ["capture", `tiny/none-${by}`]);
    assert.deepEqual(again.needs, [...first.needs, first.id]);
    assert.deepEqual(again.inputs, { ...first.inputs, by });
  });
});

Deno.test("a sketch names the baseline's that it follows, and a floor in another precision that precision", () => {
  const captures = [{
    ...experiment.captures[0]!,
    logits: "sketch" as const,
    noiseFloor: ["bfloat16" as const],
  }];
  const found = plan({ ...experiment, captures }, facts).cells.filter(({ kind }) =>
    kind === "capture"
  );
  const [baseline, ...others] = found;
  assert.equal(baseline!.inputs.compared, null);
  for (const { inputs, needs } of others) {
    assert.equal(inputs.compared, baseline!.id);
    assert.ok(needs.includes(baseline!.id));
  }
  const precision = ({ inputs }: Cell) => (inputs.engine as { dtype: string }).dtype;
  assert.deepEqual(found.map(precision), [...Array<string>(4).fill("float32"), "bfloat16"]);
  // Full captures keep their ids.
  const full = [{ ...captures[0]!, logits: "full" as const, noiseFloor: [] }];
  assert.deepEqual(
    plan({ ...experiment, captures: full }, facts).cells,
    plan(experiment, facts).cells,
  );
});

Deno.test("an environment's cells are planned like a benchmark's, and change with its length", () => {
  const played = { environment: household, samples: [], hash: "h", maxTokens: 8 };
  const world = (facts_: typeof played) => ({ ...facts, environments: { household: facts_ } });
  const cells = plan(experiment, world(played)).cells.filter(({ benchmark }) =>
    benchmark === "household"
  );
  assert.deepEqual(cells.map(cellName).slice(0, 2), [
    "tiny/none:household",
    "tiny/none:household#7",
  ]);
  assert.equal(cells.length, 4 * 2);
  const longer = { ...played, environment: { ...household, maxSteps: 99 } };
  const after = ids(plan(experiment, world(longer)).cells);
  assert.ok(cells.every(({ id }) => !after.has(id)));
});

Deno.test("a cell's id changes with mode, embedder and segmenter where scores depend on them", () => {
  const asked = ["longgenbench", "teval", "longbench"];
  const world: Facts = {
    ...facts,
    benchmarks: Object.fromEntries(
      asked.map((
        name,
      ) => [name, { ...facts.benchmarks.longgenbench!, benchmark: BENCHMARKS[name]! }]),
    ),
  };
  const trial = { ...experiment, captures: [] };
  const before = plan(trial, world).cells;
  const changed = (other: Facts) => {
    const after = ids(plan(trial, other).cells);
    return [
      ...new Set(before.filter(({ id }) => !after.has(id)).map(({ benchmark }) => benchmark)),
    ];
  };
  const teval = { ...world.benchmarks.teval!, mode: "upstream" as const };
  assert.deepEqual(changed({ ...world, benchmarks: { ...world.benchmarks, teval } }), ["teval"]);
  const embedder = { ...world.scoring, embedderHash: "other" };
  assert.deepEqual(changed({ ...world, scoring: embedder }), ["teval"]);
  const segmenter = { ...world.scoring, segmenter: "/python" };
  assert.deepEqual(changed({ ...world, scoring: segmenter }), ["longbench"]);
});

Deno.test("a benchmark in tokens has samples of its own for each model", () => {
  const two = parseExperiment(
    `
name: two
models: [{ name: a, path: a }, { name: b, path: b }]
methods: [{ name: none }]
benchmarks: [{ name: needle_in_a_haystack }]
`,
    "/two.yaml",
  );
  const world = (hash: string): Facts => ({
    ...facts,
    models: { a: facts.models.tiny!, b: { ...facts.models.tiny!, hash: "b" } },
    benchmarks: {
      needle_in_a_haystack: {
        ...facts.benchmarks.longgenbench!,
        benchmark: BENCHMARKS.needle_in_a_haystack!,
        sets: { a: { samples: [], hash: "x" }, b: { samples: [], hash } },
      },
    },
  });
  const before = plan(two, world("x")).cells;
  const after = ids(plan(two, world("y")).cells);
  assert.deepEqual(
    before.filter(({ id }) => !after.has(id)).map(cellName),
    ["b/none:needle_in_a_haystack"],
  );
});

Deno.test("selectCells() takes what the chosen cells need along, in the plan's order", () => {
  const { cells } = plan(experiment, facts);
  const chosen = selectCells(cells, "rtn*longgenbench:capture");
  assert.deepEqual(chosen.map(cellName), [
    "tiny/none",
    "tiny/rtn-w4a16-g128",
    "tiny/none:longgenbench",
    "tiny/none:longgenbench:capture",
    "tiny/rtn-w4a16-g128:longgenbench:capture",
  ]);
  assert.throws(() => selectCells(cells, "awq"), /No cell's name holds "awq"/);
});

Deno.test("plan() gives a variant another engine, tells it in its name, and expands weights for transformers", () => {
  const file = (engine: string) =>
    plan(
      parseExperiment(
        `
name: trial
models: [{ name: tiny, path: model }]
methods:
  - { name: none, engine: transformers }
  - { name: rtn, bits: 4 }
  - { name: rtn, bits: 4, engine: transformers }
  - { name: rtn, bits: 16 }
benchmarks: [{ name: worfbench }]
engine: ${engine}
`,
        "/trial.yaml",
      ),
      facts,
    );
  const own = file("{ name: vllm, fallback: transformers }");
  assert.deepEqual(own.variants.map(({ id, title }) => [id, title]), [
    ["tiny/none", "Baseline"],
    ["tiny/none-transformers", "Baseline by transformers"],
    ["tiny/rtn-w4a16-g128", "RTN W4A16"],
    ["tiny/rtn-w4a16-g128-transformers", "RTN W4A16 by transformers"],
    ["tiny/rtn-w16a16-g128", "RTN W16A16"],
  ]);
  assert.deepEqual(own.baseline, { tiny: "tiny/none" });
  const engines = own.cells
    .filter(({ kind, benchmark }) => kind === "evaluate" && benchmark === "worfbench")
    .map(({ inputs }) => (inputs.engine as { name: string }).name);
  assert.deepEqual(engines, ["vllm", "transformers", "vllm", "transformers", "vllm"]);
  const simulate = ({ cells }: typeof own) =>
    cells.filter(({ kind }) => kind === "compress").map(({ inputs }) => inputs.simulate);
  // The two baselines share a checkpoint; that transformers computes with plain weights makes others of the rest.
  assert.deepEqual(simulate(own), [false, false, false, true, false]);
  assert.equal(own.cells[0]!.id, own.cells[1]!.id);
  assert.deepEqual(simulate(file("{ name: transformers }")), [false, true, false]);
});
