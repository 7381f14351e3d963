/**
 * Energies of the logits at a few positions, each variant against the baseline (ACBench, Figure 15).
 *
 * What is drawn is E = -T ln sum exp(f / T), below 0 for logits as large as a vocabulary's. The paper titles
 * the axis of its Figure 15 negative energy, but plots this E; -E would be mirrored at 0.
 *
 * @module
 */
import { grouped, listed } from "../../analysis/numbers.ts";
import { byPosition, type PositionValues } from "../by_position.ts";
import { drawnSeedText, type Draws } from "../draws.ts";
import { remember } from "../remember.ts";
import { blocksOf, type Results } from "../results.ts";
import { countsText } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { binEdges, shares } from "./histogram_bins.ts";
import { histogramGrid } from "./histogram_grid.ts";
import { shownPositions } from "./paper_positions.ts";
import { leftOutText, partsOf, shownPart } from "./parts.ts";
import { seriesOf } from "./series.ts";

/** Those of Figure 15. */
const PAPER_POSITIONS = [1, 64, 117, 175, 244, 252];
const BINS = 24;
/** More rows than this get figures of their own, by groups of methods. */
const MOST_ROWS = { all: 10 };
/** The metric may have been measured at other temperatures too. */
const PARAMETER = "T=1";

/**
 * Fewer tokens than this at a position draw no histogram: those nearby are taken in, up to so many positions away,
 * the nearest that suffice.
 */
const ENOUGH_TOKENS = 30;
const NEARBY = [1, 2, 4, 8];

/** Energies of one variant by position. */
type Energies = Map<number, number[]>;

/** Figure of energy histograms. */
export const energyHistograms: Figure = {
  name: "energy_histograms",
  title: "Energy by position",
  metrics: ["energy"],
  span: "full",
  caption(results, options = {}) {
    const drawn = collect(results, options);
    if (drawn === null) return "Energy by position: no data.";
    const { shown, positions, nearby, ofPaper, baseline, benchmark } = drawn;
    const counts = positions.map((position) => baseline.get(position)!.length);
    const seeds = drawnSeedText(results, shown.group.draws);
    return `Free energy E of the logits (Eq. 7 of ACBench, T = 1) of ${
      listed(shown.group.draws.map(({ title }) => title))
    } (${shown.model}) at ${ofPaper ? "the paper’s positions" : "positions"} ${
      listed(positions.map(grouped))
    }${
      nearby === 0 ? "" : `, and up to ${nearby} beside each,`
    } of the baseline’s answers to ${benchmark} (${
      countsText(counts)
    } tokens a panel, ${seeds}). Grey: baseline; outlined: the row’s variant on the same text. Heights are shares of ` +
      "tokens in bins of equal width; no interval is drawn. The axis is E itself; the paper’s " +
      `Figure 15 plots E too, though it calls it negative energy.${leftOutText(shown.group)}`;
  },
  spec(results, options) {
    const drawn = collect(results, options);
    if (drawn === null) {
      return emptyFigure(options.width, [
        "Energy by position: no data.",
        "It needs the metric energy on a baseline and on one variant or more.",
      ]);
    }
    const { shown, positions, baseline, energies } = drawn;
    const edges = binEdges(
      [baseline, ...energies].flatMap((own) => positions.flatMap((at) => own.get(at) ?? [])),
      BINS,
    );
    const barsOf = (own: Energies) =>
      positions.map((at) => own.has(at) ? shares(own.get(at)!, edges) : null);
    const series = seriesOf(results, shown.group.draws.map(({ variants }) => variants[0]!));
    return histogramGrid({
      edges,
      positions,
      baseline: barsOf(baseline),
      rows: shown.group.draws.map(({ title }, index) => ({
        title,
        colour: series[index]!.colour,
        bars: barsOf(energies[index]!),
      })),
      title: "E = −ln Σ exp f (nats)",
    }, options.width);
  },
  parts: (results) => partsOf(results, MOST_ROWS, has(results, benchmarkOf(results, undefined))),
};

/** Energies by benchmark and variant. */
function valuesOf(results: Results): Map<string, PositionValues> {
  return remember(results, "energies by benchmark and variant", () => {
    const own = byPosition(blocksOf(results, "energy")).filter(({ parameter }) =>
      parameter === PARAMETER || parameter === null
    );
    return new Map(own.map((group) => [`${group.benchmark}\n${group.variant}`, group]));
  });
}

/** The wanted benchmark, or the one with the longest answers: it has most of the paper's positions. */
function benchmarkOf(results: Results, wanted: string | undefined): string {
  return wanted ?? remember(results, "benchmark of energies", () => {
    const last = new Map<string, number>();
    for (const { benchmark, values } of valuesOf(results).values()) {
      for (const { position } of values()) {
        if (position > (last.get(benchmark) ?? -1)) last.set(benchmark, position);
      }
    }
    return [...last].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
  });
}

function has(results: Results, benchmark: string): (variant: string) => boolean {
  return (variant) => energiesOf(results, benchmark, [variant]).size > 0;
}

/** Finite energies of variants together. */
function energiesOf(results: Results, benchmark: string, variants: readonly string[]): Energies {
  return remember(results, `energies of ${variants.join("\n")} on ${benchmark}`, () => {
    const energies: Energies = new Map();
    for (const variant of variants) {
      for (
        const { position, value } of valuesOf(results).get(`${benchmark}\n${variant}`)?.values() ??
          []
      ) {
        if (value === null || !Number.isFinite(value)) continue;
        const values = energies.get(position);
        if (values) values.push(value);
        else energies.set(position, [value]);
      }
    }
    return energies;
  });
}

function collect(results: Results, options: Partial<FigureOptions>) {
  const benchmark = benchmarkOf(results, options.benchmark);
  const shown = shownPart(results, options, MOST_ROWS, has(results, benchmark));
  if (shown === null) return null;
  const of = ({ variants }: Draws) => energiesOf(results, benchmark, variants.map(({ id }) => id));
  const { baseline, nearby, ...places } = nearbyOf(of(shown.baseline));
  if (places.positions.length === 0) return null;
  const energies = shown.group.draws.map((draws) => withNearby(of(draws), nearby));
  return { shown, benchmark, baseline, energies, nearby, ...places };
}

/** How many positions beside each are taken in, what there is then, and the positions to show. */
function nearbyOf(energies: Energies) {
  const at = (nearby: number) => {
    const baseline = withNearby(energies, nearby);
    const counts = new Map([...baseline].map(([position, { length }]) => [position, length]));
    return { nearby, baseline, ...shownPositions(counts, PAPER_POSITIONS) };
  };
  let found = at(0);
  // Where answers are too short for the paper's positions, those shown are the ones that most reach.
  if (!found.ofPaper) return found;
  for (const nearby of NEARBY) {
    const { baseline, positions } = found;
    if (positions.every((position) => baseline.get(position)!.length >= ENOUGH_TOKENS)) break;
    found = at(nearby);
  }
  return found;
}

/** The energies of each of the paper's positions and those beside it. */
function withNearby(energies: Energies, nearby: number): Energies {
  if (nearby === 0) return energies;
  const around = PAPER_POSITIONS.map((position): [number, number[]] => [
    position,
    [...energies].flatMap(([at, values]) => Math.abs(at - position) <= nearby ? values : []),
  ]);
  return new Map(around.filter(([, values]) => values.length > 0));
}
