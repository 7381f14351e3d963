import assert from "node:assert/strict";
import { comparisons } from "../../../analysis/choice/comparisons.ts";
import { methodsOf } from "../../../analysis/methods.ts";
import { scoreTables } from "../../../analysis/choice/score_tables.ts";
import { planWith, scored, values } from "./rows.ts";

Deno.test("comparisons() judges each subtask and the whole, and corrects over the methods of a model", () => {
  const rows = [
    ...scored("none", "suite", values(80, 0), { subtask: "a" }),
    ...scored("none", "suite", values(80, 8), { subtask: "b" }),
    ...scored("good", "suite", values(80, 0), { subtask: "a" }),
    ...scored("good", "suite", values(80, 8), { subtask: "b" }),
    ...scored("bad", "suite", values(80, 20), { subtask: "a" }),
    ...scored("bad", "suite", values(80, 40), { subtask: "b" }),
  ];
  const found = comparisons(scoreTables(rows), methodsOf(planWith(["none", "good", "bad"])), 0.05);
  const of = (variant: string, subtask: string) =>
    found.find((line) => line.variant === variant && line.subtask === subtask)!;
  assert.equal(found.length, 6);
  assert.deepEqual(
    ["a", "b", "all"].map((
      subtask,
    ) => [of("m/good", subtask).verdict, of("m/bad", subtask).verdict]),
    [["equivalent", "worse"], ["equivalent", "worse"], ["equivalent", "worse"]],
  );
  const whole = of("m/bad", "all");
  assert.deepEqual([whole.n, whole.mean, whole.baseline_mean], [160, 0.625, 0.95]);
  assert.ok(Math.abs(whole.difference! + 0.325) < 1e-12);
  assert.deepEqual([whole.test, whole.interval], ["McNemar exact", "95 % paired Agresti-Min"]);
  assert.equal(whole.non_inferior, false);
  assert.equal(of("m/good", "all").non_inferior, true);
  for (const line of found) {
    for (const name of ["p", "p_equivalence", "p_non_inferiority"] as const) {
      assert.ok(line[`${name}_holm`]! >= line[name]!);
    }
  }
  // Two methods: the smaller p counts twice.
  assert.equal(of("m/bad", "a").p_holm, 2 * of("m/bad", "a").p!);
});

Deno.test("comparisons() makes one method of several calibration seeds and counts their spread", () => {
  const rows = [
    ...scored("none", "suite", values(100, 0)),
    ...scored("gptq-c0", "suite", values(100, 1)),
    ...scored("gptq-c1", "suite", values(100, 30)),
  ];
  const [line, ...others] = comparisons(
    scoreTables(rows),
    methodsOf(planWith(["none", "gptq-c0", "gptq-c1"])),
    0.05,
  );
  assert.equal(others.length, 0);
  assert.deepEqual([line!.variant, line!.calibration_seeds, line!.n], ["m/gptq", 2, 100]);
  // The seeds lie .29 apart: half of that squared, over two seeds, is .021; the samples' part is far less.
  assert.ok(
    line!.standard_error! > 0.13 && line!.standard_error! < 0.16,
    `${line!.standard_error}`,
  );
  assert.equal(line!.test, "t with calibration seeds");
  assert.equal(line!.verdict, "undecided");
});

Deno.test("comparisons() gives null with a reason: no common sample, one sample, no margin", () => {
  const rows = [
    ...scored("none", "one", [1]),
    ...scored("rough", "one", [0.5]),
    ...scored("none", "apart", [1, null]),
    ...scored("rough", "apart", [null, 1]),
    ...scored("none", "play", [10, 12, 14], { metric: "steps" }),
    ...scored("rough", "play", [20, 21, 29], { metric: "steps" }),
  ];
  const found = comparisons(scoreTables(rows), methodsOf(planWith(["none", "rough"])), 0.05);
  const [apart, one, play] = found;
  assert.deepEqual([apart!.n, apart!.difference, apart!.verdict], [0, null, null]);
  assert.match(apart!.reason!, /no sample has a value under both/);
  // One sample: a difference, but an interval so wide that nothing follows.
  assert.deepEqual([one!.difference, one!.verdict], [-0.5, "undecided"]);
  assert.ok(one!.low === -1 || one!.high! - one!.low! > 1);
  assert.deepEqual([play!.p_equivalence, play!.margin, play!.verdict], [null, null, "undecided"]);
  assert.match(play!.reason!, /do not lie between 0 and 1/);
});

Deno.test("comparisons() averages positions and sampling seeds of a sample, and pairs by both", () => {
  const two = (name: string, first: number[], second: number[]) => [
    ...scored(name, "suite", first, { seed: 0 }),
    ...scored(name, "suite", second, { seed: 1 }),
  ];
  const rows = [
    ...two("none", [1, 0, 1], [0, 0, 1]),
    ...two("rough", [0, 0, 1], [0, 1, 0]),
    ...scored("none", "suite", [2, 4], { metric: "negative_log_likelihood" }).flatMap((row) => [
      { ...row, value: row.value! - 1 },
      { ...row, value: row.value! + 1 },
    ]),
    ...scored("rough", "suite", [3, 6], { metric: "negative_log_likelihood" }),
  ];
  const found = comparisons(scoreTables(rows), methodsOf(planWith(["none", "rough"])), 0.05);
  const loss = found.find(({ metric }) => metric === "negative_log_likelihood")!;
  const score = found.find(({ metric }) => metric === "score")!;
  assert.deepEqual([loss.mean, loss.baseline_mean, loss.difference], [4.5, 3, 1.5]);
  assert.deepEqual([score.n, score.baseline_mean], [3, 0.5]);
  assert.ok(Math.abs(score.difference! + 1 / 6) < 1e-12);
  assert.equal(score.test, "sign flip exact");
});
