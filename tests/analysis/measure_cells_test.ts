import assert from "node:assert/strict";
import { join } from "node:path";
import { buildResults } from "../../analysis/results.ts";
import { cellFolder } from "../../data/logs.ts";
import type { Cell } from "../../data/types.ts";
import { type TestSample, vectorLog } from "./captures.ts";
import {
  endCellWithHashes,
  EXPERIMENT,
  inTemporaryFolder,
  planOf,
  writePlanOf,
  writeScores,
  writeSpectra,
  writeVectors,
} from "./synthetic_run.ts";

const FILES = ["results.parquet", "summary.parquet", "histograms.parquet", "comparisons.parquet"];

/** Two samples whose logits depend on a number. */
function samples(number: number): TestSample[] {
  return ["a", "b"].map((id, index) => ({
    id,
    rows: [[number, 2, 1, 0], [0, 5 + index, number / 3, 1], [1, 1, 1, number]],
    tokens: [0, 1, 2],
  }));
}

/** Writes a cell's logs and its record with their hashes. */
async function finish(runs: string, cell: Cell, number: number): Promise<void> {
  const folder = cellFolder(runs, cell.id);
  if (cell.kind === "capture") {
    await writeVectors(join(folder, "logits.arrow"), "logits", vectorLog(samples(number)));
  } else if (cell.kind === "compress") {
    await writeSpectra(runs, cell, "up", [2 + number, 1]);
  } else {
    await writeScores(runs, cell, "exact", [["a", "all", number % 2], ["b", "all", 1]]);
  }
  await endCellWithHashes(runs, cell);
}

async function bytesOf(runs: string): Promise<Uint8Array[]> {
  return await Promise.all(FILES.map((name) => Deno.readFile(join(runs, EXPERIMENT, name))));
}

const KINDS = ["compress", "evaluate", "capture"] as const;

Deno.test("cells are measured once: again after their logs, the baseline's or the options changed", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none", "rough", "other"], [...KINDS]);
    await writePlanOf(runs, plan);
    const build = async (options = {}) => (await buildResults(runs, EXPERIMENT, options)).measured;
    const early = plan.cells.filter(({ variant }) => variant !== "tiny/other");
    for (const [index, cell] of early.entries()) await finish(runs, cell, index);
    assert.deepEqual([await build(), await build()], [6, 0]);
    for (const cell of plan.cells.slice(6)) await finish(runs, cell, 9);
    assert.deepEqual([await build(), await build()], [3, 0]);
    const kept = await bytesOf(runs);
    await Deno.remove(join(runs, EXPERIMENT, "measured"), { recursive: true });
    assert.equal(await build(), 9);
    assert.deepEqual(await bytesOf(runs), kept);

    // A damaged store is made again, and what belongs to no cell is removed.
    const store = join(runs, EXPERIMENT, "measured");
    const [first] = Deno.readDirSync(store);
    const file = join(store, first!.name);
    const whole = await Deno.readFile(file);
    await Deno.writeFile(file, whole.with(-1, whole.at(-1)! ^ 1));
    await Deno.writeTextFile(join(store, "left over"), "");
    assert.equal(await build(), 1);
    assert.deepEqual([...Deno.readDirSync(store)].length, 9);
    assert.deepEqual(await bytesOf(runs), kept);

    assert.equal(await build({ energyTemperatures: [1, 2] }), 9);
    assert.equal(await build(), 9);
    // The baseline's capture and both that compare with it.
    await finish(runs, plan.cells.find(({ kind }) => kind === "capture")!, 4);
    assert.equal(await build(), 3);
    assert.notDeepEqual(await bytesOf(runs), kept);
    const path = join(cellFolder(runs, plan.cells[2]!.id), "logits.arrow");
    await Deno.truncate(path, 900);
    await assert.rejects(build(), (error: Error) => error.message.startsWith(path));
  });
});

Deno.test("an aborted build leaves the earlier files, and no part of a new one", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none", "rough"], [...KINDS]);
    await writePlanOf(runs, plan);
    for (const [index, cell] of plan.cells.entries()) await finish(runs, cell, index);
    await buildResults(runs, EXPERIMENT);
    const before = await bytesOf(runs);
    await finish(runs, plan.cells.at(-1)!, 8);
    for (const doing of ["measuring", "writing"]) {
      const stop = new AbortController();
      const build = buildResults(runs, EXPERIMENT, {
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.doing.startsWith(doing)) stop.abort();
        },
      });
      await assert.rejects(build, { name: "AbortError" });
      assert.deepEqual(await bytesOf(runs), before);
      const names = [...Deno.readDirSync(join(runs, EXPERIMENT))].map(({ name }) => name);
      assert.ok(!names.some((name) => name.endsWith(".partial")), names.join());
    }
  });
});
