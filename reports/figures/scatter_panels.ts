/**
 * Scatter plots in a grid on common axes, each with a note on what it shows.
 *
 * @module
 */
import type { FigureSpec } from "./figure.ts";
import { type LegendEntry, legendView, NEUTRAL } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { COLOURS, SHAPES } from "./series.ts";
import { THEME } from "./theme.ts";

/** One point. */
export interface ScatterPoint {
  x: number;
  y: number;
  /** What its colour stands for, with the place of that in the legend. */
  colour: string;
  order: number;
  /** What its shape stands for. */
  shape: string;
}

/** One panel. */
export interface ScatterPanel {
  /** Title of the vertical axis; panels of one title stand in a row. */
  row: string;
  /** Title above the column. */
  column: string;
  points: ScatterPoint[];
  /** A line above the points. */
  note: string;
}

const HEIGHT = 92;
const AXIS = 40;
const SPACING = 10;
/** No baseline stands among the points, so that its black is free. */
const POINT_COLOURS = [...COLOURS, "#000000"];

/**
 * Specification of the panels, at least one with a point.
 *
 * @param xTitle Title of the horizontal axis, which is logarithmic.
 */
export function scatterPanels(panels: ScatterPanel[], xTitle: string, width: number): FigureSpec {
  const columns = [...new Set(panels.map(({ column }) => column))];
  const rows = [...new Set(panels.map(({ row }) => row))];
  const each = Math.floor((width - AXIS - SPACING * (columns.length - 1)) / columns.length);
  const points = panels.flatMap(({ points }) => points);
  const { colours, shapes } = legends(points);
  const least = Math.min(...points.map(({ y }) => y));
  const scales = {
    x: { domain: logDomain(points.map(({ x }) => x)), ticks: [] as number[] },
    // Room for the note above the points.
    y: [Math.floor(Math.min(0, least) * 10) / 10, 1.22],
  };
  scales.x.ticks = logTicks(scales.x.domain);
  const views = rows.flatMap((row) =>
    columns.map((column) => {
      const panel = panels.find((one) => one.row === row && one.column === column);
      const last = row === rows.at(-1), first = column === columns[0];
      return {
        width: each,
        height: HEIGHT,
        layer: [
          ...row === rows[0] ? [panelTitle(column, each)] : [],
          {
            data: { values: panel?.points ?? [] },
            mark: { type: "point", filled: true, size: 18, opacity: 0.85 },
            encoding: {
              x: {
                field: "x",
                type: "quantitative",
                scale: { type: "log", domain: scales.x.domain, nice: false },
                axis: {
                  title: last ? xTitle : null,
                  labels: last,
                  values: scales.x.ticks,
                  format: "~g",
                  grid: false,
                },
              },
              y: {
                field: "y",
                type: "quantitative",
                scale: { domain: scales.y, nice: false },
                axis: {
                  title: first ? row : null,
                  labels: first,
                  values: [-1, -0.5, 0, 0.5, 1].filter((tick) => tick >= scales.y[0]!),
                  format: ".1f",
                },
              },
              color: channel("colour", colours.map(({ title, colour }) => [title, colour])),
              shape: channel("shape", shapes.map(({ title, shape }) => [title, shape])),
            },
          },
          ...panel?.note
            ? [{
              data: { values: [{}] },
              mark: { type: "text", text: panel.note, align: "right", baseline: "top" },
              encoding: { x: { value: each - 2 }, y: { value: 1 } },
            }]
            : [],
        ],
      };
    })
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    vconcat: [
      {
        concat: views,
        columns: columns.length,
        align: "each",
        spacing: { row: 8, column: SPACING },
      },
      ...[colours, ...shapes.length > 1 ? [shapes] : []].map((entries) =>
        legendView(entries, width - AXIS)
      ),
    ],
    spacing: 6,
  } as unknown as FigureSpec;
}

function channel(field: string, entries: [string, string][]): object {
  return {
    field,
    type: "nominal",
    scale: { domain: entries.map(([title]) => title), range: entries.map(([, range]) => range) },
    legend: null,
  };
}

function legends(points: ScatterPoint[]): { colours: LegendEntry[]; shapes: LegendEntry[] } {
  const orders = new Map(points.map(({ colour, order }) => [colour, order]));
  const colours = [...orders].sort(([, a], [, b]) => a - b).map(([title], index) => ({
    title,
    colour: POINT_COLOURS[index % POINT_COLOURS.length]!,
    shape: "circle",
    dash: null,
  }));
  const shapes = [...new Set(points.map(({ shape }) => shape))].map((title, index) => ({
    title,
    colour: NEUTRAL,
    shape: SHAPES[index % SHAPES.length]!,
    dash: null,
  }));
  return { colours, shapes };
}

/** A little more than what the values span. */
function logDomain(values: number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(1.02, (most / least) ** 0.05);
  return [least / air, most * air];
}

/** Round numbers, three or more where there are as many. */
function logTicks([low, high]: [number, number]): number[] {
  for (
    const digits of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [
      1,
      1.2,
      1.5,
      2,
      2.5,
      3,
      4,
      5,
      6,
      8,
    ]]
  ) {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      ticks.push(...digits.map((digit) => Number((digit * 10 ** power).toPrecision(3))));
    }
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    if (inside.length >= 3) return inside;
  }
  const middle = Math.sqrt(low * high);
  return [low, middle, high].map((value) => Number(value.toPrecision(3)))
    .filter((value) => value >= low && value <= high);
}
