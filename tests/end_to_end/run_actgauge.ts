import { pythonPath } from "../../runners/environment.ts";
import { type Handle, start } from "../../runners/shell.ts";

const root = new URL("../..", import.meta.url).pathname;

/** Starts a command of the project as a user would, without the task runner in between. */
export async function startActgauge(
  script: string,
  args: string[],
  onLine?: (line: string) => void,
): Promise<Handle> {
  const lines = onLine && ((line: string) => void onLine(line));
  return start({
    command: [Deno.execPath(), "run", "-A", root + script, ...args],
    cwd: root,
    env: { ...Deno.env.toObject(), ACTGAUGE_PYTHON: await pythonPath() },
    stdout: "capture",
    ...(lines ? { stderr: lines } : {}),
  });
}

/** Runs a command to its end. */
export async function runActgauge(script: string, args: string[]) {
  const outcome = await (await startActgauge(script, args)).done;
  return { code: outcome.code, stdout: outcome.stdout, stderr: outcome.logTail };
}
