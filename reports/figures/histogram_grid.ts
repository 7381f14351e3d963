/**
 * Histograms in a grid: a row a variant, a column a position, the baseline grey behind each.
 *
 * @module
 */
import { textWidth } from "../render/text_width.ts";
import type { FigureSpec } from "./figure.ts";
import { panelTitle } from "./panel_title.ts";
import { SHADE, THEME } from "./theme.ts";

/** Bins of one histogram with the share of each; edges are the grid's. */
export type Bars = readonly number[];

/** One row of the grid. */
export interface HistogramRow {
  title: string;
  colour: string;
  /** By column; null where there is none. */
  bars: (Bars | null)[];
}

/** What is drawn. */
export interface HistogramGrid {
  /** Edges of the bins, one more than bars. */
  edges: readonly number[];
  positions: readonly number[];
  baseline: (Bars | null)[];
  rows: HistogramRow[];
  /** Title of the horizontal axes. */
  title: string;
}

const ROW_HEIGHT = 28;
const SPACING = { row: 5, column: 8 };
const LABEL = 7;
/** Room of the vertical axis's labels. */
const AXIS = 24;
const LONGEST_TITLE = 90;
/** A title has a line of its own for every so many pt. */
const LINE = 9;

/** Specification of the grid. */
export function histogramGrid(grid: HistogramGrid, width: number): FigureSpec {
  const { positions, rows } = grid;
  const titles = rows.map(({ title }) => linesOf(title));
  const beside = Math.max(...titles.flat().map((line) => textWidth(line, LABEL))) + 8;
  const each = Math.floor(
    (width - beside - AXIS - SPACING.column * (positions.length - 1)) / positions.length,
  );
  const most = Math.max(
    ...[...grid.baseline, ...rows.flatMap(({ bars }) => bars)].flatMap((bars) => bars ?? []),
  );
  const views = rows.flatMap((row, index) =>
    positions.map((position, column) => ({
      width: each,
      height: ROW_HEIGHT,
      layer: [
        ...index === 0 ? [panelTitle(`position ${position}`, each, 5)] : [],
        ...column === 0 ? [rowTitle(titles[index]!, beside)] : [],
        ...layers(grid, row, column, most, index === rows.length - 1),
      ],
    }))
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    concat: views,
    columns: positions.length,
    align: "each",
    spacing: SPACING,
  } as unknown as FigureSpec;
}

function layers(
  { edges, baseline, title, positions }: HistogramGrid,
  row: HistogramRow,
  column: number,
  most: number,
  last: boolean,
): object[] {
  const scale = { domain: [edges[0], edges.at(-1)], nice: false };
  const axis = {
    grid: false,
    tickCount: 3,
    labels: last,
    // One title for all columns, under the middle.
    title: last && column === Math.floor((positions.length - 1) / 2) ? title : null,
  };
  const x = { field: "left", type: "quantitative", scale, axis };
  const y = {
    field: "share",
    type: "quantitative",
    title: null,
    scale: { domain: [0, most], nice: false },
    axis: { tickCount: 2, format: ".0%", grid: true, labels: column === 0 },
  };
  const shaded = outlineOf(baseline[column] ?? [], edges);
  const outlined = outlineOf(row.bars[column] ?? [], edges);
  return [
    {
      data: { values: shaded },
      // One area, not a bar a bin: a tenth of the bytes.
      mark: { type: "area", interpolate: "step-after", color: SHADE },
      encoding: { x, y },
    },
    {
      data: { values: outlined },
      mark: { type: "line", interpolate: "step-after", strokeWidth: 0.9, color: row.colour },
      encoding: { x, y },
    },
  ].filter(({ data }) => data.values.length > 0);
}

/** Where the height changes; it begins and ends at 0. */
function outlineOf(bars: Bars, edges: readonly number[]) {
  const first = bars.findIndex((share) => share > 0);
  if (first < 0) return [];
  const last = bars.findLastIndex((share) => share > 0);
  const steps = bars.slice(first, last + 1).map((share, i) => ({ left: edges[first + i]!, share }));
  const end = { left: edges[last + 1]!, share: 0 };
  return [{ left: edges[first]!, share: 0 }, ...steps, end]
    .filter(({ share }, i, all) => i < 2 || i >= all.length - 2 || share !== all[i - 1]!.share);
}

/** Left of the axis: its own title stands upright, which a variant's name is too long for. */
function rowTitle(lines: string[], beside: number): object {
  return {
    data: { values: [{}] },
    mark: {
      type: "text",
      text: lines,
      align: "left",
      baseline: "middle",
      fontSize: LABEL,
      lineHeight: LINE,
      dy: -(lines.length - 1) * LINE / 2,
    },
    encoding: { x: { value: -beside - AXIS }, y: { value: ROW_HEIGHT / 2 } },
  };
}

/** A title in lines that leave room for the panels. */
function linesOf(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, LABEL) <= LONGEST_TITLE) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return lines;
}
