import assert from "node:assert/strict";
import { join } from "node:path";
import { cellFolder } from "../../data/logs.ts";
import { start } from "../../runners/shell.ts";
import {
  endCell,
  EXPERIMENT,
  inTemporaryFolder,
  planOf,
  writePlanOf,
  writeScores,
} from "./synthetic_run.ts";

const MAIN = new URL("../../analysis/main.ts", import.meta.url).pathname;

async function results(
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const err: string[] = [];
  const { code, stdout } = await start({
    command: [Deno.execPath(), "run", "-A", MAIN, ...args],
    stdout: "capture",
    stderr: (line) => void err.push(line),
  }).done;
  return { code, out: stdout, err: err.join("\n") };
}

Deno.test("deno task results tells what it built and what was not finished, as text and as JSON", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none", "rough"], ["evaluate"]);
    await writePlanOf(runs, plan);
    await writeScores(runs, plan.cells[0]!, "exact", [["a", "all", 1]]);
    await endCell(runs, plan.cells[0]!);
    const text = await results(join(runs, EXPERIMENT));
    assert.equal(text.code, 0, text.err);
    assert.match(text.out, /^1 result of 1 cell in .*results\.parquet\n1 summary row: /);
    assert.match(
      text.out,
      /not finished: tiny\/rough: evaluate suite, seed 0 \(cell [0-9a-f]{16}\)/,
    );
    const { code, out } = await results(EXPERIMENT, "--runs", runs, "--json");
    assert.equal(code, 0);
    const { rows, missing, choices, damage } = JSON.parse(out);
    assert.deepEqual([rows, missing[0].variant], [1, "tiny/rough"]);
    const sentence = "tiny, other benchmarks: no other method has a score.";
    assert.ok(text.out.trimEnd().endsWith(`\nWhat to choose:\n- ${sentence}`), text.out);
    assert.deepEqual([choices[0].outcome, choices[0].sentence, damage], ["no data", sentence, []]);
    const wrong = await results(EXPERIMENT, "--runs", runs, "--margin", "5");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /--margin.*Expected a number between 0 and 1, such as 0\.05/s);
  });
});

Deno.test("deno task results exits with 2 and the known names for an unknown run, with 1 and the mend for a damaged log", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none"], ["evaluate"]);
    await writePlanOf(runs, plan);
    const unknown = await results("nothing", "--runs", runs);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no run "nothing" in .*There are: synthetic\./);
    const path = join(cellFolder(runs, plan.cells[0]!.id), "scores.parquet");
    await endCell(runs, plan.cells[0]!);
    await Deno.writeTextFile(path, "not parquet");
    const damaged = await results(EXPERIMENT, "--runs", runs);
    assert.equal(damaged.code, 1);
    assert.ok(
      damaged.err.startsWith(path) && damaged.err.includes("delete the cell's folder"),
      damaged.err,
    );
  });
});
