import type { Plan } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";
import type { Experiment } from "./experiment/shape.ts";
import type { Facts } from "./facts.ts";
import type { Wave } from "./launchers/waves.ts";
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
  /** Processes that work side by side. */
  workers: number;
  /** Checkpoints that may be on the disk together, the others deleted in time; null keeps all of them. */
  waves: Wave[] | null;
  /** About how long a cell will take. */
  seconds(cell: Cell): number;
  /** About how long an engine takes to load a variant's checkpoint. */
  loadSeconds(variant: string): number;
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
  substitute?: RunRecord["substitute"] & object;
}
