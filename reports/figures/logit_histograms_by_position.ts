/**
 * All logits at a few positions, each variant against the baseline (ACBench, Figure 14).
 *
 * @module
 */
import { grouped, listed } from "../../analysis/numbers.ts";
import type { HistogramLine } from "../../data/result_schema.ts";
import { drawnSeedText, type Draws } from "../draws.ts";
import { remember } from "../remember.ts";
import type { Results } from "../results.ts";
import { countsText } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type Bars, histogramGrid } from "./histogram_grid.ts";
import { shownPositions } from "./paper_positions.ts";
import { leftOutText, partsOf, shownPart } from "./parts.ts";
import { seriesOf } from "./series.ts";

const QUANTITY = "logits";
/** Those of Figure 14. */
const PAPER_POSITIONS = [2, 82, 134, 184, 225, 246];
/** More rows than this get figures of their own, by groups of methods. */
const MOST_ROWS = { all: 10 };
/** About so many bins where there are logits; neighbours of finer ones are put together. */
const BINS = 40;

/** Counts of the same bins, of all draws together. */
interface Counted {
  low: number;
  high: number;
  counts: number[];
  /** Logits outside the bins, or not finite. */
  outside: number;
  samples: number;
}

/** Figure of logit histograms. */
export const logitHistogramsByPosition: Figure = {
  name: "logit_histograms_by_position",
  title: "Logits by position",
  metrics: [],
  span: "full",
  caption(results, options = {}) {
    const drawn = collect(results, options);
    if (drawn === null) return "Logits by position: no data.";
    const { shown, benchmark, positions, ofPaper, baseline, rows } = drawn;
    const counts = baseline.map(({ samples }) => samples);
    const seeds = drawnSeedText(results, shown.group.draws);
    return `Raw logits over the whole vocabulary of ${
      listed(shown.group.draws.map(({ title }) => title))
    } (${shown.model}) at ${ofPaper ? "the paper’s positions" : "positions"} ${
      listed(positions.map(grouped))
    } of the baseline’s answers to ${benchmark} (${countsText(counts)} samples a position, the ` +
      `logits of all together; ${seeds}). Grey: baseline; outlined: the row’s variant on the same text. Heights are shares of ` +
      `logits in bins of equal width; no interval is drawn.${
        outsideText([...baseline, ...rows.flat()])
      }${leftOutText(shown.group)}`;
  },
  spec(results, options) {
    const drawn = collect(results, options);
    if (drawn === null) {
      return emptyFigure(options.width, [
        "Logits by position: no data.",
        "It needs histograms of a baseline's and a variant's logits, made of captures by deno task results.",
      ]);
    }
    const { shown, positions, baseline, rows } = drawn;
    const { edges, barsOf } = binsOf([...baseline, ...rows.flat().filter((one) => one !== null)]);
    const series = seriesOf(results, shown.group.draws.map(({ variants }) => variants[0]!));
    return histogramGrid({
      edges,
      positions,
      baseline: baseline.map(barsOf),
      rows: shown.group.draws.map(({ title }, index) => ({
        title,
        colour: series[index]!.colour,
        bars: rows[index]!.map((one) => one === null ? null : barsOf(one)),
      })),
      title: "Logit",
    }, options.width);
  },
  parts: (results) => partsOf(results, MOST_ROWS, has(results, benchmarkOf(results, undefined))),
};

/** Histograms by benchmark, variant and position, of all sampling seeds. */
function linesOf(results: Results): Map<string, HistogramLine[]> {
  return remember(results, "histograms of logits", () => {
    const lines = new Map<string, HistogramLine[]>();
    for (const line of results.histograms) {
      if (line.quantity !== QUANTITY) continue;
      const key = keyOf(line.benchmark, line.variant, line.position);
      lines.set(key, [...lines.get(key) ?? [], line]);
    }
    return lines;
  });
}

function keyOf(benchmark: string, variant: string, position: number): string {
  return JSON.stringify([benchmark, variant, position]);
}

