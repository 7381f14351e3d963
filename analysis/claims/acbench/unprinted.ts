/** Claims of ACBench that rest on figures alone (Appendix C.5 to C.7). */
import type { Claim } from "../claim.ts";
import { only } from "./terms.ts";

const FIGURES: [string, string, number, string, string][] = [
  [
    "c5-internlm-quantized",
    "C.5 Needle",
    780,
    "On InternLM2.5-7B, GPTQ and AWQ keep the attention of the base.",
    "Figure 11",
  ],
  [
    "c5-internlm-pruned",
    "C.5 Needle",
    780,
    "There, Wanda and SparseGPT degrade beyond 20k tokens.",
    "Figure 11",
  ],
  [
    "c5-qwen-quantized",
    "C.5 Needle",
    787,
    "On Qwen2.5-7B, GPTQ and AWQ keep attention over the full 40k tokens.",
    "Figure 12",
  ],
  [
    "c5-distilled",
    "C.5 Needle",
    787,
    "The distilled Qwen 7B is promising, other small models are weaker.",
    "Figure 13",
  ],
  [
    "c6-logits",
    "C.6 Logits",
    791,
    "Logits are focused at position 2 and more diverse at 82 and 134.",
    "Figure 14",
  ],
  [
    "c7-energy",
    "C.7 Energy",
    795,
    "Energy is concentrated at position 1 and spreads at 64 and 117.",
    "Figure 15",
  ],
];

/** Claims that no printed number can decide. */
export const UNPRINTED: Claim[] = FIGURES.map(([id, section, line, sentence, figure]) => ({
  id,
  paper: "ACBench",
  section,
  line,
  sentence,
  readings: only({ unprinted: `${figure} plots it; no number is printed` }),
}));
