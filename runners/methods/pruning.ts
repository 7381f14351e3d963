/**
 * Sparse weights: what Wanda, SparseGPT and magnitude pruning share.
 *
 * @module
 */
import { z } from "zod";
import type { CompressTask } from "../jobs.ts";
import { ignore, numberIn, oneOf, settingsOf, unusual } from "./settings.ts";

/** Settings of a pruned model. */
export type Pruning = {
  /** Share of weights set to zero. */
  sparsity: number;
  /** `2:4` keeps two of every four neighbours; `0:0` is unstructured. */
  pattern: "0:0" | "2:4";
  ignore: string[];
};

/**
 * The settings' schema.
 *
 * @param least The least sparsity that the method can make.
 */
export function pruningSettings(method: string, least = 0): z.ZodType<Pruning> {
  return settingsOf(method, {
    sparsity: numberIn("sparsity", least, 0.99).default(0.5),
    pattern: oneOf("pattern", ["0:0", "2:4"]).default("0:0"),
    ignore,
  }).refine((settings) => settings.pattern !== "2:4" || settings.sparsity === 0.5, {
    path: ["sparsity"],
    error: "the pattern 2:4 removes half of the weights: leave sparsity out, or set it to 0.5",
  });
}

/** A figure's name for the method, e.g. `Wanda 2:4` or `Wanda 50 %`. */
export function prunedTitle(name: string, settings: Pruning): string {
  return `${name} ${settings.pattern === "2:4" ? "2:4" : `${percent(settings)} %`}`;
}

/** The readable id, e.g. `wanda-2-4` or `wanda-50`; ids name folders, so no colon. */
export function prunedId(name: string, settings: Pruning): string {
  const amount = settings.pattern === "2:4" ? "2-4" : percent(settings);
  return `${name}-${amount}${unusual({ ignore: settings.ignore }, { ignore: ["lm_head"] })}`;
}

/** The sparsity that must come out. */
export function expectPruned(settings: Pruning): CompressTask["expect"] {
  const { sparsity, pattern } = settings;
  return { sparsity, pattern, ...(sparsity === 0 ? { identity: true } : {}) };
}

/** The same settings in the words of llm-compressor's pruning modifiers. */
export function pruningArguments(settings: Pruning) {
  return {
    sparsity: settings.sparsity,
    mask_structure: settings.pattern,
    targets: ["Linear"],
    ignore: settings.ignore,
  };
}

function percent(settings: Pruning): string {
  return String(Number((settings.sparsity * 100).toFixed(4)));
}
