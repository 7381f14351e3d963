/**
 * Colour, shape and dash of each variant: the colour is the method's, shape and dash tell its variants
 * apart, so that a figure also reads in grey.
 *
 * @module
 */
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
const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];
const DASHES = [[], [4, 1.5], [1, 1.5], [5, 1.5, 1, 1.5], [8, 2], [2, 2, 4, 2]];

/** How a variant is drawn everywhere. */
export interface Series {
  variant: string;
  title: string;
  method: string;
  colour: string;
  shape: string;
  dash: number[];
}

/** Drawing style of every variant of an experiment, the baselines first. */
export function seriesOf(results: Results): Series[] {
  const methods = new Map<string, number>();
  const used = new Map<string, number>();
  return orderedVariants(results).map((variant) => {
    const baseline = isBaseline(results, variant);
    const family = baseline ? "baseline" : variant.method;
    if (!baseline && !methods.has(family)) methods.set(family, methods.size);
    const within = used.get(family) ?? 0;
    used.set(family, within + 1);
    const method = methods.get(family) ?? 0;
    return {
      variant: variant.id,
      title: variantTitle(results, variant),
      method: family,
      colour: baseline ? "#000000" : COLOURS[method % COLOURS.length]!,
      // Methods start at different shapes, so that neighbours in the legend differ in grey too.
      shape: SHAPES[baseline ? 0 : (within + method + 1) % SHAPES.length]!,
      dash: DASHES[within % DASHES.length]!,
    };
  });
}

/** Vega-Lite encodings of the series by title; `legendView` is their legend. */
export function seriesEncoding(series: Series[]) {
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
