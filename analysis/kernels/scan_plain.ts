/**
 * Statistics of rows of logits in plain TypeScript and float64: the reference of `scan_block.ts`, and its way
 * for rows with NaN or infinities.
 *
 * @module
 */
import { entropy } from "./entropy.ts";
import { jensenShannon } from "./jensen_shannon.ts";
import { klDivergenceRows } from "./kl_divergence.ts";
import { logsumexpRows } from "./logsumexp.ts";
import type { RowStatistics, ScanStatistics } from "./row_statistics.ts";
import { tokenRank } from "./token_rank.ts";
import { topIdsRows } from "./top_ids.ts";

/** The rows that {@link scanPlain} scans. */
export interface PlainRows {
  width: number;
  rows: number;
  /** Row-major logits. */
  baseline: Float32Array;
  /** Null to scan the baseline alone. */
  variant: Float32Array | null;
  /** The token of every row. */
  tokens: Int32Array;
}

/**
 * Scans rows into the statistics from row `at` on.
 *
 * @param sides Which logs to scan: the statistics of the others are there already. What compares both is always made.
 */
export function scanPlain(
  input: PlainRows,
  statistics: ScanStatistics,
  at: number,
  sides: { baseline: boolean; variant: boolean } = { baseline: true, variant: true },
): void {
  const { width, rows, baseline, variant, tokens } = input;
  if (sides.baseline) scanOne(baseline, width, rows, tokens, statistics.baseline, at);
  if (variant === null) return;
  const [p, q] = [statistics.baseline, statistics.variant!];
  if (sides.variant) scanOne(variant, width, rows, tokens, q, at);
  const pair = statistics.pair!;
  const of = (values: Float32Array, { max, rest }: RowStatistics) => ({
    values,
    max: max.subarray(at, at + rows),
    rest: rest.subarray(at, at + rows),
  });
  const [ofP, ofQ] = [of(baseline, p), of(variant, q)];
  klDivergenceRows(ofP, ofQ, width, rows, pair.forward.subarray(at, at + rows));
  klDivergenceRows(ofQ, ofP, width, rows, pair.reverse.subarray(at, at + rows));
  for (let row = 0; row < rows; row++) {
    pair.jensenShannon[at + row] = jensenShannon(ofP, ofQ, width, row);
    for (let i = 0; i < p.count; i++) {
      const place = (at + row) * p.count + i;
      const id = p.topIds[place]!;
      pair.variantAtTop[place] = id === -1 ? NaN : variant[row * width + id]!;
    }
  }
}

function scanOne(
  values: Float32Array,
  width: number,
  rows: number,
  tokens: Int32Array,
  out: RowStatistics,
  at: number,
): void {
  const { count } = out;
  logsumexpRows(values, width, rows, out.max.subarray(at), out.rest.subarray(at));
  topIdsRows(values, width, rows, count, out.topIds.subarray(at * count));
  for (let row = 0; row < rows; row++) {
    const begin = row * width;
    const [max, rest] = [out.max[at + row]!, out.rest[at + row]!];
    out.entropy[at + row] = entropy(values, begin, width, max, rest);
    const token = tokens[row]!;
    out.tokenLogit[at + row] = token < 0 ? NaN : values[begin + token]!;
    out.tokenRank[at + row] = token < 0 ? -1 : tokenRank(values, begin, width, token);
    for (let place = (at + row) * count; place < (at + row + 1) * count; place++) {
      const id = out.topIds[place]!;
      out.topLogits[place] = id === -1 ? NaN : values[begin + id]!;
    }
  }
}
