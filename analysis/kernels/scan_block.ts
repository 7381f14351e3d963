/**
 * Statistics of blocks of rows of logits by the WebAssembly kernels: one pass over both logs.
 *
 * Against float64 the errors of ln sum exp, entropy and the divergences are below 3e-6; what concerns the order
 * of logits (top ids, ranks) is exact. A row that holds NaN or infinities, or has nothing but them, takes the way
 * of `scan_plain.ts`. What is told of one log does not depend on the other, to the last bit.
 *
 * @module
 */
import { type BlockInput, type BlockScanner, isHalf } from "./block_scanner.ts";
import { klDivergenceRows } from "./kl_divergence.ts";
import { plainValues } from "./plain_values.ts";
import { STATE } from "./row_module.ts";
import type { PairStatistics, RowStatistics, ScanStatistics } from "./row_statistics.ts";
import { scanPlain } from "./scan_plain.ts";

/** Lower than this below its row's maximum, a logit is cut, and so are divergences that it enters. */
const HIDDEN = -1e20;

/**
 * Scans `rows` rows into the statistics from row `at` on.
 *
 * @param variant Null to scan the baseline alone.
 * @param tokens The token of every row; negative for none.
 */
export function scanBlock(
  scanner: BlockScanner,
  rows: number,
  baseline: BlockInput,
  variant: BlockInput | null,
  tokens: Int32Array,
  statistics: ScanStatistics,
  at: number,
): void {
  const { memory, module, width, count, areas } = scanner;
  new Int32Array(memory.buffer, areas.tokens, rows).set(tokens);
  const [a, halfA] = [baseline.address, isHalf(baseline)];
  const { states: [statesA, statesB], tops: [topsA, topsB], gathered, scratch } = areas;
  if (variant === null) {
    module.scanRows(a, halfA, width, rows, count, areas.tokens, statesA, topsA, scratch);
  } else {
    const [b, halfB] = [variant.address, isHalf(variant)];
    // deno-fmt-ignore
    module.scanPairs(
      a, halfA, b, halfB, width, rows, count, areas.tokens,
      statesA, statesB, topsA, topsB, gathered, scratch,
    );
  }
  const ofBaseline = finish(scanner, rows, 0, tokens, statistics.baseline, at);
  const ofVariant = variant === null
    ? new Set<number>()
    : finish(scanner, rows, 1, tokens, statistics.variant!, at);
  const irregular = ofBaseline.union(ofVariant);
  if (variant !== null) {
    finishPair(scanner, rows, baseline, variant, statistics, at, irregular);
  }
  for (const row of irregular) {
    const sides = { baseline: ofBaseline.has(row), variant: ofVariant.has(row) };
    scanPlain(plainRow(scanner, row, baseline, variant, tokens), statistics, at + row, sides);
  }
}

/** From the module's states to the statistics; returns the rows that the sums do not hold for. */
function finish(
  { memory, count, areas }: BlockScanner,
  rows: number,
  which: 0 | 1,
  tokens: Int32Array,
  out: RowStatistics,
  at: number,
): Set<number> {
  const irregular = new Set<number>();
  const states = new Float64Array(memory.buffer, areas.states[which], rows * STATE.length);
  const ids = new Int32Array(memory.buffer, areas.tops[which], rows * count * 2);
  const logits = new Float32Array(memory.buffer, areas.tops[which], rows * count * 2);
  for (let row = 0; row < rows; row++) {
    const state = row * STATE.length;
    const max = states[state + STATE.max]!;
    const sum = states[state + STATE.sum]!;
    const weighted = states[state + STATE.weighted]!;
    // A sum below 1 has no maximum in it: the row holds nothing but -Infinity.
    if (!(sum >= 0.5 && sum < Infinity && Number.isFinite(weighted) && Number.isFinite(max))) {
      irregular.add(row);
      continue;
    }
    const rest = Math.log(sum);
    out.max[at + row] = max;
    out.rest[at + row] = rest;
    out.entropy[at + row] = Math.max(rest - weighted / sum, 0);
    out.tokenLogit[at + row] = tokens[row]! < 0 ? NaN : states[state + STATE.token]!;
    out.tokenRank[at + row] = tokens[row]! < 0 ? -1 : states[state + STATE.rank]! + 1;
    const top = row * count * 2;
    out.topIds.set(ids.subarray(top, top + count), (at + row) * count);
    out.topLogits.set(logits.subarray(top + count, top + 2 * count), (at + row) * count);
  }
  return irregular;
}

