import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeJsonAtomically } from "../../data/atomic_write.ts";
import { plain, scriptEnvironment, start } from "../shell.ts";
import type { Found } from "./mark.ts";
import { cacheFolder, REPOSITORY } from "./places.ts";

const SCRIPT = join(REPOSITORY, "runners", "python", "check_environment.py");

/** What the scripts import, with what the others build on first: an absence is best told in that order. */
export const MODULES = [
  ...["numpy", "torch", "safetensors.torch", "pyarrow", "transformers", "datasets"],
  ...["compressed_tensors", "llmcompressor", "vllm"],
];

/**
 * Starts a Python and imports what Actgauge needs: takes 10 to 60 seconds the first time.
 *
 * @param python Path of the interpreter.
 * @param modules Modules to import; left out: all that Actgauge needs.
 * @throws {Error} When the interpreter does not run at all; tells the end of what it wrote.
 */
export async function checkPython(
  python: string,
  { modules = MODULES, logFile }: { modules?: string[] | undefined; logFile?: string } = {},
): Promise<Found> {
  const outcome = await start({
    command: [python, "-u", SCRIPT, ...modules],
    env: scriptEnvironment(1),
    stdout: "capture",
    timeoutMs: 600_000,
    logFile,
  }).done;
  if (outcome.aborted) throw new DOMException("The check was interrupted", "AbortError");
  try {
    if (!outcome.ok) throw new Error(outcome.timedOut ? "no answer in 10 minutes" : "it failed");
    const found = JSON.parse(outcome.stdout) as Found;
    if (typeof found.versions !== "object") throw new Error("it lacks the versions");
    return found;
  } catch (cause) {
    throw new Error(
      outcome.ok
        ? `${python} does not answer as a Python would: ${plain(outcome.stdout.slice(0, 200))}`
        : `${python} failed:\n${outcome.logTail}`,
      { cause },
    );
  }
}

/**
 * The same for an interpreter of the user's, remembered until its folder of packages changes.
 * A later call takes one look at that folder and starts no process.
 *
 * @throws {Error} As `checkPython()`.
 */
export async function checkPythonOnce(python: string): Promise<Found> {
  const key = createHash("sha256").update(python).digest("hex").slice(0, 12);
  const path = join(cacheFolder(), "checked", `${key}.json`);
  const known = read(path);
  if (known && changedAt(known.found) === known.changedAt) return known.found;
  const found = await checkPython(python);
  // A failure may be mended outside of that folder: look again next time.
  if (Object.keys(found.failures).length === 0) {
    await writeJsonAtomically(path, { python, changedAt: changedAt(found), found });
  }
  return found;
}

function read(path: string): { changedAt: number; found: Found } | null {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch {
    return null;
  }
}

/** Changes when a package is installed, upgraded or removed; NaN when the folder is gone. */
function changedAt(found: Found): number {
  try {
    return Deno.statSync(found.packages).mtime?.getTime() ?? NaN;
  } catch {
    return NaN;
  }
}
