/**
 * What `evaluate.py` is told of its engines, and what it tells.
 *
 * @module
 */
import type { JsonObject } from "../../data/types.ts";
import type { Experiment } from "../experiment/shape.ts";
import type { EvaluateJob, JobEvent, ScriptEngine } from "../jobs.ts";
import type { CellEnd } from "../run_context.ts";

/** The engine that a cell's inputs name. */
export function engineIn(inputs: JsonObject): ScriptEngine {
  return (inputs.engine as { name: ScriptEngine }).name;
}

/** Each engine's own settings. Options are those of the experiment's engine; the other one has its defaults. */
export function scriptOptions(
  { name, options, fallback }: Experiment["engine"],
): Pick<EvaluateJob["engine"], "options" | "transformers" | "fallback"> {
  const given = options as EvaluateJob["engine"]["options"];
  return {
    options: name === "vllm" ? given : {},
    transformers: name === "transformers" ? given : {},
    fallback: fallback === "transformers",
  };
}

/** Which engine took the place of the cell's own, and why; nothing where the cell's own did it. */
export function substituteOf(event: JobEvent & { event: "done" }): Pick<CellEnd, "substitute"> {
  if (!event.engine || event.engine.refused === null) return {};
  const { name, refused } = event.engine;
  return { substitute: { engine: name, reason: `vLLM does not load the checkpoint: ${refused}` } };
}
