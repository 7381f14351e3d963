/**
 * LongGenBench's two scorers.
 *
 * @module
 */
import { numpyMean, numpyRound } from "../../scoring/python_round.ts";
import { NoScore, type ScorerMode } from "../../scoring/score_context.ts";
import {
  goldNumber,
  lastLetter,
  lastNumber,
  predictedChoices,
  predictedNumbers,
  splitAnswers,
} from "./extract.ts";

/** Which questions the long text answers. */
export type LongGenTask = "gsm8k" | "mmlu";

/**
 * The scorer that ACBench ran: answers are paired with questions by their position, so one that is
 * not found shifts all later ones.
 *
 * @returns Share of right answers, 0 to 1; 0 for no question.
 */
export function scoreScope(task: LongGenTask, text: string, answers: readonly string[]): number {
  const gold = task === "gsm8k" ? answers.map(goldNumber) : answers;
  const found = task === "gsm8k" ? predictedNumbers(text) : predictedChoices(text);
  const right = gold.filter((answer, i) => i < found.length && answer === found[i]).length;
  return gold.length === 0 ? 0 : right / gold.length;
}

/** SCOPE's score of a set: the mean times 100, to 4 decimals; NaN for no record. */
export function scopeSetScore(scores: readonly number[]): number {
  return numpyRound(100 * numpyMean(scores), 4);
}

/** LongGenBench's own test of one GSM8K answer: the last numbers agree as texts, commas dropped. */
export function testNumber(prediction: string, gold: string): boolean {
  const found = lastNumber(prediction.replaceAll(",", ""));
  if (found === null) return false;
  const wanted = lastNumber(gold);
  if (wanted === null) throw new NoScore("upstream raises: the gold answer has no number");
  return found === wanted;
}

/** LongGenBench's own test of one MMLU answer: the last capital letters A to D agree. */
export function testChoice(prediction: string, gold: string): boolean {
  const found = lastLetter(prediction);
  if (found === null) return false;
  const wanted = lastLetter(gold);
  if (wanted === null) throw new NoScore("upstream raises: the gold answer names no choice");
  return found === wanted;
}

/**
 * Share of right answers by LongGenBench's own scorer: blocks are paired with questions by position.
 * `fixed` pairs by the number after `Answer_` and reads the last "answer is" of each block.
 *
 * @param first Number of the first question (9 for GSM8K and 6 for MMLU in the published files).
 */
export function scoreBlocks(
  task: LongGenTask,
  text: string,
  answers: readonly string[],
  mode: ScorerMode,
  first: number,
): number {
  if (answers.length === 0) return 0;
  const test = task === "gsm8k" ? testNumber : testChoice;
  if (mode === "upstream") {
    const blocks = splitAnswers(text);
    return answers.filter((answer, i) => i < blocks.length && test(blocks[i]!, answer)).length /
      answers.length;
  }
  const blocks = numberedBlocks(text);
  const right = answers.filter((answer, i) => isRight(task, blocks.get(first + i), answer));
  return right.length / answers.length;
}

/** The text after each `Answer_n`, the last one where a number comes twice. */
function numberedBlocks(text: string): Map<number, string> {
  const blocks = new Map<number, string>();
  for (const piece of text.split("Answer_").slice(1)) {
    const number = /^\d{1,9}/.exec(piece)?.[0];
    if (number !== undefined) blocks.set(Number(number), piece.slice(number.length));
  }
  return blocks;
}

function isRight(task: LongGenTask, block: string | undefined, gold: string): boolean {
  if (block === undefined) return false;
  const at = block.toLowerCase().lastIndexOf("answer is");
  const said = at === -1 ? block : block.slice(at + "answer is".length);
  if (task === "mmlu") return /[A-D](?![A-Za-z])/.exec(said)?.[0] === lastLetter(gold);
  const number = (text: string) => /-?\d[\d,]*(?:\.\d+)?/.exec(text)?.[0].replaceAll(",", "");
  const wanted = number(gold.slice(gold.lastIndexOf("####") + 1));
  const found = number(said);
  return found !== undefined && wanted !== undefined && Number(found) === Number(wanted);
}
