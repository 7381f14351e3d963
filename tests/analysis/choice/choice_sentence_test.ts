import assert from "node:assert/strict";
import { choices } from "../../../analysis/choice/choice_sentence.ts";
import type { ScoredRow } from "../../../analysis/choice/score_tables.ts";
import { linesWith, scored, values } from "./rows.ts";

const NAMES = ["none", "w8", "w4"];
const BYTES = { none: 1000, w8: 500, w4: 250 };

/** The only choice of scores on T-Eval, so many of them lost by each method. */
function choice(n: number, lost: number[], bytes: Record<string, number> = BYTES, margin = 0.05) {
  const rows = NAMES.flatMap((name, index) =>
    lost[index] === undefined ? [] : scored(name, "teval", values(n, lost[index]!))
  );
  const found = choices(linesWith(NAMES, rows, bytes, margin));
  assert.equal(found.length, 1);
  return found[0]!;
}

Deno.test("choices() names the cheapest method that is equivalent to the base", () => {
  const found = choice(200, [10, 10, 60]);
  assert.deepEqual([found.outcome, found.variant], ["equivalent", "m/w8"]);
  assert.equal(
    found.sentence,
    "m, tool use: W8 (50 % of the base's stored bytes) is the cheapest method that is equivalent to the base: " +
      "0.950 against 0.950, a difference of 0.000 (90 % interval −0.008 to 0.008, 200 samples), within ±0.05.",
  );
  assert.equal(choice(200, [10, 10, 10]).variant, "m/w4");
  // A wider margin lets a lossier method in; a better one counts as well.
  assert.equal(choice(200, [10, 10, 24], BYTES, 0.2).variant, "m/w4");
  assert.match(choice(200, [60, 60, 10]).sentence, /W4 .* that is better than the base: 0\.950/);
});

Deno.test("choices() says that the data cannot tell, and about how many samples would", () => {
  const found = choice(12, [1, 1, 9]);
  assert.deepEqual([found.outcome, found.variant], ["undecided", "m/w8"]);
  assert.match(
    found.sentence,
    /the data cannot tell .* within ±0\.05\. Nearest to it is W8 \(50 %.*about 210 samples would show it/,
  );
  assert.equal(found.samplesNeeded, 210);
});

Deno.test("choices() says that no smaller method is equivalent", () => {
  const found = choice(200, [10, 60, 100]);
  assert.deepEqual([found.outcome, found.variant], ["none", "m/w8"]);
  assert.match(
    found.sentence,
    /no smaller method is equivalent to the base within ±0\.05: all 2 are worse\. Least so is W8 .*−0\.250/,
  );
});

Deno.test("choices() says what is missing: no score, nothing smaller, no sizes", () => {
  assert.match(choice(20, [0]).sentence, /no other method has a score/);
  const floor = choice(200, [195, 200, 200]);
  assert.deepEqual([floor.outcome, floor.variant], ["no data", null]);
  assert.match(floor.sentence, /the base itself scores 0\.025, no more than the margin of 0\.05/);
  const same = { none: 1000, w8: 1000, w4: 1000 };
  const dense = choice(200, [0, 0, 0], same);
  assert.deepEqual([dense.outcome, dense.variant], ["no data", null]);
  assert.match(dense.sentence, /no method with a score has fewer stored bytes than the base/);
  assert.match(
    choice(200, [0, 0, 90], {}).sentence,
    /equivalent to the base within ±0\.05: W8\. No stored bytes are known, so none can be called the cheapest/,
  );
  assert.match(
    choice(12, [0, 1, 9], {}).sentence,
    /the data cannot tell whether a method is equivalent/,
  );
  assert.match(choice(200, [0, 90, 90], {}).sentence, /no method is equivalent .* all are worse/);
});

Deno.test("choices() over all says where the same method is not shown to be as good", () => {
  const rows = (name: string, teval: number, worfbench: number): ScoredRow[] => [
    ...scored(name, "teval", values(400, teval)),
    ...scored(name, "worfbench", values(20, worfbench)),
  ];
  const all = [...rows("none", 0, 0), ...rows("w8", 0, 0)];
  const found = choices(linesWith(["none", "w8"], all, BYTES));
  assert.deepEqual(found.map(({ capability, outcome }) => [capability, outcome]), [
    ["tool_use", "equivalent"],
    ["workflow", "undecided"],
    ["all", "equivalent"],
  ]);
  assert.match(
    found[2]!.sentence,
    /^m, over all: W8 .* By itself it is undecided in workflow generation\.$/,
  );
});

Deno.test("choices() tells when calibration seeds leave too much doubt for any number of samples", () => {
  const names = ["none", "g-c0", "g-c1"];
  const rows = [
    ...scored("none", "teval", values(50, 0)),
    ...scored("g-c0", "teval", values(50, 0)),
    ...scored("g-c1", "teval", values(50, 25)),
  ];
  const [found] = choices(linesWith(names, rows, { none: 1000, g: 250 }));
  assert.equal(found!.samplesNeeded, Infinity);
  assert.match(found!.sentence, /No number of samples would show it: its calibration seeds differ/);
});
