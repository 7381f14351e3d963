/**
 * The only place that starts processes.
 *
 * A command is an array of arguments and never passes through a shell. Each child leads a process group
 * of its own, which ends as a whole: when its time is up, when it is aborted, when this process is asked to
 * end, and when the child itself ends but leaves others behind.
 *
 * @example
 * ```ts
 * import { start } from "./shell.ts";
 * import assert from "node:assert/strict";
 *
 * const outcome = await start({ command: ["echo", "hello"], stdout: "capture" }).done;
 * assert.equal(outcome.stdout, "hello\n");
 * ```
 *
 * @module
 */
import { openLog } from "./shell/log.ts";
import { outOfMemoryKills, peakMemory } from "./shell/memory.ts";
import { endGroup, guard, release, signalGroup } from "./shell/process_group.ts";
import { drain, type OnLine, read } from "./shell/reading.ts";
import { lastLines } from "./shell/tail.ts";

export type { OnLine } from "./shell/reading.ts";
export { interrupted } from "./shell/process_group.ts";
export { plain, tail } from "./shell/tail.ts";
export { scriptEnvironment } from "./shell/script_environment.ts";

/** What to start, and how. */
export interface StartOptions {
  /** Program and arguments. */
  command: readonly string[];
  cwd?: string | undefined;
  /** The child's whole environment; left out: that of this process. */
  env?: Record<string, string> | undefined;
  /** Time limit in milliseconds; left out: none. */
  timeoutMs?: number | undefined;
  /** Time between SIGTERM and SIGKILL in milliseconds, 5000 unless told. */
  graceMs?: number | undefined;
  /** Text for the child's standard input, or `pipe` to write to it later; left out: empty. */
  stdin?: string | undefined;
  /** Lines, the whole text (`capture`), into the log (unless told otherwise), or shown as they are. */
  stdout?: OnLine | "capture" | "log" | "inherit" | undefined;
  /** Into the log unless told otherwise. */
  stderr?: OnLine | "log" | "inherit" | undefined;
  /** Grows as the child writes. Its folder is made when missing. */
  logFile?: string | undefined;
  /** Ends the child. */
  signal?: AbortSignal | undefined;
}

/** How a process ended. */
export interface Outcome {
  /** It ended by itself with exit code 0. */
  ok: boolean;
  /** Exit code; null when a signal ended it. */
  code: number | null;
  signal: Deno.Signal | null;
  /** Its time was up. */
  timedOut: boolean;
  /** `signal` or `stop()` ended it, or this process was asked to end (see `interrupted()`). */
  aborted: boolean;
  /** The kernel ended it for want of memory (where it does not tell: a SIGKILL that was not ours). */
  outOfMemory: boolean;
  seconds: number;
  /** Highest resident memory of the child itself, looked at every half second; null when unknown. */
  peakRssBytes: number | null;
  /** With `stdout: "capture"`. */
  stdout: string;
  /** The last 40 lines of what went to the log, safe to show. */
  logTail: string;
}

/** A running process. */
export interface Handle {
  pid: number;
  /** Settles when the child, its group and its output have ended. Rejects only when a callback or the log failed. */
  done: Promise<Outcome>;
  /** Ends the group: SIGTERM, then SIGKILL after the grace time. */
  stop(): void;
  /** Writes to the child's standard input (`stdin: "pipe"`). */
  write(text: string): Promise<void>;
  /** Closes the child's standard input (`stdin: "pipe"`). */
  closeInput(): Promise<void>;
}

/**
 * Starts a process.
 *
 * @throws {Error} when the program cannot be started; names the program and why
 */
export function start(options: StartOptions): Handle {
  const { graceMs = 5000, stdout = "log", stderr = "log" } = options;
  const log = openLog(options.logFile);
  const killsBefore = outOfMemoryKills();
  const began = performance.now();
  let child: Deno.ChildProcess;
  try {
    child = spawn(options);
  } catch (error) {
    log.close();
    throw error;
  }

  let timedOut = false;
  let aborted = false;
  let failure: { error: unknown } | null = null;
  let captured = "";
  let peak: number | null = null;
  let ending: Promise<void> | null = null;

  const end = () => ending ??= endGroup(child.pid, graceMs);
  const stop = () => {
    aborted = true;
    end();
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    end();
  };

  guard(child.pid, stop);
  const memoryWatch = setInterval(() => peak = peakMemory(child.pid) ?? peak, 500);
  const limit = options.timeoutMs === undefined ? undefined : setTimeout(() => {
    timedOut = true;
    end();
  }, Math.min(options.timeoutMs, 2 ** 31 - 1));
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener("abort", stop);

  const decoder = new TextDecoder();
  const outputs = [
    stdout === "capture"
      ? drain(child.stdout, (bytes) => captured += decoder.decode(bytes, { stream: true }), fail)
      : read(stdout, () => child.stdout, log, fail),
    read(stderr, () => child.stderr, log, fail),
  ];
  const input = options.stdin === undefined ? null : child.stdin.getWriter();
  if (input && options.stdin !== "pipe") {
    input.write(new TextEncoder().encode(options.stdin)).then(() => input.close()).catch(() => {});
  }

  async function finish(): Promise<Outcome> {
    const status = await child.status;
    clearTimeout(limit);
    const endedByUs = ending !== null;
    // The child is gone; whatever it left in its group would keep the pipes open and outlive the run.
    await (ending ?? (signalGroup(child.pid, 0) ? end() : undefined));
    await Promise.race([
      Promise.all(outputs.map((output) => output.ended)),
      new Promise((resolve) => setTimeout(resolve, 2000)).then(() =>
        outputs.forEach((output) => output.cancel())
      ),
    ]);
    await input?.close().catch(() => {});
    const signal = status.signal;
    return {
      ok: status.success && !timedOut && !aborted,
      code: signal === null ? status.code : null,
      signal,
      timedOut,
      aborted,
      outOfMemory: signal === "SIGKILL" && !endedByUs &&
        (killsBefore === null || killsBefore !== outOfMemoryKills()),
      seconds: (performance.now() - began) / 1000,
      peakRssBytes: peak,
      stdout: captured + decoder.decode(),
      logTail: lastLines(log.recent(), 40),
    };
  }

  const done = finish().finally(() => {
    clearInterval(memoryWatch);
    options.signal?.removeEventListener("abort", stop);
    release(child.pid);
    log.close();
  }).then((outcome) => {
    if (failure) throw failure.error;
    return outcome;
  });

  return {
    pid: child.pid,
    done,
    stop,
    write: async (text) => await input?.write(new TextEncoder().encode(text)),
    closeInput: async () => await input?.close(),
  };
}

function spawn(options: StartOptions): Deno.ChildProcess {
  const [program, ...args] = options.command;
  if (program === undefined) throw new TypeError("Cannot start a process: the command is empty");
  try {
    return new Deno.Command(program, {
      args,
      detached: true,
      stdin: options.stdin === undefined ? "null" : "piped",
      stdout: options.stdout === "inherit" ? "inherit" : "piped",
      stderr: options.stderr === "inherit" ? "inherit" : "piped",
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env, clearEnv: true }),
    }).spawn();
  } catch (error) {
    const where = options.cwd === undefined ? "" : ` in ${options.cwd}`;
    throw new Error(`Cannot start ${program}${where}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
