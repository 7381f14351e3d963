/**
 * Models of several sizes under the configurations that ACBench compares at the same memory (Figure 7).
 *
 * @module
 */
import { bytes } from "../../analysis/numbers.ts";
import type { Variant } from "../../data/types.ts";
import { checkpointOf, isBaseline, type Results } from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreEstimate, scoreEstimate } from "../score_estimates.ts";
import { type ScoreColumn, wholeScores } from "../scores.ts";
import { type VariantGroup, variantGroups } from "../variant_groups.ts";
import { emptyFigure } from "./empty.ts";
import type { Figure, FigureSpec } from "./figure.ts";
import { type LegendEntry, legendView } from "./legend_view.ts";
import { modelEntries } from "./method_scores.ts";
import { panelTitle } from "./panel_title.ts";
import { COLOURS } from "./series.ts";
import { sideBySide } from "./side_by_side.ts";
import { THEME } from "./theme.ts";

const NEUTRAL = "#777777";
const MOST_COLUMNS = 3;
const HEIGHT = 110;
const SPACING = 14;
const AXIS_ROOM = 30;
/** Least distance of two points' bars. */
const SIDE_BY_SIDE = 4;

/** One point. */
interface Drawn {
  score: ScoreColumn;
  group: VariantGroup;
  configuration: string;
  bytes: number;
  estimate: ScoreEstimate;
}

/** Figure of scores under the same memory. */
export const sameMemory: Figure = {
  name: "same_memory",
  title: "Scores under the same memory",
  metrics: [],
  span: "full",
  caption(results) {
    const drawn = collect(results);
    if (drawn.length === 0) return "Scores under the same memory: no data.";
    const estimates = drawn.map(({ estimate }) => estimate);
    return `Scores of ${
      modelNames(results)
    } against the stored bytes of their checkpoints (ACBench, ` +
      `Figure 7), a line a configuration from the smallest model to the largest (means over samples, ${
        sampleCounts(estimates)
      }; bars: ${intervalNames(estimates)}; ${
        seedText(results)
      }). Points of almost the same size stand side by side.`;
  },
  spec(results, { width }) {
    const drawn = collect(results);
    if (drawn.length === 0) {
      return emptyFigure(width, [
        "Scores under the same memory: no data.",
        "It needs two models or more, with scored completions and finished checkpoints.",
      ]);
    }
    const configurations = configurationEntries(drawn);
    const models = modelEntries(drawn.map(({ group }) => group))
      .map((entry) => ({ ...entry, colour: NEUTRAL }));
    const scores = [...new Set(drawn.map(({ score }) => score))];
    const columns = Math.min(MOST_COLUMNS, scores.length);
    const each = Math.floor((width - AXIS_ROOM - SPACING * (columns - 1)) / columns);
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: THEME,
      spacing: SPACING,
      vconcat: [
        {
          concat: scores.map((score, index) =>
            panelSpec(drawn.filter((one) => one.score === score), {
              each,
              first: index % columns === 0,
              last: index >= scores.length - columns,
              configurations,
              models,
              domain: bytesDomain(drawn),
            })
          ),
          columns,
          spacing: SPACING,
          align: "each",
        },
        legendView([...configurations, ...models], width - AXIS_ROOM),
      ],
    } as unknown as FigureSpec;
  },
};

/** The paper's configurations, or else every quantization that two models have. */
function collect(results: Results): Drawn[] {
  const groups = variantGroups(results);
  if (new Set(groups.map(({ model }) => model)).size < 2) return [];
  const shared = groups.filter(({ kind, title }) =>
    kind === "quantized" && groups.filter((group) => group.title === title).length > 1
  );
  const printed = shared.filter(({ variants }) => isPrinted(variants[0]!));
  const kept = printed.length > 0 ? printed : shared;
  const own = groups.filter((group) =>
    isBaseline(results, group.variants[0]!) || kept.includes(group)
  );
  return wholeScores(results).flatMap((score) =>
    own.flatMap((group): Drawn[] => {
      const made = checkpointOf(results, group.variants[0]!.id);
      const estimate = scoreEstimate(results, group, [{ ...score, weight: 1 }]);
      if (!made || !estimate) return [];
      const configuration = group.kind === "base" ? "16 bits" : group.title;
      return [{ score, group, configuration, bytes: made.facts.storedBytes, estimate }];
    })
  );
}

