import { join } from "node:path";
import { UserError } from "../errors.ts";
import { interrupted, type Outcome, scriptEnvironment, start } from "../shell.ts";
import { type PipProgress, pipProgress } from "./pip_progress.ts";
import { REPOSITORY } from "./places.ts";

const SCRIPTS = join(REPOSITORY, "runners", "python");

/** The pip that installs: shipped, because Debian's Python has none, and older ones tell no progress. */
const PIP = join(SCRIPTS, "pip-26.3-py3-none-any.whl");

/** One call of pip. */
export interface PipCall {
  /** The Python of the environment. */
  python: string;
  /** What to do, e.g. `["install", "six==1.17.0"]`. */
  args: string[];
  logFile: string;
  onProgress?: (progress: PipProgress) => void;
}

/**
 * Runs pip, without compilers, questions and news. Its chatter goes to the log.
 *
 * @returns Bytes of the archives that it fetched, and how it ended.
 * @throws {DOMException} `AbortError` when interrupted.
 */
export async function pip(call: PipCall): Promise<{ outcome: Outcome; bytes: number }> {
  const progress = pipProgress(call.onProgress ?? (() => {}));
  const env = scriptEnvironment(1);
  for (const name of ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"]) delete env[name];
  const [action, ...rest] = call.args as [string, ...string[]];
  const outcome = await start({
    command: [
      call.python,
      join(SCRIPTS, "parent_death.py"),
      ...["-m", "pip", action, "--only-binary=:all:", "--progress-bar", "raw", "--no-input"],
      ...["--disable-pip-version-check", "--retries", "5", "--timeout", "60", ...rest],
    ],
    env: { ...env, PYTHONPATH: PIP, PIP_USER: "0", PIP_REQUIRE_VIRTUALENV: "0" },
    stdout: progress.line,
    logFile: call.logFile,
  }).done;
  if (outcome.aborted || interrupted().aborted) {
    throw new DOMException("The set-up was interrupted", "AbortError");
  }
  return { outcome, bytes: progress.bytes() };
}

/**
 * Runs pip until it succeeds, three times at most: package indexes fail now and then, and what was downloaded
 * before is not downloaded again.
 *
 * @throws {UserError} When it does not succeed; says what pip said, and what may help.
 */
export async function pipOrFail(call: PipCall): Promise<{ bytes: number }> {
  for (let attempt = 1;; attempt++) {
    const { outcome, bytes } = await pip(call);
    if (outcome.ok) return { bytes };
    if (attempt < 3 && !/No space left/.test(outcome.logTail)) continue;
    const errors = outcome.logTail.split("\n").filter((line) => /error/i.test(line)).slice(-5);
    throw new UserError(
      `pip could not install the packages:\n  ${
        (errors.length ? errors : ["no reason told"]).join("\n  ")
      }\n` +
        `${advice(outcome.logTail)}\nThe whole log: ${call.logFile}`,
    );
  }
}

function advice(log: string): string {
  if (/No space left/.test(log)) {
    return "The disk is full: set XDG_CACHE_HOME to a folder on a larger one.";
  }
  if (/Connection|Name or service|timed out|Retrying|SSLError|ProxyError/.test(log)) {
    return "The package index was not reached: check the network (pip reads HTTPS_PROXY and PIP_INDEX_URL).";
  }
  return "Every package needs a wheel for this system: expected Linux x86-64 with glibc 2.34 or newer.";
}
