import assert from "node:assert/strict";
import { join } from "node:path";
import { scriptEnvironment, start } from "../../../runners/shell.ts";

/**
 * Runs a Python script to its end and gives what it printed.
 *
 * @param path The script, relative to this folder.
 * @param folder Takes the log.
 */
export async function runScript(
  python: string,
  folder: string,
  path: string,
  args: string[],
  onLine?: (line: string) => void,
): Promise<string> {
  const outcome = await start({
    command: [python, "-u", new URL(path, import.meta.url).pathname, ...args],
    env: scriptEnvironment(1),
    stdout: onLine ?? "capture",
    logFile: join(folder, "log.txt"),
    timeoutMs: 900_000,
  }).done;
  assert.ok(outcome.ok, outcome.logTail);
  return outcome.stdout;
}
