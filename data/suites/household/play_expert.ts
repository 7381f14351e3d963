/**
 * An episode of the expert as a chat.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Message } from "../suite.ts";
import { observe, readFirst } from "./belief.ts";
import { decide, type ExpertTurn } from "./expert.ts";
import { type Household, startHousehold } from "./play.ts";
import { renderTurn, SYSTEM_PROMPT } from "./turn.ts";
import { DOOR, ROOMS } from "./words.ts";
import { GOALS, type HouseholdTask } from "./world.ts";

/** A finished episode. */
export interface ExpertEpisode {
  /** From the system's message to the last turn. */
  messages: Message[];
  success: boolean;
  steps: number;
}

const ALL_ROOMS = GOALS.flatMap((goal) => [...ROOMS[goal]]);
const ALL_PLACES = [...new Set([DOOR, ...ALL_ROOMS.flatMap(({ places }) => places)])];
const ALL_OBJECTS = [...new Set(ALL_ROOMS.flatMap(({ objects }) => objects))];

/**
 * Plays a task with the expert.
 *
 * @param disturbing Null, or where the choices for one disturbed step come from: there another action, valid
 * or not, takes the place of the expert's. That turn is marked as not to be learnt; the ones after it recover.
 */
export function playExpert(task: HouseholdTask, disturbing: Random | null = null): ExpertEpisode {
  const world = startHousehold(task);
  const messages: Message[] = [
    { role: "system", content: SYSTEM_PROMPT },
    { role: "user", content: world.observation },
  ];
  const disturbedStep = disturbing?.integer(0, playExpert(task).steps - 1) ?? -1;
  const belief = readFirst(world.observation);
  for (let step = 0;; step++) {
    let turn = decide(belief);
    const disturbed = disturbing !== null && step === disturbedStep;
    if (disturbed) turn = disturb(disturbing, turn, world);
    const message: Message = {
      role: "assistant",
      content: renderTurn(turn.reason, turn.action),
    };
    messages.push(disturbed ? { ...message, learn: false } : message);
    const { observation, progress, done } = world.step(turn.action);
    if (done) return { messages, success: progress === 1, steps: step + 1 };
    observe(belief, observation);
    messages.push({ role: "user", content: observation });
  }
}

/** Another action; where it goes somewhere, the reason names that place, as a mistaken agent's would. */
function disturb(random: Random, { reason, action }: ExpertTurn, world: Household): ExpertTurn {
  const valid = world.validActions();
  const other = random.integer(0, 1) === 0
    ? invalidAction(random, valid)
    : random.pick(valid.filter((candidate) => candidate !== action));
  const place = /^go to (\w+)$/.exec(other)?.[1];
  return { reason: place ? reason.replace(/\w+\.$/, `${place}.`) : reason, action: other };
}

/** An action of this world's kind that cannot be done now. */
function invalidAction(random: Random, valid: string[]): string {
  for (;;) {
    const place = random.pick(ALL_PLACES);
    const kind = random.pick(ALL_OBJECTS);
    const action = random.pick([
      `go to ${place}`,
      `open ${place}`,
      `take ${kind} from ${place}`,
      `put ${kind} in ${place}`,
    ]);
    if (!valid.includes(action)) return action;
  }
}
