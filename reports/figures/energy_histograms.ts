/**
 * Energies of the logits at a few positions, each variant against the baseline (ACBench, Figure 15).
 *
 * @module
 */
import { grouped, listed } from "../numbers.ts";
import { byPosition, type PositionValues } from "../by_position.ts";
import { blocksOf, isBaseline, orderedVariants, type Results } from "../results.ts";
import { countsText, modelNames, seedText } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions, FigureSpec } from "./figure.ts";
import { binEdges, shares } from "./histogram_bins.ts";
import { seriesOf } from "./series.ts";
import { SHADE, THEME } from "./theme.ts";

/** Positions shown side by side. */
const POSITIONS = 4;
const BINS = 24;
/** A position is shown only if at least this share of the samples reaches it. */
const REACHED = 0.5;

/** Energies of one variant by position. */
type Energies = Map<number, number[]>;

/** What the figure draws. */
interface Drawn {
  benchmark: string;
  baseline: Energies;
  variants: { variant: string; energies: Energies }[];
  positions: number[];
}

/** Figure of energy histograms. */
export const energyHistograms: Figure = {
  name: "energy_histograms",
  title: "Energy by position",
  metrics: ["energy"],
  span: "full",
  caption(results, options = {}) {
    const drawn = collect(results, options);
    if (drawn === null) return "Energy by position: no data.";
    const counts = drawn.positions.flatMap((position) => drawn.baseline.get(position)!.length);
    return `Free energy of the logits (Eq. 7 of ACBench, T = 1) of ${
      modelNames(results)
    } at positions ${
      listed(drawn.positions.map(grouped))
    } of the baseline's answers to ${drawn.benchmark} (${countsText(counts)} samples a position, ${
      seedText(results)
    }). Grey: baseline; outlined: the row's variant on the same text. Heights are shares of ` +
      "samples in bins of equal width; no interval is drawn.";
  },
  spec(results, options) {
    const drawn = collect(results, options);
    if (drawn === null) {
      return emptyFigure(options.width, [
        "Energy by position: no data.",
        "It needs the metric energy on a baseline and on one variant or more.",
      ]);
    }
    return gridSpec(results, drawn, options.width);
  },
};

function collect(results: Results, { benchmark: wanted }: Partial<FigureOptions>): Drawn | null {
  const found = byPosition(blocksOf(results, "energy"));
  const benchmark = wanted ?? found[0]?.benchmark;
  if (benchmark === undefined) return null;
  const own = found.filter((group) => group.benchmark === benchmark);
  const baselines = new Set(Object.values(results.plan.baseline));
  const baseline = energiesOf(own.filter(({ variant }) => baselines.has(variant)));
  const variants = orderedVariants(results)
    .filter((variant) => !isBaseline(results, variant))
    .map(({ id }) => ({
      variant: id,
      energies: energiesOf(own.filter(({ variant }) => variant === id)),
    }))
    .filter(({ energies }) => energies.size > 0);
  if (baseline.size === 0 || variants.length === 0) return null;
  return { benchmark, baseline, variants, positions: shownPositions(baseline) };
}

function energiesOf(groups: PositionValues[]): Energies {
  const energies: Energies = new Map();
  for (const group of groups) {
    for (const { position, value } of group.values()) {
      if (value === null || !Number.isFinite(value)) continue;
      const values = energies.get(position);
      if (values) values.push(value);
      else energies.set(position, [value]);
    }
  }
  return energies;
}

/** Positions from the first to the last that enough samples reach, evenly apart. */
function shownPositions(energies: Energies): number[] {
  const most = Math.max(...[...energies.values()].map(({ length }) => length));
  const reached = [...energies].filter(([, { length }]) => length >= REACHED * most)
    .map(([position]) => position).sort((a, b) => a - b);
  const count = Math.min(POSITIONS, reached.length);
  const steps = Array.from({ length: count }, (_, i) => i / Math.max(1, count - 1));
  return [...new Set(steps.map((step) => reached[Math.round(step * (reached.length - 1))]!))];
}

function gridSpec(results: Results, drawn: Drawn, width: number): FigureSpec {
  const series = new Map(seriesOf(results).map((one) => [one.variant, one]));
  const all = [drawn.baseline, ...drawn.variants.map(({ energies }) => energies)];
  const edges = binEdges(
    all.flatMap((energies) => drawn.positions.flatMap((p) => energies.get(p) ?? [])),
    BINS,
  );
  const bars = (energies: Energies, position: number) =>
    shares(energies.get(position) ?? [], edges).map((share, bin) => ({
      position,
      left: edges[bin],
      right: edges[bin + 1],
      share,
    }));
  const values = drawn.variants.flatMap(({ variant, energies }) =>
    drawn.positions.flatMap((position) =>
      [
        ...bars(drawn.baseline, position).map((bar) => ({ ...bar, of: "baseline" })),
        ...bars(energies, position).map((bar) => ({ ...bar, of: "variant" })),
      ].map((bar) => ({
        ...bar,
        variant: series.get(variant)!.title,
        colour: series.get(variant)!.colour,
      }))
    )
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    data: { values },
    facet: {
      row: {
        field: "variant",
        type: "nominal",
        sort: drawn.variants.map(({ variant }) => series.get(variant)!.title),
        title: null,
        header: {
          labelAngle: 0,
          labelAlign: "left",
          labelAnchor: "middle",
          labelFontWeight: "normal",
        },
      },
      column: {
        field: "position",
        type: "ordinal",
        title: null,
        header: { labelExpr: "'position ' + datum.value" },
      },
    },
    spacing: { row: 4, column: 8 },
    spec: {
      width: Math.floor((width - 90 - 8 * drawn.positions.length) / drawn.positions.length),
      height: 30,
      layer: [barLayer(xOf(edges)), outlineLayer(xOf(edges))],
    },
  } as unknown as FigureSpec;
}

function xOf(edges: number[]): object {
  return {
    field: "left",
    type: "quantitative",
    title: "Energy (nats)",
    scale: { domain: [edges[0], edges.at(-1)], nice: false },
    axis: { grid: false, tickCount: 4 },
  };
}

const y = {
  field: "share",
  type: "quantitative",
  title: null,
  axis: { tickCount: 2, format: ".0%", grid: true },
};

function barLayer(x: object): object {
  return {
    transform: [{ filter: "datum.of === 'baseline'" }, { filter: "datum.share > 0" }],
    mark: { type: "rect", color: SHADE },
    encoding: { x, x2: { field: "right" }, y, y2: { datum: 0 } },
  };
}

function outlineLayer(x: object): object {
  return {
    transform: [{ filter: "datum.of === 'variant'" }],
    mark: { type: "line", interpolate: "step-after", strokeWidth: 0.9 },
    encoding: { x, y, color: { field: "colour", type: "nominal", scale: null, legend: null } },
  };
}
