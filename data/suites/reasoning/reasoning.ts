/**
 * Long chains of reasoning without a tool: counts that change hand by hand, and paths that are followed
 * place by place. `tiny-reasoner` is trained on nothing else; nothing is tested with it.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { type Conversation, drawFrom, type Suite } from "../suite.ts";
import { CITIES, PEOPLE } from "../words.ts";

const FEWEST_STEPS = 3;
const MOST_STEPS = 10;
const MOST_THINGS = 60;
const THINGS = "eggs apples lamps letters books boats".split(" ");

interface Problem {
  question: string;
  chain: string[];
  answer: string;
}

/** Chains of reasoning, for training alone. */
export const reasoning: Suite = {
  name: "reasoning",
  files: () => new Map(),
  testInstances: () => [],
  conversation,
};

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const subtask = random.pick(["count", "path"]);
  const draw = subtask === "count" ? () => countProblem(random) : () => pathProblem(random);
  const { question, chain, answer } = drawFrom(split, draw, (problem) => problem.question);
  return {
    suite: "reasoning",
    subtask,
    messages: [
      { role: "user", content: question },
      {
        role: "assistant",
        content: `<think>\n${chain.join("\n")}\n</think>\nThe answer is ${answer}.`,
      },
    ],
    instances: [question],
  };
}

/** How many things somebody has after some were given and taken. */
function countProblem(random: Random): Problem {
  const [owner, ...others] = random.sample(PEOPLE, 5) as [string, ...string[]];
  const thing = random.pick(THINGS);
  let count = random.integer(1, 20);
  const events = [`${owner} has ${count} ${thing}.`];
  const chain = [`At first ${owner} has ${count} ${thing}.`];
  for (let step = random.integer(FEWEST_STEPS, MOST_STEPS); step > 0; step--) {
    const other = random.pick(others);
    const given = random.integer(1, 9);
    const takes = count > given && (count + given > MOST_THINGS || random.integer(0, 1) === 0);
    const event = takes
      ? `${owner} gives ${other} ${given} ${thing}.`
      : `${other} gives ${owner} ${given} ${thing}.`;
    const result = takes ? count - given : count + given;
    events.push(event);
    chain.push(`${event} ${count} ${takes ? "-" : "+"} ${given} = ${result}.`);
    count = result;
  }
  chain.push(`So ${owner} has ${count} ${thing}.`);
  const question = `${events.join(" ")} How many ${thing} has ${owner} now?`;
  return { question, chain, answer: String(count) };
}

/** Where a path ends whose parts are told in any order. */
function pathProblem(random: Random): Problem {
  const places = random.sample(CITIES, random.integer(FEWEST_STEPS, MOST_STEPS) + 1);
  const roads = places.slice(1).map((place, i) => `From ${places[i]} you come to ${place}.`);
  const start = places[0]!;
  const end = places.at(-1)!;
  const told = random.sample(roads, roads.length).join(" ");
  return {
    question: `${told} You start in ${start}. Where does the path end?`,
    chain: [`I start in ${start}.`, ...roads, `There is no road from ${end}.`],
    answer: end,
  };
}
