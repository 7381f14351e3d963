/**
 * T-Eval's scores of all methods as points in rows: Figures 6, 9 and 10 of ACBench from own runs.
 *
 * @module
 */
import { benchmarksOf, type LayoutColumn, TEVAL } from "../layouts.ts";
import type { Results } from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { meanOf, type ScoreEstimate, scoreEstimate, type ScorePart } from "../score_estimates.ts";
import { type Kind, type VariantGroup, variantGroups } from "../variant_groups.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure } from "./figure.ts";
import { type LegendEntry, NEUTRAL } from "./legend_view.ts";
import { type MethodPoint, methodRows } from "./method_rows.ts";
import { COLOURS, SHAPES } from "./series.ts";

/** What filled and hollow markers stand for. */
const FORMAT_ENTRIES: LegendEntry[] = [
  { title: "string", colour: NEUTRAL, shape: "circle", dash: null },
  { title: "JSON", colour: NEUTRAL, shape: "circle", dash: null, hollow: true },
];

/** One score of one group. */
interface Drawn {
  group: VariantGroup;
  panel: string;
  hollow: boolean;
  estimate: ScoreEstimate;
}

/** What sets one of the figures apart. */
interface MethodScores {
  name: string;
  title: string;
  /** Number in the paper. */
  number: number;
  kinds: readonly Kind[];
  /** `mean` of string and JSON; `both` beside each other. */
  formats: "mean" | "both";
}

/** A figure of T-Eval's abilities by method. */
export function methodScores({ name, title, number, kinds, formats }: MethodScores): Figure {
  return {
    name,
    title,
    metrics: [],
    span: "full",
    caption(results) {
      const drawn = collect(results, kinds, formats);
      if (drawn.length === 0) return `${title}: no data.`;
      const estimates = drawn.map(({ estimate }) => estimate);
      const seeds = drawn.some(({ group }) => group.variants.length > 1);
      return `${title} (T-Eval; ACBench, Figure ${number}): scores in percent by ability of ${
        modelNames(results)
      }, ${
        formats === "mean" ? "means of string and JSON" : "string filled, JSON hollow"
      } (means over samples, ${sampleCounts(estimates)} a point; lines: ${
        intervalNames(estimates)
      }; ${seedText(results)}${
        seeds ? "; calibration seeds of a method are averaged sample by sample" : ""
      }).`;
    },
    spec(results, { width }) {
      const drawn = collect(results, kinds, formats);
      if (drawn.length === 0) {
        return emptyFigure(width, [
          `${title}: no data.`,
          "It needs scores of T-Eval of a baseline and of compressed variants.",
        ]);
      }
      const groups = [...new Set(drawn.map(({ group }) => group))];
      const rows = rowTitles(groups, kinds);
      return methodRows(drawn.map(toPoint), {
        width,
        panels: [...new Set(drawn.map(({ panel }) => panel))],
        rows,
        parted: rows.filter((row, index) =>
          index > 0 && kindOfRow(groups, row) !== kindOfRow(groups, rows[index - 1]!)
        ),
        series: modelEntries(groups),
        markers: formats === "both" ? FORMAT_ENTRIES : [],
        title: "Score (%)",
      });
    },
  };
}

/** One entry a model: colour and shape. */
export function modelEntries(groups: VariantGroup[]): LegendEntry[] {
  const models = [...new Set(groups.map(({ model }) => model))];
  return models.map((title, index) => ({
    title,
    colour: COLOURS[index % COLOURS.length]!,
    shape: SHAPES[index % SHAPES.length]!,
    dash: null,
  }));
}

/** Titles of all models' groups, kinds together. */
export function rowTitles(groups: VariantGroup[], kinds: readonly Kind[]): string[] {
  return [
    ...new Set(
      kinds.flatMap((kind) =>
        groups.filter((group) => group.kind === kind).map(({ title }) => title)
      ),
    ),
  ];
}

function kindOfRow(groups: VariantGroup[], row: string): Kind {
  return groups.find(({ title }) => title === row)!.kind;
}

function toPoint({ group, panel, hollow, estimate }: Drawn): MethodPoint {
  const percent = (value: number | null) => value === null ? null : 100 * value;
  return {
    panel,
    row: group.title,
    series: group.model,
    hollow,
    mean: 100 * estimate.mean!,
    low: percent(estimate.low),
    high: percent(estimate.high),
  };
}

function collect(
  results: Results,
  kinds: readonly Kind[],
  formats: MethodScores["formats"],
): Drawn[] {
  const [benchmark] = benchmarksOf(results, TEVAL);
  if (benchmark === undefined) return [];
  const panels = panelsOf(TEVAL.columns(results, benchmark), formats);
  return variantGroups(results).filter(({ kind }) => kinds.includes(kind)).flatMap((group) =>
    panels.flatMap(({ panel, parts, hollow }) => {
      const estimate = scoreEstimate(results, group, parts);
      return estimate ? [{ group, panel, hollow, estimate }] : [];
    })
  );
}

function panelsOf(
  columns: LayoutColumn[],
  formats: MethodScores["formats"],
): { panel: string; parts: ScorePart[]; hollow: boolean }[] {
  const own = columns.filter(({ group }) => group !== "Overall");
  if (formats === "both") {
    return own.map(({ group, header, parts }) => ({
      panel: group,
      parts,
      hollow: header === "Json",
    }));
  }
  return [...new Set(own.map(({ group }) => group))].map((group) => ({
    panel: group,
    parts: meanOf(own.filter((column) => column.group === group).flatMap(({ parts }) => parts)),
    hollow: false,
  }));
}
