/**
 * A rendered figure inside a page.
 *
 * @module
 */
import { svgSize } from "../render/vega_svg.ts";
import { escapeHtml } from "../render/table_html.ts";

/**
 * Makes an SVG part of a page: described for those who do not see it, scaled by the page, and with ids that
 * no other figure of the page has.
 *
 * @param svg A figure as Vega wrote it.
 * @param name Name of the figure; becomes part of the ids.
 * @param description What is seen.
 */
export function inlineSvg(svg: string, name: string, description: string): string {
  const { width, height } = svgSize(svg);
  return svg.trim()
    .replace(/(\bid="|url\(#)/g, `$1${name}-`)
    .replace(
      /<svg[^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${
        escapeHtml(description)
      }" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    );
}
