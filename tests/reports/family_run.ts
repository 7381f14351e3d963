/**
 * An experiment on models of several sizes, made of seeded numbers: what the tests of the papers' tables and
 * figures from own runs read. Nothing in it was measured; its summary is the project's own.
 *
 * @module
 */
import { join } from "node:path";
import { DEFAULT_MARGIN } from "../../analysis/choice/judge.ts";
import { writeChoices } from "../../analysis/choice/write_choices.ts";
import { compareBlocks, type MeasuredBlock } from "../../analysis/result_blocks.ts";
import { Summary, summaryColumns } from "../../analysis/summary.ts";
import { cellFolder, type Plan, writePlan, writeRecord, writeRows } from "../../data/logs.ts";
import { results as resultsSchema, spans, summary } from "../../data/result_schema.ts";
import { SCHEMA_VERSION } from "../../data/schema.ts";
import type { Cell, JsonObject, Variant } from "../../data/types.ts";
import { METHODS } from "../../runners/methods/registry.ts";
import { rowsIn } from "../data/blocks.ts";
import { loadResults, type Results } from "../../reports/results.ts";

/** Name of the experiment. */
export const FAMILY = "family";

/** A cell of the second model that has failed, and the benchmark. */
export const FAILED = { method: "gptq", benchmark: "teval" } as const;

/** Method with settings, how much of the baseline it keeps: invented. */
const SMALL: [string, JsonObject, number][] = [
  ["rtn", { bits: 8 }, 0.99],
  ["rtn", { bits: 4 }, 0.9],
  ["gptq", { bits: 8 }, 0.99],
  ["gptq", { bits: 4 }, 0.95],
  ["awq", {}, 0.93],
  ["smoothquant", {}, 0.97],
  ["kv_cache", {}, 0.98],
  ["wanda", {}, 0.8],
  ["wanda", { pattern: "2:4" }, 0.6],
  ["untrained", {}, 0.02],
];

/** The same and more: as many as a large study has. */
const LARGE: [string, JsonObject, number][] = [
  ...SMALL,
  ["rtn", { bits: 3 }, 0.7],
  ["rtn", { bits: 2 }, 0.2],
  ["rtn", { bits: 4, groupSize: 64 }, 0.91],
  ["rtn", { bits: 4, symmetric: false }, 0.91],
  ["gptq", { bits: 3 }, 0.8],
  ["gptq", { bits: 2 }, 0.3],
  ["awq", { symmetric: true }, 0.92],
  ["fp8", {}, 0.98],
  ["mxfp4", {}, 0.85],
  ["nvfp4", {}, 0.88],
  ["kv_cache", { bits: 4 }, 0.9],
  ["magnitude", {}, 0.6],
  ["magnitude", { pattern: "2:4" }, 0.3],
  ["sparsegpt", {}, 0.85],
  ["sparsegpt", { pattern: "2:4" }, 0.65],
  ["pipeline", { steps: [{ name: "wanda", pattern: "2:4" }, { name: "gptq" }] }, 0.55],
];

/** Subtasks of each benchmark with the scores of each sample; the first benchmark's differ by subtask. */
const BENCHMARKS: Record<string, Record<string, string[]>> = {
  teval: {
    instruct_json: ["score"],
    instruct_string: ["score"],
    plan_json: ["score"],
    plan_str: ["score"],
    reason_str: ["score"],
    retrieve_str: ["score"],
    understand_str: ["score"],
    rru_json: ["score", "thought", "name", "args"],
    review_str: ["score"],
  },
  worfbench: named(["alfworld", "toolalpaca", "webshop", "wikihow"], [
    "node_f1",
    "node_precision",
    "node_recall",
  ]),
  longbench: named(["lcc", "multifieldqa_en", "passage_count", "trec"], ["score"]),
  longgenbench: named(["gsm8k", "mmlu"], ["score"]),
  household: named(["put", "heat", "clean"], ["success", "progress"]),
};
const MAIN: Record<string, string> = { worfbench: "node_f1", household: "success" };
const SAMPLES = 6;

