/**
 * What can be known of the results of Structured Agent Distillation (Liu et al., arXiv 2505.13820)
 * from the note that circulates: nothing but which results there should be. Every number that the
 * note speaks of is listed as absent, and the reader refuses a list that holds one.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseCsv } from "./csv.ts";

/** A result that the note mentions without printing it. */
export interface AbsentResult {
  kind: string;
  /** Empty where the note names none. */
  benchmark: string;
  method: string;
  metric: string;
  value: null;
  flag: "missing";
  /** Line of the note that mentions it. */
  line: number;
  note: string;
}

/** A numeral that the note does print, none of which is a result. */
export interface NoteNumeral {
  line: number;
  numeral: string;
  kind: string;
}

/** The folder of the two lists. */
export const STRUCTURED_AGENT_DISTILLATION_FOLDER: string = fileURLToPath(
  new URL("structured_agent_distillation/", import.meta.url),
);

const ABSENCE_COLUMNS = [
  "kind",
  "benchmark",
  "method",
  "metric",
  "value",
  "flag",
  "line",
  "note",
] as const;

/**
 * Parses the list of absent results.
 *
 * @throws SyntaxError naming file and line of a row that carries a value or is not flagged missing.
 */
export function parseAbsences(text: string, file: string): AbsentResult[] {
  return parseCsv(text, file, ABSENCE_COLUMNS).map(({ line: row, fields }) => {
    const { kind, benchmark, method, metric, value, flag, line, note } = fields;
    if (value !== "") {
      throw new SyntaxError(`${file}:${row}: value: "${value}", but the note prints no result`);
    }
    if (flag !== "missing") throw new SyntaxError(`${file}:${row}: flag: "${flag}", not missing`);
    if (!note) throw new SyntaxError(`${file}:${row}: note: empty; it says what is absent`);
    return {
      kind: kind!,
      benchmark: benchmark!,
      method: method!,
      metric: metric!,
      value: null,
      flag: "missing",
      line: Number(line),
      note,
    };
  });
}

/** Reads the list of absent results. */
export async function readAbsences(): Promise<AbsentResult[]> {
  const file = `${STRUCTURED_AGENT_DISTILLATION_FOLDER}absences.csv`;
  return parseAbsences(await readFile(file, "utf8"), file);
}

/** Reads the list of numerals that the note prints. */
export async function readNoteNumerals(): Promise<NoteNumeral[]> {
  const file = `${STRUCTURED_AGENT_DISTILLATION_FOLDER}numerals.csv`;
  const records = parseCsv(await readFile(file, "utf8"), file, ["line", "numeral", "kind"]);
  return records.map(({ fields }) => ({
    line: Number(fields["line"]),
    numeral: fields["numeral"]!,
    kind: fields["kind"]!,
  }));
}

/**
 * Compares the numerals of the note with the list.
 *
 * @returns One sentence a difference; empty when the note prints these numerals and no other.
 */
export function compareNumerals(numerals: NoteNumeral[], note: string): string[] {
  const listed = numerals.map(({ line, numeral }) => `line ${line}: ${numeral}`).sort();
  const printed = note.split("\n").flatMap((content, i) =>
    [...content.matchAll(/\d+(?:\.\d+)?/g)].map(([numeral]) => `line ${i + 1}: ${numeral}`)
  ).sort();
  const problems: string[] = [];
  for (const entry of new Set([...listed, ...printed])) {
    const count = (entries: string[]) => entries.filter((other) => other === entry).length;
    if (count(listed) !== count(printed)) {
      problems.push(`${entry}: ${count(printed)} times printed, ${count(listed)} times listed`);
    }
  }
  return problems;
}
