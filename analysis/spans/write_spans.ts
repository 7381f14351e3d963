/**
 * Results to `spans.parquet`: the damage of every method in reasoning and in actions.
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
import { type SpanLine, spans as spansSchema } from "../../data/result_schema.ts";
import { baselineOf } from "../finished_cells.ts";
import { type Method, methodsOf } from "../methods.ts";
import { metricNamed } from "../metrics/registry.ts";
import { type FollowedCell, followedCells } from "./followed_cell.ts";
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
  const base = baselineOf(runs, plan);
  const followed = followedCells(plan.cells, base);
  const episodes = await episodesOf(runs, plan, followed);
  const methods = methodsOf(plan);
  const lines: SpanLine[] = [];
  if (episodes.size > 0) {
    const spansOf = (at: ResultBlock) => episodes.get(followed(at)?.id ?? "");
    const file = openResults(join(folder, "results.parquet"));
    for (const metric of SPAN_METRICS) {
      const values = valuesByCapture(file.blocks(metric), spansOf);
      lines.push(...linesOf(metric, values, methods, base));
    }
  }
  const order = new Map(methods.map(({ id }, index) => [id, index]));
  lines.sort((a, b) => order.get(a.variant)! - order.get(b.variant)!);
  await writeRows(path, spansSchema, lines);
  return { spans: path, spanRows: lines.length, damage: damageSentences(lines, methods) };
}

/** Spans of the episodes that captures follow, by the id of the evaluated cell. */
async function episodesOf(
  runs: string,
  { cells }: Plan,
  followed: FollowedCell,
): Promise<Map<string, EpisodeSpans>> {
  const captures = cells.filter(({ kind }) => kind === "capture");
  const found = new Map<string, EpisodeSpans>();
  for (const id of new Set(captures.flatMap((capture) => followed(capture)?.id ?? []))) {
    const spans = await readSpanTokens(cellFolder(runs, id));
    if (spans) found.set(id, spans);
  }
  return found;
}

/** Values by span of each variant on each environment, sampling seeds as one; by the environment, then the variant. */
function valuesByCapture(
  blocks: ResultBlock[],
  spansOf: (block: ResultBlock) => EpisodeSpans | undefined,
): Map<string, Map<string, SpanValues>> {
  const seeds = new Map<string, Map<string, SpanValues[]>>();
  for (const own of blocksByCapture(blocks)) {
    const { variant, benchmark } = own[0]!;
    const spans = spansOf(own[0]!);
    if (spans === undefined) continue;
    const variants = seeds.get(benchmark) ?? new Map<string, SpanValues[]>();
    seeds.set(benchmark, variants);
    variants.set(variant, [...variants.get(variant) ?? [], spanValues(valuesOf(own), spans)]);
  }
  return new Map(
    [...seeds].map(([benchmark, variants]) => [
      benchmark,
      new Map([...variants].map(([variant, values]) => [variant, overSamplingSeeds(values)])),
    ]),
  );
}

function linesOf(
  metric: string,
  captured: Map<string, Map<string, SpanValues>>,
  methods: Method[],
  baselineOf: (variant: string) => string,
): SpanLine[] {
  const { needsBaseline, range } = metricNamed(metric)!;
  return methods.flatMap(({ id, baseline, variants }) =>
    [...captured].flatMap(([benchmark, values]) => {
      const draws = variants.flatMap((variant) => values.get(variant) ?? []);
      if (draws.length === 0) return [];
      const theirs = needsBaseline || baseline
        ? null
        : values.get(baselineOf(variants[0]!)) ?? null;
      return spanLines({ variant: id, benchmark, metric }, draws, theirs, range);
    })
  );
}

/** Blocks by position, those of one capture together: a block may go on in the next one. */
function blocksByCapture(blocks: ResultBlock[]): ResultBlock[][] {
  const own = blocks.filter(({ parameter, position }) => parameter === null && position !== null);
  return [
    ...Map.groupBy(
      own,
      ({ variant, benchmark, seed }) => JSON.stringify([variant, benchmark, seed]),
    ).values(),
  ];
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
