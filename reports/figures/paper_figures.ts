/**
 * The figures of ACBench: those that its tables can draw, and why the others cannot.
 *
 * @module
 */
import { distillation } from "./paper_distillation.ts";
import { overview } from "./paper_overview.ts";
import type { PaperFigure } from "./paper_figure.ts";
import { sameMemory } from "./paper_same_memory.ts";
import { capabilityScores, formatGaps, prunedColumns, quantizedColumns } from "./paper_tool_use.ts";

/** Figures by number in the paper. */
export const PAPER_FIGURES: Readonly<Record<number, PaperFigure>> = {
  1: overview,
  3: formatGaps,
  6: capabilityScores,
  7: sameMemory,
  8: distillation,
  9: prunedColumns,
  10: quantizedColumns,
};

/** A figure whose numbers are printed nowhere. */
export interface UnprintedFigure {
  figure: number;
  /** What it plots. */
  plots: string;
  /** What draws it. */
  needs: string;
}

/** Figures that only own runs can draw. */
export const UNPRINTED_FIGURES: readonly UnprintedFigure[] = [
  {
    figure: 2,
    plots: "ERank of LLaMA-2-7B and Mistral-7B by bits of weights and cache",
    needs: "captures of a model at several bit widths (erank_by_bits)",
  },
  {
    figure: 4,
    plots: "Kendall's tau and Spearman's rho by token position for k = 3, 10, 20",
    needs: "captures of a baseline and a variant (topk_consistency_by_position)",
  },
  {
    figure: 5,
    plots: "perplexity against top-k correlation over sizes and bit widths",
    needs: "captures of models of several sizes at several bit widths",
  },
  {
    figure: 11,
    plots: "needle retrieval by length and depth, InternLM2.5-7B, a panel a method",
    needs: "needle runs over 40 lengths and 10 depths",
  },
  {
    figure: 12,
    plots: "the same for Qwen2.5-7B",
    needs: "needle runs over 40 lengths and 10 depths",
  },
  {
    figure: 13,
    plots: "the same for small and distilled models",
    needs: "needle runs over 40 lengths and 10 depths",
  },
  {
    figure: 14,
    plots: "histograms of logits at positions 2, 82, 134, 184, 225, 246",
    needs: "captures with full logits",
  },
  {
    figure: 15,
    plots: "histograms of energies at positions 1, 64, 117, 175, 244, 252",
    needs: "captures of a baseline and a variant (energy_histograms)",
  },
];
