import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically, writeJsonAtomically } from "../../data/atomic_write.ts";
import { cacheFolder, REPOSITORY } from "./places.ts";

/**
 * Folder for Jupyter's `JUPYTER_PATH`: inside the project's own environment (where its Jupyter looks by itself), or in the
 * cache folder for an interpreter of the user's. Nothing is written to the user's own Jupyter folders.
 *
 * @param folder Folder of the project's own environment, or null.
 */
export function jupyterFolder(folder: string | null): string {
  return folder === null ? join(cacheFolder(), "jupyter") : join(folder, "share", "jupyter");
}

/**
 * Tells Jupyter how to start the Deno that runs now as a kernel. Writes nothing when that is known already.
 *
 * @param python Interpreter that starts the kernel, so that it ends with Jupyter.
 */
export async function installKernel(folder: string | null, python: string): Promise<void> {
  const place = join(jupyterFolder(folder), "kernels", "deno");
  const guard = join(place, "parent_death.py");
  const spec = {
    argv: [
      python,
      guard,
      "--exec",
      Deno.execPath(),
      ...["jupyter", "--kernel", "--conn", "{connection_file}"],
    ],
    display_name: "Deno",
    language: "typescript",
    env: { DENO_NO_UPDATE_CHECK: "1" },
  };
  const path = join(place, "kernel.json");
  const guardSource = Deno.readTextFileSync(
    join(REPOSITORY, "runners", "python", "parent_death.py"),
  );
  // A copy: the environment outlives this clone.
  if (!existsSync(guard) || Deno.readTextFileSync(guard) !== guardSource) {
    await writeAtomically(guard, guardSource);
  }
  const text = JSON.stringify(spec, null, 2) + "\n";
  if (existsSync(path) && Deno.readTextFileSync(path) === text) return;
  await writeJsonAtomically(path, spec);
}
