import { join } from "node:path";
import type { RunContext } from "../run_context.ts";
import type { ScriptWork } from "./run_script.ts";

/** Where a script runs: which of the processes side by side it is. */
export interface Place {
  worker: number;
  signal: AbortSignal;
  threads: number;
}

/** What is the same for all work of a script. Processes side by side have folders of their own. */
export function scriptWork(
  context: RunContext,
  script: string,
  { worker, ...place }: Place,
  limitSeconds: number,
): Omit<ScriptWork, "tasks" | "job"> {
  const folder = join(context.runs, context.experiment.name, "processes");
  return {
    python: context.python,
    script,
    folder: context.workers === 1 ? folder : join(folder, `worker-${worker + 1}`),
    limitSeconds,
    ...place,
  };
}
