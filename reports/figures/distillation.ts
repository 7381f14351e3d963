/**
 * A model beside its distillation on every benchmark (ACBench, Figure 8).
 *
 * @module
 */
import { listed } from "../../analysis/numbers.ts";
import {
  benchmarksOf,
  EPISODES,
  type Layout,
  type LayoutColumn,
  LONGBENCH,
  TEVAL,
  WORFBENCH,
} from "../layouts.ts";
import type { Results } from "../results.ts";
import { intervalNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreEstimate, scoreEstimate } from "../score_estimates.ts";
import { type VariantGroup, variantGroups } from "../variant_groups.ts";
import { emptyFigure } from "./empty.ts";
import { estimateBar } from "./estimate_bar.ts";
import type { Figure } from "./figure.ts";
import { type PaperPanel, paperPanels } from "./paper_panels.ts";

/** The four capabilities: layout, what its panel is called, and the columns that are drawn. */
const CAPABILITIES: [Layout, string, (column: LayoutColumn) => boolean][] = [
  [LONGBENCH, "Long contexts", () => true],
  [TEVAL, "Tool use", ({ group }) => group !== "Overall"],
  [WORFBENCH, "Workflows, F1", ({ header }) => header === "F1"],
  [EPISODES, "progress", ({ header }) => header === "P"],
];

/** One bar's place and value. */
interface Drawn {
  panel: string;
  category: string;
  series: string;
  estimate: ScoreEstimate | undefined;
}

/** Figure of models and their distillations. */
export const distillation: Figure = {
  name: "distillation",
  title: "A model and its distillation",
  metrics: [],
  span: "full",
  caption(results) {
    const drawn = collect(results);
    if (drawn.length === 0) return "A model and its distillation: no data.";
    const estimates = drawn.flatMap(({ estimate }) => estimate ?? []);
    return `${listed([...new Set(drawn.map(({ series }) => series))])} on ${
      listed([...new Set(drawn.map(({ panel }) => panel))])
    } (ACBench, Figure 8; means over samples in percent, ${sampleCounts(estimates)} a bar; lines: ${
      intervalNames(estimates)
    }; ${seedText(results)}). × no value.`;
  },
  spec(results, { width }) {
    const drawn = collect(results);
    if (drawn.length === 0) {
      return emptyFigure(width, [
        "A model and its distillation: no data.",
        "It needs scores of a baseline and of a variant with the method distilled.",
      ]);
    }
    const rows = [...Map.groupBy(drawn, ({ panel }) => panel)].map((
      [title, own],
    ): PaperPanel[] => [{
      title,
      measure: "Score (%)",
      bars: own.map(({ category, series, estimate }) =>
        estimateBar(category, series, estimate, 100)
      ),
    }]);
    const series = [...new Set(drawn.map((one) => one.series))];
    return paperPanels(rows, { width, height: 70, series });
  },
};

function collect(results: Results): Drawn[] {
  const pairs = pairsOf(results);
  if (pairs.length === 0) return [];
  return CAPABILITIES.flatMap(([layout, name, keep]) =>
    benchmarksOf(results, layout).flatMap((benchmark) => {
      const panel = layout === EPISODES ? `${capital(benchmark)}, ${name}` : name;
      return layout.columns(results, benchmark).filter(keep).flatMap((column) =>
        pairs.map(([series, group]): Drawn => ({
          panel,
          category: categoryOf(column),
          series,
          estimate: scoreEstimate(results, group, column.parts),
        }))
      );
    })
  );
}

/** Each model that has a distillation, then its distillations, by what the legend calls them. */
function pairsOf(results: Results): [series: string, group: VariantGroup][] {
  const groups = variantGroups(results);
  const distilled = (group: VariantGroup) => group.variants[0]!.method === "distilled";
  const models = [...new Set(groups.filter(distilled).map(({ model }) => model))];
  return models.flatMap((model) =>
    groups.filter((group) => group.model === model).flatMap(
      (group): [string, VariantGroup][] =>
        group.kind === "base" && group.variants[0]!.id === results.plan.baseline[model]
          ? [[model, group]]
          : distilled(group)
          ? [[group.title, group]]
          : [],
    )
  );
}

/** A head that only names the score is not said again. */
function categoryOf({ group, header }: LayoutColumn): string {
  if (["F1", "P", "Choice"].includes(header)) return group;
  return header === "String" || header === "Json" ? `${group} ${header}` : header;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