/** The wanted benchmark, or the one that reaches furthest: it has most of the paper's positions. */
function benchmarkOf({ histograms }: Results, wanted: string | undefined): string {
  if (wanted !== undefined) return wanted;
  let furthest: HistogramLine | undefined;
  for (const line of histograms) {
    if (line.quantity === QUANTITY && line.position > (furthest?.position ?? -1)) furthest = line;
  }
  return furthest?.benchmark ?? "";
}

function has(results: Results, benchmark: string): (variant: string) => boolean {
  const found = new Set(
    results.histograms.filter((line) => line.benchmark === benchmark && line.quantity === QUANTITY)
      .map(({ variant }) => variant),
  );
  return (variant) => found.has(variant);
}

function collect(results: Results, options: Partial<FigureOptions>) {
  const benchmark = benchmarkOf(results, options.benchmark);
  const shown = shownPart(results, options, MOST_ROWS, has(results, benchmark));
  if (shown === null) return null;
  const counts = new Map<number, number>();
  for (const { variant, position, n, ...line } of results.histograms) {
    if (variant !== shown.baseline.id || line.benchmark !== benchmark) continue;
    if (line.quantity === QUANTITY) counts.set(position, (counts.get(position) ?? 0) + n);
  }
  const { positions, ofPaper } = shownPositions(counts, PAPER_POSITIONS);
  const of = (draws: Draws) => positions.map((at) => countedAt(results, benchmark, draws, at));
  const baseline = of(shown.baseline).filter((one) => one !== null);
  if (baseline.length === 0) return null;
  return { shown, benchmark, positions, ofPaper, baseline, rows: shown.group.draws.map(of) };
}

/** Counts of all draws at a position; null where there are none. Bins are the same for all variants of a baseline. */
function countedAt(
  results: Results,
  benchmark: string,
  { variants }: Draws,
  position: number,
): Counted | null {
  const lines = variants.flatMap(({ id }) =>
    linesOf(results).get(keyOf(benchmark, id, position)) ?? []
  );
  const [first] = lines;
  if (!first) return null;
  const alike = lines.filter(({ low, high, counts }) =>
    low === first.low && high === first.high && counts.length === first.counts.length
  );
  return {
    low: first.low,
    high: first.high,
    counts: Array.from(first.counts, (_, bin) => sum(alike.map(({ counts }) => counts[bin]!))),
    outside: sum(alike.map(({ below, above, not_finite }) => below + above + not_finite)),
    samples: sum(alike.map(({ n }) => n)),
  };
}

/** Common bins around all that was counted, not too many of them, and the shares of a histogram in them. */
function binsOf(all: Counted[]): { edges: number[]; barsOf: (one: Counted) => Bars } {
  const { low, high, counts } = all[0]!;
  const alike = all.filter((one) =>
    one.low === low && one.high === high && one.counts.length === counts.length
  );
  const filled = counts.map((_, bin) => alike.some((one) => one.counts[bin]! > 0));
  const first = Math.max(0, filled.indexOf(true) - 1);
  const last = Math.min(counts.length - 1, filled.lastIndexOf(true) + 1);
  const together = Math.max(1, Math.ceil((last - first + 1) / BINS));
  const bins = Math.max(1, Math.ceil((last - first + 1) / together));
  const width = (high - low) / counts.length;
  const edges = Array.from(
    { length: bins + 1 },
    (_, i) => Number((low + (first + i * together) * width).toPrecision(12)),
  );
  const barsOf = (one: Counted): Bars => {
    const total = sum(one.counts) + one.outside;
    if (!alike.includes(one) || total === 0) return edges.slice(1).map(() => 0);
    return edges.slice(1).map((_, i) => {
      const from = first + i * together;
      return sum(one.counts.slice(from, from + together)) / total;
    });
  };
  return { edges, barsOf };
}

/** Says where logits lie outside the bins: a share that is not drawn. */
function outsideText(all: (Counted | null)[]): string {
  const outside = sum(all.map((one) => one?.outside ?? 0));
  if (outside === 0) return "";
  const total = sum(all.map((one) => one === null ? 0 : sum(one.counts) + one.outside));
  return ` Not drawn: ${grouped(outside)} of ${grouped(total)} logits, which lie further out or ` +
    "are not finite.";
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
