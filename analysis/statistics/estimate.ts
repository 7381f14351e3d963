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

/** Probability that all intervals are made for, and its name. */
export const CONFIDENCE = 0.95;
export const CONFIDENCE_NAME = "95 %";

/** The standard normal quantile at 0.975. */
export const Z = 1.959963984540054;
