/**
 * What a suite is: a folder with a generator of test records and of conversations to train on.
 *
 * @module
 */
import type { Random } from "./random.ts";
import { hashText } from "./random.ts";

/** One turn of a chat. */
export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
  /** False on an assistant's turn that a training reads but does not learn. */
  learn?: false;
}

/** Fields that the test records of all suites have. */
export interface TestRecord {
  id: string;
  subtask: string;
  /** The prompt; ends with a user's turn. */
  messages: Message[];
}

/** A chat with its answers: one user's turn or several, the last turn is the assistant's. */
export interface Conversation {
  suite: string;
  subtask: string;
  messages: Message[];
  /**
   * What is asked for, however it is worded: the texts that `splitOf` sorted into the splits. A test holds
   * that no two splits share one.
   */
  instances: string[];
  /** False where the benchmark gives the prompt (a single user's turn) without a chat template. */
  chat?: false;
}

/** Which of the disjoint parts an instance belongs to. */
export type Split = "train" | "calibration" | "test";

/** A benchmark suite of our own, in the format of the benchmark whose name it bears. */
export interface Suite {
  /** Name of its folder, and of the benchmark in `runners/benchmarks` that reads its files. */
  name: string;
  /** The committed test files, the same on every call: path below the suite's folder -> content. */
  files(): Map<string, string>;
  /** The instances of the test files, for the check that no split shares one. */
  testInstances(): string[];
  /** One conversation of a split, its prompt exactly as the benchmark makes it from the files. */
  conversation(random: Random, split: "train" | "calibration"): Conversation;
}

/** Of 16 instances, one is for tests and one for calibration. */
const SHARES = 16;

/**
 * The split of an instance. The instance decides it, not the order of generation, so train,
 * calibration and test stay disjoint for any number of records.
 *
 * @param instance What is asked for, however it is worded: e.g. the call or the needle.
 */
export function splitOf(instance: string): Split {
  const share = hashText(instance) % SHARES;
  return share === 0 ? "test" : share === 1 ? "calibration" : "train";
}

/**
 * Draws until the instance falls into the split.
 *
 * @param draw Makes a candidate.
 * @param instance What identifies a candidate.
 * @param accept A further condition, e.g. that the candidate is new.
 * @throws {RangeError} When 10,000 draws gave none: the generator has too few instances.
 */
export function drawFrom<T>(
  split: Split,
  draw: () => T,
  instance: (candidate: T) => string,
  accept: (candidate: T) => boolean = () => true,
): T {
  for (let i = 0; i < 10_000; i++) {
    const candidate = draw();
    if (splitOf(instance(candidate)) === split && accept(candidate)) return candidate;
  }
  throw new RangeError(`Cannot draw an instance of the ${split} split: too few of them exist`);
}
