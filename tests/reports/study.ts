/**
 * A study in memory: two models, twenty methods, two calibration seeds, noise floors. Its numbers are
 * formulas; nothing was measured.
 *
 * @module
 */
import { methodsOf } from "../../analysis/methods.ts";
import { spanLines } from "../../analysis/spans/span_lines.ts";
import type { Plan, ResultBlock } from "../../data/logs.ts";
import type { SpanLine, SummaryLine } from "../../data/result_schema.ts";
import type { Cell, JsonObject, Variant } from "../../data/types.ts";
import type { Results } from "../../reports/results.ts";
import { countedAt } from "./fixture.ts";

/** Models of the study. */
export const MODELS = ["small-model", "large-model"];
const SAMPLES = 4;
const LENGTHS = [256, 512, 1024];
const DEPTHS = [0, 50, 100];
const TOKENS = 200;

/** Method, title, settings, and how much of the baseline is kept. */
const METHODS: [string, string, JsonObject, number][] = [
  ["rtn", "RTN W8A16", { bits: 8 }, 0.99],
  ["rtn", "RTN W4A16", { bits: 4 }, 0.85],
  ["rtn", "RTN W4A16 g64", { bits: 4, groupSize: 64 }, 0.87],
  ["rtn", "RTN W4A16 per channel", { bits: 4, groupSize: "channel" }, 0.8],
  ["rtn", "RTN W4A16 asymmetric", { bits: 4, symmetric: false }, 0.86],
  ["rtn", "RTN W3A16", { bits: 3 }, 0.6],
  ["rtn", "RTN W2A16", { bits: 2 }, 0.2],
  ["gptq", "GPTQ W8A16", { bits: 8 }, 0.995],
  ["gptq", "GPTQ W4A16", { bits: 4 }, 0.93],
  ["gptq", "GPTQ W3A16", { bits: 3 }, 0.75],
  ["awq", "AWQ W4A16", { bits: 4 }, 0.92],
  ["awq", "AWQ W4A16 symmetric", { bits: 4, symmetric: true }, 0.9],
  ["smoothquant", "SmoothQuant W8A8", {}, 0.97],
  ["fp8", "FP8 dynamic", {}, 0.98],
  ["mxfp4", "MXFP4 W4A4", {}, 0.7],
  ["nvfp4", "NVFP4 W4A4", {}, 0.78],
  ["kv_cache", "KV8", { bits: 8, type: "int" }, 0.99],
  ["kv_cache", "KV4", { bits: 4, type: "int" }, 0.88],
  ["wanda", "Wanda 50 %", { sparsity: 0.5, pattern: "0:0" }, 0.8],
  ["wanda", "Wanda 2:4", { sparsity: 0.5, pattern: "2:4" }, 0.5],
  ["untrained", "Untrained", { seed: 0 }, 0.02],
];
const CALIBRATED = new Set(["gptq", "awq", "smoothquant", "wanda"]);

interface Made {
  variant: Variant;
  kept: number;
}

function madeOf(model: string): Made[] {
  const variant = (id: string, method: string, title: string, settings: JsonObject) => ({
    id: `${model}/${id}`,
    model,
    method,
    title,
    settings,
    calibration: null,
  });
  const compressed = METHODS.flatMap(([method, title, settings, kept]): Made[] => {
    const own = variant(title.toLowerCase().replaceAll(/\W+/g, "-"), method, title, settings);
    if (!CALIBRATED.has(method)) return [{ variant: own, kept }];
    return [0, 1].map((seed) => ({
      variant: {
        ...own,
        id: `${own.id}-c${seed}`,
        calibration: { set: "agentic", samples: 128, maxLength: 512, seed },
      },
      kept: kept - 0.01 * seed,
    }));
  });
  return [
    { variant: variant("none", "none", "Baseline", {}), kept: 1 },
    ...compressed,
    ...["transformers", "one-by-one"].map((by) => ({
      variant: variant(`none-${by}`, "none", `Baseline, ${by.replaceAll("-", " ")}`, { by }),
      kept: by === "transformers" ? 0.997 : 1,
    })),
  ];
}

