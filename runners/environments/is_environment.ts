import type { Benchmark } from "../benchmarks/benchmark.ts";
import type { Environment } from "./environment.ts";

/** Tells what is played turn by turn from what is answered at once. */
export function isEnvironment(entry: Benchmark | Environment): entry is Environment {
  return "start" in entry;
}
