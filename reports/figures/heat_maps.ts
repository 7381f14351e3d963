/**
 * Heat maps side by side on one scale of colour.
 *
 * @module
 */
import { textWidth } from "../render/text_width.ts";
import type { FigureSpec } from "./figure.ts";
import { panelTitle } from "./panel_title.ts";
import { SHADE, THEME } from "./theme.ts";

/** One cell: its column, its row, and what was measured there on how many samples. */
export interface HeatCell {
  x: number;
  y: number;
  value: number;
  n: number;
}

/** One map. */
export interface HeatPanel {
  title: string;
  cells: HeatCell[];
}

/** What axes and colours stand for. */
export interface HeatAxes {
  x: string;
  y: string;
  value: string;
  /** Ends of the scale of colour. */
  range: [number, number];
}

/** Even to the eye and to colour-blind eyes, and rising in grey (Smith and van der Walt 2015). */
const SCHEME = "viridis";
const MOST_COLUMNS = 4;
const SPACING = { row: 16, column: 8 };
/** Room of the axis beside the first panel. */
const AXIS = 34;
/** A row's height, within a panel's. */
const ROW = 7;
const HEIGHTS = [40, 84] as const;
const LABEL = 7;
const LEGEND_STEPS = 64;
const LEGEND_WIDTH = 140;

/** Specification of the maps; empty places are grey. */
export function heatMaps(panels: HeatPanel[], axes: HeatAxes, width: number): FigureSpec {
  const all = panels.flatMap(({ cells }) => cells);
  const [xs, ys] = [valuesOf(all.map(({ x }) => x)), valuesOf(all.map(({ y }) => y))];
  const columns = columnsOf(panels.length);
  const each = Math.floor((width - AXIS - SPACING.column * (columns - 1)) / columns);
  const height = Math.min(HEIGHTS[1], Math.max(HEIGHTS[0], ys.length * ROW));
  const views = panels.map(({ title, cells }, index) => {
    const first = index % columns === 0, last = index + columns >= panels.length;
    return {
      width: each,
      height,
      view: { fill: SHADE },
      layer: [
        panelTitle(title, each),
        {
          data: { values: cells },
          mark: { type: "rect" },
          encoding: {
            x: axis("x", xs, each, last, last ? axes.x : null),
            y: axis("y", ys, height, first, first ? axes.y : null),
            color: {
              field: "value",
              type: "quantitative",
              scale: { scheme: SCHEME, domain: axes.range },
              legend: null,
            },
          },
        },
      ],
    };
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    vconcat: [
      { concat: views, columns, align: "each", spacing: SPACING },
      legend(axes),
    ],
    spacing: 8,
  } as unknown as FigureSpec;
}

/** As few rows as there can be, evenly filled. */
function columnsOf(panels: number): number {
  return Math.ceil(panels / Math.ceil(panels / MOST_COLUMNS));
}

function valuesOf(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** A band a value; of the labels as many as have room. */
function axis(
  field: "x" | "y",
  values: number[],
  room: number,
  labels: boolean,
  title: string | null,
): object {
  const size = Math.max(
    ...values.map((value) => field === "x" ? textWidth(String(value), LABEL) + 5 : LABEL + 2),
  );
  const every = Math.max(1, Math.ceil(values.length * size / room));
  return {
    field,
    type: "ordinal",
    // Bands touch: no lines between cells.
    scale: { domain: values, paddingInner: 0, paddingOuter: 0 },
    axis: {
      values: values.filter((_, index) => index % every === 0),
      labels,
      labelAngle: 0,
      ticks: labels,
      title,
      grid: false,
      domain: false,
    },
  };
}

/** The scale of colour as a strip of its own. */
function legend({ range: [low, high], value }: HeatAxes): object {
  const step = (high - low) / LEGEND_STEPS;
  const strips = Array.from({ length: LEGEND_STEPS }, (_, index) => ({
    from: low + index * step,
    to: low + (index + 1) * step,
    value: low + (index + 0.5) * step,
  }));
  return {
    width: LEGEND_WIDTH,
    height: 8,
    data: { values: strips },
    mark: { type: "rect" },
    encoding: {
      x: {
        field: "from",
        type: "quantitative",
        title: value,
        scale: { domain: [low, high], nice: false },
        axis: { grid: false, tickCount: 5, format: ".2~f", domain: false },
      },
      x2: { field: "to" },
      color: {
        field: "value",
        type: "quantitative",
        scale: { scheme: SCHEME, domain: [low, high] },
        legend: null,
      },
    },
  };
}
