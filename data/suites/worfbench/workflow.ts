/**
 * A workflow: stages one after the other, some of them with branches side by side.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Domain } from "./domains.ts";

/** A subtask, as the description words it and as the answer does. */
export interface Step {
  phrase: string;
  node: string;
}

/** Chains of steps that do not wait for each other; each starts when the stage before is done. */
export type Stage = Step[][];

/** The graph: nodes from 1 on, START is 0 and END one more than there are nodes. */
export interface Graph {
  nodes: string[];
  edges: [from: number, to: number][];
}

const FEWEST = 3;
const MOST = 7;

/** Lengths of the branches of a stage. A stage of one step is as likely as the others together. */
const SINGLE = [1];
const PARALLEL = [[1, 1], [1, 1], [1, 1, 1], [2, 1], [1, 2], [2, 2]];

/** A word for every slot of a domain. */
export type Words = Readonly<Record<string, string>>;

/**
 * Draws the stages of a workflow of three to seven steps, no step twice.
 *
 * @param goal Words of the opening: the first thing, the last step and half of the others take them.
 */
export function drawStages(random: Random, domain: Domain, goal: Words): Stage[] {
  const used = new Set<string>();
  const shape = drawShape(random);
  return shape.map((lengths, i) =>
    i === shape.length - 1 && lengths.length === 1
      ? [[fillStep(random.pick(domain.ends), goal)]]
      : lengths.map((length) => drawChain(random, domain, length, goal, used))
  );
}

/** Branch lengths of each stage. After branches comes one step, which joins them. */
function drawShape(random: Random): number[][] {
  const shape: number[][] = [];
  let left = random.integer(FEWEST, MOST);
  while (left > 0) {
    const fitting = PARALLEL.filter((lengths) => total(lengths) <= left);
    const joins = (shape.at(-1)?.length ?? 1) > 1;
    const single = joins || fitting.length === 0 || random.integer(0, 1) === 0;
    const lengths = single ? SINGLE : random.pick(fitting);
    shape.push(lengths);
    left -= total(lengths);
  }
  return shape;
}

function total(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Steps that follow each other: one alone, or two with the same thing. */
function drawChain(
  random: Random,
  domain: Domain,
  length: number,
  goal: Words,
  used: Set<string>,
): Step[] {
  const alone = length === 1 && random.integer(0, 1) === 0;
  while (true) {
    const templates = alone ? [random.pick(domain.others)] : inOrder(random, domain.steps, length);
    const takesGoal = alone ? random.integer(0, 1) === 0 : !used.has(goal[domain.thing]!);
    const words = takesGoal ? goal : drawWords(random, domain);
    const steps = templates.map((template) => fillStep(template, words));
    const keys = [...steps.map(({ node }) => node), ...(alone ? [] : [words[domain.thing]!])];
    if (keys.some((key) => used.has(key))) continue;
    for (const key of keys) used.add(key);
    return steps;
  }
}

function inOrder<T>(random: Random, list: readonly T[], count: number): T[] {
  const chosen = new Set(random.sample(list, count));
  return list.filter((item) => chosen.has(item));
}

/** Draws a word for every slot of a domain. */
export function drawWords(random: Random, { slots }: Domain): Words {
  return Object.fromEntries(Object.entries(slots).map(([slot, list]) => [slot, random.pick(list)]));
}

/** Puts words into the slots of a template. */
export function fill(template: string, words: Words): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => words[slot]!);
}

function fillStep(template: string, words: Words): Step {
  const [phrase, node] = fill(template, words).split(" => ") as [string, string?];
  return { phrase, node: node ?? phrase };
}

/** The graph of stages: every branch starts after all ends of the stage before. */
export function toGraph(stages: readonly Stage[]): Graph {
  const nodes: string[] = [];
  const edges: [number, number][] = [];
  let ends = [0];
  for (const stage of stages) {
    const nextEnds: number[] = [];
    for (const chain of stage) {
      chain.forEach(({ node }, i) => {
        nodes.push(node);
        const before = i === 0 ? ends : [nodes.length - 1];
        for (const from of before) edges.push([from, nodes.length]);
      });
      nextEnds.push(nodes.length);
    }
    ends = nextEnds;
  }
  for (const from of ends) edges.push([from, nodes.length + 1]);
  return { nodes, edges: edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]) };
}

/** WorfBench's form of an answer. */
export function renderGraph({ nodes, edges }: Graph): string {
  const name = (index: number) =>
    index === 0 ? "START" : index > nodes.length ? "END" : String(index);
  const lines = nodes.map((node, i) => `${i + 1}: ${node}`);
  const pairs = edges.map(([from, to]) => `(${name(from)},${name(to)})`);
  return `Node:\n${lines.join("\n")}\nEdges: ${pairs.join(" ")}`;
}

/** What a workflow is, however its nodes are numbered: its edges between texts, sorted. */
export function identify({ nodes, edges }: Graph): string {
  const name = (index: number) => nodes[index - 1] ?? (index === 0 ? "START" : "END");
  return edges.map(([from, to]) => `${name(from)} > ${name(to)}`).sort().join("; ");
}
