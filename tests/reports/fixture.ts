/**
 * A small experiment on disk, made of seeded numbers: what the reports' tests read. Nothing in it was
 * measured.
 *
 * @module
 */
import { join } from "node:path";
import { DEFAULT_MARGIN } from "../../analysis/choice/judge.ts";
import { writeChoices } from "../../analysis/choice/write_choices.ts";
import { spanLines } from "../../analysis/spans/span_lines.ts";
import type { SpanValues } from "../../analysis/spans/span_values.ts";
import { cellFolder, type Plan, writePlan, writeRecord, writeRows } from "../../data/logs.ts";
import {
  type HistogramLine,
  histograms,
  type ResultLine,
  results,
  spans,
  summary,
  type SummaryLine,
} from "../../data/result_schema.ts";
import { completions, SCHEMA_VERSION, scores } from "../../data/schema.ts";
import type { Cell, CheckpointFacts, JsonObject, RunRecord, Variant } from "../../data/types.ts";

/** Text that must stay text wherever it is shown. */
export const HOSTILE =
  `<script>document.title="owned"</script><img src=x onerror=alert(1)> \\input{/etc/passwd} ` +
  `#eval("1") | \u001b[31mred\u001b[0m \u202egnihsif`;

/** Name of the experiment. */
export const EXPERIMENT = "fixture";
const MODEL = "fixture-model";
const SAMPLES = 8;
/** Positions of the longest answer. */
export const POSITIONS = 24;
const SUBTASKS: Record<string, string[]> = {
  teval: ["instruct_json", "plan_str"],
  worfbench: ["alfworld", "webshop"],
  needle_in_a_haystack: ["256", "512"],
  longbench: ["lcc", "trec"],
  household: ["put/easy", "heat/hard"],
};

/** Title, method, bits, stored bytes and how much of the baseline is kept: invented. */
const GRID: [string, string, number | null, number, number][] = [
  ["Baseline", "none", null, 1_680_000, 1],
  ["RTN W8A16", "rtn", 8, 890_000, 0.99],
  ["RTN W4A16", "rtn", 4, 480_000, 0.9],
  ["RTN W3A16", "rtn", 3, 372_000, 0.7],
  ["RTN W2A16", "rtn", 2, 268_000, 0.3],
  ["GPTQ W4A16", "gptq", 4, 482_000, 0.95],
  ["AWQ W4A16", "awq", 4, 484_000, 0.93],
  ["SmoothQuant W8A8", "smoothquant", null, 892_000, 0.97],
  ["Wanda 50 %", "wanda", null, 1_680_000, 0.8],
  ["Wanda 2:4", "wanda", null, 1_680_000, 0.6],
  ["Magnitude 50 %", "magnitude", null, 1_680_000, 0.55],
];
const DEPTHS = [0, 33, 67, 100];
/** Where logits were counted, and their bins. */
const COUNTED = [2, 82, 134];
const BINS = { low: -20, high: 20, count: 40 };
/** The variant whose answers to `needle_in_a_haystack` failed, and the one whose `teval` has not run. */
export const FAILED = `${MODEL}/gptq-w4a16`;
export const PENDING = `${MODEL}/wanda-2-4`;

/** Numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const variants: Variant[] = GRID.map(([title, method, bits]) => ({
  id: `${MODEL}/${method === "none" ? "none" : slug(title)}`,
  model: MODEL,
  method,
  title,
  settings: bits === null ? {} : { bits, groupSize: 128 },
  calibration: ["none", "rtn", "magnitude"].includes(method)
    ? null
    : { set: "agentic", samples: 64, maxLength: 256, seed: 0 },
}));

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
}

function cellId(index: number): string {
  return (0xabc000 + index).toString(16).padStart(16, "0");
}

function planned(): Plan {
  const cells: Cell[] = [];
  const add = (kind: Cell["kind"], variant: string, benchmark: string | null, needs: string[]) => {
    const seed = kind === "compress" ? null : 0;
    const cell = { id: cellId(cells.length), kind, variant, benchmark, seed, needs, inputs: {} };
    cells.push(cell);
    return cell.id;
  };
  for (const { id } of variants) {
    const made = add("compress", id, null, []);
    for (const benchmark of Object.keys(SUBTASKS)) add("evaluate", id, benchmark, [made]);
    add("capture", id, "teval", [made]);
  }
  for (const { id } of variants) add("capture", id, "household", []);
  return {
    experiment: EXPERIMENT,
    description: "",
    baseline: { [MODEL]: `${MODEL}/none` },
    mainMetrics: Object.fromEntries(Object.keys(SUBTASKS).map((name) => [name, "score"])),
    variants,
    cells,
  };
}

function facts(index: number): CheckpointFacts {
  const [, method, bits, storedBytes] = GRID[index]!;
  const pruned = ["wanda", "magnitude"].includes(method);
  const modifier = { gptq: "GPTQModifier", rtn: "QuantizationModifier" }[method] ?? "Modifier";
  return {
    path: "checkpoint",
    execution: bits !== null && bits !== 4 ? "simulated" : "native",
    storedBytes,
    effectiveBits: bits === null ? (method === "smoothquant" ? 8.06 : 16) : bits + 0.125,
    cacheBits: null,
    sparsity: pruned ? 0.5 : 0.0021,
    compressedParameters: method === "none" ? 0 : 786_432,
    parameters: 840_960,
    recipe: method === "none" ? [] : [{ modifier, arguments: recipeArguments(bits ?? 16) }],
    weightsHash: "0".repeat(64),
  };
}

function recipeArguments(bits: number): JsonObject {
  const weights = { num_bits: bits, type: "int", strategy: "group", group_size: 128 };
  return { config_groups: { group_0: { targets: ["Linear"], weights } }, ignore: ["lm_head"] };
}

function record(cell: Cell, index: number): RunRecord {
  const failed = cell.variant === FAILED && cell.benchmark === "needle_in_a_haystack";
  return {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: failed ? "failed" : "done",
    error: failed
      ? { message: `No kernel ${HOSTILE}`, logTail: `line 1\n${HOSTILE}\nlast line`, kind: "error" }
      : null,
    warnings: [],
    commands: [["python", "-u", `${cell.kind}.py`, "job.json"]],
    versions: { actgauge: "0.1.0", deno: "2.9.6", vllm: "0.32.0" },
    gitCommit: "1234567890abcdef1234567890abcdef12345678",
    startedAt: "2026-01-02T03:04:05.000Z",
    seconds: 1.5,
    hashes: {},
    checkpoint: cell.kind === "compress" ? facts(index) : null,
  };
}

/** Samples of a benchmark with the subtask that each belongs to. */
function samplesOf(benchmark: string): { id: string; subtask: string }[] {
  const subtasks = SUBTASKS[benchmark]!;
  return Array.from({ length: SAMPLES }, (_, i) => {
    const subtask = subtasks[i % subtasks.length]!;
    const depth = DEPTHS[Math.floor(i / subtasks.length) % DEPTHS.length];
    const id = benchmark === "needle_in_a_haystack"
      ? `needle/${subtask}/${depth}`
      : `${benchmark}-${String(i).padStart(3, "0")}`;
    return { id, subtask };
  });
}