function named(subtasks: string[], metrics: string[]): Record<string, string[]> {
  return Object.fromEntries(subtasks.map((subtask) => [subtask, metrics]));
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many models and methods. */
export interface FamilySize {
  models: string[];
  methods: "small" | "large";
}

const USUAL: FamilySize = { models: ["fixture-model-s", "fixture-model-l"], methods: "small" };

/** A variant with what the numbers are made from. */
interface Made {
  variant: Variant;
  kept: number;
  size: number;
}

function variantsOf({ models, methods }: FamilySize): Made[] {
  return models.flatMap((model, size) => {
    const make = (name: string, given: JsonObject, kept: number, seed: number): Made => {
      const method = METHODS[name]!;
      const settings = method.settings.parse(given) as JsonObject;
      const calibrated = method.needsCalibration(settings);
      return {
        kept,
        size,
        variant: {
          id: `${model}/${method.id(settings)}${calibrated ? `-c${seed}` : ""}`,
          model,
          method: name,
          title: method.title(settings),
          settings,
          calibration: calibrated ? { set: "agentic", samples: 8, maxLength: 64, seed } : null,
        },
      };
    };
    const list = methods === "small" ? SMALL : LARGE;
    const distilled: [string, JsonObject, number] = [
      "distilled",
      { path: "/nowhere", title: `${model} distilled` },
      0.7,
    ];
    return [
      make("none", {}, 1, 0),
      ...list.flatMap(([name, given, kept]) =>
        // Two draws of the calibration for one method.
        (name === "awq" ? [0, 1] : [0]).map((seed) => make(name, given, kept, seed))
      ),
      ...(size === models.length - 1 ? [make(...distilled, 0)] : []),
    ];
  });
}

function bitsOf({ settings, method }: Variant): number {
  if (method === "smoothquant" || method === "fp8") return 8;
  const bits = method === "kv_cache" ? undefined : settings["bits"];
  return typeof bits === "number" ? bits : method === "awq" ? 4 : 16;
}

/** Writes the experiment into a temporary folder and reads it. */
export async function loadFamily(size: FamilySize = USUAL): Promise<Results> {
  const runs = await Deno.makeTempDir({ prefix: "actgauge-family-" });
  try {
    await writeFamily(runs, size);
    return await loadResults(runs, FAMILY);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

async function writeFamily(runs: string, size: FamilySize): Promise<void> {
  const made = variantsOf(size);
  const cells: Cell[] = [];
  const blocks: MeasuredBlock[] = [];
  for (const [index, one] of made.entries()) {
    const random = generator(500 + index);
    for (const cell of cellsOf(one, cells.length)) {
      cells.push(cell);
      const failed = one.size === 1 && one.variant.method === FAILED.method &&
        cell.benchmark === FAILED.benchmark && cell.kind === "evaluate";
      await writeRecord(cellFolder(runs, cell.id), record(cell, one, failed));
      if (!failed) blocks.push(...measured(cell, one, random));
    }
  }
  const plan: Plan = {
    experiment: FAMILY,
    description: "",
    baseline: Object.fromEntries(size.models.map((model) => [model, `${model}/none`])),
    mainMetrics: Object.fromEntries(
      Object.keys(BENCHMARKS).map((name) => [name, MAIN[name] ?? "score"]),
    ),
    variants: made.map(({ variant }) => variant),
    cells,
  };
  const baselineOf = (id: string) => `${id.split("/")[0]}/none`;
  const folder = join(runs, FAMILY);
  await Deno.mkdir(folder, { recursive: true });
  await writePlan(folder, plan);
  const ordered = blocks.toSorted(compareBlocks);
  const means = new Summary(baselineOf);
  for (const block of ordered) means.add(block);
  await writeRows(join(folder, "results.parquet"), resultsSchema, ordered.flatMap(rowsIn));
  await writeRows(
    join(folder, "summary.parquet"),
    summary,
    means.rows().map(summaryColumns),
  );
  await writeChoices(runs, plan, DEFAULT_MARGIN);
  await writeRows(join(folder, "spans.parquet"), spans, []);
}

function cellsOf({ variant }: Made, first: number): Cell[] {
  const kinds: [Cell["kind"], string | null][] = [
    ["compress", null],
    ...Object.keys(BENCHMARKS).map((name): [Cell["kind"], string] => ["evaluate", name]),
    ["capture", "teval"],
  ];
  return kinds.map(([kind, benchmark], index) => ({
    id: (0xfa0000 + first + index).toString(16).padStart(16, "0"),
    kind,
    variant: variant.id,
    benchmark,
    seed: kind === "compress" ? null : 0,
    needs: [],
    inputs: {},
  }));
}

function record(cell: Cell, { variant, size }: Made, failed: boolean) {
  const bits = bitsOf(variant);
  const parameters = 500_000 * 3 ** size;
  return {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: failed ? "failed" as const : "done" as const,
    error: failed ? { message: "No kernel", logTail: "", kind: "error" as const } : null,
    warnings: [],
    commands: [],
    versions: {},
    gitCommit: null,
    startedAt: "2026-01-02T03:04:05.000Z",
    seconds: 1,
    hashes: {},
    checkpoint: cell.kind !== "compress" ? null : {
      path: "checkpoint",
      execution: "native" as const,
      storedBytes: Math.round(parameters * (0.4 * 2 + 0.6 * bits / 8)),
      effectiveBits: bits,
      cacheBits: null,
      sparsity: 0,
      compressedParameters: 0,
      parameters,
      recipe: [],
      weightsHash: "0".repeat(64),
    },
  };
}

function measured(cell: Cell, made: Made, random: () => number): MeasuredBlock[] {
  const block = (
    subtask: string,
    metric: string,
    parameter: string | null,
    values: number[],
  ): MeasuredBlock => ({
    cellId: cell.id,
    variant: made.variant.id,
    benchmark: cell.benchmark!,
    subtask,
    metric,
    parameter,
    seed: 0,
    samples: values.map((_, sample) => `${subtask}-${sample}`),
    sample: Int32Array.from(values, (_, sample) => sample),
    position: null,
    value: Float64Array.from(values),
    reason: null,
    reasons: [],
  });
  if (cell.kind === "evaluate") {
    return Object.entries(BENCHMARKS[cell.benchmark!]!).flatMap(([subtask, metrics]) =>
      metrics.map((metric) =>
        block(subtask, metric, null, scores(cell.benchmark!, subtask, made, random))
      )
    );
  }
  return cell.kind === "capture"
    ? logits(made, random).map(([metric, parameter, values]) =>
      block("all", metric, parameter, values)
    )
    : [];
}

function scores(
  benchmark: string,
  subtask: string,
  { kept, size }: Made,
  random: () => number,
): number[] {
  const skill = kept * (0.7 + 0.1 * size);
  return Array.from(
    { length: SAMPLES },
    () =>
      benchmark === "worfbench"
        ? Math.min(1, skill + 0.3 * random())
        : Number(random() < skill + (subtask.endsWith("json") ? -0.1 : 0.1)),
  );
}

function logits(
  { variant, kept }: Made,
  random: () => number,
): [metric: string, parameter: string | null, values: number[]][] {
  const each = (of: (sample: number) => number) =>
    Array.from({ length: SAMPLES }, (_, sample) => of(sample));
  const ranks = each((sample) => (12 + sample) * (2 - kept) + random());
  const own: [string, string | null, number[]][] = [
    ["erank", "source=logits", ranks],
    ["erank_covariance", "source=logits", ranks.map((rank) => rank / 2)],
    ["negative_log_likelihood", null, each(() => 0.2 + 2 * (1 - kept) + 0.1 * random())],
    ["energy", "T=1", each(() => -14 + random())],
  ];
  if (variant.method === "none") return own;
  const changes = each((sample) => (12 + sample) * (1 - kept) + random() - 0.5);
  for (const metric of ["erank", "erank_covariance"]) {
    const parameter = `reading=compressed-minus-baseline,of=${metric},source=logits`;
    own.push(["diff_erank", parameter, changes]);
  }
  return own;
}
