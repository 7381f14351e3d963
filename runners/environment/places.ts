/**
 * Where Actgauge keeps what all clones on a machine share.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Python versions that every pinned package has a wheel for, best first. */
export const PYTHON_VERSIONS = ["3.11", "3.12", "3.13", "3.14"] as const;

/** Python `major.minor` of an environment. */
export type PythonVersion = (typeof PYTHON_VERSIONS)[number];

/** Folder of this repository. */
export const REPOSITORY: string = join(import.meta.dirname!, "..", "..");

/** The pinned packages of the project's own Python environment. */
export const REQUIREMENTS: string = join(REPOSITORY, "runners", "python", "requirements.txt");

/** `$XDG_CACHE_HOME/actgauge`, or `~/.cache/actgauge`. */
export function cacheFolder(): string {
  const base = Deno.env.get("XDG_CACHE_HOME");
  // The XDG specification: a relative path is invalid and is ignored.
  return join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "actgauge");
}

/** Folder of the environment for a list of pinned packages and a Python version. */
export function environmentFolder(requirements: string, python: PythonVersion): string {
  const key = createHash("sha256").update(`${requirements}\n${python}`).digest("hex").slice(0, 12);
  return join(cacheFolder(), `python-${key}`);
}

/** The Python of an environment. */
export function environmentPython(folder: string): string {
  return join(folder, "bin", "python");
}

/** File that names an interpreter of the user's own (`deno task setup --python PATH`). */
export function interpreterFile(): string {
  return join(cacheFolder(), "interpreter");
}
