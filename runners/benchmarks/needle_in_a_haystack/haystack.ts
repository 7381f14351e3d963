/**
 * Needles in haystacks of a given length, as gkamradt/LLMTest_NeedleInAHaystack 7b90d28 makes them.
 *
 * @module
 */
import { roundHalfToEven } from "../../scoring/python_round.ts";

/** Turns text into tokens and back. */
export interface Tokenizer {
  encode(text: string): number[];
  decode(tokens: readonly number[]): string;
}

/** Lengths in tokens and depths in percent. */
export interface NeedleGrid {
  lengths: number[];
  depths: number[];
}

/** The grid of ACBench's Figures 11 to 13: 1,000 to 40,000 tokens by 1,000, ten depths. */
export const ACBENCH_GRID: NeedleGrid = {
  lengths: stepLengths(1000, 40_001, 1000),
  depths: linearSteps(0, 100, 10),
};

/** Tokens left free for question and answer. */
export const BUFFER = 200;

/** `numpy.arange(from, to + 1, step)`. */
export function stepLengths(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.ceil((to + 1 - from) / step));
  return Array.from({ length: count }, (_, i) => from + i * step);
}

/** `numpy.round(numpy.linspace(from, to, count))`. */
export function linearSteps(from: number, to: number, count: number): number[] {
  return linspace(from, to, count).map(roundHalfToEven);
}

/** Depths that crowd at both ends: a logistic curve over 0 to 100, to 3 decimals. */
export function sigmoidDepths(from: number, to: number, count: number): number[] {
  return linspace(from, to, count).map((x) => {
    if (x === 0 || x === 100) return x;
    const depth = 100 * (1 / (1 + Math.exp(0.1 * (x - 50))));
    return roundHalfToEven(depth * 1000) / 1000;
  });
}

function linspace(from: number, to: number, count: number): number[] {
  if (count === 1) return [from];
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, i) => i === count - 1 ? to : i * step + from);
}

/** Cuts a text to a number of tokens. */
export function trimToLength(text: string, length: number, tokenizer: Tokenizer): string {
  const tokens = tokenizer.encode(text);
  return tokens.length > length ? tokenizer.decode(tokens.slice(0, length)) : text;
}

/**
 * Puts a needle into a text that was trimmed to `length` tokens.
 *
 * The text gives way so that text and needle stay `buffer` tokens below the length; the needle goes to
 * the given depth, then back to the token after the last full stop, or to the start. Depth 100 appends.
 *
 * @param depth In percent, 0 to 100.
 */
export function insertNeedle(
  text: string,
  needle: string,
  depth: number,
  length: number,
  tokenizer: Tokenizer,
  buffer = BUFFER,
): string {
  const needleTokens = tokenizer.encode(needle);
  let tokens = tokenizer.encode(text);
  const room = length - buffer;
  // a negative end counts from the back, as in Python
  if (tokens.length + needleTokens.length > room) {
    tokens = tokens.slice(0, room - needleTokens.length);
  }
  if (depth === 100) return tokenizer.decode([...tokens, ...needleTokens]);
  const stops = new Set(tokenizer.encode("."));
  let at = Math.trunc(tokens.length * (depth / 100));
  while (at > 0 && !stops.has(tokens[at - 1]!)) at--;
  return tokenizer.decode([...tokens.slice(0, at), ...needleTokens, ...tokens.slice(at)]);
}
