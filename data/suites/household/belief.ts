/**
 * What an agent can know of an episode from the chat so far.
 *
 * @module
 */
import type { Message } from "../suite.ts";
import type { GoalType } from "./world.ts";
import { DOOR } from "./words.ts";

/** What the user's messages have told. */
export interface Belief {
  goal: GoalType;
  object: string;
  /** Where the object belongs; the lamp for `examine`. */
  target: string;
  /** Places in their order, the door first and last. */
  places: string[];
  at: string;
  /** Whether the place where the agent stands is closed. */
  closed: boolean;
  /** Kinds of the objects that the agent carries. */
  held: string[];
  /** Where objects of the goal's kind are, as last seen, and how many; the latest news stands last. */
  known: Map<string, number>;
  /** Whether the goal's object is in the state that the goal asks for. */
  treated: boolean;
}

const FIRST = /^\w+: ([\w ]+)\. Goal: (.+)\.$/;

const GOAL_PATTERNS: [GoalType, RegExp][] = [
  ["examine", /^look at a (?<object>\w+) under (?<target>lamp)$/],
  ["clean", /^put a clean (?<object>\w+) in (?<target>\w+)$/],
  ["heat", /^put a hot (?<object>\w+) in (?<target>\w+)$/],
  ["cool", /^put a cool (?<object>\w+) in (?<target>\w+)$/],
  ["place", /^put a (?<object>\w+) in (?<target>\w+)$/],
  ["two", /^find two (?<object>\w+) and put them in (?<target>\w+)$/],
];

const LOOK = /^At (\w+): (.+)\.$/;
const MOVE = /^You (take|put|clean|heat|cool) (\w+) (?:from|in|with) (\w+)\.$/;

/**
 * Reads the user's messages of a chat.
 *
 * @throws {Error} When the first of them is no first observation.
 */
export function readHistory(messages: readonly Message[]): Belief {
  const [first, ...later] = messages.filter(({ role }) => role === "user");
  const belief = readFirst(first?.content ?? "");
  for (const { content } of later) observe(belief, content);
  return belief;
}

/** Adds an observation to a belief, in place; one that tells nothing changes nothing. */
export function observe(belief: Belief, observation: string): void {
  const [, place, seen] = LOOK.exec(observation) ?? [];
  if (place && seen) readLook(belief, place, seen);
  const [, verb, kind, where] = MOVE.exec(observation) ?? [];
  if (verb && kind && where) readMove(belief, verb, kind, where);
}

/**
 * What the first observation tells.
 *
 * @throws {Error} When it is none.
 */
export function readFirst(text: string): Belief {
  const [, ring, wish] = FIRST.exec(text) ?? [];
  for (const [goal, pattern] of GOAL_PATTERNS) {
    const { object, target } = pattern.exec(wish ?? "")?.groups ?? {};
    if (!ring || !object || !target) continue;
    const places = ring.split(" ");
    const known = new Map<string, number>();
    return {
      goal,
      object,
      target,
      places,
      at: DOOR,
      closed: false,
      held: [],
      known,
      treated: false,
    };
  }
  throw new Error(
    `Cannot read the household's first observation: expected "<room>: <places>. Goal: <goal>.", ` +
      `but got ${JSON.stringify(text.slice(0, 200))}`,
  );
}

function readLook(belief: Belief, place: string, seen: string): void {
  belief.at = place;
  belief.closed = seen === "closed";
  if (!belief.closed) {
    setKnown(belief, place, seen.split(", ").filter((kind) => kind === belief.object).length);
  }
}

function readMove(belief: Belief, verb: string, kind: string, place: string): void {
  const { object, goal, held } = belief;
  const wanted = kind === object;
  if (verb === "take") {
    held.push(kind);
    if (wanted) setKnown(belief, place, (belief.known.get(place) ?? 1) - 1);
  } else if (verb === "put") {
    held.splice(held.indexOf(kind), 1);
    if (wanted) setKnown(belief, place, (belief.known.get(place) ?? 0) + 1);
  } else if (wanted) {
    const heats = verb !== "clean";
    if (verb === goal) belief.treated = true;
    else if (heats && goal !== "clean") belief.treated = false;
  }
}

function setKnown({ known }: Belief, place: string, count: number): void {
  known.delete(place);
  if (count > 0) known.set(place, count);
}
