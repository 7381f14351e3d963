/**
 * The picture of a figure whose data is absent.
 *
 * @module
 */
import type { FigureSpec } from "./figure.ts";
import { THEME } from "./theme.ts";

/**
 * A frame that says why nothing is drawn.
 *
 * @param width Width of the figure in pt.
 * @param lines What is missing and how to get it, in lines that fit.
 */
export function emptyFigure(width: number, lines: string[]): FigureSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: { ...THEME, view: { stroke: "#999999", strokeDash: [3, 2] } },
    width: width - 6,
    height: 80,
    data: { values: [{}] },
    mark: { type: "text", text: lines, align: "center", fontSize: 8, lineHeight: 12 },
  } as unknown as FigureSpec;
}
