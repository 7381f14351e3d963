/**
 * Rank correlation of the most likely tokens along the answer (ACBench, Figure 4).
 *
 * @module
 */
import { kendallTauChance, spearmanRhoChance } from "../../analysis/statistics/chance_band.ts";
import { meansByPosition, type PositionMean } from "../../analysis/statistics/means_by_position.ts";
import { listed } from "../numbers.ts";
import { byPosition } from "../by_position.ts";
import { blocksOf, type Results } from "../results.ts";
import { countsText, modelNames, seedText, unbroken } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureOptions, FigureSpec } from "./figure.ts";
import { legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { type Series, seriesEncoding, seriesOf } from "./series.ts";
import { SHADE, THEME } from "./theme.ts";

/** Rows of panels: metric, axis title and the deviation of independent rankings. */
const ROWS = [
  { metric: "kendall_tau", title: "Kendall’s τ", chance: kendallTauChance },
  { metric: "spearman_rho", title: "Spearman’s ρ", chance: spearmanRhoChance },
];
/** Columns of panels. */
const KS = [3, 10, 20];
/** Every so many positions a line carries its marker and interval; variants take turns. */
const MARK_EVERY = 6;
/** Fewer samples than this at a position, or than this share of them, give no mean worth a line. */
const FEWEST_SAMPLES = 3;
const REACHED = 1 / 3;

/** Means of one variant in one panel. */
interface Line {
  metric: string;
  k: number;
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
    const { benchmark, lines } = collect(results, options);
    if (lines.length === 0) return "Top-k consistency by position: no data.";
    const means = lines.flatMap(({ means }) => means);
    const intervals = [...new Set(means.flatMap(({ interval }) => interval ?? []))];
    return `Rank correlation between the logits of the baseline and of each variant on the k tokens ` +
      `that the baseline ranks highest, by position in the baseline’s answers to ${benchmark} ` +
      `(${modelNames(results)}; lines: means over samples, ${
        countsText(means.map(({ n }) => n))
      } ` +
      `a position, fewer where answers have ended; bars at the markers: ${
        unbroken(listed(intervals))
      } ` +
      `intervals, cut off at the frame; ${
        seedText(results)
      }). Grey: one standard deviation around 0 of a single ` +
      "independent ranking.";
  },
  spec(results, options) {
    const { lines } = collect(results, options);
    if (lines.length === 0) {
      return emptyFigure(options.width, [
        "Top-k consistency by position: no data.",
        "It needs the metrics kendall_tau and spearman_rho, measured on captures.",
      ]);
    }
    const drawn = seriesOf(results).filter(({ variant }) =>
      lines.some((line) => line.variant === variant)
    );
    return panelsSpec(lines, drawn, options.width);
  },
};

function collect(results: Results, { benchmark: wanted }: Partial<FigureOptions>) {
  const found = ROWS.flatMap(({ metric }) => byPosition(blocksOf(results, metric)));
  const benchmark = wanted ?? found[0]?.benchmark;
  const lines = found.flatMap((group): Line[] => {
    const { metric, parameter, variant } = group;
    const k = Number(/^k=(\d+)$/.exec(parameter ?? "")?.[1]);
    if (group.benchmark !== benchmark || !KS.includes(k)) return [];
    const all = meansByPosition(group.values());
    const fewest = Math.max(FEWEST_SAMPLES, REACHED * Math.max(...all.map(({ n }) => n)));
    const means = all.filter(({ n }) => n >= fewest);
    return means.length === 0 ? [] : [{ metric, k, variant, means }];
  });
  return { benchmark, lines };
}

function panelsSpec(lines: Line[], series: Series[], width: number): FigureSpec {
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
  },
): object[] {
  const points = series.flatMap(({ variant, title }, turn) =>
    (lines.find((line) => line.variant === variant)?.means ?? []).map((mean) => ({
      variant: title,
      position: mean.position,
      mean: mean.mean,
      low: mean.low ?? mean.mean,
      high: mean.high ?? mean.mean,
      marked: mean.position % MARK_EVERY === turn % MARK_EVERY,
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
