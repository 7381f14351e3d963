import process from "node:process";

/** Processor seconds that this process has used: unlike the clock's, a busy machine adds none. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
