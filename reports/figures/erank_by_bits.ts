/**
 * Effective rank against the bits of a weight (ACBench, Figure 2).
 *
 * @module
 */
import type { Variant } from "../../data/types.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { isBaseline, type Results, type SummaryLine } from "../results.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { type LegendEntry, legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { seriesOf } from "./series.ts";
import { THEME } from "./theme.ts";

/** Matrices whose rank is drawn, by the metric's parameter. */
const PANELS: [parameter: string, title: string][] = [
  ["source=logits", "Logits"],
  ["source=hidden_states", "Hidden states"],
  ["source=weights,layer=mean", "Weights"],
];

/** Dash of the line through the baseline's value. */
const BASELINE_DASH = [2, 2];

/** One point: a value with its interval at a bit width. */
interface Point {
  panel: string;
  bits: string;
  order: number;
  method: string;
  mean: number;
  low: number;
  high: number;
}

/** Figure of effective rank by bits. */
export const erankByBits: Figure = {
  name: "erank_by_bits",
  title: "Effective rank by bits of a weight",
  metrics: ["erank"],
  span: "full",
  caption(results, options = {}) {
    const lines = drawn(results, options.benchmark).map(({ line }) => line);
    const perSample = lines.filter(({ parameter }) => !parameter!.startsWith("source=weights"));
    return `Effective rank (Eq. 4 of ACBench) of ${
      modelNames(results)
    } by bits of a weight: of the ` +
      `logits and the last hidden states on ${benchmarkOf(results, options.benchmark) ?? "–"} ` +
      `(mean over samples, ${sampleCounts(perSample)}, ${intervalNames(perSample)}, ${
        seedText(results)
      }), and of the compressed weights (mean over layers). 16 bits is the uncompressed baseline; ` +
      "the vertical axes do not start at 0.";
  },
  spec(results, { width, benchmark }) {
    const points = drawn(results, benchmark).map(({ line, variant, panel }) =>
      pointOf(results, line, variant, panel)
    );
    if (points.length === 0) {
      return emptyFigure(width, [
        "Effective rank by bits: no data.",
        "It needs the metric erank on a baseline and on variants of several bit widths.",
      ]);
    }
    return panelsSpec(points, width, methodEntries(results, points));
  },
};

function drawn(results: Results, wanted?: string) {
  const benchmark = benchmarkOf(results, wanted);
  const variants = rankedVariants(results);
  return results.summary.flatMap((line) => {
    const variant = variants.find(({ id }) => id === line.variant);
    const panel = PANELS.find(([parameter]) => parameter === line.parameter)?.[1];
    if (!variant || !panel || line.metric !== "erank" || line.mean === null) return [];
    const weights = line.parameter!.startsWith("source=weights");
    if (line.subtask !== "all" || !weights && line.benchmark !== benchmark) return [];
    return [{ line, variant, panel }];
  });
}

/** The wanted benchmark, or the first on which ranks of logits were measured. */
function benchmarkOf({ summary }: Results, wanted?: string): string | undefined {
  return wanted ??
    summary.find(({ metric, parameter }) => metric === "erank" && parameter === PANELS[0]![0])
      ?.benchmark;
}

/** The baseline, and the variants of methods that come in several bit widths. */
function rankedVariants(results: Results): Variant[] {
  const { variants } = results.plan;
  return variants.filter((variant) =>
    isBaseline(results, variant) ||
    new Set(
            variants.filter(({ model, method }) =>
              model === variant.model && method === variant.method
            )
              .map(bitsOf).filter((bits) => bits !== null),
          ).size > 1 && bitsOf(variant) !== null
  );
}

/** Bits that the method gives a weight; null for methods that do not quantize. */
export function bitsOf({ method, settings, title }: Variant): number | null {
  // Its bits are those of the cache.
  if (method === "kv_cache") return null;
  for (const value of [settings.bits, settings.weight_bits, settings.num_bits]) {
    if (typeof value === "number") return value;
  }
  const named = /\bW(\d+)/.exec(`${settings.scheme ?? ""} ${title}`);
  return named ? Number(named[1]) : null;
}

function pointOf(results: Results, line: SummaryLine, variant: Variant, panel: string): Point {
  const baseline = isBaseline(results, variant);
  const bits = baseline ? 16 : bitsOf(variant)!;
  const series = seriesOf(results).find((one) => one.variant === variant.id)!;
  return {
    panel,
    bits: `W${bits}`,
    order: bits,
    method: baseline ? "Baseline" : methodTitle(series.title),
    mean: line.mean!,
    low: line.low ?? line.mean!,
    high: line.high ?? line.mean!,
  };
}

/** `RTN W4A16` is a variant of `RTN`. */
function methodTitle(title: string): string {
  return title.replace(/\s+W\d.*$/, "");
}

/** One legend entry a method, styled as its first variant. */
function methodEntries(results: Results, points: Point[]): LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  for (const { title, method, colour, shape } of seriesOf(results)) {
    const name = method === "baseline" ? "Baseline" : methodTitle(title);
    if (entries.has(name) || !points.some((point) => point.method === name)) continue;
    const dash = method === "baseline" ? BASELINE_DASH : [];
    entries.set(name, { title: name, colour, shape, dash });
  }
  return [...entries.values()];
}

function methodsEncoding(entries: LegendEntry[]) {
  const domain = entries.map(({ title }) => title);
  const channel = (range: string[]) => ({
    field: "method",
    type: "nominal",
    scale: { domain, range },
    legend: null,
  });
  return {
    color: channel(entries.map(({ colour }) => colour)),
    shape: channel(entries.map(({ shape }) => shape)),
  };
}

function panelsSpec(points: Point[], width: number, entries: LegendEntry[]): FigureSpec {
  const encoding = methodsEncoding(entries);
  const panels = PANELS.map(([, title]) => title).filter((title) =>
    points.some(({ panel }) => panel === title)
  );
  const x = {
    field: "bits",
    type: "ordinal",
    sort: { field: "order" },
    title: "Bits of a weight",
    axis: { labelAngle: 0, grid: false },
  };
  const y = { type: "quantitative", scale: { zero: false, nice: true, padding: 6 } };
  const each = Math.floor((width - 40 * panels.length) / panels.length);
  const panel = (title: string, index: number) => ({
    width: each,
    height: 105,
    data: { values: points.filter((point) => point.panel === title) },
    layer: [
      panelTitle(title, each),
      ...baselineRule(points.filter((point) => point.panel === title), y),
      {
        mark: { type: "line", strokeWidth: 1 },
        encoding: { x, y: { field: "mean", ...y }, color: encoding.color },
      },
      {
        mark: { type: "rule", strokeWidth: 0.8 },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color: encoding.color },
      },
      {
        mark: { type: "point", filled: true, size: 26, opacity: 1 },
        encoding: {
          x,
          y: {
            field: "mean",
            ...y,
            axis: { title: index === 0 ? "Effective rank" : null, tickCount: 5 },
          },
          ...encoding,
        },
      },
    ],
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    vconcat: [
      { hconcat: panels.map(panel), spacing: 12 },
      legendView(entries, each * panels.length),
    ],
    spacing: 6,
  } as unknown as FigureSpec;
}

/** The baseline's value through the whole panel, if there is one: the other points are read against it. */
function baselineRule(points: Point[], y: object): object[] {
  return points.filter(({ method }) => method === "Baseline").map((point) => ({
    data: { values: [point] },
    mark: { type: "rule", strokeWidth: 0.6, strokeDash: BASELINE_DASH, color: "black" },
    encoding: { y: { field: "mean", ...y } },
  }));
}
