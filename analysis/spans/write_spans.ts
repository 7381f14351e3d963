/**
 * Results to `spans.parquet`: the damage of every variant in reasoning and in actions.
 *
 * @module
 */
import { join } from "node:path";
import {
  cellFolder,
  openResults,
  type Plan,
  type ResultBlock,
  valueAt,
  writeRows,
} from "../../data/logs.ts";
import { spans as spansSchema } from "../../data/result_schema.ts";
import { baselineOf } from "../finished_cells.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { SpanLine } from "./span_line.ts";
import { spanLines } from "./span_lines.ts";
import { damageSentences } from "./span_sentence.ts";
import { type EpisodeSpans, readSpanTokens } from "./span_tokens.ts";
import { overSamplingSeeds, type SpanValues, spanValues } from "./span_values.ts";

/** Metrics that are told by span. */
export const SPAN_METRICS = ["kl_divergence", "top1_agreement", "negative_log_likelihood"] as const;

/** What was written. */
export interface WrittenSpans {
  /** Path of the file. */
  spans: string;
  spanRows: number;
  /** Where the damage sits, one sentence an environment and model. */
  damage: string[];
}

/**
 * Splits the metrics of captures on environments by the spans that the baseline's steps log names, and writes them
 * beside `results.parquet`, which must be there.
 */
export async function writeSpans(runs: string, plan: Plan): Promise<WrittenSpans> {
  const folder = join(runs, plan.experiment);
  const path = join(folder, "spans.parquet");
  const episodes = await episodesOf(runs, plan);
  const lines: SpanLine[] = [];
  if (episodes.size > 0) {
    const base = baselineOf(runs, plan);
    const file = openResults(join(folder, "results.parquet"));
    for (const metric of SPAN_METRICS) {
      lines.push(...linesOf(metric, file.blocks(metric), episodes, base));
    }
  }
  const order = new Map(plan.variants.map(({ id }, index) => [id, index]));
  lines.sort((a, b) => order.get(a.variant)! - order.get(b.variant)!);
  await writeRows(path, spansSchema, lines.map((line) => ({ ...line })));
  return { spans: path, spanRows: lines.length, damage: damageSentences(lines, plan.variants) };
}

/** Spans of the episodes that captures follow, by baseline, benchmark and seed. */
async function episodesOf(runs: string, plan: Plan): Promise<Map<string, EpisodeSpans>> {
  const captured = new Set(
    plan.cells.flatMap(({ kind, benchmark }) => kind === "capture" ? benchmark! : []),
  );
  const baselines = new Set(Object.values(plan.baseline));
  const found = new Map<string, EpisodeSpans>();
  for (const { id, kind, variant, benchmark, seed } of plan.cells) {
    if (kind !== "evaluate" || !captured.has(benchmark!) || !baselines.has(variant)) continue;
    const spans = await readSpanTokens(cellFolder(runs, id));
    if (spans) found.set(keyOf(variant, benchmark!, seed), spans);
  }
  return found;
}

function keyOf(baseline: string, benchmark: string, seed: number | null): string {
  return JSON.stringify([baseline, benchmark, seed]);
}

function linesOf(
  metric: string,
  blocks: ResultBlock[],
  episodes: Map<string, EpisodeSpans>,
  baselineOf: (variant: string) => string,
): SpanLine[] {
  const seeds = new Map<string, { variant: string; benchmark: string; values: SpanValues[] }>();
  // A block may go on in the next one.
  for (const [key, own] of grouped(blocks)) {
    const { variant, benchmark, seed } = own[0]!;
    const spans = episodes.get(keyOf(baselineOf(variant), benchmark, seed));
    if (spans === undefined) continue;
    const group = seeds.get(key) ?? { variant, benchmark, values: [] };
    seeds.set(key, group);
    group.values.push(spanValues(valuesOf(own), spans));
  }
  const means = new Map(
    [...seeds].map(([key, { values }]) => [key, overSamplingSeeds(values)]),
  );
  const facts = metricNamed(metric)!;
  return [...seeds].flatMap(([key, { variant, benchmark }]) => {
    const base = baselineOf(variant);
    const theirs = facts.needsBaseline || base === variant
      ? null
      : means.get(JSON.stringify([base, benchmark])) ?? null;
    return spanLines({ variant, benchmark, metric }, means.get(key)!, theirs, facts.range);
  });
}

/** Blocks by position, those of one capture together; with the key of variant and benchmark. */
function grouped(blocks: ResultBlock[]): [string, ResultBlock[]][] {
  const groups = new Map<string, { key: string; own: ResultBlock[] }>();
  for (const block of blocks) {
    const { variant, benchmark, seed, parameter, position } = block;
    if (parameter !== null || position === null) continue;
    const key = JSON.stringify([variant, benchmark]);
    const name = JSON.stringify([key, seed]);
    const group = groups.get(name) ?? { key, own: [] };
    groups.set(name, group);
    group.own.push(block);
  }
  return [...groups.values()].map(({ key, own }) => [key, own]);
}

function* valuesOf(blocks: ResultBlock[]) {
  for (const block of blocks) {
    for (let index = 0; index < block.sample.length; index++) {
      yield {
        sampleId: block.samples[block.sample[index]!]!,
        position: block.position![index]!,
        value: valueAt(block, index),
      };
    }
  }
}
