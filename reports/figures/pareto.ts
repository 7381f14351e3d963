/**
 * Pareto fronts: what each capability costs, a panel a capability, every method with its interval and its name.
 *
 * @module
 */
import { ALL_CAPABILITIES, CAPABILITIES } from "../../analysis/choice/capability.ts";
import { listed } from "../../analysis/numbers.ts";
import type { CapabilityLine } from "../../data/result_schema.ts";
import { countedSeedText, type Draws, drawsOf } from "../draws.ts";
import { plainLine } from "../render/plain_line.ts";
import type { Results } from "../results.ts";
import { modelNames, sampleCounts } from "../sampling.ts";
import {
  byteLabel,
  costScale,
  LABEL_SIZE,
  labelsOf,
  MARKER,
  type Point,
  type Scale,
  scoreScale,
} from "./cost_panel.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { panelTitle } from "./panel_title.ts";
import { modelParts } from "./parts.ts";
import type { Box } from "./place_labels.ts";
import { type Series, seriesOf } from "./series.ts";
import { stepAside } from "./step_aside.ts";
import { THEME } from "./theme.ts";

/** Which cost, and how it is written. */
export interface CostAxis {
  key: "stored_bytes" | "effective_bits";
  /** Name of the figure after `pareto_by_`. */
  words: string;
  title: string;
  ticks?: (from: number, to: number, most: number) => number[];
  label(cost: number): string;
  note: string;
}

/** Axes of the two figures. */
export const STORED_BYTES: CostAxis = {
  key: "stored_bytes",
  words: "stored bytes",
  title: "Stored bytes (log scale)",
  label: byteLabel,
  note: "Pruned weights are stored dense, so pruning alone saves no bytes.",
};
export const EFFECTIVE_BITS: CostAxis = {
  key: "effective_bits",
  words: "bits per weight",
  title: "Effective bits per weight (log scale)",
  ticks: (from, to) =>
    [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32].filter((tick) => tick >= from && tick <= to),
  label: String,
  note: "Bits per weight count scales and zero points; pruned weights keep all of their bits.",
};

/** On the front for sure, and possibly: shares of resamples. */
const SURE = 0.95;
const POSSIBLE = 0.05;
const COLUMNS = 2;
const HEIGHT = 150;
const SPACING = 14;
/** What the axis takes beside the first panel of a row. */
const AXIS_ROOM = 30;
/** Room beside the outer points for labels. */
const LABEL_ROOM = [40, 40] as const;
/** Up to so many points all have a label; of more, those that may be on the front. */
const MOST_LABELLED = 14;
/** Least distance of two points' bars. */
const APART = 5;

/** Makes the figure of one cost. */
export function paretoFigure(axis: CostAxis): Figure {
  return {
    name: `pareto_by_${axis.key}`,
    title: `Pareto front by ${axis.words}`,
    metrics: [],
    span: "full",
    caption(results, { model } = {}) {
      const lines = panelsOf(results, axis, model).flat();
      const drawn = new Set(lines.map(({ variant }) => variant));
      const draws = drawsOf(results).filter(({ id }) => drawn.has(id));
      const benchmarks = [...new Set(lines.flatMap((line) => line.benchmarks.split(", ")))];
      return `Score of each capability against the ${axis.words} of ${
        model ?? modelNames(results)
      }, from ${listed(benchmarks)} (means over samples, ${
        sampleCounts(lines)
      }; bars: 95\u00a0% intervals; ${
        countedSeedText(results, draws)
      }). The line is the front: no method has both a higher score and fewer ${axis.words}. Filled: on the ` +
        "front in 95\u00a0% of the resamples of the benchmark or more; hollow: in 5 to 95\u00a0%; faint: in fewer. " +
        "Bars that would hide one another stand side by side. " +
        axis.note;
    },
    parts(results) {
      const parts = modelParts(panelsOf(results, axis).map(([line]) => line!.model));
      return parts.length < 2 ? [] : parts;
    },
    spec(results, { width, model }) {
      const panels = panelsOf(results, axis, model);
      if (panels.length === 0) {
        return emptyFigure(width, [
          `Pareto front by ${axis.words}: no data.`,
          "It needs scored completions and finished checkpoints.",
        ]);
      }
      const columns = Math.min(COLUMNS, panels.length);
      const each = Math.floor((width - AXIS_ROOM - SPACING * (columns - 1)) / columns);
      const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) => ({
        hconcat: panels.slice(row * columns, (row + 1) * columns).map((lines, index) =>
          panel(results, axis, lines, each, index === 0)
        ),
        spacing: SPACING,
      }));
      return {
        $schema: "https://vega.github.io/schema/vega-lite/v6.json",
        config: THEME,
        vconcat: rows,
        spacing: SPACING,
      } as unknown as FigureSpec;
    },
  };
}

/** Lines of each capability that has a score and a cost, of all models or one. */
function panelsOf(
  { capabilities }: Results,
  { key }: CostAxis,
  model?: string,
): CapabilityLine[][] {
  const groups = new Map<string, CapabilityLine[]>();
  for (const line of capabilities) {
    if (line.mean === null || line[key] === null || line.capability === ALL_CAPABILITIES) continue;
    if (model !== undefined && line.model !== model) continue;
    const name = JSON.stringify([line.model, line.capability]);
    groups.set(name, [...groups.get(name) ?? [], line]);
  }
  return [...groups.values()];
}

