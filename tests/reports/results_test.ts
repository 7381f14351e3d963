import assert from "node:assert/strict";
import { join } from "node:path";
import { readRows } from "../../data/logs.ts";
import { results as resultsSchema } from "../../data/result_schema.ts";
import { blocksOf, loadResults, rowsOf, summaryOf } from "../../reports/results.ts";
import { EXPERIMENT, writeFixture } from "./fixture.ts";

Deno.test("rowsOf() and blocksOf() give a metric's rows, read once; summaryOf() finds every line", async () => {
  const runs = await Deno.makeTempDir({ prefix: "actgauge-reports-" });
  try {
    await writeFixture(runs);
    const results = await loadResults(runs, EXPERIMENT);
    const path = join(runs, EXPERIMENT, "results.parquet");
    const expected = await readRows(path, resultsSchema);
    for (const metric of ["energy", "score", "kendall_tau", "no_such_metric"]) {
      const rows = rowsOf(results, metric);
      assert.deepEqual(rows, expected.filter((row) => row.metric === metric));
      assert.equal(rowsOf(results, metric), rows);
      assert.equal(blocksOf(results, metric), blocksOf(results, metric));
    }
    for (const line of results.summary) assert.equal(summaryOf(results, line), line);
    const [line] = results.summary;
    assert.equal(summaryOf(results, { ...line!, parameter: "no such" }), undefined);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
});
