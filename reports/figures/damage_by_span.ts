/**
 * Where in an episode the damage sits: KL and top-1 agreement in reasoning and in actions.
 *
 * @module
 */
import { damageSentences } from "../../analysis/spans/span_sentence.ts";
import type { SpanLine } from "../../data/result_schema.ts";
import { countedSeedText, type Draws, drawsOf } from "../draws.ts";
import { plainLine } from "../render/plain_line.ts";
import { textWidth } from "../render/text_width.ts";
import { type Results, variantTitle } from "../results.ts";
import { modelNames, sampleCounts } from "../sampling.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { legendView } from "./legend_view.ts";
import { modelParts } from "./parts.ts";
import { COLOURS } from "./series.ts";
import { SMALLEST_TEXT } from "../render/venues.ts";
import { THEME } from "./theme.ts";

/** Height of a method's row, and how far its two points stand from the row's middle. */
const ROW = 14;
const APART = 2.6;
const SPACING = 14;
/** With more methods there is a picture a model. */
const MOST_ROWS = 24;
/** Between the names and the axis, whose markers may stand on it. */
const PADDING = 5;
/** Room right of the last tick's label. */
const RIGHT = 8;

const SPANS = [
  { parameter: "span=reason", title: "[REASON]", colour: COLOURS[0]!, shape: "circle", shift: -1 },
  { parameter: "span=act", title: "[ACT]", colour: COLOURS[1]!, shape: "square", shift: 1 },
] as const;

/** A panel: its metric, and whether its axis is logarithmic. */
const PANELS = [
  { metric: "kl_divergence", title: "KL from the base (nats a token)", log: true },
  { metric: "top1_agreement", title: "Top-1 agreement", log: false },
] as const;

/** A power of ten with its exponent raised. */
const POWER_LABEL = `"10" + ${
  [..."−0123456789"].reduce(
    (expression, sign, index) =>
      `replace(${expression}, /${sign === "−" ? "-" : sign}/g, "${[..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][index]}")`,
    "toString(round(log(datum.value) / LN10))",
  )
}`;

/** Figure of damage by span. */
export const damageBySpanFigure: Figure = {
  name: "damage_by_span",
  title: "Damage by span",
  metrics: ["kl_divergence", "top1_agreement"],
  span: "full",
  caption(results, options = {}) {
    const { benchmark, lines, draws } = shownIn(results, options.model);
    return `Distance of ${
      options.model ?? modelNames(results)
    } under compression from its baseline at the tokens of the ` +
      `baseline's reasoning and of its actions, on ${
        benchmark ?? "no environment"
      } (means over episodes, ${sampleCounts(lines)}; bars: 95\u00a0% t intervals; ${
        countedSeedText(results, draws)
      }; a divergence left of the axis stands on it). ${damageSentences(lines, draws).join(" ")}`
        .trim();
  },
  parts(results) {
    const { draws } = shownIn(results);
    return draws.length <= MOST_ROWS ? [] : modelParts(draws.map(({ model }) => model));
  },
  spec(results, { width, model }) {
    const { lines, draws } = shownIn(results, model);
    if (draws.length === 0) {
      return emptyFigure(width, [
        "Damage by span: no data.",
        "It needs a capture on an environment, such as household.",
      ]);
    }
    const titles = draws.map((one) =>
      plainLine(model === undefined ? variantTitle(results, one) : one.title)
    );
    const room = Math.max(...titles.map((title) => textWidth(title, SMALLEST_TEXT))) + 8 + PADDING;
    const each = Math.floor((width - room - SPACING - RIGHT) / PANELS.length);
    const rows = new Map(draws.map(({ id }, index) => [id, index]));
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: THEME,
      vconcat: [
        {
          hconcat: PANELS.map((panel, index) =>
            panelSpec(panel, lines, rows, index === 0 ? titles : null, each)
          ),
          spacing: SPACING,
        },
        legendView(
          SPANS.map(({ title, colour, shape }) => ({ title, colour, shape, dash: null })),
          each,
        ),
      ],
      spacing: 8,
    } as unknown as FigureSpec;
  },
};

