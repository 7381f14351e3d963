/**
 * Tool use of all methods by ability (ACBench, Figure 6).
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import { methodScores } from "./method_scores.ts";

/** Figure 6 of ACBench. */
export const toolUseByAbility: Figure = methodScores({
  name: "tool_use_by_ability",
  title: "Tool use by ability and method",
  number: 6,
  kinds: ["base", "quantized", "cache", "pruned", "both"],
  formats: "mean",
});