/** A mean with a plain normal interval: the form of a summary, not the project's statistics. */
function summarise(
  at: Pick<SummaryLine, "variant" | "benchmark" | "subtask" | "metric" | "parameter">,
  values: number[],
  baseline: number[] | null,
): SummaryLine {
  const mean = average(values), half = halfWidth(values);
  const paired = baseline?.map((value, index) => values[index]! - value) ?? null;
  return {
    ...at,
    n: values.length,
    missing: 0,
    mean,
    low: values.length > 1 ? mean - half : null,
    high: values.length > 1 ? mean + half : null,
    interval: values.length > 1 ? "95 % test" : null,
    difference: paired && average(paired),
    difference_low: paired && average(paired) - halfWidth(paired),
    difference_high: paired && average(paired) + halfWidth(paired),
    difference_interval: paired && "95 % paired test",
  };
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function halfWidth(values: number[]): number {
  const mean = average(values);
  return 1.96 *
    Math.sqrt(average(values.map((v) => (v - mean) ** 2)) / Math.max(1, values.length - 1));
}

/**
 * Writes the experiment.
 *
 * @param runs Folder of runs, made if need be.
 */
export async function writeFixture(runs: string): Promise<void> {
  const plan = planned();
  const rows: ResultLine[] = [], lines: SummaryLine[] = [], counted: HistogramLine[] = [];
  const baselines = new Map<string, number[]>();
  for (const [index, variant] of plan.variants.entries()) {
    const random = generator(1000 + index);
    const kept = GRID[index]![4];
    const cells = plan.cells.filter((cell) => cell.variant === variant.id);
    const push = (
      cell: Cell,
      subtask: string,
      metric: string,
      parameter: string | null,
      values: { sample: string | null; position: number | null; value: number }[],
    ) => {
      for (const { sample, position, value } of values) {
        rows.push({
          cell_id: cell.id,
          variant: variant.id,
          benchmark: cell.benchmark ?? "weights",
          subtask,
          metric,
          parameter,
          sample_id: sample,
          position,
          seed: 0,
          value,
          reason: null,
        });
      }
    };
    const sum = (
      benchmark: string,
      subtask: string,
      metric: string,
      parameter: string | null,
      values: number[],
    ) => {
      const key = [benchmark, subtask, metric, parameter].join("\n");
      if (index === 0) baselines.set(key, values);
      const other = index === 0 ? null : baselines.get(key) ?? null;
      lines.push(
        summarise({ variant: variant.id, benchmark, subtask, metric, parameter }, values, other),
      );
    };
    for (const cell of cells) {
      if (variant.id === PENDING && cell.benchmark === "teval") continue;
      const written = record(cell, index);
      await Deno.mkdir(cellFolder(runs, cell.id), { recursive: true });
      if (cell.kind === "compress") {
        const parameter = "source=weights,layer=mean";
        const value = 60 * (0.75 + 0.25 * kept);
        push(cell, "all", "erank", parameter, [{ sample: null, position: null, value }]);
        sum("weights", "all", "erank", parameter, [value]);
      }
      if (cell.kind === "evaluate" && written.status === "done") {
        const scored = samplesOf(cell.benchmark!).map((sample) => ({
          ...sample,
          value: random() < 0.9 * kept ? 1 : 0,
        }));
        await writeEvaluation(runs, cell, scored, index);
        for (const subtask of ["all", ...SUBTASKS[cell.benchmark!]!]) {
          const own = scored.filter((sample) => subtask === "all" || sample.subtask === subtask);
          sum(cell.benchmark!, subtask, "score", null, own.map(({ value }) => value));
          sum(cell.benchmark!, subtask, "format", null, own.map(() => 1));
        }
        for (const { id, subtask, value } of scored) {
          push(cell, subtask, "score", null, [{ sample: id, position: null, value }]);
          push(cell, subtask, "format", null, [{ sample: id, position: null, value: 1 }]);
        }
      }
      if (cell.kind === "capture" && cell.benchmark === "teval") {
        counted.push(...COUNTED.map((position) => countedAt(cell, position, kept)));
        const places = samplesOf("teval").flatMap(({ id }, s) =>
          Array.from({ length: POSITIONS - s }, (_, position) => ({ sample: id, position }))
        );
        const noise = () => random() + random() - 1;
        const measure = (metric: string, parameter: string | null, of: (p: number) => number) => {
          const values = places.map((place) => ({ ...place, value: of(place.position) }));
          push(cell, "all", metric, parameter, values);
          return values;
        };
        measure("energy", "T=1", (p) => -14 - p / 6 + 3 * (1 - kept) + noise() * 1.5);
        for (const source of ["logits", "hidden_states"]) {
          const scale = source === "logits" ? 9 : 6;
          const values = samplesOf("teval").map(() => scale * (0.7 + 0.3 * kept) + noise() * 0.4);
          push(
            cell,
            "all",
            "erank",
            `source=${source}`,
            values.map((value, i) => ({
              sample: samplesOf("teval")[i]!.id,
              position: null,
              value,
            })),
          );
          sum("teval", "all", "erank", `source=${source}`, values);
        }
        const perplexity = samplesOf("teval").map(() => 1.1 + 2 * (1 - kept) + 0.1 * random());
        sum("teval", "all", "perplexity", null, perplexity);
        if (index > 0) {
          for (const k of [3, 10, 20]) {
            const tau = (p: number) =>
              Math.max(-1, Math.min(1, kept - 0.1 - p / 150 + noise() * (1.2 / Math.sqrt(k))));
            const found = {
              kendall_tau: measure("kendall_tau", `k=${k}`, tau),
              spearman_rho: measure(
                "spearman_rho",
                `k=${k}`,
                (p) => Math.min(1, tau(p) * 1.1),
              ),
            };
            for (const [metric, values] of Object.entries(found)) {
              const samples = Map.groupBy(values, ({ sample }) => sample);
              const means = [...samples.values()].map((own) => average(own.map((v) => v.value)));
              sum("teval", "all", metric, `k=${k}`, means);
            }
          }
          sum(
            "teval",
            "all",
            "kl_divergence",
            null,
            samplesOf("teval").map(() => (1 - kept) * random()),
          );
          sum(
            "teval",
            "all",
            "top1_agreement",
            null,
            samplesOf("teval").map(() => kept - 0.1 * random()),
          );
        }
      }
      await writeRecord(cellFolder(runs, cell.id), written);
    }
  }
  const folder = join(runs, EXPERIMENT);
  await Deno.mkdir(folder, { recursive: true });
  await writePlan(folder, plan);
  await writeRows(join(folder, "results.parquet"), results, rows);
  await writeRows(join(folder, "histograms.parquet"), histograms, counted);
  await writeRows(join(folder, "summary.parquet"), summary, lines);
  await writeChoices(runs, plan, DEFAULT_MARGIN);
  await writeRows(join(folder, "spans.parquet"), spans, spanRows());
}

/** Damage by span on the household, ever larger from variant to variant; actions are hit harder. */
function spanRows() {
  const random = generator(77);
  return variants.slice(1).flatMap(({ id }, index) => {
    const kept = GRID[index + 1]![4];
    const values = (of: (harder: number) => number): SpanValues =>
      new Map((["reason", "act"] as const).map((span, harder) => [
        span,
        new Map(
          samplesOf("household").map((sample) => [
            sample.id,
            { mean: of(1 + harder) * (0.5 + random()), tokens: 60 - 40 * harder },
          ]),
        ),
      ]));
    const at = { variant: id, benchmark: "household" };
    const loss = "negative_log_likelihood";
    return [
      ...spanLines({ ...at, metric: "kl_divergence" }, [values((h) => h * (1 - kept) ** 2)], null),
      ...spanLines({ ...at, metric: "top1_agreement" }, [values((h) => kept / h)], null, {
        low: 0,
        high: 1,
      }),
      ...spanLines({ ...at, metric: loss }, [values((h) => h * (2 - kept))], values((h) => h)),
    ];
  });
}

/** A bell of logits, lower and wider the less is kept. */
export function countedAt(
  { id, variant, benchmark }: Cell,
  position: number,
  kept: number,
): HistogramLine {
  const { low, high, count } = BINS;
  const middle = -6 - position / 60 + 4 * (1 - kept), spread = 3 + 2 * (1 - kept);
  const counts = Array.from({ length: count }, (_, bin) => {
    const at = low + (bin + 0.5) * (high - low) / count;
    return Math.round(2000 * Math.exp(-(((at - middle) / spread) ** 2) / 2));
  });
  const where = { cell_id: id, variant, benchmark: benchmark!, quantity: "logits", position };
  return { ...where, n: SAMPLES, low, high, counts, below: 0, above: 1, not_finite: 0 };
}

async function writeEvaluation(
  runs: string,
  cell: Cell,
  samples: { id: string; subtask: string; value: number }[],
  index: number,
): Promise<void> {
  const folder = cellFolder(runs, cell.id);
  await writeRows(
    join(folder, "completions.parquet"),
    completions,
    samples.map(({ id }, i) => ({
      sample_id: id,
      prompt: `<|user|>Question ${i} ${
        "with much text before it ".repeat(i === 1 ? 200 : 1)
      }<|end|>`,
      prompt_token_ids: [1, 2, 3],
      completion: i === 0 ? `${HOSTILE}\nsecond line` : `answer ${i} of variant ${index}`,
      completion_token_ids: [4, 5],
      finish_reason: "stop",
      seconds: null,
    })),
  );
  await writeRows(
    join(folder, "scores.parquet"),
    scores,
    samples.map(({ id, subtask, value }) => ({
      sample_id: id,
      subtask,
      metric: "score",
      value,
      reason: null,
      scorer: `${cell.benchmark} 1`,
      scorer_mode: "fixed",
    })),
  );
}
