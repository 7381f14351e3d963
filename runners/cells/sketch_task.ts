import { join } from "node:path";
import type { LogitsTier, SketchTask } from "../jobs.ts";

/** Name of the log of a cell's sketch. */
const SKETCH = "logit_sketch.arrow";

/**
 * How a capture's sketch is made: by a process of the analysis, started by its path like any script, since its
 * kernels are those that measure full logits.
 *
 * @param baselineFolder Folder of the baseline's capture; null for the baseline itself.
 * @returns Null where none is made.
 */
export function sketchTask(tier: LogitsTier, baselineFolder: string | null): SketchTask | null {
  if (tier === "full") return null;
  const place = (path: string) => new URL(`../../${path}`, import.meta.url).pathname;
  const config = ["--config", place("deno.json"), "--no-prompt", "--quiet"];
  const allowed = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys"];
  return {
    command: [Deno.execPath(), "run", ...config, ...allowed, place("analysis/sketch/main.ts")],
    baseline: baselineFolder && join(baselineFolder, SKETCH),
  };
}
