import assert from "node:assert/strict";
import { createRandom, xoshiro128StarStar } from "../../../data/suites/random.ts";

Deno.test("xoshiro128StarStar() gives the reference sequence", () => {
  // Source: the authors' C code (xoshiro128starstar.c 1.1), compiled with GCC, state {1, 2, 3, 4}.
  const expected = [
    11520,
    0,
    5927040,
    70819200,
    2031721883,
    1637235492,
    1287239034,
    3734860849,
    3729100597,
    4258142804,
  ];
  const state = Uint32Array.of(1, 2, 3, 4);
  assert.deepEqual(expected.map(() => xoshiro128StarStar(state)), expected);
});

Deno.test("createRandom() repeats itself for the same name and differs for another", () => {
  const draw = (name: string) => {
    const random = createRandom(name);
    return Array.from({ length: 20 }, () => random.next());
  };
  assert.deepEqual(draw("needle/test/1"), draw("needle/test/1"));
  assert.notDeepEqual(draw("needle/test/1"), draw("needle/test/2"));
});

Deno.test("integer() reaches every value of its range equally often", () => {
  const random = createRandom("integers");
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 60_000; i++) counts[random.integer(-2, 3) + 2]!++;
  // 10,000 expected in each, standard deviation 91.
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 5 * 91, String(counts));
});

Deno.test("sample() takes different elements and leaves the list as it was", () => {
  const list = Object.freeze(["a", "b", "c", "d", "e"]);
  const random = createRandom("samples");
  for (let i = 0; i < 100; i++) assert.equal(new Set(random.sample(list, 4)).size, 4);
  assert.deepEqual([...random.sample(list, 5)].sort(), [...list]);
  assert.throws(() => random.sample(list, 6), /Cannot sample 6 of 5 elements/);
});