/** A wave that stands for chance, from -1 to 1. */
function wave(...of: number[]): number {
  return Math.sin(of.reduce((sum, one, index) => sum + one * (index * 2.3 + 1.7), 1));
}

/** The study. */
export function studyResults(): Results {
  const made = MODELS.flatMap((model) => madeOf(model));
  const cells = made.flatMap(({ variant }) => cellsOf(variant));
  const plan = {
    experiment: "study",
    description: "",
    baseline: Object.fromEntries(MODELS.map((model) => [model, `${model}/none`])),
    mainMetrics: { teval: "score", needle_in_a_haystack: "score" },
    variants: made.map(({ variant }) => variant),
    cells,
  };
  const blocks = made.flatMap((one, index) => blocksOf(one, index));
  return {
    plan,
    records: new Map(),
    measured: { blocks: (metric) => blocks.filter((block) => block.metric === metric) },
    summary: made.flatMap((one, index) => summaryOf(one, index)),
    capabilities: [],
    spans: spansOf(plan, made),
    histograms: made.flatMap(({ variant, kept }) =>
      [2, 82, 134, 184].map((position) => countedAt(cellsOf(variant).at(-1)!, position, kept))
    ),
  };
}

/** KL and top-1 agreement on a household: the less is kept, the more damage, and more of it in actions. */
function spansOf(plan: Plan, made: Made[]): SpanLine[] {
  return methodsOf(plan).filter(({ baseline }) => !baseline).flatMap(({ id, variants }) => {
    const own = made.filter(({ variant }) => variants.includes(variant.id));
    const values = (of: (kept: number, span: number) => number) =>
      own.map(({ kept }, seed) =>
        new Map((["reason", "act"] as const).map((span, index) => [
          span,
          new Map(Array.from({ length: SAMPLES }, (_, sample) => [
            `household-${sample}`,
            { mean: of(kept, index) * (1 + 0.2 * wave(index, seed, sample)), tokens: 20 },
          ])),
        ]))
      );
    const at = { variant: id, benchmark: "household" };
    return [
      ...spanLines(
        { ...at, metric: "kl_divergence" },
        values((kept, span) => (1 + span) * (1 - kept) ** 2),
        null,
        { low: 0 },
      ),
      ...spanLines(
        { ...at, metric: "top1_agreement" },
        values((kept, span) => kept ** (1 + span) * 0.8),
        null,
        { low: 0, high: 1 },
      ),
    ];
  });
}

function cellsOf({ id, settings }: Variant): Cell[] {
  const cell = (kind: Cell["kind"], benchmark: string): Cell => ({
    id: `${id} ${kind}`,
    kind,
    variant: id,
    benchmark,
    seed: 0,
    needs: [],
    inputs: {},
  });
  const capture = cell("capture", "teval");
  return "by" in settings ? [capture] : [cell("evaluate", "needle_in_a_haystack"), capture];
}

/** Values of one metric in columns: `[sample, position, value]`. */
function block(
  { variant }: Made,
  benchmark: string,
  metric: string,
  parameter: string | null,
  values: [string, number | null, number][],
): ResultBlock {
  const samples = [...new Set(values.map(([sample]) => sample))];
  return {
    cellId: `${variant.id} ${benchmark}`,
    variant: variant.id,
    benchmark,
    subtask: "all",
    metric,
    parameter,
    seed: 0,
    samples,
    sample: Int32Array.from(values, ([sample]) => samples.indexOf(sample)),
    position: values[0]![1] === null ? null : Int32Array.from(values, ([, at]) => at!),
    value: Float64Array.from(values, ([, , value]) => value),
    reason: null,
    reasons: [],
  };
}

