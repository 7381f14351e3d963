/**
 * Which experiments have been run.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { RUNS_FOLDER } from "../data/logs.ts";

/** Where an experiment's files lie. */
export interface Run {
  /** Folder of runs. */
  runs: string;
  experiment: string;
}

/**
 * What the user means by RUN: the name of an experiment, or the path of its folder.
 *
 * @param runs Folder of runs that the user named, if any.
 */
export function findRun(run: string, runs: string | undefined): Run {
  if (runs === undefined && /[/\\]/.test(run)) {
    const folder = resolve(run);
    return { runs: dirname(folder), experiment: basename(folder) };
  }
  return {
    runs: resolve(runs ?? Deno.env.get("ACTGAUGE_RUNS") ?? RUNS_FOLDER),
    experiment: basename(resolve(run)),
  };
}

/** Names of the experiments that have a plan, sorted. */
export async function experimentsIn(runs: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(runs)) {
      if (isDirectory && await isFile(join(runs, name, "plan.json"))) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