/** AWQ INT4, GPTQ INT4 and INT8, SmoothQuant W8A8, with the usual groups. */
function isPrinted({ method, settings, title }: Variant): boolean {
  if (method === "smoothquant") return true;
  if (method !== "awq" && method !== "gptq" || title.split(" ").length > 2) return false;
  return settings["bits"] === 4 || method === "gptq" && settings["bits"] === 8;
}

function configurationEntries(drawn: Drawn[]): LegendEntry[] {
  const names = [...new Set(drawn.map(({ configuration }) => configuration))];
  return names.map((title, index) => ({
    title,
    colour: index === 0 ? "#000000" : COLOURS[(index - 1) % COLOURS.length]!,
    shape: "circle",
    dash: [],
  }));
}

interface PanelOptions {
  each: number;
  first: boolean;
  last: boolean;
  configurations: LegendEntry[];
  models: LegendEntry[];
  domain: [number, number];
}

function bytesDomain(drawn: Drawn[]): [number, number] {
  const all = drawn.map((one) => one.bytes);
  return [Math.min(...all) / 1.25, Math.max(...all) * 1.25];
}

/** 1, 2 and 5 times powers of ten within a domain. */
function byteTicks([low, high]: [number, number]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const digit of [1, 2, 5]) ticks.push(digit * 10 ** power);
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

function panelSpec(drawn: Drawn[], options: PanelOptions): object {
  const { each, first, last, configurations, models, domain } = options;
  const { benchmark, metric } = drawn[0]!.score;
  const [low, high] = domain.map(Math.log) as [number, number];
  const places = sideBySide(
    drawn.map((one) => each * (Math.log(one.bytes) - low) / (high - low)),
    SIDE_BY_SIDE,
  );
  const points = drawn.map(({ group, configuration, estimate }, index) => ({
    configuration,
    bytes: Math.exp(low + places[index]! / each * (high - low)),
    mean: estimate.mean,
    low: estimate.low ?? estimate.mean,
    high: estimate.high ?? estimate.mean,
    colour: configurations.find(({ title }) => title === configuration)!.colour,
    shape: models.find(({ title }) => title === group.model)!.shape,
  }));
  const ticks = byteTicks(domain);
  const names = Object.fromEntries(
    ticks.map((tick) => [tick, bytes(tick).replace(/\.0+(?= )/, "")]),
  );
  const x = {
    field: "bytes",
    type: "quantitative",
    scale: { type: "log", domain, nice: false },
    axis: {
      values: ticks,
      labelExpr: `${JSON.stringify(names)}[datum.value]`,
      title: last ? "Stored bytes (log scale)" : null,
      grid: true,
    },
  };
  const y = {
    type: "quantitative",
    scale: { domain: [0, 1], nice: false },
    axis: {
      title: first ? "Score" : null,
      labels: first,
      format: ".1f",
      values: [0, 0.2, 0.4, 0.6, 0.8, 1],
    },
  };
  const color = { field: "colour", type: "nominal", scale: null, legend: null };
  return {
    width: each,
    height: HEIGHT,
    data: { values: points },
    layer: [
      panelTitle(`${benchmark} (${metric})`, each),
      {
        mark: { type: "rule", strokeWidth: 0.6, opacity: 0.6 },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color },
      },
      {
        mark: { type: "line", strokeWidth: 0.8, opacity: 0.8 },
        encoding: { x, y: { field: "mean", ...y }, color },
      },
      {
        mark: { type: "point", filled: true, size: 22, opacity: 1 },
        encoding: {
          x,
          y: { field: "mean", ...y },
          color,
          shape: { field: "shape", type: "nominal", scale: null, legend: null },
        },
      },
    ],
  };
}
