/** A mean with its interval. */
export interface Estimate {
  /** Null without values. */
  mean: number | null;
  /** Both ends are null where the values do not allow an interval: fewer than two, or infinite ones. */
  low: number | null;
  high: number | null;
  /** Name of the interval, such as `95 % t`; null without one. */
  interval: string | null;
}

/** The mean alone. */
export function withoutInterval(mean: number | null): Estimate {
  return { mean, low: null, high: null, interval: null };
}

/** An estimated difference as logs name its columns; null in all of them without one. */
export function differenceColumns(estimate: Estimate | null) {
  const { mean, low, high, interval } = estimate ?? withoutInterval(null);
  return {
    difference: mean,
    difference_low: low,
    difference_high: high,
    difference_interval: interval,
  };
}

/** An estimate whose interval ends where values do: one of t can reach where no value can be. */
export function within(
  estimate: Estimate,
  { low = -Infinity, high = Infinity }: { low?: number; high?: number } = {},
): Estimate {
  const cut = (end: number | null) => end === null ? null : Math.min(Math.max(end, low), high);
  return { ...estimate, low: cut(estimate.low), high: cut(estimate.high) };
}

/** Probability that all intervals are made for, and its name. */
export const CONFIDENCE = 0.95;
export const CONFIDENCE_NAME = "95 %";

/** The standard normal quantile at 0.975. */
export const Z = 1.959963984540054;
