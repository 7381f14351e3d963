/**
 * How much lower JSON scores than string, by method (ACBench, Figure 3).
 *
 * @module
 */
import { benchmarksOf, type LayoutColumn, TEVAL } from "../layouts.ts";
import type { Results } from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreEstimate, scoreEstimate, type ScorePart } from "../score_estimates.ts";
import { type Kind, type VariantGroup, variantGroups } from "../variant_groups.ts";
import { emptyFigure } from "./empty.ts";
import { estimateBar } from "./estimate_bar.ts";
import type { Figure } from "./figure.ts";
import { rowTitles } from "./method_scores.ts";
import { type PaperBar, type PaperPanel, paperPanels } from "./paper_panels.ts";

/** Panels and the kinds of methods in each. */
const PANELS: [string, Kind[]][] = [
  ["Quantized", ["base", "quantized", "cache"]],
  ["Sparse", ["pruned", "both"]],
];

/** One bar. */
interface Gap {
  group: VariantGroup;
  estimate: ScoreEstimate;
}

/** Figure of the gap between formats. */
export const formatGap: Figure = {
  name: "format_gap",
  title: "String minus JSON by method",
  metrics: [],
  span: "full",
  caption(results) {
    const { abilities, gaps } = collect(results);
    if (gaps.length === 0) return "String minus JSON by method: no data.";
    const estimates = gaps.map(({ estimate }) => estimate);
    return `String minus JSON on T-Eval (ACBench, Figure 3): how many points lower the JSON format scores ` +
      `than text, mean over ${abilities} abilities, of ${
        modelNames(results)
      } (means over samples, ${sampleCounts(estimates)}; bars: ${intervalNames(estimates)}; ${
        seedText(results)
      }). Below 0 JSON scores higher.`;
  },
  spec(results, { width }) {
    const { gaps } = collect(results);
    if (gaps.length === 0) {
      return emptyFigure(width, [
        "String minus JSON by method: no data.",
        "It needs scores of T-Eval in both formats.",
      ]);
    }
    const groups = gaps.map(({ group }) => group);
    const models = [...new Set(groups.map(({ model }) => model))];
    const panels = PANELS.map(([title, kinds]): PaperPanel => ({
      title,
      measure: "String − JSON (points)",
      bars: rowTitles(groups, kinds).flatMap((row) =>
        models.map((model) => barOf(gaps, row, model))
      ),
    })).filter(({ bars }) => bars.length > 0);
    return paperPanels([panels.map((panel, i) => i === 0 ? panel : { ...panel, measure: "" })], {
      width,
      height: 120,
      series: models,
      weights: [panels.map(({ bars }) => Math.max(4, new Set(bars.map((b) => b.category)).size))],
    });
  },
};

function barOf(gaps: Gap[], row: string, model: string): PaperBar {
  const gap = gaps.find(({ group }) => group.title === row && group.model === model);
  return estimateBar(row, model, gap?.estimate, 100);
}

function collect(results: Results): { abilities: number; gaps: Gap[] } {
  const [benchmark] = benchmarksOf(results, TEVAL);
  if (benchmark === undefined) return { abilities: 0, gaps: [] };
  const pairs = formatPairs(TEVAL.columns(results, benchmark));
  const parts = pairs.flatMap(([string, json]): ScorePart[] => [
    ...string.parts.map((part) => ({ ...part, weight: part.weight / pairs.length })),
    ...json.parts.map((part) => ({ ...part, weight: -part.weight / pairs.length })),
  ]);
  const gaps = pairs.length === 0 ? [] : variantGroups(results).flatMap((group) => {
    const estimate = group.kind === "other" ? undefined : scoreEstimate(results, group, parts);
    return estimate ? [{ group, estimate }] : [];
  });
  return { abilities: pairs.length, gaps };
}

/** Columns of the abilities that have both formats. */
function formatPairs(columns: LayoutColumn[]): [string: LayoutColumn, json: LayoutColumn][] {
  return columns.filter(({ header }) => header === "String").flatMap((string) => {
    const json = columns.find(({ group, header }) => group === string.group && header === "Json");
    return json ? [[string, json]] : [];
  });
}
