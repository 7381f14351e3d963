/**
 * Scores of a finished episode of AgentBoard, from what its steps recorded.
 *
 * @module
 */
import { parsePythonJson } from "../../scoring/python_json.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  PythonError,
  type PythonValue,
} from "../../scoring/python_value.ts";
import { NoScore } from "../../scoring/score_context.ts";
import type { Score } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import {
  jerichoProgress,
  pddlProgress,
  scienceWorldProgress,
  sheetMatch,
  toolProgress,
} from "./progress.ts";

/** A finished episode. */
export interface Episode {
  record: PythonDict;
  done: boolean;
  steps: PythonDict[];
}

/** Reads an episode's record. @throws {NoScore} When the text is none. */
export function readEpisode(text: string): Episode {
  let record: PythonValue;
  try {
    record = parsePythonJson(text);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new NoScore(`the completion is no episode: not JSON (${error.message})`);
  }
  const steps = isDict(record) ? lookUp(record, "steps") : undefined;
  if (!isDict(record) || !Array.isArray(steps) || !steps.every(isDict)) {
    throw new NoScore('the completion is no episode: expected {"done", "steps": [{…}, …]}');
  }
  return { record, done: lookUp(record, "done") === true, steps };
}

/**
 * Progress, success and grounding of an episode.
 *
 * @throws {NoScore} Naming step and field where the record lacks what the task is measured on.
 */
export function scoreEpisode(task: string, subgoals: PythonValue[], episode: Episode): Score[] {
  const { done, steps } = episode;
  if (steps.length === 0) return valued({ progress: 0, success: 0, grounding: 0 });
  const progress = Math.max(...progressAfterEach(task, subgoals, episode));
  return [
    ...valued({ progress, success: done && progress === 1 ? 1 : 0 }),
    ...scoresOrReason(["grounding"], () => {
      const valid = column(steps, "valid", "whether the environment knew the action", isBoolean);
      return valued({ grounding: valid.filter((known) => known).length / steps.length });
    }),
  ];
}

function progressAfterEach(task: string, subgoals: PythonValue[], episode: Episode): number[] {
  const { record, steps } = episode;
  const has = (name: string) => steps.every((step) => lookUp(step, name) !== undefined);
  if (has("progress")) {
    return column(steps, "progress", "a number from 0 to 1", isShare).map(Number);
  }
  switch (task) {
    case "jericho":
      return jerichoProgress(
        subgoals.map(String),
        column(steps, "observation", "a text", isText),
      );
    case "scienceworld":
      return scienceWorldProgress(
        subgoals.map(String),
        column(steps, "observation", "a text", isText),
      );
    case "pddl":
      return pddlProgress(
        column(steps, "state", "a list", Array.isArray),
        list(record, "goal"),
      );
    case "tool-query":
    case "tool-operation":
      return has("sheet")
        ? steps.map((step) => sheetMatch(lookUp(step, "sheet")!, list(record, "gold_sheet")))
        : toolProgress(subgoals, column(steps, "returned", "a list", Array.isArray));
    default:
      throw new NoScore(`nothing here measures the progress of "${task}"; give it in each step`);
  }
}

function column<T extends PythonValue>(
  steps: readonly PythonDict[],
  name: string,
  expected: string,
  fits: (value: PythonValue) => boolean,
): T[] {
  return steps.map((step, i) => {
    const value = lookUp(step, name);
    if (value === undefined || !fits(value)) {
      throw new NoScore(`step ${i}, field "${name}": expected ${expected}`);
    }
    return value as T;
  });
}

function list(record: PythonDict, name: string): PythonValue[] {
  const value = lookUp(record, name);
  if (Array.isArray(value)) return value;
  throw new NoScore(`the episode's field "${name}": expected a list`);
}

const isText = (value: PythonValue) => typeof value === "string";
const isBoolean = (value: PythonValue) => typeof value === "boolean";
const isShare = (value: PythonValue) => {
  const isNumber = typeof value === "bigint" || typeof value === "number";
  return isNumber && Number(value) >= 0 && Number(value) <= 1;
};
