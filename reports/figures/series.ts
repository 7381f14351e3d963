/**
 * Colour, shape and dash of each variant: the colour is the method's, shape and dash tell its variants
 * apart, so that a figure also reads in grey.
 *
 * @module
 */
import type { Variant } from "../../data/types.ts";
import { isNoiseFloor } from "../draws.ts";
import { isBaseline, orderedVariants, type Results, variantTitle } from "../results.ts";

/** Okabe and Ito, Color Universal Design (2008), without black (the baseline's); yellow last: it is faint. */
export const COLOURS = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#F0E442",
];
/** Shapes of points, told apart in grey. */
export const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];
const DASHES = [[], [4, 1.5], [1, 1.5], [5, 1.5, 1, 1.5], [8, 2], [2, 2, 4, 2]];

/** Colour of the baseline computed once more. */
const FLOOR = "#7f7f7f";

/** How a variant is drawn everywhere. */
export interface Series {
  variant: string;
  title: string;
  method: string;
  colour: string;
  shape: string;
  dash: number[];
}

/**
 * Drawing style of every variant of an experiment, the baselines first. Draws of one method under several
 * calibration seeds share their title and style.
 *
 * @param variants Those of a figure that shows some: fewer methods have more different colours.
 */
export function seriesOf(
  results: Results,
  variants: readonly Variant[] = orderedVariants(results),
): Series[] {
  const methods = new Map<string, number>();
  const used = new Map<string, number>();
  const known = new Map<string, Series>();
  return variants.map((variant) => {
    const title = variantTitle(results, variant);
    const drawn = known.get(`${variant.model} ${title}`);
    if (drawn) return { ...drawn, variant: variant.id };
    const baseline = isBaseline(results, variant), floor = isNoiseFloor(results, variant);
    const family = baseline || floor ? "baseline" : variant.method;
    if (family !== "baseline" && !methods.has(family)) methods.set(family, methods.size);
    const within = used.get(family) ?? 0;
    used.set(family, within + 1);
    const method = methods.get(family) ?? 0;
    const series = {
      variant: variant.id,
      title,
      method: family,
      colour: baseline ? "#000000" : floor ? FLOOR : COLOURS[method % COLOURS.length]!,
      // Methods start at different shapes, so that neighbours in the legend differ in grey too.
      shape: SHAPES[baseline ? 0 : (within + method + 1) % SHAPES.length]!,
      dash: DASHES[within % DASHES.length]!,
    };
    known.set(`${variant.model} ${title}`, series);
    return series;
  });
}

/** Vega-Lite encodings of the series by title; `legendView` is their legend. */
export function seriesEncoding(all: Series[]) {
  const series = all.filter(({ title }, index) =>
    all.findIndex((other) => other.title === title) === index
  );
  const domain = series.map(({ title }) => title);
  const channel = (range: unknown[]) => ({
    field: "variant",
    type: "nominal",
    title: null,
    scale: { domain, range },
    legend: null,
  });
  return {
    color: channel(series.map(({ colour }) => colour)),
    shape: channel(series.map(({ shape }) => shape)),
    strokeDash: channel(series.map(({ dash }) => dash)),
  };
}
