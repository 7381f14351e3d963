import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import {
  cellFolder,
  LogError,
  readRecord,
  readRows,
  readVectors,
  verifyLog,
  writeRows,
} from "../../data/logs.ts";
import type { LogSchema } from "../../data/column.ts";
import { results } from "../../data/result_schema.ts";
import { completions, hiddenStates, logits } from "../../data/schema.ts";

const everyType: LogSchema = {
  name: "every_type",
  format: "parquet",
  columns: [
    { name: "text", type: "string", nullable: true, doc: "" },
    { name: "count", type: "int32", nullable: false, doc: "" },
    { name: "number", type: "float64", nullable: true, doc: "" },
    { name: "flag", type: "boolean", nullable: false, doc: "" },
    { name: "ids", type: "int32[]", nullable: false, doc: "" },
    { name: "spectrum", type: "float64[]", nullable: true, doc: "" },
  ],
};

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const double = fc.double({ noNaN: true });
const anyRow = fc.record({
  text: fc.option(fc.string({ unit: "grapheme" })),
  count: int32,
  number: fc.option(double),
  flag: fc.boolean(),
  ids: fc.array(int32, { maxLength: 5 }),
  spectrum: fc.option(fc.array(double, { maxLength: 5 })),
}, { noNullPrototype: true });

async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-logs-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readRows() gives back what writeRows() was given, nulls, empty lists and -0 included", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "log.parquet");
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 12 }), async (rows) => {
        await writeRows(path, everyType, rows);
        const first = await Deno.readFile(path);
        assert.deepEqual(await readRows(path, everyType), rows);
        await writeRows(path, everyType, rows);
        assert.deepEqual(await Deno.readFile(path), first);
      }),
      { numRuns: 60 },
    );
  });
});

Deno.test("writeRows() names the row, the column, what it found and what it expected", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "log.parquet");
    const good = { text: "a", count: 1, number: 0.5, flag: true, ids: [1], spectrum: null };
    const refused: [Record<string, unknown>, RegExp][] = [
      [{ ...good, count: 1.5 }, /row 1, column "count" holds 1\.5, expected int32/],
      [{ ...good, count: 2 ** 31 }, /column "count" holds 2147483648/],
      [{ ...good, number: NaN }, /column "number" holds NaN, expected float64 or null/],
      [{ ...good, flag: undefined }, /column "flag" holds undefined, expected boolean/],
      [{ ...good, ids: [1, "2"] }, /column "ids" holds \[1,"2"\], expected int32\[\]/],
      [{ ...good, other: 1 }, /has a column "other"/],
    ];
    for (const [row, message] of refused) {
      await assert.rejects(writeRows(path, everyType, [good, row]), (error) => {
        assert(error instanceof LogError);
        assert.match(error.message, message);
        assert.match(error.message, new RegExp(path));
        return true;
      });
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("readRows() names a truncated file, a foreign one and a missing one", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "results.parquet");
    const row = {
      cell_id: "0123456789abcdef",
      variant: "m/none",
      benchmark: "teval",
      subtask: "all",
      metric: "exact",
      parameter: null,
      sample_id: "a",
      position: null,
      seed: 0,
      value: 1,
      reason: null,
    };
    await writeRows(path, results, [row]);
    await assert.rejects(readRows(path, completions), /column "prompt" is missing; found cell_id/);
    const bytes = await Deno.readFile(path);
    for (const length of [0, 3, 40, bytes.length - 1]) {
      await Deno.writeFile(path, bytes.subarray(0, length));
      await assert.rejects(
        readRows(path, results),
        /not a readable Parquet file .*run the experiment again/s,
      );
    }
    await assert.rejects(readRows(join(folder, "none.parquet"), results), /there is no such file/);
  });
});

// Written by pyarrow 26.0.1 (golden/make.py): two record batches, vocabulary 3.
const golden = new URL("./golden/logits.arrow", import.meta.url).pathname;

Deno.test("readVectors() joins batches row by row", async () => {
  const log = await readVectors(golden, logits);
  assert.equal(log.rows, 3);
  assert.equal(log.width, 3);
  assert.deepEqual(log.sampleId, ["s0", "s0", "s1"]);
  assert.deepEqual([...log.tokenIndex], [1, 2, 1]);
  assert.deepEqual([...log.position], [-1, 0, 0]);
  assert.deepEqual([...log.tokenId], [7, 8, 9]);
  assert.deepEqual([...log.values], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("readVectors() names a truncated file and one of another log", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "logits.arrow");
    const bytes = await Deno.readFile(golden);
    await Deno.writeFile(path, bytes);
    await assert.rejects(readVectors(path, hiddenStates), /column "hidden_state" is missing/);
    for (const length of [0, 100, bytes.length - 1]) {
      await Deno.writeFile(path, bytes.subarray(0, length));
      await assert.rejects(readVectors(path, logits), /not a whole Arrow IPC file/);
    }
  });
});

Deno.test("a cell's folder cannot leave the folder of runs, and a cell without a record has not ended", async () => {
  assert.throws(() => cellFolder("runs", "../../etc"), /Not a cell id/);
  assert.throws(() => cellFolder("runs", "0123456789ABCDEF"), /Not a cell id/);
  await inTemporaryFolder(async (folder) => {
    assert.equal(await readRecord(folder), null);
    await Deno.writeTextFile(join(folder, "record.json"), "{");
    await assert.rejects(readRecord(folder), /record\.json: not JSON/);
  });
});

Deno.test("a log that is not what its cell's record lists is named, whatever it still decodes to", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "log.parquet");
    const row = { text: "a", count: 1, number: 0.5, flag: true, ids: [1], spectrum: null };
    await writeRows(path, everyType, [row]);
    const bytes = await Deno.readFile(path);
    const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
    const record = (hashes: Record<string, string>) =>
      Deno.writeTextFile(join(folder, "record.json"), JSON.stringify({ hashes }));
    await record({ "log.parquet": sha256(bytes) });
    assert.deepEqual(await readRows(path, everyType), [row]);
    // A whole file, of other rows.
    await writeRows(path, everyType, [{ ...row, count: 2 }]);
    const named = (error: Error) =>
      error instanceof LogError && error.message.startsWith(`${path}: its SHA-256 is `) &&
      /delete the cell's folder and run/.test(error.message);
    await assert.rejects(readRows(path, everyType), named);
    assert.throws(() => verifyLog(path), named);
    await record({});
    assert.equal((await readRows(path, everyType))[0]!.count, 2);
    // More than one piece of what is read at a time, cut by one byte.
    const large = new Uint8Array(5 << 20).fill(7);
    const vectors = join(folder, "logits.arrow");
    await record({ "logits.arrow": sha256(large) });
    await Deno.writeFile(vectors, large);
    verifyLog(vectors);
    await Deno.truncate(vectors, large.length - 1);
    assert.throws(() => verifyLog(vectors), /logits\.arrow: its SHA-256 is/);
    await Deno.remove(vectors);
    assert.throws(() => verifyLog(vectors), /there is no such file/);
  });
});
