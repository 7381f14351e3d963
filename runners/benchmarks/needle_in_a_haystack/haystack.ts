/**
 * Needles in haystacks of a given length, as gkamradt/LLMTest_NeedleInAHaystack 7b90d28 makes them.
 *
 * @module
 */
import { roundHalfToEven } from "../../scoring/python_round.ts";
import type { Tokenizer } from "../../tokenizer.ts";

/** Lengths in tokens and depths in percent. */
export interface NeedleGrid {
  lengths: number[];
  depths: number[];
  /** Tokens of a length left free for question and answer; upstream's {@linkcode BUFFER} if left out. */
  buffer?: number;
}

/** The grid of ACBench's Figures 11 to 13: 1,000 to 40,000 tokens by 1,000, ten depths. */
export const ACBENCH_GRID: NeedleGrid = {
  lengths: stepLengths(1000, 40_001, 1000),
  depths: linearSteps(0, 100, 10),
};

/** A grid for our own needles and models: up to 1,024 tokens as they were trained, and beyond. */
export const SMALL_GRID: NeedleGrid = {
  lengths: [128, 256, 512, 768, 1024, 1536],
  depths: linearSteps(0, 100, 10),
  buffer: 60,
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

/** A needle and where it goes. */
export interface PlacedNeedle {
  needle: string;
  /** In percent, 0 to 100. */
  depth: number;
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
  return insertNeedles(text, [{ needle, depth }], length, tokenizer, buffer);
}

/**
 * Puts several needles into a text, each as {@linkcode insertNeedle} does. Depths are those of the text
 * without needles; those of one place stand in the order given.
 */
export function insertNeedles(
  text: string,
  needles: readonly PlacedNeedle[],
  length: number,
  tokenizer: Tokenizer,
  buffer = BUFFER,
): string {
  const encoded = needles.map(({ needle }) => tokenizer.encode(needle));
  const size = encoded.reduce((sum, { length }) => sum + length, 0);
  let tokens = tokenizer.encode(text);
  const room = length - buffer;
  // a negative end counts from the back, as in Python
  if (tokens.length + size > room) tokens = tokens.slice(0, room - size);
  const stops = new Set(tokenizer.encode("."));
  const placed = needles
    .map(({ depth }, i) => ({ at: placeOf(tokens, depth, stops), needle: encoded[i]! }))
    .sort((a, b) => a.at - b.at);
  let from = 0;
  const parts = placed.flatMap(({ at, needle }) => {
    const before = tokens.slice(from, at);
    from = at;
    return [before, needle];
  });
  return tokenizer.decode([...parts, tokens.slice(from)].flat());
}

function placeOf(tokens: readonly number[], depth: number, stops: ReadonlySet<number>): number {
  if (depth === 100) return tokens.length;
  let at = Math.trunc(tokens.length * (depth / 100));
  while (at > 0 && !stops.has(tokens[at - 1]!)) at--;
  return at;
}
