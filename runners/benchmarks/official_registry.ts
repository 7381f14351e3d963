import { hotpotqaReact } from "./hotpotqa_react/hotpotqa_react.ts";
import { longbench } from "./longbench/longbench.ts";
import { longgenbench } from "./longgenbench/longgenbench.ts";
import type { OfficialBenchmark } from "./official_benchmark.ts";
import { teval } from "./teval/teval.ts";
import { worfbench } from "./worfbench/worfbench.ts";

/** Every benchmark of others that is scored from single completions. */
export const OFFICIAL_BENCHMARKS: Record<string, OfficialBenchmark> = {
  hotpotqa_react: hotpotqaReact,
  longbench,
  longgenbench,
  teval,
  worfbench,
};
