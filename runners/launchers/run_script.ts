/**
 * One Python script working on many tasks: what it reports, what it leaves undone, how it is started again.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { writeJsonAtomically } from "../../data/atomic_write.ts";
import type { FailureKind } from "../../data/types.ts";
import type { JobEvent, TurnReply, TurnRequest } from "../jobs.ts";
import { type Outcome, scriptEnvironment, start, tail } from "../shell.ts";

const SCRIPTS = new URL("../python", import.meta.url).pathname;

/** Why a task has no result. */
export interface TaskFailure {
  kind: FailureKind;
  message: string;
  logTail: string;
}

/** What the caller wants to be told. All are called in order, one after another. */
export interface TaskListener {
  onVersions(versions: Record<string, string>): void;
  onStart(id: string): void;
  onProgress(id: string, done: number, total: number): void;
  onDone(event: JobEvent & { event: "done" }, command: string[]): Promise<void>;
  onFailed(id: string, seconds: number, failure: TaskFailure, command: string[]): Promise<void>;
  /** Answers the turns of a task that is played. What it throws ends that task as failed. */
  onTurns?(event: JobEvent & { event: "turns" }): Promise<TurnRequest[]>;
}

/** The work. */
export interface ScriptWork {
  python: string;
  /** File name in `runners/python`, or a path. */
  script: string;
  /** Folder for job files and logs of the processes. */
  folder: string;
  threads: number;
  /** Ids of the tasks in order, with the group (the checkpoint) that each needs loaded. */
  tasks: { id: string; group: string }[];
  /** The job for the tasks that are left. */
  job(left: Set<string>): unknown;
  /** Longest time for one task, loading its checkpoint included. */
  limitSeconds: number;
  signal: AbortSignal;
}

/**
 * Runs a script until every task has ended. A task that crashes the process, or takes too long, is told as
 * failed, and the process is started again with the tasks that are left.
 *
 * @throws {DOMException} `AbortError`, when the signal aborts; tasks in flight are then told of no more.
 */
export async function runScript(work: ScriptWork, listener: TaskListener): Promise<void> {
  const left = new Map(work.tasks.map((task) => [task.id, task]));
  let barrenLives = 0;
  for (let life = 1; left.size > 0; life++) {
    const before = left.size;
    const { outcome, inFlight, sawVersions, command, logFile } = await live(
      work,
      left,
      life,
      listener,
    );
    work.signal.throwIfAborted();
    if (left.size === 0) return;
    barrenLives = left.size === before ? barrenLives + 1 : 0;
    const failure = { ...explain(outcome, work.limitSeconds), logTail: await tail(logFile, 40) };
    for (const id of blamed([...left.values()], inFlight, !sawVersions || barrenLives > 1)) {
      left.delete(id);
      await listener.onFailed(id, outcome.seconds, failure, command);
    }
  }
}

/** The tasks that a dead process takes with it. */
function blamed(
  left: { id: string; group: string }[],
  inFlight: string | null,
  hopeless: boolean,
): string[] {
  if (inFlight !== null) return [inFlight];
  // It died while loading the next checkpoint, or, when that repeats itself, before it could do anything.
  return left.filter((task) => hopeless || task.group === left[0]!.group).map(({ id }) => id);
}

async function live(
  work: ScriptWork,
  left: Map<string, unknown>,
  life: number,
  listener: TaskListener,
) {
  const stem = join(work.folder, `${basename(work.script, ".py")}-${life}`);
  const jobFile = `${stem}.json`;
  const logFile = `${stem}.log`;
  await writeJsonAtomically(jobFile, work.job(new Set(left.keys())));
  await Deno.remove(logFile).catch(() => {});
  const script = resolve(SCRIPTS, work.script);
  const command = [work.python, "-u", script, jobFile];
  let inFlight: string | null = null;
  let sawVersions = false;
  let lastSign = performance.now();
  let telling = Promise.resolve();

  function onEvent(event: JobEvent): void {
    if (event.event !== "progress" && event.event !== "turns") lastSign = performance.now();
    if (event.event === "versions") {
      sawVersions = true;
      return listener.onVersions(event.versions);
    }
    if (!left.has(event.id)) return;
    if (event.event === "start") {
      inFlight = event.id;
      listener.onStart(event.id);
    } else if (event.event === "progress") {
      listener.onProgress(event.id, event.done, event.total);
    } else if (event.event === "turns") {
      answer(event, listener).then((reply) => handle.write(JSON.stringify(reply) + "\n"))
        // Nobody reads any more: the process has ended, which is told below.
        .catch(() => {});
    } else {
      inFlight = null;
      left.delete(event.id);
      telling = telling.then(() => tell(event, command, logFile, listener));
    }
  }

  const handle = start({
    command,
    env: scriptEnvironment(work.threads),
    logFile,
    signal: work.signal,
    stdin: "pipe",
    stdout: (line) => {
      const event = parseEvent(line);
      if (!event) return false;
      onEvent(event);
      return true;
    },
  });
  const watch = setInterval(() => {
    if (performance.now() - lastSign > work.limitSeconds * 1000) handle.stop();
  }, 500);
  let outcome: Outcome;
  try {
    outcome = await handle.done;
  } finally {
    clearInterval(watch);
    await telling;
  }
  return { outcome, inFlight: inFlight as string | null, sawVersions, command, logFile };
}

async function answer(
  event: JobEvent & { event: "turns" },
  listener: TaskListener,
): Promise<TurnReply> {
  try {
    if (!listener.onTurns) throw new Error("nobody plays this task");
    return await listener.onTurns(event);
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function tell(
  event: JobEvent & { event: "done" | "failed" },
  command: string[],
  logFile: string,
  listener: TaskListener,
): Promise<void> {
  if (event.event === "done") return await listener.onDone(event, command);
  const { id, seconds, kind, message } = event;
  await listener.onFailed(
    id,
    seconds,
    { kind, message, logTail: await tail(logFile, 40) },
    command,
  );
}

function parseEvent(line: string): JobEvent | null {
  if (!line.startsWith("{")) return null;
  try {
    const value = JSON.parse(line);
    return typeof value?.event === "string" ? value : null;
  } catch {
    return null;
  }
}

function explain(outcome: Outcome, limitSeconds: number): { kind: FailureKind; message: string } {
  if (outcome.outOfMemory) {
    return { kind: "out-of-memory", message: "The system ended the process for want of memory" };
  }
  // Only the watch above stops a process that was not aborted from outside.
  if (outcome.aborted) {
    return { kind: "timeout", message: `No result within ${limitSeconds} s` };
  }
  const how = outcome.signal ? `signal ${outcome.signal}` : `exit code ${outcome.code}`;
  return { kind: "crash", message: `The process ended with ${how} in the middle of its work` };
}
