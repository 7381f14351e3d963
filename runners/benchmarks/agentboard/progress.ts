/**
 * Progress in AgentBoard's environments (hkust-nlp/AgentBoard bb7255e), apart from the simulators.
 *
 * Each function takes what a simulator showed, step by step, and returns the progress after each step,
 * 0 to 1.
 *
 * @module
 */
import { linearPattern } from "../../scoring/linear_pattern.ts";
import { PatternError } from "../../scoring/pattern_parser.ts";
import { BLANK } from "../../scoring/python_text.ts";
import { pythonEquals, type PythonValue } from "../../scoring/python_value.ts";
import { NoScore } from "../../scoring/score_context.ts";

const NEITHER_LETTER_NOR_BLANK = new RegExp(`[^a-zA-Z0-9${BLANK}]`, "gu");

/**
 * Jericho: a subgoal is hit when its text stands in an observation, letters, digits and blanks only,
 * case counting; at most one a step.
 *
 * @returns All zeros where there are no subgoals.
 */
export function jerichoProgress(subgoals: readonly string[], observations: string[]): number[] {
  const bare = (text: string) => text.replace(NEITHER_LETTER_NOR_BLANK, "");
  const open = subgoals.map(bare);
  let points = 0;
  return observations.map((observation) => {
    const hit = open.findIndex((subgoal) => bare(observation).includes(subgoal));
    if (hit !== -1) {
      open.splice(hit, 1);
      points++;
    }
    return points === 0 ? 0 : points / subgoals.length;
  });
}

/** Jericho: an observation as the agent sees it. */
export function cleanJerichoText(observation: string): string {
  let text = observation.replaceAll("\n", " ").replace(/ {2,}/g, " ");
  const opening = "[Your score ";
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at)) {
    const end = text.indexOf("]", at + opening.length);
    if (end === -1) break;
    text = text.slice(0, at) + text.slice(end + 1);
  }
  return text;
}

/** Jericho: whether an action asks for the valid actions. */
export function isJerichoCheck(action: string): boolean {
  const text = action.toLowerCase();
  return text.includes("check") && text.includes("action");
}

/**
 * ScienceWorld: subgoals are regular expressions, and one observation may hit several.
 *
 * @throws {NoScore} Without subgoals, or for a pattern that cannot be read.
 */
export function scienceWorldProgress(
  subgoals: readonly string[],
  observations: string[],
): number[] {
  if (subgoals.length === 0) throw new NoScore("upstream raises: no subgoals");
  const patterns = subgoals.map((subgoal) => {
    try {
      return linearPattern(subgoal);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new NoScore(`the subgoal ${JSON.stringify(subgoal)}: ${error.message}`);
    }
  });
  const done = new Set<number>();
  return observations.map((observation) => {
    patterns.forEach((pattern, i) => {
      if (!done.has(i) && pattern.findAll(observation, 1).length > 0) done.add(i);
    });
    return done.size / subgoals.length;
  });
}

/**
 * PDDL: share of the goal literals that hold.
 *
 * @throws {NoScore} For a goal without literals.
 */
export function satisfiedShare(
  state: readonly PythonValue[],
  goal: readonly PythonValue[],
): number {
  if (goal.length === 0) throw new NoScore("upstream raises: a goal without literals");
  return goal.filter((literal) => has(state, literal)).length / goal.length;
}

/** PDDL: the best share so far. */
export function pddlProgress(states: PythonValue[][], goal: readonly PythonValue[]): number[] {
  return neverFalling(states.map((state) => satisfiedShare(state, goal)));
}

/**
 * Tools: share of the subgoals among what the calls so far returned, each counted once; never falls.
 *
 * @param returned All that was returned up to each step.
 * @throws {NoScore} Without subgoals.
 */
export function toolProgress(
  subgoals: readonly PythonValue[],
  returned: readonly PythonValue[][],
): number[] {
  if (subgoals.length === 0) throw new NoScore("upstream raises: no subgoals");
  return neverFalling(returned.map((items) => {
    const open = [...items];
    const hits = subgoals.filter((subgoal) => {
      const at = open.findIndex((item) => pythonEquals(item, subgoal));
      if (at !== -1) open.splice(at, 1);
      return at !== -1;
    });
    return hits.length / subgoals.length;
  }));
}

/** What a sheet environment shows before a sheet was opened. */
const NO_SHEET = "Please open a sheet before operating it";

/**
 * Sheets: share of equal cells where both sheets have one; rows and columns that one lacks do not
 * count.
 *
 * @throws {NoScore} For a row shorter than the first one, where upstream raises.
 */
export function sheetMatch(sheet: PythonValue, gold: PythonValue): number {
  if (sheet === NO_SHEET) return 0;
  const ours = cells(sheet);
  const theirs = cells(gold);
  const rows = Math.min(ours.length, theirs.length);
  const columns = rows === 0 ? 0 : Math.min(cells(ours[0]!).length, cells(theirs[0]!).length);
  let equal = 0;
  for (let i = 0; i < rows; i++) {
    const [row, goldRow] = [cells(ours[i]!), cells(theirs[i]!)];
    if (row.length < columns || goldRow.length < columns) {
      throw new NoScore(`upstream raises: row ${i} is shorter than the first row`);
    }
    for (let j = 0; j < columns; j++) if (pythonEquals(row[j]!, goldRow[j]!)) equal++;
  }
  return rows * columns === 0 ? 0 : equal / (rows * columns);
}

function cells(value: PythonValue): PythonValue[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return Array.from(value);
  throw new NoScore("upstream raises: a sheet is a list of rows");
}

/** Progress at every step up to `steps`, from the steps at which it rose. */
export function progressCurve(
  changes: readonly (readonly [step: number, progress: number])[],
  steps: number,
): number[] {
  const curve = new Array<number>(steps).fill(0);
  for (const [step, progress] of changes) curve.fill(progress, Math.trunc(step));
  return curve;
}

function has(items: readonly PythonValue[], wanted: PythonValue): boolean {
  return items.some((item) => pythonEquals(item, wanted));
}

function neverFalling(values: number[]): number[] {
  let best = 0;
  return values.map((value) => best = Math.max(best, value));
}
