/**
 * Which rows of a capture's logs enter the metrics.
 *
 * @module
 */
import { dirname } from "node:path";
import { LogError, type TokenRows } from "../data/logs.ts";
import type { EpisodeSpans } from "./spans/span_tokens.ts";

/**
 * Which rows enter: those that predict
 *
 * - `own`: a token that the model wrote. Of an episode these are the tokens of its [REASON] and [ACT] spans (Structured
 *   Agent Distillation masks observations likewise), of any other text the continuation;
 * - `continuation`: a token behind the first prompt, in an episode one of an observation or of the chat's frame too;
 * - `all`: a token of the prompt as well.
 */
export const POSITIONS = ["own", "continuation", "all"] as const;

/** One of {@link POSITIONS}. */
export type Positions = typeof POSITIONS[number];

/** What enters where nothing else is asked for. */
export const DEFAULT_POSITIONS: Positions = "own";

/**
 * Where the spans of the episodes stand that a capture follows. Null where its texts are no episodes, `not evaluated`
 * where they are, but the steps that tell are not there.
 */
export type Episodes = EpisodeSpans | "not evaluated" | null;

/** Rows `[begin, end)` of a log. */
export interface RowRange {
  begin: number;
  end: number;
}

/** The rows of one sample that enter the metrics. */
export interface SampleRows {
  sampleId: string;
  /** In the order of the tokens. None is empty, and there is a gap between any two. */
  ranges: RowRange[];
  /** Rows of all ranges. */
  count: number;
  /** Why it is not known which rows would enter; null where it is. */
  unknown: string | null;
}

const NOT_EVALUATED = "the baseline's episodes have not been evaluated";
const NO_SPANS = "it is not known which of the episode's tokens are [REASON] and [ACT]";

/** The ranges of all samples, in the order of the log. */
export function rangesOf(samples: readonly SampleRows[]): RowRange[] {
  return samples.flatMap(({ ranges }) => ranges);
}

/**
 * Finds the rows of every sample.
 *
 * @param path File of the log, for errors.
 * @throws {LogError} When rows are not in the order of samples and tokens, or a token is outside the vocabulary.
 */
export function sampleRows(
  path: string,
  log: TokenRows,
  positions: Positions,
  episodes: Episodes,
): SampleRows[] {
  const vocabulary = log.width;
  const samples: SampleRows[] = [];
  const seen = new Set<string>();
  let row = 0;
  while (row < log.rows) {
    const sampleId = log.sampleId[row]!;
    if (seen.has(sampleId)) throw misplaced(row, "stands apart from the sample's other rows");
    seen.add(sampleId);
    const first = row;
    for (; row < log.rows && log.sampleId[row] === sampleId; row++) {
      if (row > first && log.tokenIndex[row]! !== log.tokenIndex[row - 1]! + 1) {
        throw misplaced(row, `follows index ${log.tokenIndex[row - 1]}`);
      }
      if (row > first && log.position[row]! !== log.position[row - 1]! + 1) {
        throw misplaced(
          row,
          `has position ${log.position[row]} after ${log.position[row - 1]}`,
        );
      }
      if (log.tokenId[row]! < 0 || log.tokenId[row]! >= vocabulary) {
        throw misplaced(row, `lies outside the vocabulary of ${vocabulary}`);
      }
    }
    samples.push(select(sampleId, first, row));
  }
  return samples;

  function select(sampleId: string, first: number, end: number): SampleRows {
    const wanted = wantedPositions(sampleId, positions, episodes);
    if (typeof wanted === "string") return { sampleId, ranges: [], count: 0, unknown: wanted };
    const ranges = rowsAt(wanted, log.position[first]!, first, end);
    const count = ranges.reduce((sum, { begin, end }) => sum + end - begin, 0);
    const unknown = count === 0 && wanted !== CONTINUATION ? NO_SPANS : null;
    return { sampleId, ranges, count, unknown };
  }

  function misplaced(row: number, found: string): LogError {
    return new LogError(
      path,
      `row ${row} (${tokenText(log, row)}) ${found}`,
      "A sample's rows must stand together in the order of its tokens: delete the folder " +
        `${dirname(path)} and run the experiment again`,
    );
  }
}

/** A token as an error names it. */
export function tokenText(log: TokenRows, row: number): string {
  return `sample ${JSON.stringify(log.sampleId[row])}, index ${log.tokenIndex[row]}, ` +
    `token ${log.tokenId[row]}`;
}

const ALL: readonly RowRange[] = [{ begin: -Infinity, end: Infinity }];
const CONTINUATION: readonly RowRange[] = [{ begin: 0, end: Infinity }];

/** Ranges of positions, or why they are not known. */
function wantedPositions(
  sampleId: string,
  positions: Positions,
  episodes: Episodes,
): readonly RowRange[] | string {
  if (positions === "all") return ALL;
  if (positions === "continuation" || episodes === null) return CONTINUATION;
  if (episodes === "not evaluated") return NOT_EVALUATED;
  return episodes.get(sampleId) ?? NO_SPANS;
}

/** The rows of `[first, end)` at these positions, which go up by one from row to row, from `position` on. */
function rowsAt(
  wanted: readonly RowRange[],
  position: number,
  first: number,
  end: number,
): RowRange[] {
  const rows: RowRange[] = [];
  for (const range of wanted.toSorted((a, b) => a.begin - b.begin)) {
    const last = rows.at(-1);
    // A token can hold a part of two spans.
    const from = Math.max(first + range.begin - position, last?.end ?? first);
    const to = Math.min(first + range.end - position, end);
    if (from >= to) continue;
    if (last?.end === from) last.end = to;
    else rows.push({ begin: from, end: to });
  }
  return rows;
}
