/**
 * SVG -> PNG with resvg and the shipped font.
 *
 * @module
 */
import { Resvg } from "@resvg/resvg-js";
import { FONT_FAMILY, FONT_FILES } from "./fonts.ts";
import { svgSize } from "./vega_svg.ts";

/**
 * Draws an SVG on white.
 *
 * @param svg An SVG whose units are pt.
 * @param dotsPerInch Resolution; 300 is what journals ask for.
 */
export function renderPng(svg: string, dotsPerInch = 300): Uint8Array {
  const { width } = svgSize(svg);
  const image = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "width", value: Math.round(width * dotsPerInch / 72) },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  });
  return image.render().asPng();
}
