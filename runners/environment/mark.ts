/**
 * The mark that says an environment is whole: written last, after its imports worked.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeJsonAtomically } from "../../data/atomic_write.ts";
import { environmentPython } from "./places.ts";

/** What `check_environment.py` found by importing. */
export interface Found {
  /** Version of Python. */
  python: string;
  /** Path of the interpreter. */
  executable: string;
  /** Folder of its packages. */
  packages: string;
  /** Versions by package name: python, torch, transformers, vllm, llmcompressor, … */
  versions: Record<string, string>;
  /** What could not be imported, by module name, with the error in one line. */
  failures: Record<string, string>;
  /** `cpu (…)` or `cuda (…)`, with the name of the processor. */
  device: string;
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
export async function writeMark(folder: string, mark: Mark): Promise<void> {
  await writeJsonAtomically(join(folder, NAME), mark);
}
