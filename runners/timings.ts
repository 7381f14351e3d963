/**
 * How long cells took that have run on this machine.
 *
 * @module
 */
import { join } from "node:path";
import { readRecord } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";
import { LogError } from "../data/log_error.ts";
import type { Facts } from "./facts.ts";
import { canonicalJson } from "./hash.ts";

/** Seconds of earlier cells. */
export interface Timings {
  /** Finished cells that were looked at. */
  cells: number;
  /** Mean of the cells that are most alike; null where none did the same work. */
  seconds(cell: Cell): number | null;
}

/**
 * How the seconds of the same work are taken to grow with a model's parameters: less than in proportion, since much of a
 * small model's time goes by beside its arithmetic. Used only until the model's own cells have run.
 */
const GROWTH = 0.5;

/** Reads the records of all experiments in a folder of runs; those that cannot be read are left out. */
export async function readTimings(runs: string, facts: Pick<Facts, "models">): Promise<Timings> {
  const records: RunRecord[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(join(runs, "cells"))) {
      const record = isDirectory ? await readable(join(runs, "cells", name)) : null;
      if (record) records.push(record);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return timingsOf(records, facts);
}

async function readable(folder: string): Promise<RunRecord | null> {
  try {
    return await readRecord(folder);
  } catch (error) {
    if (error instanceof LogError) return null;
    throw error;
  }
}

/** Timings of given records. */
export function timingsOf(
  records: readonly RunRecord[],
  { models }: Pick<Facts, "models">,
): Timings {
  const means = new Map<string, { sum: number; count: number }>();
  const add = (key: string, seconds: number) => {
    const mean = means.get(key) ?? { sum: 0, count: 0 };
    means.set(key, { sum: mean.sum + seconds, count: mean.count + 1 });
  };
  const done = records.filter(({ status }) => status === "done");
  for (const { cell, seconds } of done) {
    const scale = scaleOf(cell, models);
    const { any, own } = keysOf(cell);
    own.forEach((key) => add(key, seconds));
    if (scale !== null) add(any, seconds / scale);
  }
  const mean = (key: string) => {
    const found = means.get(key);
    return found === undefined ? null : found.sum / found.count;
  };
  return {
    cells: done.length,
    seconds(cell) {
      const { any, own } = keysOf(cell);
      for (const key of own) {
        const found = mean(key);
        if (found !== null) return found;
      }
      const found = mean(any);
      const scale = scaleOf(cell, models);
      return found === null || scale === null ? null : found * scale;
    },
  };
}

function scaleOf(cell: Cell, models: Facts["models"]): number | null {
  const parameters = models[split(cell.variant).model]?.parameters;
  return parameters ? (parameters / 1e6) ** GROWTH : null;
}

function split(variant: string): { model: string; method: string } {
  const at = variant.indexOf("/");
  return { model: variant.slice(0, at), method: variant.slice(at + 1) };
}

/** What tells the work of a cell: first the most alike, at last the same with another model. */
function keysOf(cell: Cell): { own: string[]; any: string } {
  const { model, method } = split(cell.variant);
  const { inputs, kind } = cell;
  if (kind === "compress") {
    const { samples, maxLength } = (inputs.calibration ?? {}) as Record<string, number>;
    const work = canonicalJson([
      kind,
      inputs.recipe ?? null,
      inputs.simulate ?? null,
      samples ?? null,
      maxLength ?? null,
    ]);
    return { own: [`${work} ${model}`], any: work };
  }
  const asked = kind === "evaluate"
    ? [inputs.benchmark ?? null]
    : [inputs.samples ?? null, inputs.promptPositions ?? null, inputs.by ?? null];
  const work = canonicalJson([kind, cell.benchmark, ...asked]);
  // The draws of one calibration write answers of like length.
  const draws = method.replace(/-c\d+$/, "");
  return { own: [`${work} ${model} ${draws}`, `${work} ${model}`], any: work };
}
