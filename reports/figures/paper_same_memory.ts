/**
 * Figure 7 of ACBench: average F1 by model size and configuration, from Table 10.
 *
 * @module
 */
import { findCell, MARKS, type PaperFigure } from "./paper_figure.ts";
import { paperBar, paperPanels } from "./paper_panels.ts";

const SIZES = ["Qwen2.5-1.5B", "Qwen2.5-3B", "Qwen2.5-7B", "Qwen2.5-14B", "Qwen2.5-32B"];
const CONFIGURATIONS: [string, string][] = [
  ["FP16", "none"],
  ["AWQ(INT4)", "AWQ(INT4)"],
  ["GPTQ(INT4)", "GPTQ(INT4)"],
  ["GPTQ(INT8)", "GPTQ(INT8)"],
  ["SmoothQ(W8A8)", "SmoothQ(W8A8)"],
];

/** Figure 7. */
export const sameMemory: PaperFigure = {
  figure: 7,
  name: "paper_figure_7",
  title: "Average F1 by size and configuration",
  span: "full",
  caption:
    "ACBench, Figure 7, in part: average F1 on WorfBench of Qwen2.5 by size and configuration, from Table 10, which lacks the 16-bit rows of 1.5B, 3B and 7B; 32B is added to reach the same memory. " +
    MARKS,
  spec(cells, width) {
    return paperPanels([[{
      title: "WorfBench by model size",
      measure: "Average F1",
      bars: SIZES.flatMap((model) =>
        CONFIGURATIONS.map(([series, compression]) =>
          paperBar(model.replace("Qwen2.5-", ""), series, [
            findCell(cells, 10, model, compression, "Average", "F1"),
          ])
        )
      ),
    }]], { width, height: 110, series: CONFIGURATIONS.map(([series]) => series) });
  },
};
