/**
 * Rank correlation of the most likely tokens along the answer (ACBench, Figure 4).
 *
 * @module
 */
import { listed } from "../../analysis/numbers.ts";
import { kendallTauChance, spearmanRhoChance } from "../../analysis/statistics/chance_band.ts";
import { meansByPosition, type PositionMean } from "../../analysis/statistics/means_by_position.ts";
import { drawnSeedText, type Draws } from "../draws.ts";
import { firstCaptured } from "../first_captured.ts";
import { remember } from "../remember.ts";
import { blocksOf, type Results } from "../results.ts";
import { byPosition, type PositionValues } from "../by_position.ts";
import { countsText, unbroken } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions, FigureSpec } from "./figure.ts";
import { legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { leftOutText, partsOf, shownPart } from "./parts.ts";
import { type Series, seriesEncoding, seriesOf } from "./series.ts";
import { SHADE, THEME } from "./theme.ts";

/** Rows of panels: metric, axis title and the deviation of independent rankings. */
const ROWS = [
  { metric: "kendall_tau", title: "Kendall’s τ", chance: kendallTauChance },
  { metric: "spearman_rho", title: "Spearman’s ρ", chance: spearmanRhoChance },
];
/** Columns of panels. */
const KS = [3, 10, 20];
/** A line carries its marker and interval every so many positions, or at so many places of a long one. */
const MARK_EVERY = 6;
const MOST_MARKS = 10;
/** Fewer samples than this at a position, or than this share of them, give no mean worth a line. */
const FEWEST_SAMPLES = 3;
const REACHED = 1 / 3;

/** Points of a line; where answers are longer, a point is the mean over several positions. */
const MOST_POINTS = 50;
/** More lines than this get figures of their own, by groups of methods. */
const MOST_LINES = { all: 10, group: 8 };

/** Means of one variant, all its calibration seeds together, in one panel. */
interface Line {
  metric: string;
  k: number;
  /** Id of the first of the draws. */
  variant: string;
  means: PositionMean[];
}

/** Figure of top-k consistency by position. */
export const topkConsistencyByPosition: Figure = {
  name: "topk_consistency_by_position",
  title: "Top-k consistency by position",
  metrics: ROWS.map(({ metric }) => metric),
  span: "full",
  caption(results, options = {}) {
    const drawn = collect(results, options);
    if (drawn === null) return "Top-k consistency by position: no data.";
    const { shown, lines, benchmark } = drawn;
    const means = lines.flatMap(({ means }) => means);
    const intervals = [...new Set(means.flatMap(({ interval }) => interval ?? []))];
    const window = windowOf(results, benchmark);
    const place = window === 1 ? "position" : `stretch of ${window} positions`;
    const seeds = drawnSeedText(results, shown.group.draws);
    return `Rank correlation between the logits of the baseline and of ${
      listed(shown.group.draws.map(({ title }) => title))
    } on the k tokens that the baseline ranks highest, by position in the baseline’s answers to ` +
      `${benchmark} (${shown.model}; lines: means over samples, ${
        countsText(means.map(({ n }) => n))
      } a ${place}, fewer where answers have ended; bars at the markers: ${
        unbroken(listed(intervals)) || "no"
      } intervals, cut off at the frame; ${seeds}). Grey band: one standard deviation ` +
      `around 0 of a single independent ranking (τ and ρ of k ranks under independence).${
        floorText(shown.floors, lines)
      }${leftOutText(shown.group)}`;
  },
  spec(results, options) {
    const drawn = collect(results, options);
    if (drawn === null) {
      return emptyFigure(options.width, [
        "Top-k consistency by position: no data.",
        "It needs the metrics kendall_tau and spearman_rho, measured on captures.",
      ]);
    }
    const { shown, lines } = drawn;
    const all = [...shown.group.draws, ...shown.floors];
    const series = seriesOf(results, all.map(({ variants }) => variants[0]!))
      .map((one, index) => ({ ...one, variant: all[index]!.id, title: all[index]!.title }))
      .filter(({ variant }) => lines.some((line) => line.variant === variant));
    return panelsSpec(lines, series, windowOf(results, drawn.benchmark), options.width);
  },
  parts(results) {
    return partsOf(results, MOST_LINES, haveValues(results, benchmarkOf(results, undefined)));
  },
};

/** What the noise floor shows, if it was captured. */
function floorText(floors: readonly Draws[], lines: Line[]): string {
  const drawn = floors.filter(({ id }) => lines.some(({ variant }) => variant === id));
  if (drawn.length === 0) return "";
  return ` Grey lines: the noise floor, the baseline against itself computed again (${
    listed(drawn.map(({ title }) => title.replace(/^Baseline, /, "")))
  }).`;
}

/** The values of a metric by benchmark and variant, those at positions of the answer. */
function valuesOf(results: Results, metric: string): Map<string, PositionValues[]> {
  return remember(results, `${metric} by benchmark and variant`, () => {
    const groups = new Map<string, PositionValues[]>();
    for (const group of byPosition(blocksOf(results, metric))) {
      const key = `${group.benchmark}\n${group.variant}`;
      groups.set(key, [...groups.get(key) ?? [], group]);
    }
    return groups;
  });
}

function benchmarkOf(results: Results, wanted: string | undefined): string {
  const keys = ROWS.flatMap(({ metric }) => [...valuesOf(results, metric).keys()]);
  return wanted ?? firstCaptured(results, keys.map((key) => key.split("\n")[0]!)) ?? "";
}

function haveValues(results: Results, benchmark: string): (variant: string) => boolean {
  return (variant) =>
    ROWS.some(({ metric }) => valuesOf(results, metric).has(`${benchmark}\n${variant}`));
}

function collect(results: Results, options: Partial<FigureOptions>) {
  const benchmark = benchmarkOf(results, options.benchmark);
  const shown = shownPart(results, options, MOST_LINES, haveValues(results, benchmark));
  if (shown === null) return null;
  const lines = [...shown.group.draws, ...shown.floors].flatMap((draws) =>
    linesOf(results, benchmark, draws)
  );
  return lines.length === 0 ? null : { shown, lines, benchmark };
}

/** Positions that one point of a line takes together. */
function windowOf(results: Results, benchmark: string): number {
  return remember(results, `window of positions on ${benchmark}`, () => {
    let last = 0;
    for (const { metric } of ROWS) {
      for (const [key, groups] of valuesOf(results, metric)) {
        if (!key.startsWith(`${benchmark}\n`)) continue;
        for (const group of groups) {
          for (const { position } of group.values()) if (position > last) last = position;
        }
      }
    }
    return Math.ceil((last + 1) / MOST_POINTS);
  });
}

/** The lines of draws, one a metric and k. */
function linesOf(results: Results, benchmark: string, draws: Draws): Line[] {
  const window = windowOf(results, benchmark);
  return remember(
    results,
    `lines of ${draws.id} on ${benchmark}`,
    () =>
      ROWS.flatMap(({ metric }) => {
        const groups = draws.variants.flatMap(({ id }) =>
          valuesOf(results, metric).get(`${benchmark}\n${id}`) ?? []
        );
        return KS.flatMap((k): Line[] => {
          const own = groups.filter(({ parameter }) => parameter === `k=${k}`);
          const all = meansByPosition(inWindows(own, window));
          const fewest = Math.max(FEWEST_SAMPLES, REACHED * Math.max(...all.map(({ n }) => n)));
          const means = all.filter(({ n }) => n >= fewest);
          return means.length === 0 ? [] : [{ metric, k, variant: draws.id, means }];
        });
      }),
  );
}

/** The values, those of a window all at its middle. */
function* inWindows(groups: readonly PositionValues[], window: number) {
  for (const group of groups) {
    for (const { sampleId, position, value } of group.values()) {
      const middle = (Math.floor(position / window) + 0.5) * window - 0.5;
      yield { sampleId, position: middle, value };
    }
  }
}

function panelsSpec(lines: Line[], series: Series[], window: number, width: number): FigureSpec {
  const rows = ROWS.filter(({ metric }) => lines.some((line) => line.metric === metric));
  const ks = KS.filter((k) => lines.some((line) => line.k === k));
  const each = Math.floor((width - 40 - 10 * (ks.length - 1)) / ks.length);
  const floor = Math.min(
    -0.1,
    ...lines.flatMap(({ means }) => means.map(({ mean }) => mean!)),
    ...rows.flatMap(({ chance }) => ks.map((k) => -chance(k))),
  );
  const lastPosition = Math.max(...lines.map(({ means }) => means.at(-1)!.position));
  const panel = (row: typeof ROWS[number], k: number) => {
    const own = lines.filter((line) => line.metric === row.metric && line.k === k);
    const last = row === rows.at(-1), first = k === ks[0];
    return {
      width: each,
      height: 95,
      layer: [
        ...row === rows[0] ? [panelTitle(`k = ${k}`, each)] : [],
        ...panelLayers(own, series, row.chance(k), {
          x: { title: last ? "Position in the answer (tokens)" : null, labels: last },
          y: { title: first ? row.title : null, labels: first },
          floor: Math.floor(floor * 10) / 10,
          last: lastPosition,
          window,
        }),
      ],
    };
  };
  // One grid, not rows beside each other: its columns line up whatever stands out of a panel.
  const panels = {
    concat: rows.flatMap((row) => ks.map((k) => panel(row, k))),
    columns: ks.length,
    align: "each",
    spacing: { row: 8, column: 10 },
  };
  const legend = legendView(series, each * ks.length + 10 * (ks.length - 1));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    vconcat: [panels, legend],
    spacing: 8,
  } as unknown as FigureSpec;
}

