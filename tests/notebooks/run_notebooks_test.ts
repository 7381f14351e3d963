/** The notebooks on a run execute from beginning to end without a browser, and show what they call. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { start } from "../../runners/shell.ts";
import { EXPERIMENT, writeFixture } from "../reports/fixture.ts";

/** Notebook, and texts that its executed page must hold. */
const NOTEBOOKS: Record<string, RegExp[]> = {
  first_look: [/data-figure="topk_consistency_by_position"/, /kl_divergence/, /RTN W4A16/],
  what_to_choose: [/data-figure="pareto_by_stored_bytes"/, /within ±0\.05/, /span=act-reason/],
};

Deno.test("the notebooks on a run execute headless and show tables, figures and sentences", async () => {
  const folder = await Deno.makeTempDir();
  const [runs, out] = [join(folder, "runs"), join(folder, "out")];
  await writeFixture(runs);
  await Deno.rename(join(runs, EXPERIMENT), join(runs, "demo"));
  const { code, stdout, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", "--no-check", join(REPOSITORY, "runners/notebooks.ts")],
      ...[...Object.keys(NOTEBOOKS), "--out", out],
    ],
    cwd: REPOSITORY,
    env: { ...Deno.env.toObject(), ACTGAUGE_RUNS: runs },
    stdout: "capture",
    timeoutMs: 600_000,
  }).done;
  assert.equal(code, 0, stdout + logTail);
  for (const [name, texts] of Object.entries(NOTEBOOKS)) {
    const page = await Deno.readTextFile(join(out, `${name}.html`));
    for (const text of texts) assert.match(page, text, name);
  }
  await Deno.remove(folder, { recursive: true });
});
