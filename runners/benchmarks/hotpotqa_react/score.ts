/**
 * HotPotQA as ReAct plays it (ysymyth/ReAct 6bdb3a1): the answer that `finish[…]` gives.
 *
 * @module
 */
import { normalizeAnswer, tokenF1 } from "../../scoring/answer_f1.ts";
import { pythonShuffle } from "../../scoring/python_random.ts";
import { splitWords, strip } from "../../scoring/python_text.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";

/** Reward and exact match (0 or 1), and F1. */
export interface HotpotScore {
  reward: number;
  em: number;
  f1: number;
}

/** Steps after which the environment forces `finish[]`. */
export const MAX_STEPS = 7;

const CLOSED = new Set(["yes", "no", "noanswer"]);

/**
 * Scores an answer against the gold one; null means that the agent never finished.
 *
 * Upstream gives F1 0 where nothing is left of both texts though they match; `fixed` gives 1.
 */
export function scoreAnswer(gold: string, answer: string | null, mode: ScorerMode): HotpotScore {
  if (answer === null) return { reward: 0, em: 0, f1: 0 };
  const wanted = normalizeAnswer(gold);
  const found = normalizeAnswer(answer);
  const em = wanted === found ? 1 : 0;
  const f1 = mode === "fixed" && em === 1 ? 1 : answerF1(wanted, found);
  return { reward: em, em, f1 };
}

/** Yes, no and "noanswer" match only themselves. Upstream normalises a second time here. */
function answerF1(first: string, second: string): number {
  const a = normalizeAnswer(first);
  const b = normalizeAnswer(second);
  if (a !== b && (CLOSED.has(a) || CLOSED.has(b))) return 0;
  return tokenF1(splitWords(a), splitWords(b));
}

/** The answer of a `finish[…]` action; null for any other action. */
export function finishAnswer(action: string): string | null {
  const text = strip(action);
  if (!text.startsWith("finish[") || !text.endsWith("]")) return null;
  return text.slice("finish[".length, -1);
}

/** Questions of the development set, in the order in which upstream's notebook asks the first ones. */
export function questionOrder(count = 500): number[] {
  const all = Array.from({ length: 7405 }, (_, i) => i);
  return pythonShuffle(all, 233).slice(0, count);
}
