/**
 * What one pass over rows of logits gives, for every row.
 *
 * @module
 */

/** Statistics of the rows of one log. */
export interface RowStatistics {
  /** Ids a row in `topIds`: the smaller of what was asked for and the vocabulary. */
  count: number;
  /** ln sum exp in two parts, see `logsumexp.ts`. */
  max: Float64Array;
  rest: Float64Array;
  /** Entropy of the softmax in nats; NaN where there is no distribution. */
  entropy: Float64Array;
  /** Ids of the largest logits, largest first, equal ones by the lower id; -1 where the row holds NaN. */
  topIds: Int32Array;
  /** The logits at these ids. */
  topLogits: Float32Array;
  /** The logit of the token that stands at the row. */
  tokenLogit: Float64Array;
  /** Its rank, 1 for the largest; -1 where the row holds NaN. */
  tokenRank: Int32Array;
}

/** Statistics of two aligned logs, P the baseline's distribution and Q the variant's. */
export interface PairStatistics {
  /** KL(P || Q) in nats. */
  forward: Float64Array;
  /** KL(Q || P) in nats. */
  reverse: Float64Array;
  /** Jensen-Shannon divergence in nats. */
  jensenShannon: Float64Array;
  /** The variant's logits at the baseline's top ids. */
  variantAtTop: Float32Array;
}

/** All statistics of a scan; `variant` and `pair` are null where one log is scanned alone. */
export interface ScanStatistics {
  baseline: RowStatistics;
  variant: RowStatistics | null;
  pair: PairStatistics | null;
}

/** Bytes that {@link statisticsIn} needs. */
export function statisticsBytes(rows: number, count: number, paired: boolean): number {
  const single = rows * (4 * 8 + 4 + count * 8);
  // Float64 arrays begin at multiples of 8.
  return (paired ? 2 : 1) * (single + 24) + (paired ? rows * (3 * 8 + count * 4) + 8 : 0);
}

/** Views of the arrays in one buffer, which workers can share. */
export function statisticsIn(
  buffer: ArrayBufferLike,
  rows: number,
  count: number,
  paired: boolean,
): ScanStatistics {
  let at = 0;
  const take = (bytes: number) => {
    const begin = at;
    at = Math.ceil((at + bytes) / 8) * 8;
    return begin;
  };
  const doubles = () => new Float64Array(buffer, take(rows * 8), rows);
  const integers = (length: number) => new Int32Array(buffer, take(length * 4), length);
  const floats = (length: number) => new Float32Array(buffer, take(length * 4), length);
  const single = (): RowStatistics => ({
    count,
    max: doubles(),
    rest: doubles(),
    entropy: doubles(),
    tokenLogit: doubles(),
    tokenRank: integers(rows),
    topIds: integers(rows * count),
    topLogits: floats(rows * count),
  });
  const baseline = single();
  if (!paired) return { baseline, variant: null, pair: null };
  const variant = single();
  const pair = {
    forward: doubles(),
    reverse: doubles(),
    jensenShannon: doubles(),
    variantAtTop: floats(rows * count),
  };
  return { baseline, variant, pair };
}
