/**
 * Panels of effective ranks: a row a model, a column a matrix.
 *
 * @module
 */
import type { FigureSpec } from "./figure.ts";
import { type LegendEntry, legendView } from "./legend_view.ts";
import { panelTitle } from "./panel_title.ts";
import { COLOURS, SHAPES } from "./series.ts";
import { sideBySide } from "./side_by_side.ts";
import { THEME } from "./theme.ts";

/** One point: a value with its interval at a bit width. */
export interface ErankPoint {
  model: string;
  /** Matrix whose rank it is; a column of panels. */
  source: string;
  /** `W4`, or `KV8`. */
  bits: string;
  /** What is rounded how; a line. */
  method: string;
  mean: number;
  low: number;
  high: number;
}

const BASELINE = "Baseline";
const BASELINE_DASH = [2, 2];
/** Height of a panel alone, and of one among others. */
const HEIGHT = 105;
const SHARED_HEIGHT = 66;
const SPACING = 12;
/** Room of the axis beside each panel. */
const AXIS = 30;
/** Distance of methods that would cover each other. */
const BESIDE = 3.2;

/**
 * Specification of the panels.
 *
 * @param sources Columns in order; those without points are left out.
 */
export function erankPanels(
  points: ErankPoint[],
  sources: readonly string[],
  width: number,
): FigureSpec {
  const columns = sources.filter((source) => points.some((point) => point.source === source));
  const models = [...new Set(points.map(({ model }) => model))];
  const entries = entriesOf(points);
  const each = Math.floor((width - AXIS * columns.length - SPACING) / columns.length);
  const panels = models.flatMap((model) =>
    columns.map((source) => {
      const own = points.filter((point) => point.model === model && point.source === source);
      const first = source === columns[0];
      return {
        width: each,
        height: models.length === 1 ? HEIGHT : SHARED_HEIGHT,
        layer: [
          ...model === models[0] ? [panelTitle(source, each)] : [],
          ...panelLayers(own, ticksOf(points.filter((point) => point.source === source)), entries, {
            width: each,
            x: model === models.at(-1),
            y: first ? (models.length === 1 ? "Effective rank" : model) : null,
          }),
        ],
      };
    })
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: THEME,
    vconcat: [
      { concat: panels, columns: columns.length, align: "each", spacing: { row: 8, column: 10 } },
      legendView(entries, each * columns.length),
    ],
    spacing: 6,
  } as unknown as FigureSpec;
}

/** One legend entry a method, the baseline first. */
function entriesOf(points: ErankPoint[]): LegendEntry[] {
  const names = [...new Set(points.map(({ method }) => method))]
    .sort((a, b) => Number(b === BASELINE) - Number(a === BASELINE));
  const methods = names.filter((name) => name !== BASELINE);
  return names.map((title) => {
    if (title === BASELINE) {
      return { title, colour: "#000000", shape: "circle", dash: BASELINE_DASH };
    }
    const turn = methods.indexOf(title);
    return {
      title,
      colour: COLOURS[turn % COLOURS.length]!,
      shape: SHAPES[(turn + 1) % SHAPES.length]!,
      dash: [],
    };
  });
}

/** Bit widths of the axis in order, those of weights before those of the cache, with their places from 0. */
function ticksOf(points: ErankPoint[]): Map<string, number> {
  const parts = (bits: string) => [bits.startsWith("KV") ? 1 : 0, Number(bits.match(/\d+/)![0])];
  const order = [...new Set(points.map(({ bits }) => bits))].sort((a, b) => {
    const [x, y] = [parts(a), parts(b)];
    return x[0]! - y[0]! || x[1]! - y[1]!;
  });
  const ofWeights = order.filter((bits) => bits.startsWith("W")).length;
  // Half a place of air between the two.
  return new Map(order.map((bits, i) => [bits, i >= ofWeights && ofWeights > 0 ? i + 0.5 : i]));
}

function panelLayers(
  points: ErankPoint[],
  ticks: Map<string, number>,
  entries: LegendEntry[],
  axes: { width: number; x: boolean; y: string | null },
): object[] {
  const last = Math.max(...ticks.values());
  const perPlace = axes.width / (last + 1.2);
  const placed = [...ticks].flatMap(([bits, place]) => {
    const here = points.filter((point) => point.bits === bits);
    const moved = sideBySide(here.map(() => place * perPlace), BESIDE);
    return here.map((point, i) => ({
      ...point,
      place: moved[i]! / perPlace,
      line: `${point.method} ${bits.startsWith("KV")}`,
    }));
  });
  const x = {
    field: "place",
    type: "quantitative",
    scale: { domain: [-0.6, last + 0.6], nice: false, zero: false },
    axis: {
      values: [...ticks.values()],
      // The letter above, the number below: KV16 beside KV8 has no room in one line.
      labelExpr: labelsOf(ticks),
      labels: axes.x,
      title: axes.x ? "Bits" : null,
      grid: false,
    },
  };
  const y = { type: "quantitative", scale: { zero: false, nice: true, padding: 6 } };
  const domain = entries.map(({ title }) => title);
  const channel = (range: string[]) => ({
    field: "method",
    type: "nominal",
    scale: { domain, range },
    legend: null,
  });
  const color = channel(entries.map(({ colour }) => colour));
  const shape = channel(entries.map(({ shape }) => shape));
  const baseline = placed.find(({ method }) => method === BASELINE);
  const layers = [
    {
      data: { values: baseline ? [baseline] : [] },
      mark: { type: "rule", strokeWidth: 0.6, strokeDash: BASELINE_DASH, color: "black" },
      encoding: { y: { field: "mean", ...y } },
    },
    {
      data: { values: placed },
      mark: { type: "line", strokeWidth: 1 },
      encoding: {
        x,
        y: { field: "mean", ...y },
        color,
        detail: { field: "line", type: "nominal" },
      },
    },
    {
      data: { values: placed },
      mark: { type: "rule", strokeWidth: 0.8 },
      encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color },
    },
    {
      data: { values: placed },
      mark: { type: "point", filled: true, size: 20, opacity: 1 },
      encoding: {
        x,
        y: { field: "mean", ...y, axis: { title: axes.y, tickCount: 4 } },
        color,
        shape,
      },
    },
  ];
  return layers.filter(({ data }) => data.values.length > 0);
}

function labelsOf(ticks: Map<string, number>): string {
  const cases = [...ticks].map(([bits, place]) => {
    const [, letters, number] = /^(\D+)(\d+)$/.exec(bits)!;
    return `datum.value === ${place} ? ['${letters}', '${number}']`;
  });
  return `${cases.join(" : ")} : ''`;
}
