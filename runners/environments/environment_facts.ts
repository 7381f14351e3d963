import { pickSamples } from "../pick_samples.ts";
import { fileURLToPath } from "node:url";
import type { Json } from "../../data/types.ts";
import type { Sample } from "../benchmarks/benchmark.ts";
import type { Experiment } from "../experiment/shape.ts";
import { hashJson } from "../hash.ts";
import type { Environment } from "./environment.ts";
import { ENVIRONMENTS } from "./registry.ts";

/** The episodes of one environment, as one experiment asks for them. */
export interface EnvironmentFacts {
  environment: Environment;
  /** The chat that each episode begins with; its spec stands as `gold`. */
  samples: Sample[];
  /** Hash of the samples. */
  hash: string;
  /** Longest turn, in tokens. */
  maxTokens: number;
}

/**
 * Reads the episodes of an entry of `benchmarks` that names an environment.
 *
 * The subtask of an episode is `<kind of goal>/<difficulty>`.
 *
 * @throws {UserError} naming file, record and field.
 */
export async function environmentFacts(
  entry: Experiment["benchmarks"][number],
): Promise<EnvironmentFacts> {
  const environment = ENVIRONMENTS[entry.name]!;
  const episodes = await environment.load(entry.data ?? fileURLToPath(environment.data));
  const labelled = episodes.map((episode) => ({
    ...episode,
    subtask: `${episode.subtask}/${episode.difficulty}`,
  }));
  const samples: Sample[] = [];
  for (const { id, subtask, spec } of pickSamples(labelled, entry.samples)) {
    const { messages } = await environment.start(spec);
    samples.push({ id, subtask, messages, gold: spec });
  }
  return {
    environment,
    samples,
    hash: hashJson(samples as unknown as Json),
    maxTokens: entry.maxTokens ?? environment.maxTokens,
  };
}
