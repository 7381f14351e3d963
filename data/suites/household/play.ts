/**
 * Plays an episode: actions in, observations out.
 *
 * @module
 */
import { trackSubgoals } from "./subgoals.ts";
import { type GoalType, type HouseholdTask, type Item, makeWorld, type World } from "./world.ts";
import { DOOR } from "./words.ts";

/** An episode ends after this many steps. */
export const MAX_STEPS = 30;

/** Objects that the agent can carry at a time. */
const HANDS = 2;

/** What an action led to. */
export interface StepResult {
  observation: string;
  /** False where nothing happened. */
  valid: boolean;
  /** Best share of subgoals reached so far, 0 to 1; 1 is success. */
  progress: number;
  /** True after success and after the last step. */
  done: boolean;
}

/** An episode under way. */
export interface Household {
  /** First message of the user: the room, its places and the goal. */
  readonly observation: string;
  /** Does one of the valid actions; any other text does nothing but counts as a step. */
  step(action: string): StepResult;
  /** What can be done now, in a fixed order; empty when done. */
  validActions(): string[];
}

const GOAL_TEXTS: Record<GoalType, (object: string, target: string) => string> = {
  place: (object, target) => `put a ${object} in ${target}`,
  examine: (object) => `look at a ${object} under lamp`,
  clean: (object, target) => `put a clean ${object} in ${target}`,
  heat: (object, target) => `put a hot ${object} in ${target}`,
  cool: (object, target) => `put a cool ${object} in ${target}`,
  two: (object, target) => `find two ${object} and put them in ${target}`,
};

/** What places do to an object that is held there. */
const TREATMENTS: Record<string, { verb: string; apply: (item: Item) => void }> = {
  sink: { verb: "clean", apply: (item) => item.clean = true },
  stove: { verb: "heat", apply: (item) => item.heat = "hot" },
  fridge: { verb: "cool", apply: (item) => item.heat = "cool" },
};

/** The first observation of a world: all of it that is seen from the door. */
export function describe({ room, places, goal, object, target }: World): string {
  const ring = [DOOR, ...places, DOOR].join(" ");
  return `${room}: ${ring}. Goal: ${GOAL_TEXTS[goal](object, target)}.`;
}

/** Starts the episode of a task, at the door; the same task gives the same episode. */
export function startHousehold(task: HouseholdTask): Household {
  return enter(makeWorld(task));
}

/** Starts an episode in a world, which the actions change in place. */
export function enter(world: World): Household {
  const held: Item[] = [];
  const subgoals = trackSubgoals(world);
  let at = DOOR;
  let steps = 0;

  const here = () => world.contents.get(at)!;
  const ended = () => steps >= MAX_STEPS || subgoals.progress() === 1;

  function go(place: string): string {
    at = place;
    return look();
  }

  function open(): string {
    world.closed.delete(at);
    return look();
  }

  function look(): string {
    if (world.closed.has(at)) return `At ${at}: closed.`;
    subgoals.see(here());
    return `At ${at}: ${here().map(({ kind }) => kind).join(", ") || "nothing"}.`;
  }

  function take(item: Item): string {
    held.push(...here().splice(here().indexOf(item), 1));
    subgoals.take(item);
    return `You take ${item.kind} from ${at}.`;
  }

  function put(item: Item): string {
    here().push(...held.splice(held.indexOf(item), 1));
    subgoals.put(world.contents.get(world.target)!);
    return `You put ${item.kind} in ${at}.`;
  }

  /** Valid actions and what they do; each gives the observation. */
  function moves(): Map<string, () => string> {
    const found = new Map<string, () => string>([["look", look]]);
    for (const place of [DOOR, ...world.places]) {
      if (place !== at) found.set(`go to ${place}`, () => go(place));
    }
    if (world.closed.has(at)) return found.set(`open ${at}`, open);
    if (held.length < HANDS) {
      for (const item of here()) found.set(`take ${item.kind} from ${at}`, () => take(item));
    }
    for (const item of held) addHeldMoves(found, item);
    if (at === "lamp") {
      found.set("use lamp", () => {
        subgoals.light(held);
        return "You use lamp.";
      });
    }
    return found;
  }

  function addHeldMoves(found: Map<string, () => string>, item: Item): void {
    if (at === DOOR) return;
    found.set(`put ${item.kind} in ${at}`, () => put(item));
    const treatment = TREATMENTS[at];
    if (!treatment) return;
    found.set(`${treatment.verb} ${item.kind} with ${at}`, () => {
      treatment.apply(item);
      subgoals.treat(item);
      return `You ${treatment.verb} ${item.kind} with ${at}.`;
    });
  }

  return {
    observation: describe(world),
    validActions: () => ended() ? [] : [...moves().keys()],
    step(action) {
      const move = ended() ? undefined : moves().get(action);
      steps++;
      const observation = move ? move() : "Nothing happens.";
      return {
        observation,
        valid: move !== undefined,
        progress: subgoals.progress(),
        done: ended(),
      };
    },
  };
}
