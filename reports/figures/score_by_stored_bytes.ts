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
import { type Obstacles, placeLabels } from "./place_labels.ts";
import { panelTitle } from "./panel_title.ts";
import { sideBySide } from "./side_by_side.ts";
import { type Series, seriesOf } from "./series.ts";
import { THEME } from "./theme.ts";

const HEIGHT = 170;
const LABEL_SIZE = 7;
/** Room for labels beside the outer points. */
const LEFT_ROOM = 48;
const RIGHT_ROOM = 40;
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
    const each = Math.floor((width - 30 - 12 * (panels.length - 1)) / panels.length);
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: THEME,
      hconcat: panels.map(({ column, points }, index) =>
        panelSpec(column, points, series, each, index === 0)
      ),
      spacing: 12,
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
): object {
  const x = bytesScale(points, width), y = scoreScale();
  const places = sideBySide(points.map((point) => x.toPt(point.bytes)), SIDE_BY_SIDE);
  const styled = points.map((point, index) => ({
    ...point,
    bytes: x.toValue(places[index]!),
    ...pick(series.find(({ variant }) => variant === point.variant)!),
  }));
  const labels = labelsOf(styled, x, y, width);
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
    height: HEIGHT,
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

function bytesScale(points: Point[], width: number): Scale {
  const logs = points.map((point) => Math.log(point.bytes));
  const least = Math.min(...logs), most = Math.max(...logs);
  // Some width where all points lie on one value.
  const spread = Math.max(most - least, 0.2);
  const perPt = spread / (width - LEFT_ROOM - RIGHT_ROOM);
  const from = least - LEFT_ROOM * perPt, to = from + width * perPt;
  return {
    domain: [Math.exp(from), Math.exp(to)],
    ticks: byteTicks(Math.exp(from), Math.exp(to)),
    toPt: (value) => (Math.log(value) - from) / (to - from) * width,
    toValue: (pt) => Math.exp(from + pt / width * (to - from)),
  };
}

/** Most labels on the axis of bytes. */
const MOST_TICKS = 6;

/** `1.5 MB`, not `1.50 MB`. */
function tickLabel(tick: number): string {
  return bytes(tick).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");
}

/** Round byte counts, a few of them: 1, 1.5, 2, 3, 5 or 7 times a power of ten. */
function byteTicks(from: number, to: number): number[] {
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    for (const digit of [1, 1.5, 2, 3, 5, 7]) all.push(digit * 10 ** power);
  }
  const within = all.filter((tick) => tick >= from && tick <= to);
  const every = Math.ceil(within.length / MOST_TICKS);
  return within.filter((_, index) => index % every === 0);
}

/** A score lies in [0, 1]; a little more keeps markers at the ends whole. */
function scoreScale(): Scale {
  const from = -0.06, to = 1.06;
  return {
    domain: [from, to],
    ticks: [],
    toPt: (value) => (to - value) / (to - from) * HEIGHT,
    toValue: (pt) => to - pt / HEIGHT * (to - from),
  };
}

function labelsOf(
  points: (Point & { title: string })[],
  x: Scale,
  y: Scale,
  width: number,
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
  const frame = { left: 1, top: 1, right: width - 1, bottom: HEIGHT - 1 };
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
