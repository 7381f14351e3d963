import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { UserError } from "../errors.ts";
import { readMark } from "./mark.ts";
import {
  environmentFolder,
  environmentPython,
  interpreterFile,
  PYTHON_VERSIONS,
  REQUIREMENTS,
} from "./places.ts";

/** The Python that runs the scripts, and who chose it. */
export interface ChosenPython {
  path: string;
  chosenBy: "ACTGAUGE_PYTHON" | "deno task setup --python" | "deno task setup";
  /** Folder of the project's own environment; null for an interpreter of the user's. */
  folder: string | null;
}

/**
 * The Python that runs the scripts, without starting it: `ACTGAUGE_PYTHON`, else what
 * `deno task setup --python PATH` remembered, else the project's own environment. Null when there is none yet.
 *
 * @throws {UserError} when the user chose an interpreter that is not there
 */
export function choosePython(requirements: string = REQUIREMENTS): ChosenPython | null {
  const variable = Deno.env.get("ACTGAUGE_PYTHON");
  if (variable) {
    return own(
      variable,
      "ACTGAUGE_PYTHON",
      "Unset ACTGAUGE_PYTHON, or give it the path of a Python.",
    );
  }
  const remembered = existsSync(interpreterFile())
    ? Deno.readTextFileSync(interpreterFile()).trim()
    : "";
  if (remembered) {
    return own(
      remembered,
      "deno task setup --python",
      "Run `deno task setup --python default` to go back to the project's own environment, " +
        "or `deno task setup --python PATH` to choose another interpreter.",
    );
  }
  const pinned = Deno.readTextFileSync(requirements);
  for (const version of PYTHON_VERSIONS) {
    const folder = environmentFolder(pinned, version);
    if (readMark(folder)) {
      return { path: environmentPython(folder), chosenBy: "deno task setup", folder };
    }
  }
  return null;
}

function own(path: string, chosenBy: ChosenPython["chosenBy"], mend: string): ChosenPython {
  if (!isAbsolute(path)) {
    throw new UserError(
      `${chosenBy} names the Python "${path}", which is not an absolute path. ${mend}`,
    );
  }
  if (!existsSync(path)) {
    throw new UserError(`${chosenBy} names the Python "${path}", which does not exist. ${mend}`);
  }
  return { path, chosenBy, folder: null };
}

/**
 * The Python that runs the scripts. Takes a few file look-ups and starts no process.
 *
 * @throws {UserError} when there is none yet; says to run `deno task setup`
 */
// deno-lint-ignore require-await -- so that callers need not change when finding it takes a process
export async function pythonPath(): Promise<string> {
  const chosen = choosePython();
  if (chosen === null) {
    throw new UserError(
      "The Python environment is not set up on this machine (or its list of packages has changed). " +
        "Run `deno task setup` first.",
    );
  }
  return chosen.path;
}
