import assert from "node:assert/strict";
import fc from "fast-check";
import { pickEvenly, pickSamples } from "../../runners/pick_samples.ts";

Deno.test("pickEvenly() takes elements at even distances, the first among them", () => {
  assert.deepEqual(pickEvenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4), [0, 2, 5, 7]);
  assert.deepEqual(pickEvenly([1, 2], 5), [1, 2]);
  assert.deepEqual(pickEvenly([1, 2], 0), []);
});

Deno.test("pickSamples() takes as many of each subtask, small ones whole, in the file's order", () => {
  const samples = [..."aaaaaaaabbccccccc"].map((subtask, id) => ({ id, subtask }));
  const picked = pickSamples(samples, 9);
  assert.equal(picked.map(({ subtask }) => subtask).join(""), "aaaabbccc");
  assert.deepEqual(picked.map(({ id }) => id), [0, 2, 4, 6, 8, 9, 10, 12, 14]);
  assert.deepEqual(pickSamples(samples, undefined), samples);
});

Deno.test("pickSamples() of any list: so many, each once, shares differ by one at most", () => {
  const subtasks = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 });
  fc.assert(fc.property(subtasks, fc.nat(70), (names, count) => {
    const samples = names.map((subtask, id) => ({ id, subtask }));
    const picked = pickSamples(samples, count);
    assert.equal(picked.length, Math.min(count, samples.length));
    assert.equal(new Set(picked).size, picked.length);
    const counts = Map.groupBy(picked, ({ subtask }) => subtask);
    const most = Math.max(0, ...[...counts.values()].map((group) => group.length));
    for (const [subtask, group] of Map.groupBy(samples, ({ subtask }) => subtask)) {
      const got = counts.get(subtask)?.length ?? 0;
      assert.ok(got === group.length || got >= most - 1, subtask);
    }
  }));
});
