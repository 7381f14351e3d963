import assert from "node:assert/strict";
import { join } from "node:path";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { start } from "../../runners/shell.ts";

/**
 * Executes notebooks headless.
 *
 * @param notebooks By name, the texts that the executed page must hold.
 * @param variables Of the environment, beside those of this process.
 */
export async function executeNotebooks(
  notebooks: Record<string, RegExp[]>,
  variables: Record<string, string> = {},
): Promise<void> {
  const out = await Deno.makeTempDir();
  const { code, stdout, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", "--no-check", join(REPOSITORY, "runners/notebooks.ts")],
      ...[...Object.keys(notebooks), "--out", out],
    ],
    cwd: REPOSITORY,
    env: { ...Deno.env.toObject(), ...variables },
    stdout: "capture",
    timeoutMs: 600_000,
  }).done;
  assert.equal(code, 0, stdout + logTail);
  for (const [name, texts] of Object.entries(notebooks)) {
    const page = await Deno.readTextFile(join(out, `${name}.html`));
    for (const text of texts) assert.match(page, text, name);
  }
  await Deno.remove(out, { recursive: true });
}
