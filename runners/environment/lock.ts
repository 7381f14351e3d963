import { dirname } from "node:path";

/**
 * Runs an action while no other process runs one under the same lock file.
 *
 * The system holds the lock for this process and lets go of it when the process ends, however it ends: no stale
 * lock has to be cleared away.
 *
 * @param onWait Called once when another process has the lock, with its number if it is known.
 */
export async function withLock<T>(
  path: string,
  onWait: (process: string) => void,
  action: () => Promise<T>,
): Promise<T> {
  await Deno.mkdir(dirname(path), { recursive: true });
  using file = await Deno.open(path, { read: true, write: true, create: true });
  if (!await file.tryLock(true)) {
    onWait(Deno.readTextFileSync(path).trim() || "unknown");
    while (!await file.tryLock(true)) await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return await action();
}
