/**
 * Highest memory use of a process so far, in bytes: resident set, from `/proc/PID/status`.
 * Null where the system does not tell (not Linux) or the process has ended.
 */
export function peakMemory(pid: number): number | null {
  const match = /^VmHWM:\s*(\d+) kB$/m.exec(readSmall(`/proc/${pid}/status`));
  return match ? Number(match[1]) * 1024 : null;
}

/**
 * How many processes the kernel has ended on this machine because memory ran out.
 * Null where the system does not tell.
 */
export function outOfMemoryKills(): number | null {
  const match = /^oom_kill (\d+)$/m.exec(readSmall("/proc/vmstat"));
  return match ? Number(match[1]) : null;
}

function readSmall(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