function panel(
  results: Results,
  axis: CostAxis,
  lines: CapabilityLine[],
  width: number,
  first: boolean,
): object {
  const draws = drawsOf(results), series = seriesOf(results);
  const points = lines.map((line) => ({
    cost: line[axis.key]!,
    mean: line.mean!,
    low: line.score_low ?? line.mean!,
    high: line.score_high ?? line.mean!,
    front: line[`${axis.key}_front`] ?? false,
    title: plainLine(line.title),
    ...styleOf(draws, series, line, axis),
  }));
  const x = costScale(points, width, LABEL_ROOM, axis.ticks), y = scoreScale(HEIGHT);
  // Those that matter for the front keep their places.
  points.sort((a, b) => b.opacity - a.opacity);
  const marks = points.map(({ cost, low, high }) => ({
    at: x.toPt(cost),
    top: y.toPt(high) - MARKER,
    bottom: y.toPt(low) + MARKER,
  }));
  const places = stepAside(marks, APART);
  const moved = points.map((point, index) => ({ ...point, cost: x.toValue(places[index]!) }));
  const named = moved.length <= MOST_LABELLED
    ? moved
    : moved.filter(({ opacity }) => opacity === 1);
  const labels = labelsOf(named, x, y, width, HEIGHT, moved, steps(moved, x, y));
  const labelExpr = `{${
    x.ticks.map((tick) => `"${tick}":"${axis.label(tick)}"`).join(",")
  }}[datum.value]`;
  const xEncoding = {
    type: "quantitative",
    scale: { type: "log", domain: x.domain, nice: false },
    axis: { values: x.ticks, labelExpr, labelOverlap: false, grid: true },
    title: axis.title,
  };
  const yEncoding = {
    type: "quantitative",
    scale: { domain: y.domain, nice: false },
    axis: { title: first ? "Score" : null, format: ".1f", values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  };
  const raw = (field: string) => ({ field, type: "nominal", scale: null, legend: null });
  const shared = { opacity: { ...raw("opacity"), type: "quantitative" } };
  const position = { x: { field: "cost", ...xEncoding }, y: { field: "mean", ...yEncoding } };
  return {
    width,
    height: HEIGHT,
    layer: [
      panelTitle(titleOf(results, lines[0]!), width),
      {
        data: { values: moved.filter(({ front }) => front) },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 1, color: "#888888" },
        encoding: position,
      },
      {
        data: { values: labels.filter(({ leader }) => leader) },
        mark: { type: "rule", strokeWidth: 0.4, color: "#888888" },
        encoding: { ...position, x2: { field: "nearCost" }, y2: { field: "nearScore" } },
      },
      {
        data: { values: moved },
        mark: { type: "rule", strokeWidth: 0.8, clip: true },
        encoding: {
          x: position.x,
          y: { field: "low", ...yEncoding },
          y2: { field: "high" },
          color: raw("colour"),
          ...shared,
        },
      },
      {
        data: { values: moved },
        mark: { type: "point", filled: true, size: 30, strokeWidth: 1.2 },
        encoding: {
          ...position,
          fill: raw("fill"),
          stroke: raw("colour"),
          shape: raw("shape"),
          ...shared,
        },
      },
      // White around the letters keeps a label readable where it has to cross a bar.
      ...[{ stroke: "white", strokeWidth: 2 }, {}].map((halo) => ({
        data: { values: labels },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: LABEL_SIZE, ...halo },
        encoding: {
          x: { field: "labelCost", ...xEncoding },
          y: { field: "labelScore", ...yEncoding },
          text: { field: "title" },
        },
      })),
    ],
  };
}

/** The level parts of the front's line, in pt. */
function steps(points: (Point & { front: boolean })[], x: Scale, y: Scale): Box[] {
  const front = points.filter((point) => point.front).sort((a, b) => a.cost - b.cost);
  return front.slice(1).map(({ cost }, index) => {
    const from = front[index]!, level = y.toPt(from.mean);
    return { left: x.toPt(from.cost), right: x.toPt(cost), top: level - 1, bottom: level + 1 };
  });
}

function styleOf(
  draws: Draws[],
  series: Series[],
  line: CapabilityLine,
  { key }: CostAxis,
) {
  const first = draws.find(({ id }) => id === line.variant)?.variants[0]?.id;
  const style = series.find(({ variant }) => variant === first);
  const colour = style?.colour ?? "#000000";
  const share = line[`${key}_front_share`] ?? 0;
  return {
    colour,
    shape: style?.shape ?? "circle",
    fill: share >= SURE || share < POSSIBLE ? colour : "#ffffff",
    opacity: share < POSSIBLE ? 0.4 : 1,
  };
}

function titleOf({ plan }: Results, { model, capability }: CapabilityLine): string {
  const words = CAPABILITIES[capability] ?? capability;
  const title = words[0]!.toUpperCase() + words.slice(1);
  return new Set(plan.variants.map((variant) => variant.model)).size > 1
    ? plainLine(`${model}: ${title}`)
    : title;
}
