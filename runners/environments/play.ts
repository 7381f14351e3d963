/**
 * The agent loop: many episodes of one environment, played in rounds. A model's turns come in, the worlds answer,
 * and the chats of the episodes that go on come out.
 *
 * @module
 */
import type { Json } from "../../data/types.ts";
import type { Message } from "../benchmarks/benchmark.ts";
import type { TurnCompletion, TurnRequest } from "../jobs.ts";
import type { Environment, Episode, StepOutcome } from "./environment.ts";

/** One turn of an episode, and what it brought about. */
export interface Turn {
  completion: TurnCompletion;
  outcome: StepOutcome;
}

/** Why an episode ended: its world said so, it was long enough, or the model had no room for another turn. */
export type EpisodeEnd = "done" | "max_steps" | "context";

/** What became of an episode. */
export interface Trajectory {
  id: string;
  turns: Turn[];
  /** Null while it is played. */
  end: EpisodeEnd | null;
}

/** Episodes being played. */
export interface Play {
  /**
   * Takes a round of turns, at most one an episode.
   *
   * @returns The chats that go on; none when all episodes have ended.
   * @throws {Error} When a turn is of no running episode, or an environment broke its own rules.
   */
  next(completions: TurnCompletion[]): Promise<TurnRequest[]>;
  /** The episodes in the order in which they were given. */
  trajectories(): Trajectory[];
}

interface Seat {
  episode: Episode;
  chat: Message[];
  trajectory: Trajectory;
}

/**
 * Starts episodes.
 *
 * @param starts Id and spec of each.
 */
export function startPlay(
  environment: Environment,
  starts: readonly { id: string; spec: Json }[],
): Play {
  let seats: Promise<Map<string, Seat>> | null = null;
  const trajectories = starts.map(({ id }): Trajectory => ({ id, turns: [], end: null }));
  async function sitDown(): Promise<Map<string, Seat>> {
    const taken = new Map<string, Seat>();
    for (const [index, { id, spec }] of starts.entries()) {
      const episode = await environment.start(spec);
      taken.set(id, { episode, chat: [...episode.messages], trajectory: trajectories[index]! });
    }
    return taken;
  }
  return {
    async next(completions) {
      const taken = await (seats ??= sitDown());
      const requests: TurnRequest[] = [];
      for (const completion of completions) {
        const seat = taken.get(completion.sample_id);
        if (!seat || seat.trajectory.end !== null) {
          throw new Error(`No episode ${JSON.stringify(completion.sample_id)} is being played`);
        }
        await take(environment, seat, completion);
        if (seat.trajectory.end === null) {
          requests.push({ sample_id: seat.trajectory.id, messages: seat.chat });
        }
      }
      return requests;
    },
    trajectories: () => trajectories,
  };
}

async function take(
  environment: Environment,
  { episode, chat, trajectory }: Seat,
  completion: TurnCompletion,
): Promise<void> {
  if (completion.finish_reason === "context") {
    trajectory.end = "context";
    return;
  }
  const outcome = await episode.step(completion.text);
  check(environment, trajectory, outcome);
  trajectory.turns.push({ completion, outcome });
  chat.push(
    { role: "assistant", content: completion.text },
    { role: "user", content: outcome.observation },
  );
  // Worlds that count steps themselves say that the last one is the end; that is not their goal's doing.
  if (trajectory.turns.length >= environment.maxSteps && outcome.progress < 1) {
    trajectory.end = "max_steps";
  } else if (outcome.done) trajectory.end = "done";
  else if (trajectory.turns.length >= environment.maxSteps) trajectory.end = "max_steps";
}

function check({ name }: Environment, { id, turns }: Trajectory, outcome: StepOutcome): void {
  const place = `Environment "${name}", episode "${id}", step ${turns.length}`;
  const { progress, spans } = outcome;
  if (!(progress >= 0 && progress <= 1)) {
    throw new Error(`${place}: progress is ${progress}, expected 0 to 1`);
  }
  if (spans.filter(({ span }) => span === "act").length > 1) {
    throw new Error(`${place}: more than one act in a turn`);
  }
}
