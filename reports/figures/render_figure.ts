/**
 * A figure drawn at the exact width of its place.
 *
 * @module
 */
import { renderSvg, svgSize } from "../render/vega_svg.ts";
import type { Venue } from "../render/venues.ts";
import type { Results } from "../results.ts";
import type { Figure, FigureSpec } from "./figure.ts";

/** Corrections after which the width must stand. */
const ATTEMPTS = 5;

/** Points that a figure may be narrower than its place. */
const CLOSE = 2;

/**
 * Draws a figure for a venue, as wide as its place there.
 *
 * @throws {Error} When it does not fit.
 */
export async function renderFigure(
  figure: Figure,
  results: Results,
  venue: Venue,
  benchmark?: string,
): Promise<string> {
  const choice = benchmark === undefined ? {} : { benchmark };
  const spec = (width: number) => figure.spec(results, { ...choice, width });
  return await renderAtWidth(figure.name, figure.span, venue, spec);
}

/**
 * Draws a specification at the width of its place. Axis labels take a width that only the drawing knows, so
 * the figure is drawn again with what they left until the whole is as wide as its place, and never wider.
 *
 * @param spec The specification that aims at a width in pt.
 * @throws {Error} When no width fits; the message names the figure.
 */
export async function renderAtWidth(
  name: string,
  span: Figure["span"],
  venue: Venue,
  spec: (width: number) => FigureSpec,
): Promise<string> {
  const place = span === "full" ? venue.full : venue.column;
  let width = place;
  let best: { svg: string; width: number } | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const svg = await renderSvg(spec(width));
    const drawn = svgSize(svg).width;
    if (drawn <= place && drawn > (best?.width ?? 0)) best = { svg, width: drawn };
    if (drawn <= place && place - drawn < CLOSE) break;
    width += Math.floor(place) - drawn;
  }
  if (best) return best.svg;
  throw new Error(`${name} does not fit into ${place} pt (${venue.name})`);
}
