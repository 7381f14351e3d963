/**
 * Golden entries of AgentBoard's pure parts.
 *
 * @module
 */
import {
  extractAction,
  parseChattyAction,
  parseToolAction,
  shortenJerichoAction,
} from "../benchmarks/agentboard/parse_action.ts";
import {
  cleanJerichoText,
  isJerichoCheck,
  jerichoProgress,
  progressCurve,
  satisfiedShare,
  scienceWorldProgress,
  sheetMatch,
  toolProgress,
} from "../benchmarks/agentboard/progress.ts";
import { dimensionScores, summarize } from "../benchmarks/agentboard/summary.ts";
import { isDict, lookUp, type PythonDict, type PythonValue } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dicts, field, list, plain, text, texts } from "./golden_value.ts";

/** All checks of an AgentBoard document. */
export function agentboardChecks(document: PythonDict): Check[] {
  const dimensions = lookUp(document, "dimension_scores");
  return [
    ...dicts(document, "cases").flatMap(caseChecks),
    ...dicts(document, "aggregates").map(aggregateCheck),
    ...(isDict(dimensions) ? [dimensionCheck(dimensions)] : []),
    ...dicts(document, "progress_curve").map(curveCheck),
  ];
}

/** What a function makes of an entry, by the field that holds the expected value. */
type Computation = (entry: PythonDict) => Record<string, () => unknown>;

const COMPUTATIONS: Record<string, Computation> = {
  jericho_progress: (entry) => {
    const progress = () => jerichoProgress(texts(entry, "patterns"), texts(entry, "observations"));
    return { progress_after_each: progress, won: () => progress().at(-1) === 1 };
  },
  jericho_clean_up_text: onInput(cleanJerichoText),
  jericho_is_check_action: onInput(isJerichoCheck),
  jericho_parse_action: onInput(shortenJerichoAction),
  scienceworld_progress: (entry) => {
    const subgoals =
      ["subgoals", "patterns", "selected_obs"].find((name) => lookUp(entry, name) !== undefined) ??
        "subgoals";
    const progress = () =>
      scienceWorldProgress(texts(entry, subgoals), texts(entry, "observations"));
    const done = () => progress().at(-1) === 1;
    return { progress_after_each: progress, progress, done, won: done, expected: progress };
  },
  tool_subgoal_progress: (entry) => ({
    progress: () =>
      toolProgress(
        list(entry, "ground_truth_subgoals"),
        list(entry, "predicted_subgoals_each_step") as PythonValue[][],
      ),
  }),
  sheet_match_score: (entry) => ({
    expected: () => sheetMatch(field(entry, "sheet"), field(entry, "gold")),
  }),
  parse_action: onInput(parseToolAction),
  extract_action_name_and_action_input: onInput(extractAction),
  action_parser_for_special_llms: onInput(parseChattyAction),
  pddl_progress: (entry) => ({
    expected: () => satisfiedShare(list(entry, "state"), list(entry, "goal")),
  }),
};

function onInput(compute: (input: string) => unknown): Computation {
  return (entry) => ({ expected: () => compute(text(entry, "input")) });
}

function caseChecks(entry: PythonDict): Check[] {
  const fn = text(entry, "fn");
  const id = text(entry, "id");
  const tolerance = EXACT_TOLERANCE;
  const checks = Object.entries(COMPUTATIONS[fn]?.(entry) ?? {}).flatMap(
    ([name, compute]): Check[] => {
      const expected = lookUp(entry, name);
      return expected === undefined ? [] : [{ fn, id, expected, tolerance, compute }];
    },
  );
  // an entry that nothing here can compare fails rather than passes unseen
  const compute = () => "nothing here compares such an entry";
  return checks.length > 0 ? checks : [{ fn, id, expected: entry, tolerance, compute }];
}

function aggregateCheck(entry: PythonDict, index: number): Check {
  const column = (name: string): number[] => plain(field(entry, name));
  const difficulty = texts(entry, "difficulty");
  return {
    fn: "aggregate",
    id: `aggregate ${index}`,
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () =>
      summarize(
        difficulty.map((level, i) => ({
          success: column("success")[i]!,
          progress: column("progress")[i]!,
          grounding: column("grounding")[i]!,
          difficulty: level,
        })),
        0,
      ),
  };
}

function dimensionCheck(entry: PythonDict): Check {
  return {
    fn: "dimension_scores",
    id: "dimension_scores",
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () => dimensionScores(plain(field(entry, "success_rate"))),
  };
}

function curveCheck(entry: PythonDict, index: number): Check {
  const first = (...names: string[]) =>
    names.map((name) => lookUp(entry, name)).find((v) => v != null);
  return {
    fn: "progress_curve",
    id: `progress_curve ${index}`,
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () => {
      const changes = first("score_change_record", "changes", "record");
      const steps = first("max_num_steps", "max_steps", "steps");
      return progressCurve(plain(changes ?? []), Number(steps));
    },
  };
}
