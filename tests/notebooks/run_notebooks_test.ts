/** The notebooks on a run execute from beginning to end without a browser, and show what they call. */
import { join } from "node:path";
import { EXPERIMENT, writeFixture } from "../reports/fixture.ts";
import { executeNotebooks } from "./execute_notebooks.ts";

Deno.test("the notebooks on a run execute headless and show tables, figures and sentences", async () => {
  const runs = await Deno.makeTempDir();
  await writeFixture(runs);
  await Deno.rename(join(runs, EXPERIMENT), join(runs, "demo"));
  await executeNotebooks({
    first_look: [/data-figure="topk_consistency_by_position"/, /kl_divergence/, /RTN W4A16/],
    what_to_choose: [/data-figure="pareto_by_stored_bytes"/, /within ±0\.05/, /span=act-reason/],
  }, { ACTGAUGE_RUNS: runs });
  await Deno.remove(runs, { recursive: true });
});
