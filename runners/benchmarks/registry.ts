import type { Benchmark } from "./benchmark.ts";
import { needle } from "./needle/needle.ts";
import { toolCall } from "./tool_call/tool_call.ts";

/** Every benchmark by its name. A new one is a folder beside this file, and a line here. */
export const BENCHMARKS: Record<string, Benchmark> = {
  needle,
  tool_call: toolCall,
};
