/**
 * What an environment is: episodes read from a file, each a world that answers a model turn by turn.
 *
 * @module
 */
import type { Json } from "../../data/types.ts";
import type { Message } from "../benchmarks/benchmark.ts";

/** One task to be played, as the environment's file tells it. */
export interface EpisodeSpec {
  id: string;
  /** What kind of goal it is. */
  subtask: string;
  /** How hard it is, such as `easy`. */
  difficulty: string;
  /** All that `start` needs: the same spec gives the same episode. */
  spec: Json;
}

/** A part of a model's turn. */
export interface Span {
  span: "reason" | "act";
  /** As it stands in the turn, without its marker. */
  text: string;
}

/** What a turn brought about. */
export interface StepOutcome {
  /** What the model is told; the next user turn of the chat. */
  observation: string;
  /** Whether the environment knew the action. */
  valid: boolean;
  /** How much of the goal is reached now, 0 to 1. */
  progress: number;
  /** True when the episode is over. */
  done: boolean;
  /** The turn's parts in their order: any number of `reason`, at most one `act`. */
  spans: Span[];
}

/** A running episode. */
export interface Episode {
  /** What the chat begins with; ends with a user's turn. */
  messages: Message[];
  /** Takes a turn of the model, whatever it says: nonsense is an action that is not valid. */
  step(turn: string): StepOutcome | Promise<StepOutcome>;
}

/** An environment. */
export interface Environment {
  /** Registry key; no benchmark may have the same. */
  name: string;
  /** Raised when episodes, observations or progress change: cells of the old version are then run again. */
  version: string;
  title: string;
  /** File of episodes where the experiment names no other. */
  data: URL;
  /** Most turns of an episode. */
  maxSteps: number;
  /** Longest turn, in tokens. */
  maxTokens: number;
  /** The score that stands for the environment in tables: one of those of `score_episode.ts`. */
  mainMetric: string;
  /** Reads and checks the episodes. @throws {UserError} naming file, record and field. */
  load(path: string): Promise<EpisodeSpec[]>;
  /** Begins an episode from a spec that `load` gave. */
  start(spec: Json): Episode | Promise<Episode>;
}
