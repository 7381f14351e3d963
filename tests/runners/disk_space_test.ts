import assert from "node:assert/strict";
import type { Cell } from "../../data/types.ts";
import { checkSpace, describeNeeds, diskNeeds } from "../../runners/disk_space.ts";

const variants = ["a/none", "a/rtn", "b/none"].map((id) => ({
  id,
  model: id[0]!,
  method: "",
  title: "",
  settings: {},
  calibration: null,
}));
const cells: Cell[] = [
  ...variants.map(({ id }): Cell => ({
    id: `compress ${id}`,
    kind: "compress",
    variant: id,
    benchmark: null,
    seed: null,
    needs: [],
    inputs: {},
  })),
  ...variants.map(({ id }): Cell => ({
    id: `evaluate ${id}`,
    kind: "evaluate",
    variant: id,
    benchmark: "teval",
    seed: 0,
    needs: [`compress ${id}`],
    inputs: {},
  })),
];
const plan = { experiment: "x", description: "", baseline: {}, variants, cells };
const estimate = ({ kind }: Cell) => ({ seconds: 1, bytes: kind === "compress" ? 1000 : 10 });
const needs = (free: number, todo = cells) => diskNeeds(todo, plan, estimate, free);

Deno.test("diskNeeds() counts logs and checkpoints, and those of a model at a time where they are reclaimed", () => {
  const { checkpoints, kept, logs, reclaimed } = needs(1e9);
  assert.deepEqual({ checkpoints, kept, logs, reclaimed }, {
    checkpoints: 3000,
    kept: 3030,
    logs: 30,
    reclaimed: 2030,
  });
  // Less space: one checkpoint at a time.
  assert.equal(needs(1500).reclaimed, 1030);
  assert.equal(needs(1500).waves.length, 3);
  // What is made already takes no more space.
  assert.equal(needs(1e9, cells.slice(3)).kept, 30);
  assert.match(
    describeNeeds(needs(1e9)),
    /at most 3\.0 kB \(logs 30 B, checkpoints 3\.0 kB\), 2\.0 kB at a time with --reclaim; 1\.0 GB free/,
  );
});

Deno.test("checkSpace() refuses what does not fit, and says what helps", () => {
  checkSpace(needs(4000), false, "/runs");
  checkSpace(needs(1500), true, "/runs");
  assert.throws(() => checkSpace(needs(1500), false, "/runs"), {
    name: "UserError",
    message: "The disk is too small: up to 3.0 kB are needed in /runs, 1.5 kB are free; " +
      "add --reclaim (then at most 1.0 kB at a time), ask for fewer captured samples, name another folder " +
      "with --runs, or go on all the same with --force",
  });
  assert.throws(() => checkSpace(needs(500), true, "/runs"), /up to 1\.0 kB .* free; ask for/);
});
