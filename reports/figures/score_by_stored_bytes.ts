/**
 * What a score costs to store: each method's score against the bytes of its checkpoint.
 *
 * @module
 */
import { bytes } from "../numbers.ts";
import { textWidth } from "../render/text_width.ts";
import {
  checkpointOf,
  orderedVariants,
  type Results,
  type SummaryLine,
  summaryOf,
} from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreColumn, wholeScores } from "../scores.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { legendView } from "./legend_view.ts";
import { type Obstacles, placeLabels } from "./place_labels.ts";
import { panelTitle } from "./panel_title.ts";
import { sideBySide } from "./side_by_side.ts";
import { type Series, seriesOf } from "./series.ts";
import { THEME } from "./theme.ts";

const HEIGHT = 170;
const LABEL_SIZE = 7;
/** Room beside the outer points, with their labels or without. */
const LABEL_ROOM = [48, 40] as const;
const BARE_ROOM = [16, 16] as const;
/** Up to so many panels stand in one row with a label at each point; more share rows and a legend. */
const MOST_LABELLED = 2;
const MOST_COLUMNS = 3;
/** Narrowest panel below a title. */
const NARROWEST = 130;
const SHARED_HEIGHT = 120;
const SPACING = 12;
/** What the axis takes beside the first panel of a row. */
const AXIS_ROOM = 30;
/** Half the side of a marker's box, with a little air. */
const MARKER = 3;

/** Least distance of two points' bars. */
const SIDE_BY_SIDE = 5;

/** One point: a variant's score and what its checkpoint weighs. */
interface Point {
  variant: string;
  bytes: number;
  mean: number;
  low: number;
  high: number;
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
    const drawn = new Set(panels.flatMap(({ points }) => points.map(({ variant }) => variant)));
    const entries = series.filter(({ variant }) => drawn.has(variant))
      .map((entry) => ({ ...entry, dash: null }));
    return {
      ...common,
      vconcat: [...rows, legendView(entries, width - AXIS_ROOM)],
      spacing: SPACING,
    } as unknown as FigureSpec;
  },
};

function pointsOf(results: Results, column: ScoreColumn): { line: SummaryLine; point: Point }[] {
  return orderedVariants(results).flatMap(({ id }) => {
    const made = checkpointOf(results, id);
    const line = summaryOf(results, { ...column, variant: id, parameter: null });
    if (!line || line.mean === null || !made) return [];
    const point = {
      variant: line.variant,
      bytes: made.facts.storedBytes,
      mean: line.mean,
      low: line.low ?? line.mean,
      high: line.high ?? line.mean,
    };
    return [{ line, point }];
  });
}

function panelSpec(
  { benchmark, metric }: ScoreColumn,
  points: Point[],
  series: Series[],
  width: number,
  first: boolean,
  labelled: boolean,
): object {
  const height = labelled ? HEIGHT : SHARED_HEIGHT;
  const x = bytesScale(points, width, labelled ? LABEL_ROOM : BARE_ROOM), y = scoreScale(height);
  const places = sideBySide(points.map((point) => x.toPt(point.bytes)), SIDE_BY_SIDE);
  const styled = points.map((point, index) => ({
    ...point,
    bytes: x.toValue(places[index]!),
    ...pick(series.find(({ variant }) => variant === point.variant)!),
  }));
  const labels = labelled ? labelsOf(styled, x, y, width, height) : [];
  const xEncoding = {
    type: "quantitative",
    scale: { type: "log", domain: x.domain, nice: false },
    axis: {
      values: x.ticks,
      labelExpr: `{${
        x.ticks.map((tick) => `"${tick}":"${tickLabel(tick)}"`).join(",")
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
  const position = { x: { field: "bytes", ...xEncoding }, y: { field: "mean", ...yEncoding } };
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
          x2: { field: "nearBytes" },
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
          x: { field: "labelBytes", ...xEncoding },
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

/** A mapping from values to pt and back. */
interface Scale {
  domain: [number, number];
  ticks: number[];
  toPt(value: number): number;
  toValue(pt: number): number;
}

function bytesScale(
  points: Point[],
  width: number,
  [leftRoom, rightRoom]: readonly [number, number],
): Scale {
  const logs = points.map((point) => Math.log(point.bytes));
  const least = Math.min(...logs), most = Math.max(...logs);
  // Some width where all points lie on one value.
  const spread = Math.max(most - least, 0.2);
  const perPt = spread / (width - leftRoom - rightRoom);
  const from = least - leftRoom * perPt, to = from + width * perPt;
  return {
    domain: [Math.exp(from), Math.exp(to)],
    ticks: byteTicks(Math.exp(from), Math.exp(to), Math.floor(width / TICK_ROOM)),
    toPt: (value) => (Math.log(value) - from) / (to - from) * width,
    toValue: (pt) => Math.exp(from + pt / width * (to - from)),
  };
}

/** Room for a label on the axis of bytes. */
const TICK_ROOM = 32;

/** `1.5 MB`, not `1.50 MB`. */
function tickLabel(tick: number): string {
  return bytes(tick).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");
}

/** Round byte counts, a few of them: 1, 1.5, 2, 3, 5 or 7 times a power of ten. */
function byteTicks(from: number, to: number, most: number): number[] {
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    for (const digit of [1, 1.5, 2, 3, 5, 7]) all.push(digit * 10 ** power);
  }
  const within = all.filter((tick) => tick >= from && tick <= to);
  const every = Math.ceil(within.length / most);
  return within.filter((_, index) => index % every === 0);
}

/** A score lies in [0, 1]; a little more keeps markers at the ends whole. */
function scoreScale(height: number): Scale {
  const from = -0.06, to = 1.06;
  return {
    domain: [from, to],
    ticks: [],
    toPt: (value) => (to - value) / (to - from) * height,
    toValue: (pt) => to - pt / height * (to - from),
  };
}

function labelsOf(
  points: (Point & { title: string })[],
  x: Scale,
  y: Scale,
  width: number,
  height: number,
) {
  const obstacles: Obstacles = {
    solid: points.map((point) => {
      const px = x.toPt(point.bytes), py = y.toPt(point.mean);
      return { left: px - MARKER, right: px + MARKER, top: py - MARKER, bottom: py + MARKER };
    }),
    thin: points.map((point) => {
      const px = x.toPt(point.bytes);
      return { left: px - 1, right: px + 1, top: y.toPt(point.high), bottom: y.toPt(point.low) };
    }),
  };
  const sizes = points.map((point) => ({
    x: x.toPt(point.bytes),
    y: y.toPt(point.mean),
    width: textWidth(point.title, LABEL_SIZE) + 2,
    height: LABEL_SIZE + 0.5,
  }));
  const frame = { left: 1, top: 1, right: width - 1, bottom: height - 1 };
  return placeLabels(sizes, frame, obstacles).map(({ left, middle, leader }, index) => {
    const point = points[index]!, size = sizes[index]!;
    // The line ends at the label's nearest edge.
    const near = Math.min(Math.max(size.x, left), left + size.width);
    const edge = size.y < middle - size.height / 2
      ? middle - size.height / 2
      : size.y > middle + size.height / 2
      ? middle + size.height / 2
      : middle;
    return {
      ...point,
      labelBytes: x.toValue(left + 1),
      labelScore: y.toValue(middle),
      nearBytes: x.toValue(near),
      nearScore: y.toValue(edge),
      leader,
    };
  });
}
