/**
 * Whether what was measured on a cell still holds.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cellFolder } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";
import { openblas } from "./kernels/openblas.ts";

/** Folders of this repository whose files decide a measured value. */
const SOURCES = [
  "analysis",
  "analysis/metrics",
  "analysis/kernels",
  "analysis/scan",
  "analysis/sketch",
  "analysis/spans",
  "data",
];

/**
 * Gives the key of what is measured on a cell, against the baseline's where there is one, on the episodes whose steps
 * are in a third cell, where they decide.
 */
export type KeyOf = (cell: Cell, baseline: Cell | null, episodes: Cell | null) => string | null;

/**
 * Gives a cell's key: 16 hex digits of a hash over its logs and the baseline's, the steps of episodes, the options, and
 * the code with what it runs on. A log that is written to changes it too, without being read: by its size and time.
 * Null where a record does not list the hashes of the cell's logs; such a cell is measured every time.
 *
 * @param options Of the results, those that decide what is measured.
 */
export function measurementKeys(
  runs: string,
  records: ReadonlyMap<string, RunRecord>,
  options: unknown,
): KeyOf {
  const version = codeVersion();
  const logsOf = ({ id }: Cell, wanted?: RegExp) =>
    logsIn(cellFolder(runs, id), records.get(id)!, wanted);
  return (cell, baseline, episodes) => {
    const logs = [cell, ...(baseline ? [baseline] : [])].map((one) => logsOf(one));
    const steps = episodes && logsOf(episodes, /^steps\.parquet$/);
    if (logs.some((own) => !own?.length) || episodes && !steps) return null;
    const key = [version, cell, baseline?.id ?? null, logs, steps ?? [], options];
    return createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 16);
  };
}

/** Null where the record does not list the hash of one. */
function logsIn(
  folder: string,
  { hashes }: RunRecord,
  wanted = /\.(arrow|parquet)$/,
): unknown[] | null {
  const names = readdirSync(folder).filter((name) => wanted.test(name)).sort();
  if (names.some((name) => !Object.hasOwn(hashes, name))) return null;
  return names.map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return [name, hashes[name], size, mtimeMs];
  });
}

/** Hash of the sources, the engine and the LAPACK, all of which decide the last digits. */
function codeVersion(): string {
  const hash = createHash("sha256");
  const root = new URL("../", import.meta.url).pathname;
  for (const folder of SOURCES) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (!/\.(ts|wasm)$/.test(name)) continue;
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.update(JSON.stringify([Deno.version, openblas()?.path ?? null])).digest("hex");
}
