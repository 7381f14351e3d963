/**
 * Household: an interactive text world in the spirit of ALFWorld. The agent searches a room for an object
 * and does something with it; README.md holds the rules.
 *
 * @module
 */
import { jsonLines } from "../json_lines.ts";
import { createRandom, type Random } from "../random.ts";
import { type Conversation, drawFrom, type Split, type Suite, type TestRecord } from "../suite.ts";
import { playExpert } from "./play_expert.ts";
import { describe } from "./play.ts";
import { SYSTEM_PROMPT } from "./turn.ts";
import { GOALS, type HouseholdTask, makeWorld } from "./world.ts";

export { expertTurn } from "./expert.ts";
export { type Household, MAX_STEPS, startHousehold, type StepResult } from "./play.ts";
export { parseTurn, renderTurn, SYSTEM_PROMPT } from "./turn.ts";
export { GOALS, type GoalType, type HouseholdTask } from "./world.ts";

/** A line of `household/test.jsonl`: the task, and the chat as it begins. */
export type HouseholdRecord = HouseholdTask & TestRecord;

const TEST_EPISODES = 60;

/** Share of the conversations to train on with an action that the expert would not choose. */
const DISTURBED = { of: 10, are: 3 };

/** Longer conversations are not for training. */
const MOST_TRAINING_STEPS = 22;

/** Six goals in a room, easy and hard. */
export const household: Suite = {
  name: "household",
  files: () => new Map([["test.jsonl", jsonLines(householdRecords(TEST_EPISODES))]]),
  testInstances: () => householdRecords(TEST_EPISODES).map(instanceOf),
  conversation,
};

/**
 * Held-out episodes: the goals in turn, easy and hard ones in turn. A larger count goes on where a
 * smaller one ends; the first 60 are the committed ones.
 *
 * @param count How many; a multiple of 12 has every goal and difficulty equally often.
 */
export function householdRecords(count: number): HouseholdRecord[] {
  const random = createRandom("household/test/1");
  const seen = new Set<string>();
  return Array.from({ length: count }, (_, i): HouseholdRecord => {
    const goal = GOALS[i % GOALS.length]!;
    const difficulty = Math.floor(i / GOALS.length) % 2 === 0 ? "easy" : "hard";
    const id = `household-${goal}-${difficulty}-${Math.floor(i / GOALS.length / 2)}`;
    const draw = () => ({ id, seed: drawSeed(random), goal, difficulty }) as const;
    const task = drawFrom("test", draw, instanceOf, (drawn) => !seen.has(instanceOf(drawn)));
    const prompt = instanceOf(task);
    seen.add(prompt);
    const messages: TestRecord["messages"] = [
      { role: "system", content: SYSTEM_PROMPT },
      { role: "user", content: prompt },
    ];
    return { ...task, subtask: goal, messages };
  });
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  for (;;) {
    const task = drawTask(random, split);
    const disturbed = split === "train" && random.integer(1, DISTURBED.of) <= DISTURBED.are;
    const { messages, success, steps } = playExpert(task, disturbed ? random : null);
    if (!success || steps > MOST_TRAINING_STEPS) continue;
    return { suite: "household", subtask: task.goal, messages, instances: [instanceOf(task)] };
  }
}

function drawTask(random: Random, split: Split): HouseholdTask {
  const draw = (): HouseholdTask => ({
    id: "",
    seed: drawSeed(random),
    goal: random.pick(GOALS),
    difficulty: random.pick(["easy", "hard"]),
  });
  return drawFrom(split, draw, instanceOf);
}

/**
 * What the splits sort: the room, its places in their order, and the goal with its object and target.
 * Where the object lies is not part of it, so no split shows an answer for a prompt of another.
 */
function instanceOf(task: HouseholdTask): string {
  return describe(makeWorld(task));
}

function drawSeed(random: Random): string {
  return String(random.next());
}
