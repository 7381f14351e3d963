/**
 * Workflows told in words: the order is in "then", "before", "after" and "while", and a later step may
 * be named first.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Domain } from "./domains.ts";
import { fill, type Stage, type Words } from "./workflow.ts";

/** How sentences of one stage open: the first one, later ones, the last one. */
const FIRST = ["", "first ", "to begin, "];
const NEXT = ["then ", "next, ", "after that, ", "when this is done, "];
const LAST = ["at the end, ", "last, "];
/** How later sentences of two stages open. */
const JOINED = ["then ", "next, "];

/** Tools in the list that the task does not need. */
const SPARE_TOOLS = 2;

/** The user's message: the task, and the actions or tools that there are. */
export function describe(
  random: Random,
  domain: Domain,
  goal: Words,
  stages: readonly Stage[],
): string {
  const opening = fill(random.pick(domain.openings), goal);
  const sentences = [opening, ...tell(random, stages)];
  const entries = domain.entries ?? drawTools(random, domain, stages);
  return `Task: ${sentences.join(" ")}\n${domain.list}: ${entries.join(", ")}`;
}

/** Sentences of one or two stages each. */
function tell(random: Random, stages: readonly Stage[]): string[] {
  const sentences: string[] = [];
  for (let i = 0; i < stages.length;) {
    const last = i === stages.length - 1;
    const joined = last ? null : joinStages(random, stages[i]!, stages[i + 1]!);
    if (joined === null) {
      const opening = i === 0 ? FIRST : last && random.integer(0, 1) === 0 ? LAST : NEXT;
      sentences.push(random.pick(opening) + tellStage(random, stages[i]!));
      i += 1;
    } else {
      sentences.push((i === 0 ? "" : random.pick(JOINED)) + joined);
      i += 2;
    }
  }
  return sentences.map((sentence) => `${capitalize(sentence)}.`);
}

/** Two stages in one sentence; null where they are told apart. */
function joinStages(random: Random, earlier: Stage, later: Stage): string | null {
  const way = random.integer(0, 4);
  if (way === 0 && isSingle(later)) {
    return `before you ${tellStage(random, later)}, ${tellInside(random, earlier)}`;
  }
  if (way === 1 && isSingle(later) && isFlat(earlier)) {
    return `${tellStage(random, later)}, but only after you ${tellTogether(random, earlier)}`;
  }
  if (way === 2 && isFlat(earlier)) {
    return `after you ${tellTogether(random, earlier)}, ${tellInside(random, later)}`;
  }
  if (way === 3 && isSingle(earlier) && isSingle(later)) {
    return `${tellStage(random, earlier)} and then ${tellStage(random, later)}`;
  }
  return null;
}

function isSingle(stage: Stage): boolean {
  return stage.length === 1 && stage[0]!.length === 1;
}

/** Whether every branch is one step. */
function isFlat(stage: Stage): boolean {
  return stage.every((chain) => chain.length === 1);
}

function tellStage(random: Random, stage: Stage): string {
  const [one, two, three] = stage.map((chain) => chain[0]!.phrase);
  if (two !== undefined && three === undefined && isFlat(stage) && random.integer(0, 3) === 0) {
    return `while you ${one}, ${two}`;
  }
  return tellInside(random, stage);
}

/** A stage in a form that can follow a clause with "after" or "before". */
function tellInside(random: Random, stage: Stage): string {
  const chains = stage.map((chain) => chain.map(({ phrase }) => phrase).join(" and then "));
  if (!isFlat(stage)) return `on one side ${chains[0]}, on the other side ${chains[1]}`;
  if (chains.length === 2 && random.integer(0, 2) === 0) {
    return `${chains[0]} while you ${chains[1]}`;
  }
  return tellTogether(random, stage);
}

/** Steps side by side, in a form that fits after "you" too. */
function tellTogether(random: Random, stage: Stage): string {
  const phrases = stage.map((chain) => chain[0]!.phrase);
  if (phrases.length === 1) return phrases[0]!;
  const list = `${phrases.slice(0, -1).join(", ")} and ${phrases.at(-1)}`;
  return `${list} ${random.pick(["at the same time", "in any order"])}`;
}

/** Names of the tools that the nodes call, and of some others, in random order. */
function drawTools(random: Random, domain: Domain, stages: readonly Stage[]): string[] {
  const needed = new Set(stages.flat(2).map(({ node }) => toolOf(node)));
  const all = [...domain.steps, ...domain.others, ...domain.ends].map((step) =>
    toolOf(step.split(" => ")[1]!)
  );
  const spare = random.sample(all.filter((tool) => !needed.has(tool)), SPARE_TOOLS);
  const tools = [...needed, ...spare];
  return random.sample(tools, tools.length);
}

function toolOf(node: string): string {
  return node.split(" ")[1]!;
}

function capitalize(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
