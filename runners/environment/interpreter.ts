import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { writeAtomically } from "../../data/atomic_write.ts";
import { UserError } from "../errors.ts";
import { checkPythonOnce } from "./check.ts";
import type { Found } from "./mark.ts";
import { interpreterFile } from "./places.ts";

/** What brings the packages that an interpreter of the user's lacks. */
const MEND = "-m pip install vllm llmcompressor pyarrow";

/**
 * Chooses an interpreter of the user's, after seeing that everything imports in it. Remembered for every clone.
 *
 * @throws {UserError} When it does not exist, does not run or lacks packages; nothing is remembered then.
 */
export async function rememberInterpreter(path: string): Promise<Found> {
  const python = resolve(path);
  if (!existsSync(python)) {
    throw new UserError(
      `--python ${path}: there is no such file. Expected the path of a Python interpreter, ` +
        "e.g. /opt/vllm/bin/python.",
    );
  }
  const found = await usable(python, `--python ${path}`);
  await writeAtomically(interpreterFile(), python + "\n");
  return found;
}

/** Goes back to the project's own environment. Says whether an interpreter had been chosen. */
export async function forgetInterpreter(): Promise<boolean> {
  const had = existsSync(interpreterFile());
  await rm(interpreterFile(), { force: true });
  return had;
}

/**
 * What an interpreter of the user's can do.
 *
 * @param named How the user named it, for the message.
 * @throws {UserError} When it does not run or lacks packages.
 */
export async function usable(python: string, named: string): Promise<Found> {
  let found: Found;
  try {
    found = await checkPythonOnce(python);
  } catch (cause) {
    throw new UserError(
      `${named}: not a Python that works.\n${(cause as Error).message}\n` +
        "Expected the path of a Python interpreter, e.g. /opt/vllm/bin/python.",
      { cause },
    );
  }
  const failures = Object.entries(found.failures);
  if (failures.length === 0) return found;
  throw new UserError(
    `${named}: Python ${found.python} lacks what Actgauge needs:\n` +
      failures.map(([module, error]) => `  import ${module}: ${error}`).join("\n") +
      `\nInstall it with \`${python} ${MEND}\`, or run \`deno task setup --python default\` for the ` +
      "project's own environment.",
  );
}
