/**
 * Effective rank against the bits of a weight and of the key-value cache (ACBench, Figure 2).
 *
 * @module
 */
import { listed } from "../../analysis/numbers.ts";
import type { SampleMean } from "../../analysis/statistics/mean_by_sample.ts";
import { countedSeedText, type Draws, drawsOf } from "../draws.ts";
import { drawsEstimate } from "../draws_estimate.ts";
import { firstCaptured } from "../first_captured.ts";
import { remember } from "../remember.ts";
import type { Results } from "../results.ts";
import { intervalNames, sampleCounts } from "../sampling.ts";
import { bitsOf, cacheBitsOf } from "../variant_kind.ts";
import { emptyFigure } from "./empty.ts";
import { erankPanels, type ErankPoint } from "./erank_panels.ts";
import type { Figure, FigureOptions } from "./figure.ts";

/** Matrices whose rank is drawn, by the metric's parameter. */
const SOURCES: [parameter: string, title: string][] = [
  ["source=logits", "Logits"],
  ["source=hidden_states", "Hidden states"],
  ["source=weights,layer=mean", "Weights"],
];
/** The two readings of an effective rank, by the name of their part. */
const READINGS: Record<string, { metric: string; title: string; words: string }> = {
  "": {
    metric: "erank",
    title: "",
    words: "Effective rank as ACBench prints it (Eq. 4, of the matrix as it is)",
  },
  covariance: {
    metric: "erank_covariance",
    title: "of the covariance",
    words:
      "Effective rank as Diff-eRank computes it (Eq. 4 of ACBench on the covariance ZᵀZ/N of " +
      "centred rows of unit length)",
  },
};

/** A value of the figure with where it stands. */
interface Drawn {
  draws: Draws;
  source: string;
  value: SampleMean;
}

/** Figure of effective rank by bits. */
export const erankByBits: Figure = {
  name: "erank_by_bits",
  title: "Effective rank by bits of weights and cache",
  metrics: Object.values(READINGS).map(({ metric }) => metric),
  span: "full",
  caption(results, options = {}) {
    const { words } = readingOf(options);
    const values = drawn(results, options);
    const benchmark = benchmarkOf(results, options);
    const of = (title: string) => values.filter(({ source }) => source === title);
    const texts = [...of("Logits"), ...of("Hidden states")].map(({ value }) => value);
    const sources = [
      ...[["Logits", "logits"], ["Hidden states", "last hidden states"]].flatMap(([title, name]) =>
        of(title!).length > 0 ? [name!] : []
      ),
    ];
    const parts = [
      ...sources.length > 0
        ? [
          `of the ${listed(sources)} on ${benchmark ?? "–"} (means over samples, ${
            sampleCounts(texts)
          }, ${intervalNames(texts)}, ${
            countedSeedText(results, values.map(({ draws }) => draws))
          })`,
        ]
        : [],
      ...of("Weights").length > 0
        ? ["of the compressed weights (mean over layers, one number a model: no interval)"]
        : [],
    ];
    const models = [...new Set(values.map(({ draws }) => draws.model))];
    const cache = values.some(({ draws }) => cacheBitsOf(draws.variants[0]!) !== null);
    return `${words} of ${listed(models) || "no model"} by bits of a weight (W)${
      cache ? " and of the key-value cache (KV)" : ""
    }: ${parts.join("; ")}. ${cache ? "W16 and KV16 are" : "W16 is"} the uncompressed baseline, ` +
      "dashed; the vertical axes do not start at 0 and differ between panels.";
  },
  spec(results, options) {
    const all = drawn(results, options);
    const hasCache = all.some(({ draws }) => cacheBitsOf(draws.variants[0]!) !== null);
    const points = all.flatMap(({ draws, source, value }) =>
      pointsOf(draws, source, value, hasCache)
    );
    if (points.length === 0) {
      return emptyFigure(options.width, [
        "Effective rank by bits: no data.",
        "It needs the metric erank on a baseline and on variants of several bit widths.",
      ]);
    }
    return erankPanels(points, SOURCES.map(([, title]) => title), options.width);
  },
  parts(results) {
    return Object.entries(READINGS).filter(([, { metric }]) =>
      results.summary.some((line) => line.metric === metric)
    ).map(([group, { title }]) => ({ name: group, title, options: { group } }));
  },
};

function readingOf({ group = "" }: Partial<FigureOptions>) {
  return READINGS[group] ?? READINGS[""]!;
}

function drawn(results: Results, options: Partial<FigureOptions>): Drawn[] {
  const { metric } = readingOf(options);
  const benchmark = benchmarkOf(results, options);
  return remember(
    results,
    `${metric} by bits on ${benchmark}`,
    () =>
      rankedDraws(results).flatMap((draws) =>
        SOURCES.flatMap(([parameter, source]) => {
          const ofWeights = parameter.startsWith("source=weights");
          // A quantized cache leaves the weights as they are.
          if (ofWeights && cacheBitsOf(draws.variants[0]!) !== null) return [];
          const at = { metric, parameter, benchmark: ofWeights ? "weights" : benchmark ?? "" };
          const value = drawsEstimate(results, draws, at);
          return value === undefined ? [] : [{ draws, source, value }];
        })
      ),
  );
}

/** The wanted benchmark, or the first captured one on which ranks of logits or hidden states were measured. */
function benchmarkOf(
  results: Results,
  options: Partial<FigureOptions>,
): string | undefined {
  const { metric } = readingOf(options);
  const ranked = results.summary.filter((line) =>
    line.metric === metric && SOURCES.slice(0, 2).some(([name]) => name === line.parameter)
  );
  return options.benchmark ??
    firstCaptured(results, ranked.map(({ benchmark }) => benchmark));
}

/** The baselines, quantized caches, and the methods that come in several bit widths of weights. */
function rankedDraws(results: Results): Draws[] {
  const all = drawsOf(results).filter(({ role }) => role !== "floor");
  const widths = new Map<string, Set<number>>();
  const line = (draws: Draws) => `${draws.model}\n${methodTitle(draws)}`;
  for (const draws of all) {
    const bits = bitsOf(draws.variants[0]!);
    if (bits === null) continue;
    widths.set(line(draws), (widths.get(line(draws)) ?? new Set()).add(bits));
  }
  return all.filter((draws) =>
    draws.role === "baseline" || cacheBitsOf(draws.variants[0]!) !== null ||
    (widths.get(line(draws))?.size ?? 0) > 1
  );
}

/** `RTN W4A16` is a variant of `RTN`, `KV8` of `KV`. */
function methodTitle({ title, variants: [variant] }: Draws): string {
  return cacheBitsOf(variant!) === null
    ? title.replace(/\s+W\d+A\d+/, "")
    : title.replace(/^KV\d+/, "KV cache");
}

/** Where values are drawn: the baseline stands at 16 bits of weights, and of the cache where one is quantized. */
function pointsOf(
  draws: Draws,
  source: string,
  value: Drawn["value"],
  hasCache: boolean,
): ErankPoint[] {
  const [variant] = draws.variants;
  const point = {
    model: draws.model,
    source,
    mean: value.mean!,
    low: value.low ?? value.mean!,
    high: value.high ?? value.mean!,
  };
  if (draws.role === "baseline") {
    return ["W16", ...hasCache && source !== "Weights" ? ["KV16"] : []].map((bits) => ({
      ...point,
      bits,
      method: "Baseline",
    }));
  }
  const cache = cacheBitsOf(variant!);
  const bits = cache === null ? `W${bitsOf(variant!)}` : `KV${cache}`;
  return [{ ...point, bits, method: methodTitle(draws) }];
}
