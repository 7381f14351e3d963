/**
 * Tool use of quantized models in both formats (ACBench, Figure 10).
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import { methodScores } from "./method_scores.ts";

/** Figure 10 of ACBench. */
export const toolUseQuantized: Figure = methodScores({
  name: "tool_use_quantized",
  title: "Tool use of quantized models",
  number: 10,
  kinds: ["base", "quantized", "cache"],
  formats: "both",
});
