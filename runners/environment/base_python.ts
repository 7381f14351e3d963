import { delimiter, join } from "node:path";
import { UserError } from "../errors.ts";
import { scriptEnvironment, start } from "../shell.ts";
import { PYTHON_VERSIONS, type PythonVersion } from "./places.ts";

/** A Python of the system's, from which the environment is made. */
export interface BasePython {
  path: string;
  version: PythonVersion;
  /** E.g. `3.11.7`. */
  fullVersion: string;
}

const QUESTION = [
  "import json, platform, struct, sys",
  "print(json.dumps([sys.version_info[:2], platform.python_version(), sys.executable,",
  "  platform.python_implementation(), struct.calcsize('P') * 8]))",
  "import venv",
].join("\n");

/**
 * The first Python on `PATH` that the pinned packages are made for: `python3.11` and newer, then `python3`, `python`.
 *
 * @throws {UserError} When there is none; says what was found and how to get one.
 */
export async function findBasePython(): Promise<BasePython> {
  const seen: string[] = [];
  for (
    const name of [...PYTHON_VERSIONS.map((version) => `python${version}`), "python3", "python"]
  ) {
    for (const folder of (Deno.env.get("PATH") ?? "").split(delimiter)) {
      const found = await ask(join(folder, name));
      if (found === null) continue;
      if (typeof found !== "string") return found;
      seen.push(`${join(folder, name)} ${found}`);
    }
  }
  const wanted = `CPython ${PYTHON_VERSIONS[0]} to ${PYTHON_VERSIONS.at(-1)}, 64 bit`;
  throw new UserError(
    `No Python found that the pinned packages are made for; expected ${wanted} on PATH.\n` +
      (seen.length > 0
        ? `Found: ${[...new Set(seen)].join("; ")}.\n`
        : "Found no Python at all.\n") +
      "On Debian 12 or Ubuntu 24.04: `apt-get install python3`. Or name an interpreter that has vLLM and " +
      "llm-compressor: `deno task setup --python PATH`.",
  );
}

/** A Python that serves, or in words why it does not, or null when there is none at that path. */
async function ask(path: string): Promise<BasePython | string | null> {
  try {
    if (!Deno.statSync(path).isFile) return null;
  } catch {
    return null;
  }
  let answer: string;
  try {
    const outcome = await start({
      command: [path, "-c", QUESTION],
      env: scriptEnvironment(1),
      stdout: "capture",
      timeoutMs: 20_000,
    }).done;
    if (!outcome.ok) {
      return `does not run (${outcome.logTail.split("\n").at(-1) || "no reason told"})`;
    }
    answer = outcome.stdout;
  } catch {
    return "does not run";
  }
  const [pair, fullVersion, executable, implementation, bits] = JSON.parse(answer);
  const version = PYTHON_VERSIONS.find((known) => known === pair.join("."));
  if (implementation !== "CPython" || bits !== 64) {
    return `is ${implementation} ${fullVersion}, ${bits} bit`;
  }
  if (version === undefined) return `is Python ${fullVersion}`;
  return { path: executable, version, fullVersion };
}
