/**
 * What cells of all engines have in common when they are planned.
 *
 * @module
 */
import { SCHEMA_VERSION } from "../../data/schema.ts";
import type { Cell, JsonObject, Variant } from "../../data/types.ts";
import type { EnvironmentFacts } from "../environments/environment_facts.ts";
import { EPISODE_SCORER } from "../environments/score_episode.ts";
import type { BenchmarkFacts, Facts } from "../facts.ts";
import { hashJson } from "../hash.ts";

/** A cell, its id made of all its inputs. */
export function planCell(
  kind: Cell["kind"],
  variant: Variant,
  rest: Pick<Cell, "benchmark" | "seed" | "needs">,
  inputs: JsonObject,
): Cell {
  const complete: JsonObject = { kind, schemaVersion: SCHEMA_VERSION, ...inputs };
  return {
    id: hashJson(complete).slice(0, 16),
    kind,
    variant: variant.id,
    ...rest,
    inputs: complete,
  };
}

/** Inputs that say what is asked, by the name of the benchmark or environment. */
export function askedInputs(
  model: string,
  facts: Facts,
): { benchmark: string; inputs: JsonObject }[] {
  const answered = Object.values(facts.benchmarks).map((asked) => ({
    benchmark: asked.benchmark.name,
    inputs: benchmarkInputs(asked, model, facts),
  }));
  const played = Object.values(facts.environments).map((asked) => ({
    benchmark: asked.environment.name,
    inputs: environmentInputs(asked),
  }));
  return [...answered, ...played];
}

/** What is as it always was is left out, so that ids stay when a choice is added. */
function benchmarkInputs(
  { benchmark, maxTokens, mode, sets }: BenchmarkFacts,
  model: string,
  { scoring }: Facts,
): JsonObject {
  const { name, needs, version } = benchmark;
  return {
    name,
    version,
    samples: sets[model]!.hash,
    maxTokens,
    ...(mode === "fixed" ? {} : { mode }),
    ...(needs.includes("similarity") ? { embedder: scoring.embedderHash } : {}),
    ...(needs.includes("segmentation") ? { segmented: scoring.segmenter !== null } : {}),
  };
}

function environmentInputs(
  { environment: { name, version, maxSteps }, hash, maxTokens }: EnvironmentFacts,
): JsonObject {
  return { name, version, samples: hash, maxTokens, maxSteps, scorer: EPISODE_SCORER };
}
