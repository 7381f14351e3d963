/**
 * Bars by category and series in panels: the form of the papers' figures, from their tables and from own runs.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import type { FigureSpec } from "./figure.ts";
import { panelTitle } from "./panel_title.ts";
import { COLOURS } from "./series.ts";
import { THEME } from "./theme.ts";

/** One bar; without a value its place is kept and marked. */
export interface PaperBar {
  category: string;
  series: string;
  value: number | null;
  /** Ends of its interval, where one is drawn. */
  low?: number | null;
  high?: number | null;
  /** True when a cell behind it is doubtful. */
  flagged: boolean;
}

/** A panel. */
export interface PaperPanel {
  title: string;
  bars: PaperBar[];
  /** Title of the vertical axis; empty for none. */
  measure: string;
}

/** A method has one colour in all figures: its own hue, pale where it prunes by 2:4, grey where nothing is compressed. */
const COLOUR_OF: Record<string, string> = {
  FP16: "#555555",
  Base: "#111111",
  "Wanda(Un)": "#0072B2",
  "Wanda(2:4)": "#86BBDD",
  "SparseGPT(Un)": "#D55E00",
  "SparseGPT(2:4)": "#F0B48A",
  "Mag(Un)": "#009E73",
  "Mag(2:4)": "#8AD0BC",
  AWQ: "#CC79A7",
  GPTQ: "#E69F00",
  FP8: "#F0E442",
  "AWQ(INT4)": "#CC79A7",
  "GPTQ(INT4)": "#E69F00",
  "GPTQ(INT8)": "#B87F00",
  "SmoothQ(W8A8)": "#56B4E9",
};

/** Bars from cells: a mean is missing when one of its cells is. */
export function paperBar(
  category: string,
  series: string,
  cells: (PaperCell | undefined)[],
  reduce: (values: number[]) => number = ([value]) => value!,
): PaperBar {
  const values = cells.map((cell) => cell?.value ?? null);
  return {
    category,
    series,
    value: values.length === 0 || values.includes(null) ? null : reduce(values as number[]),
    flagged: cells.some((cell) => cell !== undefined && cell.flag !== null),
  };
}

function colours(series: string[]): string[] {
  let next = 0;
  return series.map((name) => COLOUR_OF[name] ?? COLOURS[next++ % COLOURS.length]!);
}

/** The widest number of categories that a panel shows with level labels. */
const LEVEL_LABELS = 5;

function panelSpec(
  panel: PaperPanel,
  series: string[],
  width: number,
  height: number,
  domain: [number, number],
): object {
  const categories = [...new Set(panel.bars.map(({ category }) => category))];
  const shown = series.filter((name) => panel.bars.some((bar) => bar.series === name));
  const level = categories.length <= LEVEL_LABELS;
  const position = {
    x: {
      field: "category",
      type: "nominal",
      sort: categories,
      title: null,
      scale: { paddingInner: 0.18, paddingOuter: 0.1 },
      axis: { labelAngle: level ? 0 : -40, labelLimit: 0, domain: true, ticks: false },
    },
    xOffset: { field: "series", type: "nominal", sort: shown, scale: { domain: shown } },
  };
  const y = {
    field: "value",
    type: "quantitative",
    scale: { domain, nice: true },
    axis: { title: panel.measure === "" ? null : panel.measure, grid: true, tickCount: 5 },
  };
  const mark = (text: string, dy: number, colour: string) => ({
    type: "text",
    text,
    fontSize: 7,
    dy,
    color: colour,
    baseline: "bottom",
  });
  const data = panel.bars.map((bar) => ({ ...bar, top: Math.max(bar.value ?? 0, 0) }));
  const marks = [
    {
      data: { values: data.filter(({ value }) => value !== null) },
      mark: { type: "bar" },
      encoding: {
        ...position,
        y,
        color: {
          field: "series",
          type: "nominal",
          title: null,
          scale: { domain: series, range: colours(series) },
          legend: { orient: "top", symbolType: "square", columns: Math.min(series.length, 7) },
        },
      },
    },
    {
      data: { values: data.filter(({ low, high }) => low != null && high != null) },
      mark: { type: "rule", strokeWidth: 0.6, color: "#222222" },
      encoding: { ...position, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      data: { values: data.filter(({ value }) => value === null) },
      mark: mark("×", 1, "#888888"),
      encoding: { ...position, y: { ...y, field: "top" } },
    },
    {
      data: { values: data.filter(({ value, flagged }) => value !== null && flagged) },
      mark: mark("†", -1, "#000000"),
      encoding: { ...position, y: { ...y, field: "top" } },
    },
  ];
  return {
    width,
    height,
    layer: [
      panelTitle(panel.title, width),
      ...marks.filter(({ data }) => data.values.length > 0),
    ],
  };
}

/** What all panels of a figure share. */
export interface PaperPanelOptions {
  width: number;
  height: number;
  /** Panels of a row share its width by these weights; equal ones by default. */
  weights?: number[][];
  series: string[];
}

/**
 * Rows of panels. A cross marks a bar that has no value, a dagger one that rests on a doubtful cell.
 *
 * @param rows Panels by row; each row has a scale of its own, shared by its panels of one measure.
 */
export function paperPanels(rows: PaperPanel[][], options: PaperPanelOptions): FigureSpec {
  const { width, height, series } = options;
  const gap = 18;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    spacing: 22,
    resolve: { scale: { color: "shared" } },
    vconcat: rows.map((panels, row) => {
      const weights = options.weights?.[row] ?? panels.map(() => 1);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const room = width - 32 - gap * (panels.length - 1);
      return {
        spacing: gap,
        resolve: { scale: { color: "shared" } },
        hconcat: panels.map((panel, index) => {
          const values = panels.flatMap(({ bars }) =>
            bars.flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0])
          );
          const domain: [number, number] = [Math.min(0, ...values), Math.max(0, ...values)];
          return panelSpec(
            panel,
            series,
            Math.floor(room * weights[index]! / total),
            height,
            domain[0] === domain[1] ? [0, 1] : domain,
          );
        }),
      };
    }),
  } as unknown as FigureSpec;
}
