/**
 * How well the needle is found at each length and depth, a panel a method (ACBench, Figures 11 to 13).
 *
 * @module
 */
import { listed } from "../../analysis/numbers.ts";
import { meanBySample } from "../../analysis/statistics/mean_by_sample.ts";
import type { ResultLine } from "../../data/result_schema.ts";
import { drawnSeedText, type Draws } from "../draws.ts";
import { remember } from "../remember.ts";
import { type Results, rowsOf } from "../results.ts";
import { countsText } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { heatMaps, type HeatPanel } from "./heat_maps.ts";
import { leftOutText, partsOf, shownPart } from "./parts.ts";

const BENCHMARK = "needle_in_a_haystack";
/** The baseline stands before so many panels. */
const MOST_METHODS = { all: 11 };
/** Ids of the benchmark's samples: `needle/<length>/<depth>`, and the needle where there are several. */
const PLACE = /^needle\/(\d+)\/(\d+(?:\.\d+)?)(?:\/|$)/;

/** Figure of needle heat maps. */
export const needleHeatMaps: Figure = {
  name: "needle_heat_maps",
  title: "Needles found by length and depth",
  metrics: [],
  span: "full",
  caption(results, options = {}) {
    const drawn = collect(results, options);
    if (drawn === null) return "Needles found by length and depth: no data.";
    const { shown, panels, metric } = drawn;
    const seeds = drawnSeedText(results, shown.group.draws);
    const cells = panels.flatMap(({ cells }) => cells);
    const total = Math.max(...panels.map(({ cells }) => cells.length));
    const holes = panels.some(({ cells }) => cells.length < total);
    return `Needle in a haystack under ${listed(panels.map(({ title }) => title))} ` +
      `(${shown.model}): ${metric} by length of the text in tokens and depth of the needle in ` +
      `percent of it. Means over needles, ${countsText(cells.map(({ n }) => n))} a cell, ` +
      `${seeds}; no interval is drawn. One scale of colour for all panels.${
        holes ? " Grey: not measured." : ""
      }${leftOutText(shown.group)}`;
  },
  spec(results, options) {
    const drawn = collect(results, options);
    if (drawn === null) {
      return emptyFigure(options.width, [
        "Needles found by length and depth: no data.",
        "It needs answers to the benchmark needle_in_a_haystack.",
      ]);
    }
    return heatMaps(drawn.panels, {
      x: "Length (tokens)",
      y: "Depth (%)",
      value: `Mean ${drawn.metric}`,
      range: [0, 1],
    }, options.width);
  },
  parts: (results) => partsOf(results, MOST_METHODS, (variant) => scoresOf(results).has(variant)),
};

function metricOf({ plan }: Results): string {
  return plan.mainMetrics?.[BENCHMARK] ?? "score";
}

/** Scores by variant. */
function scoresOf(results: Results): Map<string, ResultLine[]> {
  return remember(results, "needle scores", () => {
    const scores = new Map<string, ResultLine[]>();
    for (const row of rowsOf(results, metricOf(results))) {
      if (row.benchmark !== BENCHMARK || row.value === null) continue;
      if (!PLACE.test(row.sample_id ?? "")) continue;
      const own = scores.get(row.variant);
      if (own) own.push(row);
      else scores.set(row.variant, [row]);
    }
    return scores;
  });
}

function collect(results: Results, options: Partial<FigureOptions>) {
  const has = (variant: string) => scoresOf(results).has(variant);
  const shown = shownPart(results, options, MOST_METHODS, has);
  if (shown === null) return null;
  const panels = [shown.baseline, ...shown.group.draws].map((draws) => panelOf(results, draws))
    .filter(({ cells }) => cells.length > 0);
  return { shown, panels, metric: metricOf(results) };
}

function panelOf(results: Results, draws: Draws): HeatPanel {
  return remember(results, `needle cells of ${draws.id}`, () => {
    const cells = new Map<string, ResultLine[]>();
    for (const row of draws.variants.flatMap(({ id }) => scoresOf(results).get(id) ?? [])) {
      const [, length, depth] = PLACE.exec(row.sample_id!)!;
      const key = `${length} ${depth}`;
      cells.set(key, [...cells.get(key) ?? [], row]);
    }
    return {
      title: draws.title,
      cells: [...cells].map(([key, rows]) => {
        const [x, y] = key.split(" ").map(Number);
        const { mean, n } = meanBySample(
          rows.map(({ sample_id, value }) => ({ sampleId: sample_id, value })),
        );
        return { x: x!, y: y!, value: mean!, n };
      }),
    };
  });
}
