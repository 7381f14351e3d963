/** The notebooks on the papers run from beginning to end without a browser, and show what they call. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { start } from "../../runners/shell.ts";

/** Notebook, and texts that its executed page must hold. */
const NOTEBOOKS: Record<string, RegExp[]> = {
  paper_tables: [/ACBench, Table 10/, /64226/, /one row early/],
  paper_figures: [/data:image\/svg\+xml/, /Figure 9/, /ERank of LLaMA-2-7B/],
  claims_audit: [/abstract-real-world-drop/, /cannot be checked/],
};

Deno.test("the notebooks on the papers execute headless and show tables, figures and claims", async () => {
  const out = await Deno.makeTempDir();
  const { code, stdout, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", "--no-check", join(REPOSITORY, "runners/notebooks.ts")],
      ...[...Object.keys(NOTEBOOKS), "--out", out],
    ],
    cwd: REPOSITORY,
    stdout: "capture",
    timeoutMs: 600_000,
  }).done;
  assert.equal(code, 0, stdout + logTail);
  for (const [name, texts] of Object.entries(NOTEBOOKS)) {
    const page = await Deno.readTextFile(join(out, `${name}.html`));
    for (const text of texts) assert.match(page, text, name);
  }
  await Deno.remove(out, { recursive: true });
});
