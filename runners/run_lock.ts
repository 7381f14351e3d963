import { join } from "node:path";
import { UserError } from "./errors.ts";

/**
 * Keeps two runs from writing the same cells. The lock of a process that no longer lives is taken over.
 *
 * @throws {UserError} When another run is at work in the folder.
 */
export async function lockRuns(runs: string): Promise<Disposable> {
  await Deno.mkdir(runs, { recursive: true });
  const path = join(runs, "lock");
  const mine = String(Deno.pid);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await Deno.writeTextFile(path, mine, { createNew: true });
      return { [Symbol.dispose]: () => Deno.removeSync(path) };
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
    const owner = await Deno.readTextFile(path).catch(() => "");
    if (await isAlive(owner)) {
      throw new UserError(
        `Another run (process ${owner}) is at work in ${runs}; wait for it, or end it`,
      );
    }
    await Deno.remove(path).catch(() => {});
  }
  throw new UserError(`Another run has just begun in ${runs}; wait for it, or end it`);
}

async function isAlive(pid: string): Promise<boolean> {
  if (!/^\d+$/.test(pid)) return false;
  try {
    // The command tells a run of ours from a process that was given the same number later.
    return (await Deno.readTextFile(`/proc/${pid}/cmdline`)).includes("deno");
  } catch (error) {
    return Deno.build.os !== "linux" && !(error instanceof Deno.errors.PermissionDenied);
  }
}
