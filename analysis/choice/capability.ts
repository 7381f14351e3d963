/**
 * Which capability a benchmark tests.
 *
 * @module
 */

/** The capabilities of ACBench by key, in the paper's order, with what figures and sentences call them. */
export const CAPABILITIES: Record<string, string> = {
  tool_use: "tool use",
  workflow: "workflow generation",
  long_context: "long context",
  real_world: "real-world application",
  other: "other benchmarks",
};

/** The mean over all capabilities. */
export const ALL_CAPABILITIES = "all";

const BENCHMARKS: Record<string, string> = {
  teval: "tool_use",
  worfbench: "workflow",
  needle_in_a_haystack: "long_context",
  longbench: "long_context",
  longgenbench: "long_context",
  household: "real_world",
  agentboard: "real_world",
  webshop: "real_world",
  hotpotqa_react: "real_world",
};

/** Key of the capability that a benchmark tests (ACBench, section 4); `other` for benchmarks from elsewhere. */
export function capabilityOf(benchmark: string): string {
  return Object.hasOwn(BENCHMARKS, benchmark) ? BENCHMARKS[benchmark]! : "other";
}
