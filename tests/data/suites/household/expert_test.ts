import assert from "node:assert/strict";
import { conversations } from "../../../../data/suites/build_suites.ts";
import { decide } from "../../../../data/suites/household/expert.ts";
import {
  expertTurn,
  GOALS,
  householdRecords,
  MAX_STEPS,
  parseTurn,
  startHousehold,
} from "../../../../data/suites/household/household.ts";
import { enter } from "../../../../data/suites/household/play.ts";
import { playExpert } from "../../../../data/suites/household/play_expert.ts";
import { observe, readFirst, readHistory } from "../../../../data/suites/household/belief.ts";
import { makeWorld } from "../../../../data/suites/household/world.ts";
import { createRandom } from "../../../../data/suites/random.ts";
import type { Message } from "../../../../data/suites/suite.ts";

const tasks = Array.from({ length: 1000 }, (_, i) => ({
  id: "",
  seed: `expert ${i}`,
  goal: GOALS[i % GOALS.length]!,
  difficulty: i % 2 === 0 ? "easy" : "hard",
} as const));

/** Tokens, as the pattern of the models' tokenizer cuts them, with those of the chat's frame. */
function countTokens(messages: Message[]): number {
  const pieces = / ?[\p{L}_]+|\p{N}| ?[^\s\p{L}\p{N}_]+|\s+/gu;
  return messages.reduce((sum, { content }) => sum + 5 + content.match(pieces)!.length, 0);
}

Deno.test("the expert wins 1,000 episodes of all goals with valid actions in 18 steps at most", () => {
  for (const task of tasks) {
    const { success, steps, messages } = playExpert(task);
    assert.ok(success && steps <= 18, JSON.stringify(task));
    assert.ok(!messages.some(({ content }) => content === "Nothing happens."));
  }
});

Deno.test("the expert wins after up to six random actions, and never does what is invalid", () => {
  const random = createRandom("recovery");
  for (const task of tasks) {
    const world = startHousehold(task);
    const messages: Message[] = [{ role: "user", content: world.observation }];
    const lost = random.integer(1, 6);
    for (let step = 0;; step++) {
      const expert = step >= lost;
      const action = expert ? expertTurn(messages).action : random.pick(world.validActions());
      const { observation, valid, progress, done } = world.step(action);
      assert.ok(valid, `${action} in ${JSON.stringify(messages)}`);
      messages.push({ role: "user", content: observation });
      if (!done) continue;
      assert.equal(progress, 1, `not won: ${JSON.stringify({ task, messages })}`);
      break;
    }
  }
});

Deno.test("the expert uses no hidden state: what lies in unseen places changes no turn", () => {
  for (const task of tasks) {
    const first = makeWorld(task);
    const other = makeWorld({ ...task });
    const half = Math.ceil(first.places.length / 2);
    const swapped = first.places.slice(half);
    swapped.forEach((place, i) => {
      other.contents.set(place, first.contents.get(swapped[(i + 1) % swapped.length]!)!.slice());
    });
    const unseen = new Set(swapped);
    const [one, two] = [enter(first), enter(other)];
    const messages: Message[] = [{ role: "user", content: one.observation }];
    assert.equal(one.observation, two.observation);
    for (;;) {
      const { action } = expertTurn(messages);
      if (unseen.has(action.split(" ").at(-1)!)) break;
      const result = one.step(action);
      assert.deepEqual(two.step(action), result);
      if (result.done) break;
      messages.push({ role: "user", content: result.observation });
    }
  }
});

Deno.test("a belief that grew by observation is the one read from the chat", () => {
  for (const { messages } of conversations("household", "train", 200)) {
    const belief = readFirst(messages[1]!.content);
    for (let turn = 2; turn < messages.length; turn += 2) {
      assert.deepEqual(belief, readHistory(messages.slice(0, turn)));
      if (messages[turn]!.learn !== false) {
        assert.deepEqual(parseTurn(messages[turn]!.content), { ...decide(belief) });
      }
      observe(belief, messages[turn + 1]?.content ?? "");
    }
  }
});

Deno.test("the expert says what it lacks when the chat is none of this world", () => {
  assert.throws(() => expertTurn([{ role: "user", content: "Hello" }]), /got "Hello"/);
  assert.throws(() => expertTurn([]), /first observation/);
});

Deno.test("about three in ten conversations to train on hold one turn not to be learnt", () => {
  const played = [...conversations("household", "train", 1000)];
  const marks = played.map(({ messages }) => messages.filter((m) => m.learn === false));
  assert.ok(
    marks.every((turns) => turns.length <= 1 && turns.every((m) => m.role === "assistant")),
  );
  const share = marks.filter((turns) => turns.length === 1).length / marks.length;
  assert.ok(share > 0.25 && share < 0.35, String(share));
});

Deno.test("conversations to train on take about 400 tokens and 900 at most, with short turns", () => {
  const lengths = [...conversations("household", "train", 1000)].map(({ messages }) => {
    assert.equal(messages.at(-1)!.role, "assistant");
    for (const { role, content } of messages) {
      if (role === "assistant") assert.ok(countTokens([{ role, content }]) <= 30, content);
    }
    for (const { role, content } of messages.slice(3)) {
      if (role === "user") assert.ok(countTokens([{ role, content }]) <= 20, content);
    }
    return countTokens(messages);
  });
  assert.ok(Math.max(...lengths) <= 900);
  const mean = lengths.reduce((sum, length) => sum + length) / lengths.length;
  assert.ok(mean > 350 && mean < 450, String(mean));
});

Deno.test("a test episode is won within the steps that an agent has", () => {
  for (const task of householdRecords(60)) {
    const { success, steps } = playExpert(task);
    assert.ok(success && steps < MAX_STEPS);
  }
});
