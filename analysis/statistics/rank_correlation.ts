/**
 * Whether two quantities order things alike: Spearman's rho with its interval.
 *
 * @module
 */
import { mean as meanOf } from "simple-statistics";
import { CONFIDENCE_NAME, type Estimate, withoutInterval, Z } from "./estimate.ts";

/** Fewest things whose rho has an interval: its variance is divided by n - 3. */
const FEWEST = 4;

/** A thing with both quantities. Things of one group are repetitions, and count as one. */
export interface Ranked {
  group: string;
  x: number;
  y: number;
}

/** Spearman's rho, with the number of groups that it is over. */
export interface RankCorrelation extends Estimate {
  n: number;
}

/**
 * Spearman's rho over groups, each at the means of its members: Pearson's correlation of midranks. Its interval is
 * Fisher's z with the variance (1 + rho^2 / 2) / (n - 3) of Bonett and Wright (2000); there is none below 4 groups,
 * nor at 1 and -1, where z is infinite.
 *
 * @returns Without a mean below 2 groups or where one quantity is constant.
 */
export function rankCorrelation(things: readonly Ranked[]): RankCorrelation {
  const groups = new Map<string, Ranked[]>();
  for (const thing of things) groups.set(thing.group, [...groups.get(thing.group) ?? [], thing]);
  const members = [...groups.values()];
  const n = members.length;
  const ranksOf = (quantity: (thing: Ranked) => number) =>
    midranks(members.map((group) => meanOf(group.map(quantity))));
  const rho = n < 2 ? NaN : pearson(ranksOf(({ x }) => x), ranksOf(({ y }) => y));
  if (Number.isNaN(rho)) return { n, ...withoutInterval(null) };
  if (n < FEWEST || Math.abs(rho) > 1 - 1e-12) return { n, ...withoutInterval(rho) };
  const half = Z * Math.sqrt((1 + rho ** 2 / 2) / (n - 3));
  return {
    n,
    mean: rho,
    low: Math.tanh(Math.atanh(rho) - half),
    high: Math.tanh(Math.atanh(rho) + half),
    interval: `${CONFIDENCE_NAME} Fisher z`,
  };
}

/** Ranks from 1; equal values share the mean of their ranks. */
function midranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** NaN where one is constant. */
function pearson(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [meanOf([...x]), meanOf([...y])];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i]! - my);
    xx += (value - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
