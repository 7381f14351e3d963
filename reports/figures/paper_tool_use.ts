/**
 * Figures 3, 6, 9 and 10 of ACBench: tool use by compression, from Table 8.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../../data/paper/layouts.ts";
import { findCell, MARKS, type PaperFigure } from "./paper_figure.ts";
import { type PaperBar, paperBar, type PaperPanel, paperPanels } from "./paper_panels.ts";

const MODELS = ["InternLM2.5-7B", "Qwen2.5-7B"];
const QUANTIZED = ["AWQ", "GPTQ", "FP8"];
const PRUNED = [
  "Wanda(Un)",
  "SparseGPT(Un)",
  "Mag(Un)",
  "Wanda(2:4)",
  "SparseGPT(2:4)",
  "Mag(2:4)",
];
const TWO_FORMATS = ["Instruct", "Plan", "Reason", "Retrieve", "Understand"];
const HEIGHT = 105;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** String and JSON cell of a capability; Review's one cell where it has no formats. */
function formatCells(cells: PaperCell[], model: string, method: string, capability: string) {
  return capability === "Review"
    ? [findCell(cells, 8, model, method, "Review", "Choice")]
    : ["String", "Json"].map((column) => findCell(cells, 8, model, method, capability, column));
}

/** Mean over five capabilities of string minus JSON. */
function formatGap(cells: PaperCell[], model: string, method: string): PaperBar {
  const pairs = TWO_FORMATS.flatMap((name) => formatCells(cells, model, method, name));
  return paperBar(
    method,
    model,
    pairs,
    (values) => mean(values.map((value, i) => i % 2 === 0 ? value : -value)) * 2,
  );
}

/** Figure 3. */
export const formatGaps: PaperFigure = {
  figure: 3,
  name: "paper_figure_3",
  title: "String minus JSON by compression",
  span: "full",
  caption:
    "ACBench, Figure 3: how much lower JSON scores than string, mean over five capabilities of T-Eval in points, from Table 8. " +
    MARKS,
  spec(cells, width) {
    const panel = (title: string, methods: string[], measure: string): PaperPanel => ({
      title,
      measure,
      bars: methods.flatMap((method) => MODELS.map((model) => formatGap(cells, model, method))),
    });
    const rows = [[
      panel("Quantized", ["FP16", ...QUANTIZED], "String − JSON (points)"),
      panel("Pruned", PRUNED, ""),
    ]];
    return paperPanels(rows, { width, height: HEIGHT, series: MODELS, weights: [[4, 6]] });
  },
};

/** Figure 6. */
export const capabilityScores: PaperFigure = {
  figure: 6,
  name: "paper_figure_6",
  title: "Tool use by compression and capability",
  span: "full",
  caption:
    "ACBench, Figure 6: T-Eval scores by capability (mean of string and JSON), pruned left and quantized right, beside FP16, from Table 8. " +
    MARKS,
  spec(cells, width) {
    const panel = (
      model: string,
      methods: string[],
      kind: string,
      measure: string,
    ): PaperPanel => ({
      title: `${model}, ${kind}`,
      measure,
      bars: [...TWO_FORMATS, "Review"].flatMap((capability) =>
        ["FP16", ...methods].map((method) =>
          paperBar(capability, method, formatCells(cells, model, method, capability), mean)
        )
      ),
    });
    return paperPanels(
      MODELS.map((model) => [
        panel(model, PRUNED, "pruned", "Score (%)"),
        panel(model, QUANTIZED, "quantized", ""),
      ]),
      {
        width,
        height: HEIGHT,
        series: ["FP16", ...PRUNED, ...QUANTIZED],
        weights: MODELS.map(() => [3, 2]),
      },
    );
  },
};

/** All columns of Table 8 by method, for one model. */
function columnScores(figure: number, title: string, methods: string[]): PaperFigure {
  return {
    figure,
    name: `paper_figure_${figure}`,
    title,
    span: "full",
    caption: `ACBench, Figure ${figure}: ${title.toLowerCase()}, every column of Table 8. ${MARKS}`,
    spec(cells, width) {
      const model = "InternLM2.5-7B";
      const panel: PaperPanel = {
        title: model,
        measure: "Score (%)",
        bars: PAPER_LAYOUTS[8]!.columns.flatMap(({ group, column }) =>
          methods.map((method) =>
            paperBar(
              group === column ? group : `${group} ${column}`,
              method === "none" ? "Base" : method,
              [findCell(cells, 8, model, method, group, column)],
            )
          )
        ),
      };
      const series = methods.map((method) => method === "none" ? "Base" : method);
      return paperPanels([[panel]], { width, height: 120, series });
    },
  };
}

/** Figure 9. */
export const prunedColumns: PaperFigure = columnScores(
  9,
  "Tool use of pruned models",
  ["FP16", ...PRUNED],
);

/** Figure 10. */
export const quantizedColumns: PaperFigure = columnScores(
  10,
  "Tool use of quantized models",
  ["FP16", "none", ...QUANTIZED],
);