function finishPair(
  scanner: BlockScanner,
  rows: number,
  baseline: BlockInput,
  variant: BlockInput,
  statistics: ScanStatistics,
  at: number,
  irregular: ReadonlySet<number>,
): void {
  const { memory, module, width, count, areas } = scanner;
  const [p, q, pair] = [statistics.baseline, statistics.variant!, statistics.pair!];
  const normalisers = new Float32Array(memory.buffer, areas.normalisers, rows * 4);
  const gathered = new Float32Array(memory.buffer, areas.gathered, rows * count);
  pair.variantAtTop.set(gathered, at * count);
  for (let row = 0; row < rows; row++) {
    if (irregular.has(row)) continue;
    const place = at + row;
    normalisers.set([p.max[place]!, p.rest[place]!, q.max[place]!, q.rest[place]!], row * 4);
    finishDivergences(scanner, row, baseline, variant, statistics, place);
  }
  // deno-fmt-ignore
  module.jensenShannonRows(
    baseline.address, isHalf(baseline), variant.address, isHalf(variant), width, rows,
    areas.normalisers, areas.divergences, areas.scratch,
  );
  const divergences = new Float64Array(memory.buffer, areas.divergences, rows);
  for (let row = 0; row < rows; row++) {
    pair.jensenShannon[at + row] = Math.min(Math.max(divergences[row]! / 2, 0), Math.LN2);
  }
}

/** Both Kullback-Leibler divergences of one row. */
function finishDivergences(
  scanner: BlockScanner,
  row: number,
  baseline: BlockInput,
  variant: BlockInput,
  { baseline: p, variant: q, pair }: ScanStatistics,
  place: number,
): void {
  const { memory, areas } = scanner;
  const [ofP, ofQ] = areas.states.map((area) =>
    new Float64Array(memory.buffer, area + row * STATE.length * 8, STATE.length)
  ) as [Float64Array, Float64Array];
  const shift = q!.rest[place]! - p.rest[place]!;
  pair!.forward[place] = Math.max(ofP[STATE.cross]! / ofP[STATE.sum]! + shift, 0);
  pair!.reverse[place] = Math.max(-ofQ[STATE.cross]! / ofQ[STATE.sum]! - shift, 0);
  const hides = (state: Float64Array) => state[STATE.min]! - state[STATE.max]! < HIDDEN;
  if (!hides(ofP) && !hides(ofQ)) return;
  const rows = (input: BlockInput, { max, rest }: RowStatistics) => ({
    values: plainValues(scanner, row, input),
    max: max.subarray(place, place + 1),
    rest: rest.subarray(place, place + 1),
  });
  const [of, from] = [rows(variant, q!), rows(baseline, p)];
  const out = (values: PairStatistics["forward"]) => values.subarray(place, place + 1);
  klDivergenceRows(from, of, scanner.width, 1, out(pair!.forward));
  klDivergenceRows(of, from, scanner.width, 1, out(pair!.reverse));
}

function plainRow(
  scanner: BlockScanner,
  row: number,
  baseline: BlockInput,
  variant: BlockInput | null,
  tokens: Int32Array,
) {
  return {
    width: scanner.width,
    rows: 1,
    baseline: plainValues(scanner, row, baseline),
    variant: variant && plainValues(scanner, row, variant),
    tokens: tokens.subarray(row, row + 1),
  };
}
