import type { Plan } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";
import type { Experiment } from "./experiment.ts";
import type { Facts } from "./facts.ts";
import type { TaskFailure } from "./launchers/run_script.ts";

/** What a launcher is given. */
export interface RunContext {
  experiment: Experiment;
  plan: Plan;
  facts: Facts;
  /** Folder of all runs. */
  runs: string;
  /** Interpreter of the Python scripts. */
  python: string;
  gitCommit: string | null;
  signal: AbortSignal;
  observer: RunObserver;
}

/** Who wants to see cells begin, move on and end. */
export interface RunObserver {
  onStart(cell: Cell): void;
  onProgress(cell: Cell, done: number, total: number): void;
  onEnd(cell: Cell, record: RunRecord): void;
}

/** How a cell ended, before it is made into a record. */
export interface CellEnd {
  command: string[];
  seconds: number;
  failure: TaskFailure | null;
  warnings: string[];
  checkpoint: RunRecord["checkpoint"];
}
