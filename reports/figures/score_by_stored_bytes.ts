/**
 * What a score costs to store: each method's score against the bytes of its checkpoint.
 *
 * @module
 */
import {
  checkpointOf,
  orderedVariants,
  type Results,
  type SummaryLine,
  summaryOf,
} from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreColumn, wholeScores } from "../scores.ts";
import {
  byteLabel,
  costScale,
  LABEL_SIZE,
  labelsOf,
  type Point,
  scoreScale,
} from "./cost_panel.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { sideBySide } from "./side_by_side.ts";
import { type Series, seriesOf } from "./series.ts";
import { THEME } from "./theme.ts";

const HEIGHT = 170;
/** Room beside the outer points, with their labels or without. */
const LABEL_ROOM = [48, 40] as const;
const BARE_ROOM = [16, 16] as const;
/** Up to so many panels stand in one row with a label at each point; more share rows and a legend. */
const MOST_LABELLED = 2;
const MOST_COLUMNS = 3;
/** Narrowest panel below a title. */
const NARROWEST = 130;
/** More have no room in the legend. */
const MOST_VARIANTS = 40;
const SHARED_HEIGHT = 120;
const SPACING = 12;
/** What the axis takes beside the first panel of a row. */
const AXIS_ROOM = 30;
/** Least distance of two points' bars. */
const SIDE_BY_SIDE = 5;

/** A variant's score and what its checkpoint weighs. */
interface VariantPoint extends Point {
  variant: string;
}

/** Figure of scores by stored bytes. */
export const scoreByStoredBytes: Figure = {
  name: "score_by_stored_bytes",
  title: "Score by stored bytes",
  metrics: [],
  span: "full",
  caption(results) {
    const lines = wholeScores(results).flatMap((column) =>
      pointsOf(results, column).map(({ line }) => line)
    );
    return `Score against the stored bytes of the checkpoint of ${
      modelNames(results)
    }, a panel a ` +
      `benchmark (means over samples, ${sampleCounts(lines)}, bars: ${intervalNames(lines)}, ${
        seedText(results)
      }). Points of almost the same size stand side by side. Pruned weights are stored dense, so pruning alone saves no bytes.`;
  },
  spec(results, { width }) {
    const panels = wholeScores(results).map((column) => ({
      column,
      points: pointsOf(results, column).map(({ point }) => point),
    })).filter(({ points }) => points.length > 0);
    if (panels.length === 0) {
      return emptyFigure(width, [
        "Score by stored bytes: no data.",
        "It needs scored completions and finished checkpoints.",
      ]);
    }
    const drawn = new Set(panels.flatMap(({ points }) => points.map(({ variant }) => variant)));
    if (drawn.size > MOST_VARIANTS) {
      return emptyFigure(width, [
        `Score by stored bytes: ${drawn.size} variants are more than it can name.`,
        "The Pareto fronts by stored bytes show them, calibration seeds of a method as one.",
      ]);
    }
    const series = seriesOf(results);
    const labelled = panels.length <= MOST_LABELLED;
    const fitting = Math.floor((width - AXIS_ROOM + SPACING) / (NARROWEST + SPACING));
    const columns = labelled ? panels.length : Math.min(MOST_COLUMNS, fitting);
    const each = Math.floor((width - AXIS_ROOM - SPACING * (columns - 1)) / columns);
    const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) => ({
      hconcat: panels.slice(row * columns, (row + 1) * columns).map(({ column, points }, index) =>
        panelSpec(column, points, series, each, index === 0, labelled)
      ),
      spacing: SPACING,
    }));
    const common = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", config: THEME };
    if (labelled) return { ...common, ...rows[0] } as unknown as FigureSpec;
    const entries = series.filter(({ variant }) => drawn.has(variant))
      .map((entry) => ({ ...entry, dash: null }));
    return {
      ...common,
      vconcat: [...rows, legendView(entries, width - AXIS_ROOM)],
      spacing: SPACING,
    } as unknown as FigureSpec;
  },
};

function pointsOf(
  results: Results,
  column: ScoreColumn,
): { line: SummaryLine; point: VariantPoint }[] {
  return orderedVariants(results).flatMap(({ id }) => {
    const made = checkpointOf(results, id);
    const line = summaryOf(results, { ...column, variant: id, parameter: null });
    if (!line || line.mean === null || !made) return [];
    const point = {
      variant: line.variant,
      cost: made.facts.storedBytes,
      mean: line.mean,
      low: line.low ?? line.mean,
      high: line.high ?? line.mean,
    };
    return [{ line, point }];
  });
}

function panelSpec(
  { benchmark, metric }: ScoreColumn,
  points: VariantPoint[],
  series: Series[],
  width: number,
  first: boolean,
  labelled: boolean,
): object {
  const height = labelled ? HEIGHT : SHARED_HEIGHT;
  const x = costScale(points, width, labelled ? LABEL_ROOM : BARE_ROOM), y = scoreScale(height);
  const places = sideBySide(points.map((point) => x.toPt(point.cost)), SIDE_BY_SIDE);
  const styled = points.map((point, index) => ({
    ...point,
    cost: x.toValue(places[index]!),
    ...pick(series.find(({ variant }) => variant === point.variant)!),
  }));
  const labels = labelled ? labelsOf(styled, x, y, width, height) : [];
  const xEncoding = {
    type: "quantitative",
    scale: { type: "log", domain: x.domain, nice: false },
    axis: {
      values: x.ticks,
      labelExpr: `{${
        x.ticks.map((tick) => `"${tick}":"${byteLabel(tick)}"`).join(",")
      }}[datum.value]`,
      labelOverlap: false,
      grid: true,
    },
    title: "Stored bytes (log scale)",
  };
  const yEncoding = {
    type: "quantitative",
    scale: { domain: y.domain, nice: false },
    axis: { title: first ? "Score" : null, format: ".1f", values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  };
  const color = { field: "colour", type: "nominal", scale: null, legend: null };
  const position = { x: { field: "cost", ...xEncoding }, y: { field: "mean", ...yEncoding } };
  return {
    width,
    height,
    layer: [
      panelTitle(`${benchmark} (${metric})`, width),
      {
        data: { values: labels.filter(({ leader }) => leader) },
        mark: { type: "rule", strokeWidth: 0.4, color: "#888888" },
        encoding: {
          ...position,
          x2: { field: "nearCost" },
          y2: { field: "nearScore" },
        },
      },
      {
        data: { values: styled },
        mark: { type: "rule", strokeWidth: 0.8, clip: true },
        encoding: {
          x: position.x,
          y: { field: "low", ...yEncoding },
          y2: { field: "high" },
          color,
        },
      },
      {
        data: { values: styled },
        mark: { type: "point", filled: true, size: 30, opacity: 1 },
        encoding: {
          ...position,
          color,
          shape: { field: "shape", type: "nominal", scale: null, legend: null },
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

function pick({ title, colour, shape }: Series) {
  return { title, colour, shape };
}
