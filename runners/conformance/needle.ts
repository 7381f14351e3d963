/**
 * Golden entries of needle in a haystack.
 *
 * @module
 */
import {
  insertNeedle,
  linearSteps,
  sigmoidDepths,
  stepLengths,
  trimToLength,
} from "../benchmarks/needle_in_a_haystack/haystack.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { overlapScore, rougeScore } from "../benchmarks/needle_in_a_haystack/score.ts";
import { isDict, lookUp, type PythonDict } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dicts, field, number, plain, text } from "./golden_value.ts";

/** The needle of the golden insertions, which their file does not name. */
const INSERTED = "\nNEEDLE is here now.\n";

/** All checks of a needle document. */
export function needleChecks(document: PythonDict): Check[] {
  const needle = text(document, "needle");
  return [
    ...dicts(document, "cases").flatMap((entry) => responseChecks(entry, needle)),
    ...dicts(document, "insert_needle").flatMap((entry, i) => insertChecks(entry, i, document)),
    ...dicts(document, "grids").flatMap(gridChecks),
  ];
}

function responseChecks(entry: PythonDict, needle: string): Check[] {
  const response = text(entry, "response");
  const common = { id: text(entry, "id"), tolerance: EXACT_TOLERANCE };
  return [
    {
      ...common,
      fn: "run_rouge1_f_times_10",
      expected: field(entry, "run_rouge1_f_times_10"),
      compute: () => rougeScore(response, needle),
    },
    {
      ...common,
      fn: "visualize_overlap",
      expected: field(entry, "visualize_overlap"),
      compute: () => overlapScore(response, "upstream"),
    },
  ];
}

/** One id for each distinct word, blank or other character. */
function toyTokenizer(): Tokenizer {
  const ids = new Map<string, number>();
  const pieces: string[] = [];
  return {
    encode: (source) =>
      (source.match(/[\p{L}\p{N}_]+|\s|[^\p{L}\p{N}_\s]/gu) ?? []).map((piece) => {
        if (!ids.has(piece)) ids.set(piece, pieces.push(piece) - 1);
        return ids.get(piece)!;
      }),
    decode: (tokens) => tokens.map((id) => pieces[id]).join(""),
  };
}

function insertChecks(entry: PythonDict, index: number, document: PythonDict): Check[] {
  const tokenizer = toyTokenizer();
  const id = `insert_needle ${index}`;
  const length = number(entry, "context_length");
  const inserted = lookUp(entry, "needle") ?? INSERTED;
  return [
    {
      fn: "encode_and_trim",
      id,
      expected: field(entry, "trimmed"),
      tolerance: 0,
      compute: () => trimToLength(text(document, "haystack"), length, tokenizer),
    },
    {
      fn: "insert_needle",
      id,
      expected: field(entry, "expected"),
      tolerance: 0,
      compute: () =>
        insertNeedle(
          text(entry, "trimmed"),
          String(inserted),
          number(entry, "depth_percent"),
          length,
          tokenizer,
          number(entry, "buffer"),
        ),
    },
  ];
}

function gridChecks(entry: PythonDict, index: number): Check[] {
  const args = field(entry, "args");
  const grid = isDict(args) ? gridOf(plain(args)) : {
    context_lengths: stepLengths(1000, 40_001, 1000),
    document_depth_percents: linearSteps(0, 100, 10),
  };
  return Object.entries(grid).flatMap(([name, computed]): Check[] => {
    const expected = lookUp(entry, name);
    if (expected === undefined) return [];
    const id = `grid ${index}`;
    return [{ fn: name, id, expected, tolerance: EXACT_TOLERANCE, compute: () => computed }];
  });
}

/** Defaults of upstream's class where the arguments leave them. */
function gridOf(args: Record<string, number | string | number[]>) {
  const get = (name: string, standard: number) => Number(args[name] ?? standard);
  const depths = args.document_depth_percent_interval_type === "sigmoid"
    ? sigmoidDepths
    : linearSteps;
  return {
    context_lengths: args.context_lengths ?? linearSteps(
      get("context_lengths_min", 1000),
      get("context_lengths_max", 16_000),
      get("context_lengths_num_intervals", 35),
    ),
    document_depth_percents: args.document_depth_percents ?? depths(
      get("document_depth_percent_min", 0),
      get("document_depth_percent_max", 100),
      get("document_depth_percent_intervals", 35),
    ),
  };
}
