import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { openResults, readRows, writeRows } from "../../data/logs.ts";
import { results } from "../../data/result_schema.ts";
import { completions } from "../../data/schema.ts";
import { rowsIn } from "./blocks.ts";

async function inTemporaryFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-results-" });
  try {
    await work(join(folder, "results.parquet"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const few = (...names: string[]) => fc.constantFrom(...names);

const anyRow = fc.record({
  cell_id: few("00000000000000aa", "00000000000000bb"),
  variant: few("m/none", "m/ü"),
  benchmark: few("teval", "weights"),
  subtask: few("all", "json"),
  metric: few("energy", "score"),
  parameter: fc.option(few("k=3", "k=10")),
  sample_id: fc.option(few("a", "b", "c")),
  position: fc.option(fc.integer({ min: -5, max: 5 })),
  seed: fc.option(fc.nat(2)),
  value: fc.option(fc.double({ noNaN: true })),
  reason: fc.constant(null as string | null),
}, { noNullPrototype: true }).map((row) => ({
  ...row,
  reason: row.value === null ? `why ${row.position}` : null,
}));

Deno.test("openResults() gives the rows of a metric as they are in the file, nulls, -0 and infinity included", async () => {
  await inTemporaryFile(async (path) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 40 }), async (rows) => {
        await writeRows(path, results, rows);
        const file = openResults(path);
        assert.equal(file.rows, rows.length);
        for (const metric of ["energy", "score", "none"]) {
          const expected = (await readRows(path, results)).filter((row) => row.metric === metric);
          assert.deepEqual(file.blocks(metric).flatMap(rowsIn), expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});

Deno.test("openResults() names a truncated file, a foreign one and a missing one", async () => {
  await inTemporaryFile(async (path) => {
    assert.throws(() => openResults(path), /there is no such file.*deno task results/s);
    await writeRows(path, completions, []);
    assert.throws(() => openResults(path), /column "cell_id" is missing; found sample_id/);
    await writeRows(path, results, fc.sample(anyRow, { numRuns: 5, seed: 1 }));
    const bytes = await Deno.readFile(path);
    for (const length of [0, 3, 40, bytes.length - 1]) {
      await Deno.writeFile(path, bytes.subarray(0, length));
      assert.throws(() => openResults(path), /not a readable Parquet file .*deno task results/s);
    }
  });
});