/** What is drawn of all models or one: the methods with a distance on the first environment that was captured. */
function shownIn(
  results: Results,
  model?: string,
): { benchmark: string | undefined; lines: SpanLine[]; draws: Draws[] } {
  const benchmark = results.spans[0]?.benchmark;
  const own = results.spans.filter((line) => line.benchmark === benchmark);
  const told = new Set(
    own.flatMap(({ variant, metric }) => metric === "kl_divergence" ? variant : []),
  );
  const draws = drawsOf(results).filter((one) =>
    told.has(one.id) && (model === undefined || one.model === model)
  );
  return {
    benchmark,
    lines: own.filter(({ variant }) => draws.some(({ id }) => id === variant)),
    draws,
  };
}

function panelSpec(
  { metric, title, log }: typeof PANELS[number],
  lines: SpanLine[],
  rows: Map<string, number>,
  titles: string[] | null,
  width: number,
): object {
  const height = rows.size * ROW;
  const found = lines.flatMap((line) => {
    const span = SPANS.find(({ parameter }) => parameter === line.parameter);
    const row = rows.get(line.variant);
    if (line.metric !== metric || span === undefined || row === undefined) return [];
    return line.mean === null || !Number.isFinite(line.mean) ? [] : [{ line, span, row }];
  });
  const domain = log ? decades(found.map(({ line }) => line.mean!)) : [0, 1];
  const cut = (value: number) => Math.min(Math.max(value, domain[0]!), domain[1]!);
  const values = found.map(({ line, span, row }) => ({
    mean: cut(line.mean!),
    low: cut(line.low ?? line.mean!),
    high: cut(line.high ?? line.mean!),
    y: (row + 0.5) * ROW + span.shift * APART,
    colour: span.colour,
    shape: span.shape,
  }));
  const x = (field: string) => ({
    field,
    type: "quantitative",
    title,
    scale: log ? { type: "log", domain, nice: false } : { domain, nice: false },
    axis: log
      ? {
        values: powers(domain as [number, number]),
        labelExpr: POWER_LABEL,
        labelOverlap: true,
        grid: true,
      }
      : { format: ".1f", values: [0, 0.2, 0.4, 0.6, 0.8, 1], grid: true },
  });
  const middles = [...rows.values()].map((row) => (row + 0.5) * ROW);
  const y = {
    field: "y",
    type: "quantitative",
    title: null,
    scale: { domain: [height, 0], nice: false },
    axis: titles === null ? { labels: false, ticks: false, values: middles, grid: true } : {
      values: middles,
      labelExpr: `{${
        middles.map((middle, index) => `"${middle}":${JSON.stringify(titles[index])}`).join(",")
      }}[datum.value]`,
      labelOverlap: false,
      labelPadding: PADDING,
      ticks: false,
      grid: true,
    },
  };
  const raw = (field: string) => ({ field, type: "nominal", scale: null, legend: null });
  return {
    width,
    height,
    data: { values },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 0.9 },
        encoding: { x: x("low"), x2: { field: "high" }, y, color: raw("colour") },
      },
      {
        mark: { type: "point", filled: true, size: 22, opacity: 1 },
        encoding: { x: x("mean"), y, color: raw("colour"), shape: raw("shape") },
      },
    ],
  };
}

/** Whole powers of ten around the values that are above 0, at least one decade and no more than eight. */
function decades(values: number[]): [number, number] {
  const above = values.filter((value) => value > 0);
  if (above.length === 0) return [1e-3, 1];
  const most = Math.ceil(Math.log10(Math.max(...above)) + 0.1);
  const least = Math.floor(Math.log10(Math.min(...above)) - 0.1);
  return [10 ** Math.max(most - 8, Math.min(least, most - 1)), 10 ** most];
}

function powers([from, to]: [number, number]): number[] {
  const count = Math.round(Math.log10(to / from));
  return Array.from({ length: count + 1 }, (_, index) => from * 10 ** index);
}
