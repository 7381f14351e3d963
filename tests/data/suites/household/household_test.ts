import assert from "node:assert/strict";
import fc from "fast-check";
import {
  GOALS,
  householdRecords,
  type HouseholdTask,
  MAX_STEPS,
  startHousehold,
} from "../../../../data/suites/household/household.ts";
import { createRandom } from "../../../../data/suites/random.ts";

const records = householdRecords(60);

const tasks: fc.Arbitrary<HouseholdTask> = fc.record({
  id: fc.constant("any"),
  seed: fc.string(),
  goal: fc.constantFrom(...GOALS),
  difficulty: fc.constantFrom("easy", "hard"),
});

function places(observation: string): string[] {
  return observation.match(/^\w+: door ([\w ]+) door\. /)![1]!.split(" ");
}

Deno.test("the test has five easy and five hard episodes of every goal, of 5-8 and 9-12 places", () => {
  assert.equal(new Set(records.map(({ id }) => id)).size, 60);
  for (const goal of GOALS) {
    for (const [difficulty, fewest, most] of [["easy", 5, 8], ["hard", 9, 12]] as const) {
      const cell = records.filter((r) => r.goal === goal && r.difficulty === difficulty);
      assert.equal(cell.length, 5);
      for (const { messages } of cell) {
        const count = places(messages[1]!.content).length;
        assert.ok(count >= fewest && count <= most, `${count} places in a ${difficulty} episode`);
      }
    }
  }
});

Deno.test("a record's messages are how its episode begins, also after JSON", () => {
  for (const record of records) {
    const { observation } = startHousehold(JSON.parse(JSON.stringify(record)));
    assert.equal(record.messages.at(-1)!.content, observation);
  }
});

Deno.test("householdRecords() of more episodes starts with those of fewer and repeats none", () => {
  const many = householdRecords(600);
  assert.deepEqual(many.slice(0, 60), records);
  assert.equal(new Set(many.map(({ messages }) => messages[1]!.content)).size, 600);
});

Deno.test("startHousehold() plays by the rules: a hot apple must be hot when it is put down", () => {
  const task = records.find(({ id }) => id === "household-heat-easy-0")!;
  const world = startHousehold(task);
  assert.equal(
    world.observation,
    "Kitchen: door bin rack stove drawer sink fridge door. Goal: put a hot apple in rack.",
  );
  const steps: [action: string, observation: string, progress: number][] = [
    ["go to drawer", "At drawer: closed.", 0],
    ["take apple from drawer", "Nothing happens.", 0],
    ["open drawer", "At drawer: tomato, cup, apple.", 1 / 4],
    ["take apple from drawer", "You take apple from drawer.", 2 / 4],
    ["look", "At drawer: tomato, cup.", 2 / 4],
    ["take cup from drawer", "You take cup from drawer.", 2 / 4],
    ["take tomato from drawer", "Nothing happens.", 2 / 4],
    ["put cup in drawer", "You put cup in drawer.", 2 / 4],
    ["heat apple with stove", "Nothing happens.", 2 / 4],
    ["go to rack", "At rack: nothing.", 2 / 4],
    ["put apple in rack", "You put apple in rack.", 2 / 4],
    ["take apple from rack", "You take apple from rack.", 2 / 4],
    ["go to stove", "At stove: pan, egg.", 2 / 4],
    ["heat apple with stove", "You heat apple with stove.", 3 / 4],
    ["go to fridge", "At fridge: closed.", 3 / 4],
    ["cool apple with fridge", "Nothing happens.", 3 / 4],
    ["open fridge", "At fridge: plate, knife.", 3 / 4],
    ["cool apple with fridge", "You cool apple with fridge.", 3 / 4],
    ["go to rack", "At rack: nothing.", 3 / 4],
    ["put apple in rack", "You put apple in rack.", 3 / 4],
    ["take apple from rack", "You take apple from rack.", 3 / 4],
    ["go to stove", "At stove: pan, egg.", 3 / 4],
    ["heat apple with stove", "You heat apple with stove.", 3 / 4],
    ["go to door", "At door: nothing.", 3 / 4],
    ["put apple in door", "Nothing happens.", 3 / 4],
    ["go to rack", "At rack: nothing.", 3 / 4],
    ["put apple in rack", "You put apple in rack.", 1],
  ];
  for (const [action, observation, progress] of steps) {
    const valid = observation !== "Nothing happens.";
    assert.equal(world.validActions().includes(action), valid, action);
    assert.deepEqual(world.step(action), { observation, valid, progress, done: progress === 1 });
  }
});

Deno.test("validActions() are what step() accepts, and progress never falls and ends at 1", () => {
  fc.assert(
    fc.property(tasks, fc.array(fc.nat(), { minLength: MAX_STEPS }), (task, choices) => {
      const world = startHousehold(task);
      let best = 0;
      for (let step = 1; step <= MAX_STEPS; step++) {
        const actions = world.validActions();
        assert.equal(new Set(actions).size, actions.length);
        const { valid, progress, done } = world.step(actions[choices[step - 1]! % actions.length]!);
        assert.ok(valid && progress >= best && progress <= 1);
        best = progress;
        assert.equal(done, progress === 1 || step === MAX_STEPS);
        if (done) break;
      }
      assert.deepEqual(world.validActions(), []);
      const after = world.step("look");
      assert.deepEqual([after.valid, after.progress, after.done], [false, best, true]);
    }),
    { numRuns: 300 },
  );
});

Deno.test("the same task and actions give the same episode", () => {
  fc.assert(
    fc.property(tasks, fc.array(fc.nat(), { maxLength: MAX_STEPS }), (task, choices) => {
      const [one, two] = [startHousehold(task), startHousehold({ ...task, id: "other" })];
      assert.equal(one.observation, two.observation);
      for (const choice of choices) {
        const actions = one.validActions();
        assert.deepEqual(actions, two.validActions());
        const action = actions[choice % actions.length] ?? "look";
        assert.deepEqual(one.step(action), two.step(action));
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("an agent of random valid actions nearly never wins", () => {
  const random = createRandom("random agent");
  const wins = householdRecords(600).filter((task) => {
    const world = startHousehold(task);
    let result = world.step(random.pick(world.validActions()));
    while (!result.done) result = world.step(random.pick(world.validActions()));
    return result.progress === 1;
  });
  assert.ok(wins.length <= 12, `${wins.length} of 600`);
});

Deno.test("hostile actions do nothing", () => {
  const hostile = [
    "",
    " look",
    "LOOK",
    "look\0",
    "look\nlook",
    "go to",
    "go to door",
    "go to __proto__",
    "constructor",
    "toString",
    "[ACT] look",
    "<|im_end|>",
    "\u202elook",
    "\ud800",
    "x".repeat(1 << 20),
    "[".repeat(1 << 20),
  ];
  const world = startHousehold(records[0]!);
  const before = world.validActions();
  for (const action of hostile) {
    assert.deepEqual(world.step(action), {
      observation: "Nothing happens.",
      valid: false,
      progress: 0,
      done: false,
    });
  }
  assert.deepEqual(world.validActions(), before);
});
