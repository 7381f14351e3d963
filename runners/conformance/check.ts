/**
 * One comparison of our result with a golden one.
 *
 * @module
 */
import { NoScore } from "../scoring/score_context.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  pythonEquals,
  type PythonValue,
} from "../scoring/python_value.ts";

import { type Shake, shakeBy, unshaken } from "./shaken_similarity.ts";

/** What a golden entry expects and what we compute. */
export interface Check {
  /** Function under test, under upstream's name. */
  fn: string;
  /** Id of the entry. */
  id: string;
  expected: PythonValue;
  /** Largest allowed difference of two numbers. */
  tolerance: number;
  /**
   * Computes our result. May throw {@linkcode NoScore}: the defined behaviour where upstream raises.
   *
   * @param shake To be applied to every similarity that the result depends on.
   */
  compute: (shake: Shake) => unknown;
  /** Whether similarities feed it, so that ties between matchings may hang on their rounding. */
  hasTies?: boolean;
}

/** How a check came out. */
export interface Outcome {
  check: Check;
  passed: boolean;
  /** Whether upstream raised here and our behaviour is the documented one instead. */
  upstreamRaised: boolean;
  /** Whether it agrees only under rounding noise of the similarities, which decides a tie. */
  byNoise: boolean;
  actual: unknown;
}

/** Tolerance of scores that embeddings feed. */
export const EMBEDDING_TOLERANCE = 1e-6;
/** Tolerance of all other scores. */
export const EXACT_TOLERANCE = 1e-9;

/**
 * Runs one check. `{"error": …}` as expected means that upstream raised: then we must refuse a score
 * with a reason. `{"value": …}` holds the value.
 */
export function runCheck(check: Check): Outcome {
  const raised = isDict(check.expected) && lookUp(check.expected, "error") !== undefined;
  let actual: unknown;
  let refused = false;
  try {
    actual = check.compute(unshaken);
  } catch (error) {
    refused = error instanceof NoScore;
    actual = `${(error as Error).name}: ${(error as Error).message}`;
  }
  const wrapped = isDict(check.expected) && lookUp(check.expected, "value") !== undefined;
  const expected = wrapped ? lookUp(check.expected as PythonDict, "value")! : check.expected;
  const agreed = raised ? refused : !refused && agrees(expected, actual, check.tolerance);
  const byNoise = !agreed && !raised && !refused && agreesByNoise(check, expected);
  return { check, passed: agreed || byNoise, upstreamRaised: raised, byNoise, actual };
}

const NOISE_TRIALS = 500;

function agreesByNoise(check: Check, expected: PythonValue): boolean {
  if (check.hasTies !== true) return false;
  for (let seed = 1; seed <= NOISE_TRIALS; seed++) {
    if (agrees(expected, check.compute(shakeBy(seed)), check.tolerance)) return true;
  }
  return false;
}

/**
 * Whether a computed value is the expected one: numbers within the tolerance, `"NaN"` for NaN, texts,
 * lists and mappings member by member, and Python's equality of 1, 1.0 and true.
 */
export function agrees(expected: PythonValue, actual: unknown, tolerance: number): boolean {
  const x = expected === "NaN" && typeof actual === "number" ? NaN : expected;
  if (isNumber(x) && isNumber(actual)) return close(Number(x), Number(actual), tolerance);
  if (x === null || typeof x === "string") return x === actual;
  if (Array.isArray(x)) {
    return Array.isArray(actual) && x.length === actual.length &&
      x.every((item, i) => agrees(item, actual[i], tolerance));
  }
  if (isDict(x)) return mappingAgrees(x, actual, tolerance);
  return pythonEquals(x, actual as PythonValue);
}

function isNumber(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function close(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance;
}

function mappingAgrees(expected: PythonDict, actual: unknown, tolerance: number): boolean {
  if (typeof actual !== "object" || actual === null) return false;
  const found = isDict(actual as PythonValue)
    ? new Map([...(actual as PythonDict).entries.values()].map(([k, v]) => [String(k), v]))
    : new Map<string, unknown>(Object.entries(actual));
  if (found.size !== expected.entries.size) return false;
  return [...expected.entries.values()].every(([key, value]) =>
    found.has(String(key)) && agrees(value, found.get(String(key)), tolerance)
  );
}
