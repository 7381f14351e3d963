import { join } from "node:path";
import type { Plan } from "../data/logs.ts";
import { type CellState, readStates } from "./cell_states.ts";
import { describeEnvironment } from "./environment.ts";
import { readExperiment } from "./experiment.ts";
import type { Experiment } from "./experiment/shape.ts";
import { type Facts, gatherFacts } from "./facts.ts";
import { plan } from "./plan.ts";

/** An experiment, ready to be looked at or run. */
export interface Prepared {
  experiment: Experiment;
  facts: Facts;
  plan: Plan;
  states: CellState[];
  /** Folder of the experiment's plan, results and process logs. */
  folder: string;
}

/**
 * Reads an experiment file, plans it, and finds what has been done.
 *
 * @param onlyLook Nothing will be run: models and benchmarks that are not on this machine are assumed.
 */
export async function prepare(path: string, runs: string, onlyLook = false): Promise<Prepared> {
  const experiment = await readExperiment(path, onlyLook);
  const facts = await gatherFacts(experiment, await describeEnvironment(), onlyLook);
  const planned = plan(experiment, facts);
  const states = await readStates(runs, planned.cells);
  return { experiment, facts, plan: planned, states, folder: join(runs, experiment.name) };
}
