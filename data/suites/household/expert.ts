/**
 * The scripted expert: reads the chat so far, as an agent would, and writes the next turn.
 *
 * @module
 */
import type { Message } from "../suite.ts";
import { type Belief, readHistory } from "./belief.ts";
import { TOOLS } from "./words.ts";

/** A turn: why, and what is done. */
export interface ExpertTurn {
  reason: string;
  action: string;
}

/**
 * The expert's next turn, from any state that an agent can get into. What it knows is what the user's
 * messages say.
 *
 * @param messages The chat so far: system, first observation, turns and observations.
 * @throws {Error} When there is no first observation of this world.
 */
export function expertTurn(messages: readonly Message[]): ExpertTurn {
  return decide(readHistory(messages));
}

/**
 * What the expert does, knowing this: it searches the places in the order of the first observation, from
 * where it stands, goes back to what it has seen, and puts down what it does not need.
 */
export function decide(belief: Belief): ExpertTurn {
  const { goal, object, target, held } = belief;
  const wrong = held.find((kind) => kind !== object);
  if (wrong !== undefined) return dropTurn(belief, wrong);

  const missing = (goal === "two" ? 2 : 1) - (belief.known.get(target) ?? 0);
  const carried = held.length;
  if (goal === "two" ? carried < missing : carried === 0) return findTurn(belief);

  const tool = TOOLS[goal];
  if (goal === "examine") return atPlace(belief, `Have ${object}. Use.`, "lamp", "use lamp");
  if (tool && !belief.treated) {
    const verb = goal[0]!.toUpperCase() + goal.slice(1);
    return atPlace(belief, `Have ${object}. ${verb}.`, tool, `${goal} ${object} with ${tool}`);
  }
  const state = { clean: "clean ", heat: "hot ", cool: "cool ", two: carried > 1 ? "two " : "" };
  const adjective = state[goal as keyof typeof state] ?? "";
  return atPlace(
    belief,
    `Have ${adjective}${object}. Put.`,
    target,
    `put ${object} in ${target}`,
  );
}

/** Looks for the object: here, where it was seen, or in the next place. */
function findTurn(belief: Belief): ExpertTurn {
  const { object, held, at, known, goal, target } = belief;
  const why = `${held.length > 0 ? `Have ${object}. ` : ""}Find ${object}.`;
  const places = [...known.keys()].filter((place) => goal !== "two" || place !== target);
  const seen = places.includes(at) ? at : places.at(-1);
  if (seen === undefined) return searchTurn(belief, why);
  if (seen !== at) return { reason: `${why} Seen: ${seen}.`, action: `go to ${seen}` };
  return { reason: `${why} Here: ${at}.`, action: `take ${object} from ${at}` };
}

/** Opens this place, or goes to the next one of the list. */
function searchTurn(belief: Belief, why: string): ExpertTurn {
  const { at, closed, places } = belief;
  if (closed) return { reason: `${why} Closed: ${at}.`, action: `open ${at}` };
  const next = places[places.indexOf(at) + 1]!;
  return { reason: `${why} Next: ${at} ${next}.`, action: `go to ${next}` };
}

/** Puts down what the goal does not ask for, in the first place that takes it. */
function dropTurn(belief: Belief, kind: string): ExpertTurn {
  const why = `Have ${kind}. Drop.`;
  if (belief.at === belief.places[0] || belief.closed) return searchTurn(belief, why);
  return { reason: `${why} Here: ${belief.at}.`, action: `put ${kind} in ${belief.at}` };
}

/** Acts at a place: goes there first, and opens it. */
function atPlace(belief: Belief, why: string, place: string, action: string): ExpertTurn {
  if (belief.at !== place) return { reason: `${why} Go: ${place}.`, action: `go to ${place}` };
  if (belief.closed) return { reason: `${why} Closed: ${place}.`, action: `open ${place}` };
  return { reason: `${why} Here: ${place}.`, action };
}