function panelLayers(
  lines: Line[],
  series: Series[],
  chance: number,
  axes: {
    x: { title: string | null; labels: boolean };
    y: { title: string | null; labels: boolean };
    floor: number;
    /** Last position that any line reaches. */
    last: number;
    /** Positions of a point. */
    window: number;
  },
): object[] {
  const step = axes.window;
  const every = Math.max(MARK_EVERY, Math.ceil(axes.last / step / MOST_MARKS));
  // Variants take turns.
  const turns = series.map((_, turn) => Math.floor(turn * Math.max(1, every / series.length)));
  const points = series.flatMap(({ variant, title }, turn) =>
    (lines.find((line) => line.variant === variant)?.means ?? []).map((mean) => ({
      variant: title,
      position: mean.position,
      mean: mean.mean,
      low: mean.low ?? mean.mean,
      high: mean.high ?? mean.mean,
      marked: Math.floor(mean.position / step) % every === turns[turn]! % every,
    }))
  );
  const encoding = seriesEncoding(series);
  const x = {
    field: "position",
    type: "quantitative",
    // Half a token of air: markers at the ends stay whole.
    scale: { domain: [-0.5, axes.last + 0.5], nice: false },
    axis: { ...axes.x, grid: false, tickCount: 5, tickMinStep: 1 },
  };
  const y = {
    type: "quantitative",
    scale: { domain: [axes.floor, 1], nice: false },
    axis: { ...axes.y, tickCount: 5, format: ".1f" },
  };
  const marked = { values: points.filter(({ marked }) => marked) };
  return [
    {
      data: { values: [{ from: -chance, to: chance }] },
      mark: { type: "rect", color: SHADE, opacity: 0.7 },
      encoding: { y: { field: "from", ...y }, y2: { field: "to" } },
    },
    {
      data: { values: points },
      mark: { type: "line", strokeWidth: 0.9 },
      encoding: {
        x,
        y: { field: "mean", ...y },
        color: encoding.color,
        strokeDash: encoding.strokeDash,
      },
    },
    {
      data: marked,
      mark: { type: "rule", strokeWidth: 0.6, clip: true },
      encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color: encoding.color },
    },
    {
      data: marked,
      mark: { type: "point", filled: true, size: 14, opacity: 1 },
      encoding: { x, y: { field: "mean", ...y }, color: encoding.color, shape: encoding.shape },
    },
  ].filter(({ data }) => data.values.length > 0);
}
