/**
 * How the two LongGenBench scorers find answers in one long text.
 *
 * ACBench ran the scorer of SCOPE (Linking-ai/SCOPE, in pprp/ACBench da7110e); the repository of
 * LongGenBench (Dominic789654/LongGenBench 9845864) has another.
 *
 * @module
 */
import { linearPattern } from "../../scoring/linear_pattern.ts";
import { DIGIT, isBlank, isDigit, strip } from "../../scoring/python_text.ts";

/** Longest text that is searched, in characters; 8,000 tokens are far less. */
const MAX_SEARCHED = 200_000;

const NUMBERED_ANSWER = linearPattern(String.raw`Answer_\d+:\s*.*?answer is (\d+)`, {
  dotAll: true,
});
const CHOSEN_ANSWER = linearPattern(String.raw`Answer_\d+:\s*.*?answer is \((.*?)\)`);

/** SCOPE: the whole number after `####` of a GSM8K solution; null when there is none. */
export function goldNumber(solution: string): string | null {
  for (let at = solution.indexOf("####"); at !== -1; at = solution.indexOf("####", at + 1)) {
    let start = at + 4;
    while (start < solution.length && isBlank(solution[start]!)) start++;
    let end = start;
    while (end < solution.length && isDigit(solution[end]!)) end++;
    if (end > start) return solution.slice(start, end);
  }
  return null;
}

/** SCOPE: the number after the first "answer is " of each `Answer_n:`, in order. */
export function predictedNumbers(text: string): string[] {
  return NUMBERED_ANSWER.findAll(text.slice(0, MAX_SEARCHED)).map(({ groups }) => groups[0]!);
}

/** SCOPE: what stands in parentheses after "answer is " on the line of each `Answer_n:`. */
export function predictedChoices(text: string): string[] {
  return CHOSEN_ANSWER.findAll(text.slice(0, MAX_SEARCHED)).map(({ groups }) => groups[0]!);
}

/**
 * LongGenBench: the texts of the answers, each from after `:` and a new line to an empty line or the
 * end, as `(?<=:\n)(.*?)(?=\n\n|$)` finds them.
 */
export function splitAnswers(response: string): string[] {
  const text = response.split("Answer_").join("\n");
  const blocks: string[] = [];
  for (let colon = text.indexOf(":\n"); colon !== -1;) {
    const start = colon + 2;
    let end = nextEnd(text, start);
    blocks.push(strip(text.slice(start, end)));
    if (end === start && start < text.length) { // an empty match lets one that is not empty follow
      end = nextEnd(text, start + 1);
      blocks.push(strip(text.slice(start, end)));
    }
    colon = text.indexOf(":\n", Math.max(end, start + 1) - 2);
  }
  return blocks;
}

/** The next place with an empty line ahead, or the end; `$` also stands before a last new line. */
function nextEnd(text: string, from: number): number {
  const gap = text.indexOf("\n\n", from);
  if (gap !== -1) return gap;
  return text.endsWith("\n") && from < text.length ? text.length - 1 : text.length;
}

const LAST_NUMBER = new RegExp(`[${DIGIT}]*\\.?[${DIGIT}]+`, "gu");

/** LongGenBench: the last number of a text; null when there is none. */
export function lastNumber(text: string): string | null {
  return text.match(LAST_NUMBER)?.at(-1) ?? null;
}

/** LongGenBench: the last A, B, C or D of a text; null when there is none. */
export function lastLetter(text: string): string | null {
  return text.match(/[ABCD]/g)?.at(-1) ?? null;
}
