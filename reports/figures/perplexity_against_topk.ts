/**
 * Perplexity against top-k correlation over sizes and bit widths (ACBench, Figure 5).
 *
 * @module
 */
import { fixed, listed, plural, withInterval } from "../../analysis/numbers.ts";
import {
  type RankCorrelation,
  rankCorrelation,
} from "../../analysis/statistics/rank_correlation.ts";
import { drawsOf } from "../draws.ts";
import { firstCaptured } from "../first_captured.ts";
import { remember } from "../remember.ts";
import { type Results, summaryOf } from "../results.ts";
import { countsText, seedText, unbroken } from "../sampling.ts";
import { captureCells } from "../scores.ts";
import { bitsOf, cacheBitsOf, isPruned } from "../variant_kind.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { scatterPanels, type ScatterPoint } from "./scatter_panels.ts";

const ROWS = [
  { metric: "kendall_tau", title: "Kendall’s τ" },
  { metric: "spearman_rho", title: "Spearman’s ρ" },
];
const KS = [3, 10, 20];
/** The panel that the caption works out by model. */
const IN_WORDS = { metric: "kendall_tau", k: 10 };

/** One variant in one panel. */
interface Point extends ScatterPoint {
  metric: string;
  k: number;
  model: string;
  /** The same for all calibration seeds. */
  draws: string;
  n: number;
}

/** Figure of perplexity against top-k correlation. */
export const perplexityAgainstTopk: Figure = {
  name: "perplexity_against_topk",
  title: "Perplexity against top-k consistency",
  metrics: ["perplexity", ...ROWS.map(({ metric }) => metric)],
  span: "full",
  caption(results, options = {}) {
    const { points, benchmark } = collect(results, options);
    const without = leftOut(results, benchmark);
    if (points.length === 0) return `Perplexity against top-k consistency: no data.${without}`;
    const models = [...new Set(points.map(({ model }) => model))];
    const found = panelsOf(points).map(({ found }) => found);
    const intervals = [...new Set(found.flatMap(({ interval }) => interval ?? []))];
    return `Perplexity of the baseline’s answers to ${benchmark} against the rank correlation of ` +
      `the logits with the baseline’s on its k likeliest tokens: a point a compressed variant of ` +
      `${listed(models)} (means over samples, ${countsText(points.map(({ n }) => n))}, ${
        seedText(results)
      }; the horizontal axis is logarithmic). In each panel Spearman’s rank correlation of the ` +
      `two over variants (${
        countsText(found.map(({ n }) => n))
      } variants; calibration seeds of one averaged first) with its ${
        unbroken(listed(intervals)) || "95 % Fisher z"
      } interval${found.some(({ low }) => low === null) ? " where there is one" : ""}.${
        byModel(points, models)
      }${without}`;
  },
  spec(results, options) {
    const { points } = collect(results, options);
    if (points.length === 0) {
      return emptyFigure(options.width, [
        "Perplexity against top-k consistency: no data.",
        "It needs the metrics perplexity, kendall_tau and spearman_rho, measured on captures.",
      ]);
    }
    const panels = panelsOf(points);
    return scatterPanels(
      panels.map(({ metric, k, own, found }) => ({
        row: ROWS.find((row) => row.metric === metric)!.title,
        column: `k = ${k}`,
        points: own,
        note: correlationText(found),
      })),
      "Perplexity",
      options.width,
    );
  },
};

function collect(results: Results, { benchmark: wanted }: Partial<FigureOptions>) {
  const captured = results.summary.filter(({ metric }) =>
    metric === ROWS[0]!.metric || metric === ROWS[1]!.metric
  );
  const benchmark = wanted ??
    firstCaptured(results, captured.map(({ benchmark }) => benchmark)) ?? "";
  const points = remember(
    results,
    `perplexity against top-k on ${benchmark}`,
    () => pointsOf(results, benchmark),
  );
  return { benchmark, points };
}

function pointsOf(results: Results, benchmark: string): Point[] {
  return drawsOf(results).filter(({ role }) => role === "compressed").flatMap((draws) =>
    draws.variants.flatMap((variant) => {
      const at = { variant: variant.id, benchmark, subtask: "all" };
      const perplexity = perplexityOf(results, variant.id, benchmark);
      // An infinite one has no place on the axis.
      if (perplexity === null || !Number.isFinite(perplexity)) return [];
      return ROWS.flatMap(({ metric }) =>
        KS.flatMap((k) => {
          const line = summaryOf(results, { ...at, metric, parameter: `k=${k}` });
          if (!line || line.mean === null) return [];
          return [{
            metric,
            k,
            x: perplexity,
            y: line.mean,
            model: draws.model,
            draws: draws.id,
            n: line.n,
            shape: draws.model,
            ...kindOf(variant),
          }];
        })
      );
    })
  );
}

function perplexityOf(results: Results, variant: string, benchmark: string): number | null {
  const at = { variant, benchmark, subtask: "all", metric: "perplexity", parameter: null };
  return summaryOf(results, at)?.mean ?? null;
}

/** How many captured variants have no place on the axis; empty where each has one. */
function leftOut(results: Results, benchmark: string): string {
  const found = drawsOf(results).filter(({ role }) => role === "compressed")
    .flatMap(({ variants }) => variants)
    .filter(({ id }) => captureCells(results, id, benchmark).length > 0)
    .map(({ id }) => perplexityOf(results, id, benchmark));
  const infinite = found.filter((value) => value !== null && !Number.isFinite(value)).length;
  const missing = found.filter((value) => value === null).length;
  const texts = [
    ...infinite > 0 ? [`${plural(infinite, "variant")} whose perplexity is infinite`] : [],
    ...missing > 0 ? [`${plural(missing, "variant")} whose perplexity is missing`] : [],
  ];
  return texts.length === 0 ? "" : ` Left out: ${listed(texts)}.`;
}

/** What a variant's compression leaves, as its colour tells, in the legend's order. */
function kindOf(variant: Parameters<typeof bitsOf>[0]): { colour: string; order: number } {
  if (isPruned(variant)) return { colour: "pruned", order: 200 };
  if (cacheBitsOf(variant) !== null) return { colour: "cache only", order: 100 };
  const bits = bitsOf(variant);
  if (bits === null) return { colour: "other", order: 300 };
  return { colour: bits > 8 ? "W16" : `W${bits}`, order: -bits };
}

function panelsOf(points: Point[]) {
  return ROWS.flatMap(({ metric }) =>
    KS.flatMap((k) => {
      const own = points.filter((point) => point.metric === metric && point.k === k);
      return own.length === 0 ? [] : [{ metric, k, own, found: correlationOf(own) }];
    })
  );
}

function correlationOf(points: Point[]): RankCorrelation {
  return rankCorrelation(points.map(({ draws, x, y }) => ({ group: draws, x, y })));
}

function correlationText({ mean, low, high }: RankCorrelation): string {
  if (mean === null) return "";
  return `ρ = ${withInterval(mean, low, high, (value) => fixed(value, 2))}`;
}

/** The correlation within each model, whose own perplexity differs. */
function byModel(points: Point[], models: string[]): string {
  if (models.length < 2) return "";
  const own = points.filter(({ metric, k }) => metric === IN_WORDS.metric && k === IN_WORDS.k);
  const texts = models.flatMap((model) => {
    const found = correlationOf(own.filter((point) => point.model === model));
    return found.mean === null ? [] : [`${model} ${correlationText(found)}`];
  });
  return texts.length === 0 ? "" : ` Within a model (τ at k = ${IN_WORDS.k}): ${texts.join("; ")}.`;
}
