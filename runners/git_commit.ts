import { start } from "./shell.ts";

/** Commit of the project's own checkout, `-dirty` behind it when files differ; null outside a checkout. */
export async function currentCommit(): Promise<string | null> {
  const root = new URL("..", import.meta.url).pathname;
  try {
    const outcome = await start({
      command: ["git", "-C", root, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
      stdout: "capture",
    }).done;
    return outcome.ok ? outcome.stdout.trim() || null : null;
  } catch {
    return null;
  }
}
