/**
 * Scores as points in rows, a row a method and a panel a part of the benchmark: it stays legible where bars of
 * many methods and models would not.
 *
 * @module
 */
import { textWidth } from "../render/text_width.ts";
import { SMALLEST_TEXT } from "../render/venues.ts";
import type { FigureSpec } from "./figure.ts";
import { type LegendEntry, legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { THEME } from "./theme.ts";

/** A score of one method. */
export interface MethodPoint {
  panel: string;
  row: string;
  /** What stands on a line of its own within the row: the model. */
  series: string;
  /** True for a hollow marker: the second of two scores on one line. */
  hollow: boolean;
  mean: number;
  low: number | null;
  high: number | null;
}

/** What the panels share. */
export interface MethodRowsOptions {
  width: number;
  panels: string[];
  /** Rows from the top. */
  rows: string[];
  /** Rows above which a line parts kinds of methods. */
  parted: string[];
  /** One entry a series, whose titles are the series' names. */
  series: LegendEntry[];
  /** What the markers mean beside the series. */
  markers: LegendEntry[];
  title: string;
}

/** Height of a series' line in a row, and of what parts rows. */
const LINE = 3.4;
const AIR = 3;
/** Lowest row: its label must fit. */
const LOWEST = 9;
const SPACING = 7;

/** From 0 to 100 with room for the markers at the ends. */
const DOMAIN = [-6, 106];

/** Panels side by side, each from 0 to 100. */
export function methodRows(points: MethodPoint[], options: MethodRowsOptions): FigureSpec {
  const { width, panels, rows, series } = options;
  const step = Math.max(LOWEST, series.length * LINE + AIR);
  const labels = Math.max(...rows.map((row) => textWidth(row, SMALLEST_TEXT))) + 8;
  const each = Math.floor((width - labels - SPACING * (panels.length - 1)) / panels.length);
  const places = new Map(
    rows.flatMap((row, index) =>
      series.map(({ title }, turn) => [
        `${row}\n${title}`,
        (index + 0.5) * step + (turn - (series.length - 1) / 2) * LINE,
      ])
    ),
  );
  const placed = points.map((point) => ({
    ...point,
    y: places.get(`${point.row}\n${point.series}`)!,
    low: point.low ?? point.mean,
    high: point.high ?? point.mean,
    ...look(series.find(({ title }) => title === point.series)!),
  }));
  const height = rows.length * step;
  const panel = (name: string, index: number) => ({
    width: each,
    height,
    layer: panelLayers(
      placed.filter((point) => point.panel === name),
      { ...options, step, height, first: index === 0, each, name },
    ),
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    spacing: 8,
    vconcat: [
      { hconcat: panels.map(panel), spacing: SPACING },
      legendView([...series, ...options.markers], width - labels),
    ],
  } as unknown as FigureSpec;
}

function look({ colour, shape }: LegendEntry) {
  return { colour, shape };
}

function panelLayers(
  points: (MethodPoint & { y: number; colour: string; shape: string })[],
  { rows, parted, title, step, height, first, each, name, panels }: MethodRowsOptions & {
    step: number;
    height: number;
    first: boolean;
    each: number;
    name: string;
  },
): object[] {
  const middle = Math.floor(panels.length / 2) === panels.indexOf(name);
  const x = {
    type: "quantitative",
    scale: { domain: DOMAIN, nice: false },
    axis: {
      values: [0, 50, 100],
      title: middle ? title : null,
      grid: true,
    },
  };
  const ticks = rows.map((row, index) => ({ row, at: (index + 0.5) * step }));
  const y = {
    type: "quantitative",
    scale: { domain: [height, 0], nice: false },
    axis: {
      values: ticks.map(({ at }) => at),
      labels: first,
      ticks: false,
      domain: false,
      grid: false,
      title: null,
      labelExpr: `${JSON.stringify(rows)}[round(datum.value / ${step} - 0.5)]`,
      labelOverlap: false,
      labelLimit: 0,
    },
  };
  const colour = { field: "colour", type: "nominal", scale: null, legend: null };
  const marker = (hollow: boolean) => ({
    data: { values: points.filter((point) => point.hollow === hollow) },
    mark: hollow
      ? { type: "point", filled: true, fill: "white", strokeWidth: 0.8, size: 11, opacity: 1 }
      : { type: "point", filled: true, size: 13, opacity: 1 },
    encoding: {
      x: { field: "mean", ...x },
      y: { field: "y", ...y },
      ...(hollow ? { stroke: colour } : { color: colour }),
      shape: { field: "shape", type: "nominal", scale: null, legend: null },
    },
  });
  const layers = [
    {
      data: { values: parted.map((row) => ({ at: rows.indexOf(row) * step })) },
      mark: { type: "rule", strokeWidth: 0.4, color: "#999999" },
      encoding: { y: { field: "at", ...y } },
    },
    {
      data: { values: points },
      mark: { type: "rule", strokeWidth: 0.7, opacity: 0.55 },
      encoding: {
        x: { field: "low", ...x },
        x2: { field: "high" },
        y: { field: "y", ...y },
        color: colour,
      },
    },
    marker(false),
    marker(true),
  ];
  return [panelTitle(name, each), ...layers.filter(({ data }) => data.values.length > 0)];
}
