/**
 * A figure drawn at the exact width of its place.
 *
 * @module
 */
import { renderSvg, svgSize } from "../render/vega_svg.ts";
import type { Venue } from "../render/venues.ts";
import type { Results } from "../results.ts";
import type { Figure, FigureOptions, FigurePart, FigureSpec } from "./figure.ts";

/** Corrections after which the width must stand. */
const ATTEMPTS = 5;

/** Points that a figure may be narrower than its place. */
const CLOSE = 2;

/**
 * Draws a figure for a venue, as wide as its place there.
 *
 * @param options What of it, where it has parts.
 * @throws {Error} When it does not fit.
 */
export async function renderFigure(
  figure: Figure,
  results: Results,
  venue: Venue,
  options: Partial<FigureOptions> = {},
): Promise<string> {
  const spec = (width: number) => figure.spec(results, { ...options, width });
  return await renderAtWidth(figure.name, figure.span, venue, spec);
}

/** The pictures of a figure: its parts, or one of the whole. */
export function picturesOf(figure: Figure, results: Results): FigurePart[] {
  const parts = figure.parts?.(results) ?? [];
  const whole = { name: figure.name, title: figure.title, options: {} };
  if (parts.length === 0) return [whole];
  return parts.map(({ name, title, options }) => ({
    // Names of models are a user's own.
    name: [figure.name, ...name === "" ? [] : [name.replace(/[^\w.-]+/g, "_")]].join("-"),
    title: [figure.title, ...title === "" ? [] : [title]].join(": "),
    options,
  }));
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
    // Panels share a width in whole points: a little less may change nothing, so each attempt takes more off.
    width += Math.floor(place) - drawn - (drawn > place ? 2 ** attempt - 1 : 0);
  }
  if (best) return best.svg;
  throw new Error(`${name} does not fit into ${place} pt (${venue.name})`);
}
