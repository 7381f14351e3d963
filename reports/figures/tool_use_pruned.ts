/**
 * Tool use of pruned models in both formats (ACBench, Figure 9).
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import { methodScores } from "./method_scores.ts";

/** Figure 9 of ACBench. */
export const toolUsePruned: Figure = methodScores({
  name: "tool_use_pruned",
  title: "Tool use of pruned models",
  number: 9,
  kinds: ["base", "pruned", "both"],
  formats: "both",
});
