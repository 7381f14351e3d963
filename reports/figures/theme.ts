/**
 * How all figures look: one font, text of 7 pt and more, thin lines, no decoration.
 *
 * @module
 */
import type { Config } from "vega-lite";
import { FONT_STACK } from "../render/fonts.ts";
import { SMALLEST_TEXT } from "../render/venues.ts";

const INK = "#222222";
const GRID = "#e4e4e4";

/** Colour of what stands behind the data: the baseline's bars, bands of chance. */
export const SHADE = "#d9d9d9";

/** Vega-Lite configuration of every figure. */
export const THEME: Config = {
  // The whole figure has one description; Vega's own would name every mark.
  aria: false,
  background: "white",
  padding: 2,
  font: FONT_STACK,
  view: { stroke: null },
  axis: {
    labelFontSize: SMALLEST_TEXT,
    titleFontSize: 8,
    titleFontWeight: "normal",
    labelColor: INK,
    titleColor: INK,
    domainColor: INK,
    domainWidth: 0.6,
    tickColor: INK,
    tickWidth: 0.6,
    tickSize: 3,
    gridColor: GRID,
    gridWidth: 0.5,
    titlePadding: 4,
    labelPadding: 2,
    labelFlush: false,
  },
  legend: {
    labelFontSize: 7.5,
    titleFontSize: 8,
    labelColor: INK,
    symbolSize: 28,
    rowPadding: 1,
    columnPadding: 8,
    labelLimit: 0,
  },
  header: {
    labelFontSize: 8,
    labelFontWeight: "bold",
    titleFontSize: 8,
    labelColor: INK,
    labelPadding: 3,
  },
  title: { fontSize: 8, fontWeight: "bold", color: INK, anchor: "middle", offset: 4 },
  text: { fontSize: 7.5, color: INK },
};
