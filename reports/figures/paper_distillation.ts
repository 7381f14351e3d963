/**
 * Figure 8 of ACBench: Qwen2.5-7B beside its R1 distillation, from Tables 3, 5, 8, 9 and 10.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../../data/paper/layouts.ts";
import { findCell, MARKS, type PaperFigure } from "./paper_figure.ts";
import { paperBar, type PaperPanel, paperPanels } from "./paper_panels.ts";

const BASE = "Qwen2.5-7B";
const DISTILLED = "DeepSeek-R1-Distill-Qwen-7B";

/** Table and compression of either row. */
interface Source {
  base: [number, string];
  distilled: [number, string];
}

function panel(
  cells: PaperCell[],
  title: string,
  measure: string,
  { base, distilled }: Source,
  keep: (group: string, column: string) => string | null,
): PaperPanel {
  return {
    title,
    measure,
    bars: PAPER_LAYOUTS[distilled[0]]!.columns.flatMap(({ group, column }) => {
      const category = keep(group, column);
      if (category === null) return [];
      return [
        paperBar(category, BASE, [findCell(cells, base[0], BASE, base[1], group, column)]),
        paperBar(category, DISTILLED, [
          findCell(cells, distilled[0], DISTILLED, distilled[1], group, column),
        ]),
      ];
    }),
  };
}

/** Figure 8. */
export const distillation: PaperFigure = {
  figure: 8,
  name: "paper_figure_8",
  title: "Qwen2.5-7B and its R1 distillation",
  span: "full",
  caption:
    "ACBench, Figure 8, in part: Qwen2.5-7B beside its distillation from DeepSeek-R1 on LongBench (Tables 3 and 5), T-Eval (8), WorfBench (10, F1; no uncompressed row of Qwen2.5-7B) and AgentBoard (9, progress). " +
    MARKS,
  spec(cells, width) {
    const longBench = panel(
      cells,
      "LongBench",
      "Score",
      { base: [3, "none"], distilled: [5, "Distilled"] },
      (_, column) => column,
    );
    const tEval = panel(
      cells,
      "T-Eval",
      "Score (%)",
      { base: [8, "FP16"], distilled: [8, "FP16"] },
      (group, column) =>
        group === column ? group : group === "Review" ? group : `${group} ${column}`,
    );
    const worfBench = panel(
      cells,
      "WorfBench",
      "F1",
      { base: [10, "none"], distilled: [10, "Distilled"] },
      (group, column) => column === "F1" ? group : null,
    );
    const agentBoard = panel(
      cells,
      "AgentBoard",
      "Progress (%)",
      { base: [9, "none"], distilled: [9, "Distilled"] },
      (group, column) => column === "P" ? group : null,
    );
    return paperPanels([[longBench], [tEval], [worfBench], [agentBoard]], {
      width,
      height: 70,
      series: [BASE, DISTILLED],
    });
  },
};
