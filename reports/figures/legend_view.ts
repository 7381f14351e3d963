/**
 * A legend as a view of its own, below the panels: each entry its line, marker and title. Vega-Lite's own
 * legends draw dashes around the markers.
 *
 * @module
 */
import { textWidth } from "../render/text_width.ts";

/** One entry of a legend. */
export interface LegendEntry {
  title: string;
  colour: string;
  shape: string;
  /** Dash of its line; null for a marker alone. */
  dash: number[] | null;
  /** Its marker is an outline. */
  hollow?: boolean;
}

/** Colour of an entry that stands for a shape alone. */
export const NEUTRAL = "#555555";

const SIZE = 7.5;
const ROW = 11;
const LINE = 16;
const GAP = 12;

/**
 * Lays entries out in columns, row by row.
 *
 * @param entries At least one.
 * @param width Width of the panels above, in pt.
 */
export function legendView(entries: LegendEntry[], width: number): object {
  const widths = columnWidths(entries, width);
  const columns = widths.length, rows = Math.ceil(entries.length / columns);
  const placed = entries.map((entry, index) => {
    const left = widths.slice(0, index % columns).reduce((sum, one) => sum + one, 0);
    const y = (Math.floor(index / columns) + 0.5) * ROW;
    return {
      ...entry,
      left,
      middle: left + LINE / 2,
      right: left + LINE,
      text: left + LINE + 3,
      y,
    };
  });
  const x = (field: string) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, width], nice: false },
  });
  const y = {
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: [rows * ROW, 0], nice: false },
  };
  const colour = { field: "colour", type: "nominal", scale: null, legend: null };
  const lines = placed.filter(({ dash }) => dash !== null);
  return {
    width,
    height: rows * ROW,
    data: { values: placed },
    layer: [
      ...lines.map((line) => ({
        data: { values: [line] },
        mark: { type: "rule", strokeWidth: 1, strokeDash: line.dash },
        encoding: { x: x("left"), x2: { field: "right" }, y, color: colour },
      })),
      ...[false, true].flatMap((hollow) => {
        const own = placed.filter((entry) => (entry.hollow ?? false) === hollow);
        return own.length === 0 ? [] : [{
          data: { values: own },
          mark: {
            type: "point",
            size: 22,
            opacity: 1,
            ...(hollow ? { filled: false, fill: "white", strokeWidth: 1 } : { filled: true }),
          },
          encoding: {
            x: x("middle"),
            y,
            color: colour,
            shape: { field: "shape", type: "nominal", scale: null, legend: null },
          },
        }];
      }),
      {
        mark: { type: "text", align: "left", baseline: "middle", fontSize: SIZE },
        encoding: { x: x("text"), y, text: { field: "title" } },
      },
    ],
  };
}

/** Widths of as many columns as fit, each as wide as its widest entry. */
function columnWidths(entries: LegendEntry[], width: number): number[] {
  const needed = entries.map(({ title }) => LINE + 3 + textWidth(title, SIZE) + GAP);
  for (let columns = entries.length; columns > 1; columns--) {
    const widths = Array.from(
      { length: columns },
      (_, column) => Math.max(...needed.filter((_, index) => index % columns === column)),
    );
    if (widths.reduce((sum, one) => sum + one, 0) - GAP <= width) return widths;
  }
  return [width];
}
