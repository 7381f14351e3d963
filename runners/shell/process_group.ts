/**
 * Processes that end together: a child, and whatever it started in its group.
 *
 * @module
 */

/** Names of the signals that ask this process to end. */
const ENDING: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

const running = new Map<number, () => void>();
const interruption = new AbortController();
let listening = false;

/** Fires once this process was asked to end (Ctrl-C, SIGTERM, SIGHUP) while a child was running. */
export function interrupted(): AbortSignal {
  return interruption.signal;
}

/** Sends a signal to every process of a group. Says whether there was any. */
export function signalGroup(pid: number, signal: Deno.Signal | 0): boolean {
  try {
    // Signal 0 only asks whether the group is there; Deno's types leave it out.
    Deno.kill(-pid, signal as Deno.Signal);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    // macOS answers EPERM for a group of which only zombies are left.
    if (error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}

/**
 * Ends a group: asks it with SIGTERM, and takes it down with SIGKILL when it is still there after the
 * grace time. Returns once it is gone, or a second after SIGKILL (a zombie that nobody waits for stays).
 */
export async function endGroup(pid: number, graceMs: number): Promise<void> {
  if (!signalGroup(pid, "SIGTERM")) return;
  if (await gone(pid, graceMs)) return;
  signalGroup(pid, "SIGKILL");
  await gone(pid, 1000);
}

async function gone(pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (signalGroup(pid, 0)) {
    if (performance.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Notes a running group, so that the end of this process is also the end of the group. */
export function guard(pid: number, stop: () => void): void {
  running.set(pid, stop);
  if (listening) return;
  listening = true;
  for (const signal of ENDING) Deno.addSignalListener(signal, onEndingSignal);
  // Deno.exit() in the middle of a run: no time left to ask.
  globalThis.addEventListener("unload", killAll);
}

/** Forgets a group that has ended. Without any, Ctrl-C ends this process as usual. */
export function release(pid: number): void {
  running.delete(pid);
  if (running.size > 0 || !listening) return;
  listening = false;
  for (const signal of ENDING) Deno.removeSignalListener(signal, onEndingSignal);
  globalThis.removeEventListener("unload", killAll);
}

function onEndingSignal(): void {
  if (interruption.signal.aborted) {
    // Asked twice: the user does not want to wait.
    killAll();
    Deno.exit(130);
  }
  interruption.abort(new DOMException("interrupted", "AbortError"));
  for (const stop of running.values()) stop();
}

function killAll(): void {
  for (const pid of running.keys()) signalGroup(pid, "SIGKILL");
}
