import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import pl from "nodejs-polars";
import {
  createResults,
  openResults,
  readRows,
  type ResultBlock,
  type Row,
} from "../../data/logs.ts";
import { results } from "../../data/result_schema.ts";
import { rowsIn } from "./blocks.ts";

async function inTemporaryFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-results-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const few = (...names: string[]) => fc.constantFrom(...names);

const anyNumber = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.5, Infinity, -Infinity),
  fc.double({ noNaN: true }),
);

const anyBlock = fc.record({
  key: fc.record({
    cellId: few("00000000000000aa", "00000000000000bb"),
    variant: few("m/none", "m/ü"),
    benchmark: few("teval", "weights"),
    subtask: few("all", "json"),
    parameter: fc.option(few("k=3", "k=10")),
    seed: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  }),
  samples: fc.uniqueArray(fc.option(fc.string({ unit: "grapheme" })), {
    minLength: 1,
    maxLength: 4,
  }),
  hasPositions: fc.boolean(),
  values: fc.array(
    fc.record({
      sample: fc.nat(3),
      position: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      outcome: fc.oneof(anyNumber, few("no answer", "NaN")),
    }),
    { maxLength: 30 },
  ),
}).map(({ key, samples, hasPositions, values }): Omit<ResultBlock, "metric"> => {
  const reasons = ["no answer", "NaN"];
  return {
    ...key,
    samples,
    sample: Int32Array.from(values, ({ sample }) => sample % samples.length),
    position: hasPositions ? Int32Array.from(values, ({ position }) => position) : null,
    value: Float64Array.from(values, ({ outcome }) => typeof outcome === "number" ? outcome : NaN),
    reason: Uint32Array.from(
      values,
      ({ outcome }) => typeof outcome === "number" ? 0 : 1 + reasons.indexOf(outcome),
    ),
    reasons,
  };
});

const anyFile = fc.array(fc.array(anyBlock, { maxLength: 6 }), { maxLength: 3 }).map((metrics) =>
  metrics.flatMap((blocks, index) =>
    blocks.map((block) => ({ ...block, metric: `metric-${index}` }))
  )
);

function write(path: string, blocks: ResultBlock[]): void {
  using writer = createResults(path);
  for (const block of blocks) writer.write(block);
  writer.finish();
}

Deno.test("createResults() writes what every reader gives back, and the same bytes for the same blocks", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "results.parquet");
    await fc.assert(
      fc.asyncProperty(anyFile, async (blocks) => {
        write(path, blocks);
        const bytes = await Deno.readFile(path);
        const expected = blocks.flatMap(rowsIn);
        assert.deepEqual(await readRows(path, results), expected);
        const file = openResults(path);
        const metrics = [...new Set(blocks.map(({ metric }) => metric))];
        assert.deepEqual(
          metrics.flatMap((metric) => file.blocks(metric).flatMap(rowsIn)),
          expected,
        );
        write(path, blocks);
        assert.deepEqual(await Deno.readFile(path), bytes);
      }),
      { numRuns: 80 },
    );
  });
});

/** A metric at 1,000 positions of 40 samples, under many variants. */
function* manyBlocks(metric: string, variants: number): Iterable<ResultBlock> {
  const count = 40_000;
  const shared = {
    samples: Array.from({ length: 40 }, (_, index) => `sample-${index}`),
    sample: Int32Array.from({ length: count }, (_, index) => Math.floor(index / 1000)),
    position: Int32Array.from({ length: count }, (_, index) => index % 1000),
  };
  for (let index = 0; index < variants; index++) {
    const value = Float64Array.from({ length: count }, (_, row) => Math.sqrt(row + index));
    const reason = index % 5 === 0 ? new Uint32Array(count) : null;
    reason?.fill(1, 7, 9);
    if (reason) value.fill(NaN, 7, 9);
    yield {
      cellId: index.toString(16).padStart(16, "0"),
      variant: `m/${index}`,
      benchmark: "teval",
      subtask: "all",
      metric,
      parameter: null,
      seed: 0,
      ...shared,
      value,
      reason,
      reasons: ["not there"],
    };
  }
}

Deno.test("createResults() holds a row group, not the file; groups hold one metric; polars reads them", async () => {
  await inTemporaryFolder((folder) => {
    const path = join(folder, "results.parquet");
    using writer = createResults(path);
    const before = Deno.memoryUsage();
    let most = 0;
    for (const metric of ["entropy", "expected_calibration_error"]) {
      for (const block of manyBlocks(metric, 25)) {
        writer.write(block);
        const { external, heapUsed } = Deno.memoryUsage();
        most = Math.max(most, external + heapUsed - before.external - before.heapUsed);
      }
    }
    writer.finish();
    assert.equal(writer.rows, 2_000_000);
    // As objects these rows take more than 200 MB.
    assert.ok(most < 120e6, `${most} bytes`);
    assert.ok(Deno.statSync(path).size < 8 * 2_000_000);
    const frame = pl.readParquet(path);
    assert.deepEqual(frame.shape, { height: 2_000_000, width: 11 });
    const own = frame.filter(pl.col("metric").eq(pl.lit("entropy")));
    const row: Row = own.row(40_000 + 12_345) as unknown as Row;
    assert.deepEqual([own.height, row], [
      1_000_000,
      [
        "0000000000000001",
        "m/1",
        "teval",
        "all",
        "entropy",
        null,
        "sample-12",
        345,
        0,
        Math.sqrt(12_346),
        null,
      ],
    ]);
    assert.equal(own.getColumn("reason").nullCount(), 1_000_000 - 10);
    const blocks = openResults(path).blocks("expected_calibration_error");
    assert.equal(blocks.reduce((sum, { value }) => sum + value.length, 0), 1_000_000);
  });
});

Deno.test("createResults() leaves the old file until it is finished, and nothing when it is dropped", async () => {
  await inTemporaryFolder((folder) => {
    const path = join(folder, "results.parquet");
    write(path, [...manyBlocks("entropy", 1)]);
    const before = Deno.readFileSync(path);
    {
      using writer = createResults(path);
      for (const block of manyBlocks("energy", 5)) writer.write(block);
    }
    assert.deepEqual(Deno.readFileSync(path), before);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["results.parquet"]);
    using writer = createResults(path);
    const [block] = manyBlocks("energy", 1);
    const value = block!.value.map((value, index) => index === 3 ? NaN : value);
    assert.throws(
      () => writer.write({ ...block!, value, reason: null }),
      /value 3 of "energy" .* is NaN without a reason/,
    );
  });
});
