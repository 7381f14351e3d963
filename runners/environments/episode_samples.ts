import type { Sample } from "../benchmarks/benchmark.ts";
import type { Environment } from "./environment.ts";

/**
 * Reads an environment's episodes as samples: the chat that each begins with, and its spec as what a right answer
 * is measured by. The subtask is `<kind of goal>/<difficulty>`.
 *
 * @param path The environment's file.
 * @param count Only the first so many; undefined for all.
 * @throws {UserError} naming file, record and field.
 */
export async function episodeSamples(
  environment: Environment,
  path: string,
  count: number | undefined,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { id, subtask, difficulty, spec } of (await environment.load(path)).slice(0, count)) {
    const { messages } = await environment.start(spec);
    samples.push({ id, subtask: `${subtask}/${difficulty}`, messages, gold: spec });
  }
  return samples;
}