function blocksOf(made: Made, index: number): ResultBlock[] {
  const { kept, variant } = made;
  const places = Array.from({ length: SAMPLES }, (_, sample) =>
    Array.from(
      { length: TOKENS - 10 * sample },
      (_, at): [string, number, number] => [`teval-${sample}`, at, wave(index, sample, at)],
    )).flat();
  const grid = LENGTHS.flatMap((length) => DEPTHS.map((depth) => [length, depth] as const));
  const needles = grid.flatMap(([length, depth], place) =>
    [0, 1].map((needle): [string, null, number] => [
      `needle/${length}/${depth}/${needle}`,
      null,
      Math.max(0, Math.min(1, kept + 0.2 * wave(index, place, needle) - length / 4096)),
    ])
  );
  const ranks = [3, 10, 20].flatMap((k) =>
    ["kendall_tau", "spearman_rho"].map((metric) =>
      block(
        made,
        "teval",
        metric,
        `k=${k}`,
        places.map(([sample, at, noise]) => [
          sample,
          at,
          Math.min(1, kept + (1 - kept) * noise / Math.sqrt(k)),
        ]),
      )
    )
  );
  const energies = places.map(([sample, at, noise]): [string, number, number] => [
    sample,
    at,
    -20 - at / 40 + 4 * (1 - kept) + noise,
  ]);
  const eranks = ["erank", "erank_covariance"].flatMap((metric) =>
    ["logits", "hidden_states"].map((source) =>
      block(
        made,
        "teval",
        metric,
        `source=${source}`,
        Array.from({ length: SAMPLES }, (_, sample) => [
          `teval-${sample}`,
          null,
          erankOf(made, metric, source) + 0.3 * wave(index, sample),
        ]),
      )
    )
  );
  const own = kept === 1 && !("by" in variant.settings) ? [] : ranks;
  const needle = block(made, "needle_in_a_haystack", "score", null, needles);
  return [
    block(made, "teval", "energy", "T=1", energies),
    ...own,
    ...eranks,
    ..."by" in variant.settings ? [] : [needle],
  ];
}

function erankOf({ kept, variant }: Made, metric: string, source: string): number {
  const scale = (source === "logits" ? 9 : 6) * (variant.model === MODELS[0] ? 1 : 1.4);
  return scale * (metric === "erank" ? 1 : 0.7) * (0.7 + 0.3 * kept);
}

function summaryOf(made: Made, index: number): SummaryLine[] {
  const { kept, variant } = made;
  const line = (
    benchmark: string,
    metric: string,
    parameter: string | null,
    mean: number,
    half: number | null,
  ): SummaryLine => ({
    variant: variant.id,
    benchmark,
    subtask: "all",
    metric,
    parameter,
    n: half === null ? 1 : SAMPLES,
    missing: 0,
    mean,
    low: half === null ? null : mean - half,
    high: half === null ? null : mean + half,
    interval: half === null ? null : "95 % test",
    difference: null,
    difference_low: null,
    difference_high: null,
    difference_interval: null,
  });
  const perplexity = (variant.model === MODELS[0] ? 1.5 : 1.2) + 8 * (1 - kept) ** 3;
  const ranks = [3, 10, 20].flatMap((k) =>
    ["kendall_tau", "spearman_rho"].map((metric) =>
      line("teval", metric, `k=${k}`, kept + 0.05 * wave(index, k), 0.05)
    )
  );
  return [
    line("teval", "perplexity", null, perplexity, 0.1),
    ...kept === 1 ? [] : ranks,
    ...["erank", "erank_covariance"].flatMap((metric) => [
      line("teval", metric, "source=logits", erankOf(made, metric, "logits"), 0.3),
      line("teval", metric, "source=hidden_states", erankOf(made, metric, "hidden_states"), 0.2),
      line("weights", metric, "source=weights,layer=mean", 60 * (0.75 + 0.25 * kept), null),
    ]),
  ];
}
