import { existsSync } from "node:fs";
import { rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { scriptEnvironment, start } from "../shell.ts";
import { type BasePython, findBasePython } from "./base_python.ts";
import { checkPython } from "./check.ts";
import type { TorchAnswer } from "./choose_torch.ts";
import { installPackages } from "./install.ts";
import { installKernel } from "./kernel.ts";
import { withLock } from "./lock.ts";
import { type Mark, readMark, writeMark } from "./mark.ts";
import {
  cacheFolder,
  environmentFolder,
  environmentPython,
  PYTHON_VERSIONS,
  REQUIREMENTS,
} from "./places.ts";

/** What the project's own list takes, in bytes: measured on Linux x86-64 with CPython 3.11, CPU build of torch. */
const DOWNLOAD_BYTES = 855e6;
const INSTALLED_BYTES = 3.37e9;

/** Free disk space that it needs: both, since pip keeps its downloads, and some room. */
const NEEDED_BYTES = 5e9;

/** What to make, and whom to tell. */
export interface EnsureOptions {
  /** File of pinned packages; left out: the project's own. */
  requirements?: string | undefined;
  /** Modules that must import; left out: all that Actgauge needs. */
  modules?: string[] | undefined;
  /** Package index for torch alone. */
  torchIndex?: string | undefined;
  /** Take a CUDA build of torch without asking. */
  yes?: boolean | undefined;
  /** Make the environment anew although it is whole. */
  fresh?: boolean | undefined;
  /** Asks about a large torch; left out: nobody can be asked. */
  ask?: ((question: string) => TorchAnswer) | undefined;
  /** One thing that happened. */
  say?: ((line: string) => void) | undefined;
  /** How far it is: each line takes the place of the last one. */
  progress?: ((line: string) => void) | undefined;
}

/** A whole environment. */
export interface Ensured {
  python: string;
  folder: string;
  mark: Mark;
  /** True when it was made by this call (or by another set-up that this one waited for). */
  made: boolean;
}

/**
 * Sees to it that the project's own environment is there and whole. When it is: a few file look-ups.
 *
 * Set-ups at the same time wait for one another. One that was cut short leaves an environment without its mark, which the
 * next one makes anew; what was downloaded comes from pip's cache.
 *
 * @throws {UserError} When something is missing that only the user can see to.
 * @throws {DOMException} `AbortError` when interrupted.
 */
export async function ensureEnvironment(options: EnsureOptions = {}): Promise<Ensured> {
  const requirements = options.requirements ?? REQUIREMENTS;
  const pinned = await Deno.readTextFile(requirements);
  if (!options.fresh) {
    for (const version of PYTHON_VERSIONS) {
      const ready = await whole(environmentFolder(pinned, version));
      if (ready) return ready;
    }
  }
  const say = options.say ?? (() => {});
  const base = await findBasePython();
  const folder = environmentFolder(pinned, base.version);
  return await withLock(
    `${folder}.lock`,
    (process) => say(`Another set-up is at work (process ${process}); waiting for it …`),
    async () => {
      const ready = options.fresh ? null : await whole(folder);
      if (ready) return { ...ready, made: true };
      try {
        await make(folder, base, requirements, options);
      } catch (error) {
        // Nothing to go on from, and an unfinished folder would look like a set-up that was killed.
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      return { ...(await whole(folder))!, made: true };
    },
  );
}

async function whole(folder: string): Promise<Ensured | null> {
  const mark = readMark(folder);
  if (mark === null) return null;
  const python = environmentPython(folder);
  await installKernel(folder, python);
  return { python, folder, mark, made: false };
}

async function make(
  folder: string,
  base: BasePython,
  requirements: string,
  options: EnsureOptions,
): Promise<void> {
  const say = options.say ?? (() => {});
  const began = performance.now();
  await clearAway(folder, say);
  if (requirements === REQUIREMENTS) await checkDisk(dirname(folder));
  say(`Python ${base.fullVersion} (${base.path}); the environment goes into ${folder}`);
  if (requirements === REQUIREMENTS) {
    say(
      `About ${(DOWNLOAD_BYTES / 1e9).toFixed(1)} GB of packages to download, ` +
        `${(INSTALLED_BYTES / 1e9).toFixed(1)} GB on disk; some minutes, once for all clones`,
    );
  }
  const logFile = `${folder}.log`;
  await Deno.remove(logFile).catch(() => {});
  await run([base.path, "-m", "venv", "--without-pip", folder], logFile);
  const python = environmentPython(folder);
  const { bytes, torchIndex } = await installPackages({
    python,
    folder,
    requirements,
    logFile,
    torchIndex: options.torchIndex ?? null,
    yes: options.yes ?? false,
    ask: options.ask ?? null,
    say,
    progress: options.progress ?? (() => {}),
  });
  say("Checking that everything imports (the first time takes a minute) …");
  const found = await checkPython(python, { modules: options.modules, logFile });
  const failures = Object.entries(found.failures);
  if (failures.length > 0) {
    throw new UserError(
      "The packages are installed, but do not work on this machine:\n" +
        failures.map(([module, error]) => `  import ${module}: ${error}`).join("\n") +
        `\nThe whole log: ${logFile}`,
    );
  }
  await installKernel(folder, python);
  const du = await start({ command: ["du", "-sk", folder], stdout: "capture" }).done;
  await writeMark(folder, {
    ...found,
    finishedAt: new Date().toISOString(),
    seconds: (performance.now() - began) / 1000,
    downloadedBytes: bytes,
    installedBytes: Number.parseInt(du.stdout) * 1024,
    torchIndex,
  });
}

/** Removes what a set-up that was cut short has left, or an environment that shall be made anew. */
async function clearAway(folder: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(folder)) return;
  const wasWhole = readMark(folder) !== null;
  await rm(join(folder, "complete"), { force: true });
  if (!wasWhole) {
    say("An earlier set-up did not finish; starting again (downloads are kept in pip's cache).");
    // Its pip notices within half a second that the set-up is gone (python/parent_death.py).
    await new Promise((resolve) => setTimeout(resolve, 1200));
  }
  await rm(folder, { recursive: true, force: true });
}

async function checkDisk(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  throw new UserError(
    `${cacheFolder()} has ${(free / 1e9).toFixed(1)} GB of free disk space; expected ` +
      `${NEEDED_BYTES / 1e9} GB. Set XDG_CACHE_HOME to a folder on a larger disk.`,
  );
}

async function run(command: string[], logFile: string): Promise<void> {
  const outcome = await start({ command, env: scriptEnvironment(1), logFile }).done;
  if (outcome.aborted) throw new DOMException("The set-up was interrupted", "AbortError");
  if (outcome.ok) return;
  throw new UserError(
    `${command.join(" ")} failed:\n${outcome.logTail}\nThe whole log: ${logFile}`,
  );
}
