/**
 * Proves that the transcription of ACBench holds every printed field exactly once: cells and labels
 * together rebuild each line of each table, character for character.
 *
 * With the text, rebuilt lines are compared with its lines. Without it, their SHA-256 is compared with
 * a committed fingerprint of the text, so that any change of a digit, a place or a label shows.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { ACBENCH_FOLDER, type PaperCell, type PaperLabel } from "./acbench.ts";
import { readFile } from "node:fs/promises";
import { parseCsv } from "./csv.ts";
import { PAPER_LAYOUTS } from "./layouts.ts";

/** What is kept of a line of the text. */
export interface LineFingerprint {
  /** Line of the text, from 1. */
  line: number;
  /** Number of tab-separated fields, empty ones counted. */
  fields: number;
  /** SHA-256 of the line without its line break, hex. */
  sha256: string;
}

/** Lines of the text with tabs that belong to no table: the contents of the appendix. */
const CONTENTS: readonly [number, number] = [475, 497];

const FINGERPRINT_COLUMNS = ["line", "fields", "sha256"] as const;

function hash(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}

/** Numbers of all lines that the tables take in the text, heads included. */
export function tableLines(): number[] {
  return Object.values(PAPER_LAYOUTS).flatMap(({ heads, lines: [first, last] }) => [
    ...heads,
    ...Array.from({ length: last - first + 1 }, (_, i) => first + i),
  ]);
}

/**
 * Puts cells and labels back into their lines.
 *
 * @returns Field texts by position, by line; and a problem for each place that two claim.
 */
export function rebuildFields(
  cells: PaperCell[],
  labels: PaperLabel[],
): { lines: Map<number, Map<number, string>>; problems: string[] } {
  const lines = new Map<number, Map<number, string>>();
  const problems: string[] = [];
  const put = (line: number, position: number, text: string) => {
    const fields = lines.get(line) ?? new Map<number, string>();
    lines.set(line, fields);
    const before = fields.get(position);
    if (before !== undefined) {
      problems.push(`line ${line}, field ${position}: "${before}" and "${text}" claim one place`);
    }
    fields.set(position, text);
  };
  for (const label of labels) put(label.line, label.position, label.text);
  for (const cell of cells) {
    if (cell.position !== null) put(cell.line, cell.position, cell.printed);
  }
  return { lines, problems };
}

function joinFields(fields: Map<number, string>, count: number): string {
  return Array.from({ length: count }, (_, i) => fields.get(i) ?? "").join("\t");
}

/** Fingerprints of the table lines of the text. */
export function fingerprintText(text: string): LineFingerprint[] {
  const lines = text.split("\n");
  return tableLines().map((line) => {
    const content = lines[line - 1] ?? "";
    return { line, fields: content.split("\t").length, sha256: hash(content) };
  });
}

/**
 * Compares the transcription with the text itself.
 *
 * @returns One sentence a difference; empty when every printed field is held exactly once.
 */
export function compareWithText(
  cells: PaperCell[],
  labels: PaperLabel[],
  text: string,
): string[] {
  const { lines: rebuilt, problems } = rebuildFields(cells, labels);
  const source = text.split("\n");
  const known = new Set(tableLines());
  for (const line of known) {
    const printed = (source[line - 1] ?? "").split("\t");
    const fields = rebuilt.get(line) ?? new Map<number, string>();
    printed.forEach((field, position) => {
      const held = fields.get(position) ?? "";
      if (held !== field) {
        problems.push(`line ${line}, field ${position}: "${field}" printed, "${held}" transcribed`);
      }
    });
    for (const [position, held] of fields) {
      if (position >= printed.length) {
        problems.push(`line ${line}, field ${position}: nothing printed, "${held}" transcribed`);
      }
    }
  }
  for (const line of rebuilt.keys()) {
    if (!known.has(line)) problems.push(`line ${line}: belongs to no table`);
  }
  source.forEach((content, i) => {
    const line = i + 1;
    const inContents = line >= CONTENTS[0] && line <= CONTENTS[1];
    if (content.includes("\t") && !known.has(line) && !inContents) {
      problems.push(`line ${line}: looks like a row of a table that no layout names`);
    }
  });
  return problems;
}

/**
 * Compares the transcription with the fingerprint of the text.
 *
 * @returns One sentence a line that differs; empty when all agree.
 */
export function compareWithFingerprint(
  cells: PaperCell[],
  labels: PaperLabel[],
  fingerprint: LineFingerprint[],
): string[] {
  const { lines: rebuilt, problems } = rebuildFields(cells, labels);
  const known = new Map(fingerprint.map((entry) => [entry.line, entry]));
  for (const line of tableLines()) {
    const entry = known.get(line);
    if (!entry) problems.push(`line ${line}: the fingerprint lacks it`);
    else if (hash(joinFields(rebuilt.get(line) ?? new Map(), entry.fields)) !== entry.sha256) {
      problems.push(`line ${line}: the transcription is not what the text prints`);
    }
  }
  for (const [line, fields] of rebuilt) {
    const count = known.get(line)?.fields ?? 0;
    for (const position of fields.keys()) {
      if (position >= count) {
        problems.push(`line ${line}, field ${position}: beyond the line's end`);
      }
    }
  }
  return problems;
}

/** Reads the committed fingerprint. */
export async function readFingerprint(folder = ACBENCH_FOLDER): Promise<LineFingerprint[]> {
  const file = `${folder.replace(/\/$/, "")}/fingerprint.csv`;
  const records = parseCsv(await readFile(file, "utf8"), file, FINGERPRINT_COLUMNS);
  return records.map(({ fields }) => ({
    line: Number(fields["line"]),
    fields: Number(fields["fields"]),
    sha256: fields["sha256"]!,
  }));
}

/** The fingerprint as CSV text. */
export function formatFingerprint(fingerprint: LineFingerprint[]): string {
  const rows = fingerprint.map(({ line, fields, sha256 }) => `${line},${fields},${sha256}`);
  return [FINGERPRINT_COLUMNS.join(), ...rows].join("\n") + "\n";
}
