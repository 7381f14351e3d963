/**
 * Matches Python regular expressions in time linear in the text, whatever the pattern.
 *
 * Datasets bring patterns and models bring texts, so a backtracking engine can be made to hang. Here a
 * state that failed at a place is never tried there again (bit-state matching, as RE2 does it), which
 * keeps Python's choice among matches: leftmost, then the first alternative that succeeds. (A group inside
 * a repeated body that can be empty may keep another of its empty matches.)
 *
 * @module
 */
import { parsePattern, type Pattern } from "./pattern_parser.ts";
import type { Test } from "./pattern_parser.ts";
import { isWord } from "./python_text.ts";

type Step =
  | { op: "character"; test: Test }
  | { op: "assert"; name: string }
  | { op: "save"; slot: number }
  | { op: "split"; first: number; second: number }
  | { op: "jump"; to: number }
  | { op: "match" };

/** One match: the whole text of it and its groups, null for a group that took no part. */
export interface LinearMatch {
  text: string;
  groups: (string | null)[];
}

/** A compiled pattern. */
export interface LinearPattern {
  /** `re.findall` with all groups, or `re.search` with `limit` 1. */
  findAll(text: string, limit?: number): LinearMatch[];
}

/**
 * Compiles a Python pattern.
 *
 * @throws {PatternError} When the pattern is malformed or beyond the supported subset.
 */
export function linearPattern(source: string, options: { dotAll?: boolean } = {}): LinearPattern {
  const { pattern, groups } = parsePattern(source, options);
  const program: Step[] = [];
  emit(program, pattern);
  program.push({ op: "match" });
  return {
    findAll: (text, limit = Infinity) => findAll(program, groups, Array.from(text), limit),
  };
}

function emit(program: Step[], pattern: Pattern): void {
  switch (pattern.kind) {
    case "character":
      program.push({ op: "character", test: pattern.test });
      return;
    case "assertion":
      program.push({ op: "assert", name: pattern.name });
      return;
    case "sequence":
      for (const item of pattern.items) emit(program, item);
      return;
    case "group":
      program.push({ op: "save", slot: 2 * pattern.index - 2 });
      emit(program, pattern.body);
      program.push({ op: "save", slot: 2 * pattern.index - 1 });
      return;
    case "choice":
      emitChoice(program, pattern.options);
      return;
    case "repeat":
      emitRepeat(program, pattern);
  }
}

function emitChoice(program: Step[], options: Pattern[]): void {
  const jumps: { op: "jump"; to: number }[] = [];
  options.forEach((option, i) => {
    if (i === options.length - 1) return emit(program, option);
    const split = { op: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(program, option);
    const jump = { op: "jump" as const, to: 0 };
    jumps.push(jump);
    program.push(jump);
    split.second = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
}

type Repeat = Extract<Pattern, { kind: "repeat" }>;

function emitRepeat(program: Step[], { body, least, most, greedy }: Repeat): void {
  for (let i = 0; i < least; i++) emit(program, body);
  if (most === Infinity) {
    const at = program.length;
    const split = openSplit(program);
    emit(program, body);
    program.push({ op: "jump", to: at });
    closeSplit(split, at + 1, program.length, greedy);
    return;
  }
  const splits: [Split, number][] = [];
  for (let i = least; i < most; i++) {
    splits.push([openSplit(program), program.length]);
    emit(program, body);
  }
  for (const [split, next] of splits) closeSplit(split, next, program.length, greedy);
}

type Split = { op: "split"; first: number; second: number };

function openSplit(program: Step[]): Split {
  const split: Split = { op: "split", first: 0, second: 0 };
  program.push(split);
  return split;
}

function closeSplit(split: Split, inside: number, after: number, greedy: boolean): void {
  split.first = greedy ? inside : after;
  split.second = greedy ? after : inside;
}

function findAll(
  program: Step[],
  groups: number,
  text: string[],
  limit: number,
): LinearMatch[] {
  const found: LinearMatch[] = [];
  const failed = new Uint8Array(Math.ceil(program.length * (text.length + 1) / 8));
  const search: Search = {
    program,
    text,
    visited: failed,
    stack: [],
    slots: new Array<number>(2 * groups),
    noMatchAt: -1,
  };
  for (let start = 0; start <= text.length && found.length < limit;) {
    const end = run(search, start);
    if (end < 0) {
      start++;
      continue;
    }
    found.push(toMatch(text, start, end, search.slots));
    forget(failed, program.length, text.length + 1, end);
    search.noMatchAt = end === start ? end : -1; // after an empty match, one that is not empty may follow
    start = end;
  }
  return found;
}

interface Search {
  program: Step[];
  text: string[];
  /** One bit a (step, place): tried before, and failed or now under way. */
  visited: Uint8Array;
  /** Pairs: a step and a place to try next; or a slot (negative) and the bound to restore. */
  stack: number[];
  slots: number[];
  /** Where no match may end. */
  noMatchAt: number;
}

/** Of the states on the path of a match, which did not fail, the next search can meet those at its end. */
function forget(failed: Uint8Array, steps: number, places: number, at: number): void {
  for (let pc = 0; pc < steps; pc++) {
    const state = pc * places + at;
    failed[state >> 3]! &= ~(1 << (state & 7));
  }
}

function toMatch(text: string[], start: number, end: number, slots: number[]): LinearMatch {
  const groups: (string | null)[] = [];
  for (let i = 0; i < slots.length; i += 2) {
    const [from, to] = [slots[i]!, slots[i + 1]!];
    groups.push(from < 0 || to < 0 ? null : text.slice(from, to).join(""));
  }
  return { text: text.slice(start, end).join(""), groups };
}

/** Depth-first over steps and places; the end of the match, or -1. */
function run(search: Search, start: number): number {
  const { slots, stack } = search;
  slots.fill(-1);
  stack.length = 0;
  stack.push(0, start);
  while (stack.length > 0) {
    const at = stack.pop()!;
    const pc = stack.pop()!;
    if (pc < 0) {
      slots[-pc - 1] = at;
      continue;
    }
    const end = follow(search, pc, at);
    if (end >= 0) return end;
  }
  return -1;
}

function follow(search: Search, startPc: number, startAt: number): number {
  const { program, slots, stack, text, visited } = search;
  let pc = startPc;
  let at = startAt;
  for (;;) {
    const state = pc * (text.length + 1) + at;
    if ((visited[state >> 3]! >> (state & 7)) & 1) return -1;
    visited[state >> 3]! |= 1 << (state & 7);
    const step = program[pc]!;
    switch (step.op) {
      case "match":
        return at === search.noMatchAt ? -1 : at;
      case "character":
        if (at >= text.length || !step.test(text[at]!)) return -1;
        at++;
        pc++;
        break;
      case "assert":
        if (!holds(step.name, text, at)) return -1;
        pc++;
        break;
      case "save":
        stack.push(-step.slot - 1, slots[step.slot]!); // restored when this path fails
        slots[step.slot] = at;
        pc++;
        break;
      case "split":
        stack.push(step.second, at);
        pc = step.first;
        break;
      case "jump":
        pc = step.to;
    }
  }
}

function holds(name: string, text: string[], at: number): boolean {
  if (name === "start") return at === 0;
  if (name === "text-end") return at === text.length;
  if (name === "end") {
    return at === text.length || at === text.length - 1 && text[at] === "\n";
  }
  const before = at > 0 && isWord(text[at - 1]!);
  const after = at < text.length && isWord(text[at]!);
  return (before !== after) === (name === "boundary");
}
