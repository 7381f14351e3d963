/**
 * The hidden state of an episode at its start, decided by the task alone.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import { APPLIANCES, DOOR, OPENABLE, ROOMS, TOOLS, TREATABLE } from "./words.ts";

/** The six goals, in the order in which tests take them. */
export const GOALS = ["place", "examine", "clean", "heat", "cool", "two"] as const;

/**
 * `place`: put an object somewhere; `examine`: look at it under the lamp; `clean`, `heat`, `cool`: do that
 * to it, then put it somewhere; `two`: put two of a kind somewhere.
 */
export type GoalType = typeof GOALS[number];

/** What decides an episode; survives JSON. */
export interface HouseholdTask {
  id: string;
  /** Any text: it decides room, places, objects and what the goal asks for. */
  seed: string;
  goal: GoalType;
  difficulty: "easy" | "hard";
}

/** An object that can be carried. */
export interface Item {
  kind: string;
  clean: boolean;
  heat: "none" | "hot" | "cool";
}

/** An episode's start. */
export interface World {
  room: string;
  goal: GoalType;
  /** Kind of the object that the goal is about. */
  object: string;
  /** Where it belongs; the lamp for `examine`. */
  target: string;
  /** Places from the door on, in the order of the first observation. */
  places: string[];
  /** What lies where, the door included. */
  contents: Map<string, Item[]>;
  /** Places that are closed. */
  closed: Set<string>;
}

/** Places of a world, and where in their order (from 0) a search finds the object. */
const SIZES = {
  easy: { places: [5, 8], found: [0, 3] },
  hard: { places: [9, 12], found: [3, 8] },
} as const;

/** Places of a world that are no appliances, at least: two objects may lie there, a third is the target. */
const FEWEST_TARGETS = 3;

/** Other objects in a place: none to two. */
const OTHER_COUNTS = [0, 1, 1, 2];

/** Builds the world of a task; the same task gives the same world. */
export function makeWorld({ seed, goal, difficulty }: HouseholdTask): World {
  const random = createRandom(`household/world/${goal}/${difficulty}/${seed}`);
  const room = random.pick(ROOMS[goal]);
  const tool = TOOLS[goal];
  const { places: [fewest, most], found: [low, high] } = SIZES[difficulty];
  const places = drawPlaces(random, room.places, tool, random.integer(fewest, most));
  const object = random.pick(
    room.objects.filter((kind) => TREATABLE[goal]?.includes(kind) ?? true),
  );
  const lies = random.sample(
    places.slice(low, high + 1).filter((place) => place !== tool),
    goal === "two" ? 2 : 1,
  );
  const target = goal === "examine" ? "lamp" : random.pick(
    places.filter((place) => !APPLIANCES.has(place) && !lies.includes(place)),
  );
  const contents = drawContents(random, places, room.objects.filter((kind) => kind !== object));
  for (const place of lies) {
    const items = contents.get(place)!;
    items.splice(random.integer(0, items.length), 0, newItem(object));
  }
  const closed = new Set(places.filter((place) => OPENABLE.has(place)));
  return { room: room.name, goal, object, target, places, contents, closed };
}

/** Places with the tool among them, and enough that are no appliances: the object lies and goes there. */
function drawPlaces(
  random: Random,
  all: readonly string[],
  tool: string | null,
  count: number,
): string[] {
  for (;;) {
    const others = random.sample(all.filter((place) => place !== tool), tool ? count - 1 : count);
    const places = random.sample(tool ? [tool, ...others] : others, count);
    if (places.filter((place) => !APPLIANCES.has(place)).length >= FEWEST_TARGETS) return places;
  }
}

/** Every kind lies in one place at most. */
function drawContents(random: Random, places: string[], kinds: string[]): Map<string, Item[]> {
  const left = random.sample(kinds, kinds.length);
  const contents = new Map<string, Item[]>([[DOOR, []]]);
  for (const place of places) {
    contents.set(place, left.splice(0, random.pick(OTHER_COUNTS)).map(newItem));
  }
  return contents;
}

function newItem(kind: string): Item {
  return { kind, clean: false, heat: "none" };
}
