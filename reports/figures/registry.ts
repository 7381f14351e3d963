/**
 * All figures by name, in the order of the report.
 *
 * @module
 */
import { damageBySpanFigure } from "./damage_by_span.ts";
import { distillation } from "./distillation.ts";
import { energyHistograms } from "./energy_histograms.ts";
import { erankByBits } from "./erank_by_bits.ts";
import { formatGap } from "./format_gap.ts";
import type { Figure } from "./figure.ts";
import { logitHistogramsByPosition } from "./logit_histograms_by_position.ts";
import { needleHeatMaps } from "./needle_heat_maps.ts";
import { paretoByEffectiveBits } from "./pareto_by_effective_bits.ts";
import { paretoByStoredBytes } from "./pareto_by_stored_bytes.ts";
import { sameMemory } from "./same_memory.ts";
import { perplexityAgainstTopk } from "./perplexity_against_topk.ts";
import { toolUseByAbility } from "./tool_use_by_ability.ts";
import { toolUsePruned } from "./tool_use_pruned.ts";
import { toolUseQuantized } from "./tool_use_quantized.ts";
import { topkConsistencyByPosition } from "./topk_consistency_by_position.ts";

/** Figures by name. */
export const FIGURES: Record<string, Figure> = {
  pareto_by_stored_bytes: paretoByStoredBytes,
  pareto_by_effective_bits: paretoByEffectiveBits,
  same_memory: sameMemory,
  tool_use_by_ability: toolUseByAbility,
  format_gap: formatGap,
  tool_use_pruned: toolUsePruned,
  tool_use_quantized: toolUseQuantized,
  distillation,
  needle_heat_maps: needleHeatMaps,
  topk_consistency_by_position: topkConsistencyByPosition,
  perplexity_against_topk: perplexityAgainstTopk,
  logit_histograms_by_position: logitHistogramsByPosition,
  energy_histograms: energyHistograms,
  erank_by_bits: erankByBits,
  damage_by_span: damageBySpanFigure,
};
