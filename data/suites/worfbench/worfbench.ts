/**
 * WorfBench: a task in words, to be taken apart into subtasks (nodes) and their order (edges).
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import { type Conversation, drawFrom, type Message, type Split, type Suite } from "../suite.ts";
import { describe } from "./description.ts";
import { type Domain, DOMAINS } from "./domains.ts";
import { drawStages, drawWords, type Graph, identify, renderGraph, toGraph } from "./workflow.ts";

const RECORDS_PER_DOMAIN = 20;

const SYSTEM = "You are a task planner. Write the subtasks of the task as nodes, and their order " +
  "as edges from START to END.\nSubtasks that do not wait for each other stay side by side.";

/** What the benchmark puts before the last task; the files do not hold it. */
const TURN = "Now it's your turn.\n";

/** Workflows with branches and joins, in four domains. */
export const worfbench: Suite = {
  name: "worfbench",
  files: () =>
    new Map(
      DOMAINS.map((domain) => [
        `gold_traj/${domain.name}/graph_eval.json`,
        `${JSON.stringify(testItems(domain).map((item, i) => record(domain, item, i)), null, 2)}\n`,
      ]),
    ),
  testInstances: () =>
    DOMAINS.flatMap((domain) => testItems(domain).map(({ graph }) => identify(graph))),
  conversation,
};

interface Item {
  task: string;
  graph: Graph;
}

function testItems(domain: Domain): Item[] {
  const random = createRandom(`worfbench/test/1/${domain.name}`);
  const seen = new Set<string>();
  return Array.from({ length: RECORDS_PER_DOMAIN }, () => {
    const item = drawItem(random, domain, "test", seen);
    seen.add(identify(item.graph));
    return item;
  });
}

/** A record of `graph_eval.json`. */
function record({ name }: Domain, { task, graph }: Item, index: number) {
  const conversations: Message[] = [
    { role: "system", content: SYSTEM },
    { role: "user", content: task },
    { role: "assistant", content: renderGraph(graph) },
  ];
  return { source: name, conversations, target: "graph", id: `${name}_${index}`, category: "eval" };
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const domain = random.pick(DOMAINS);
  const { task, graph } = drawItem(random, domain, split);
  return {
    suite: "worfbench",
    subtask: domain.name,
    messages: [
      { role: "system", content: SYSTEM },
      { role: "user", content: TURN + task },
      { role: "assistant", content: renderGraph(graph) },
    ],
    instances: [identify(graph)],
  };
}

function drawItem(
  random: Random,
  domain: Domain,
  split: Split,
  seen: ReadonlySet<string> = new Set(),
): Item {
  const draw = () => {
    const goal = drawWords(random, domain);
    const stages = drawStages(random, domain, goal);
    return { goal, stages, graph: toGraph(stages) };
  };
  const name = ({ graph }: { graph: Graph }) => identify(graph);
  const { goal, stages, graph } = drawFrom(split, draw, name, (drawn) => !seen.has(name(drawn)));
  return { task: describe(random, domain, goal, stages), graph };
}
