import { agentboard } from "./agentboard/agentboard.ts";
import type { Benchmark } from "./benchmark.ts";
import { hotpotqaReact } from "./hotpotqa_react/hotpotqa_react.ts";
import { longbench } from "./longbench/longbench.ts";
import { longgenbench } from "./longgenbench/longgenbench.ts";
import { needleInAHaystack } from "./needle_in_a_haystack/needle_in_a_haystack.ts";
import { teval } from "./teval/teval.ts";
import { webshop } from "./webshop/webshop.ts";
import { worfbench } from "./worfbench/worfbench.ts";

/** Every benchmark by its name. A new one is a folder beside this file, and a line here. */
export const BENCHMARKS: Record<string, Benchmark> = {
  agentboard,
  hotpotqa_react: hotpotqaReact,
  longbench,
  longgenbench,
  needle_in_a_haystack: needleInAHaystack,
  teval,
  webshop,
  worfbench,
};
