/**
 * Means by span, and how the spans differ.
 *
 * @module
 */
import { type Estimate, withoutInterval } from "../statistics/estimate.ts";
import { tInterval } from "../statistics/t_interval.ts";
import type { SpanLine } from "./span_line.ts";
import type { Span } from "./span_tokens.ts";
import type { SpanValue, SpanValues } from "./span_values.ts";

/**
 * Lines of one variant and metric: each span, and actions less reasoning of the same episode. Episodes are the
 * independent units: a span's value is the mean over episodes of their means over tokens.
 *
 * @param range Values that the metric can have; intervals of a span do not reach beyond them.
 * @param baseline The baseline's values of the same metric; null where the metric compares already.
 */
export function spanLines(
  at: Pick<SpanLine, "variant" | "benchmark" | "metric">,
  values: SpanValues,
  baseline: SpanValues | null,
  range: { low?: number; high?: number } = {},
): SpanLine[] {
  const spans: Span[] = ["reason", "act"];
  const [reason, act] = spans.map((span) => values.get(span)!) as [Values, Values];
  const single = spans.map((span) => {
    const own = values.get(span)!;
    const theirs = baseline?.get(span);
    return {
      ...at,
      parameter: `span=${span}` as const,
      ...counts(own),
      ...within(tInterval(means(own)), range),
      ...differenceOf(theirs ? tInterval(paired(own, theirs), "paired t") : withoutInterval(null)),
    };
  });
  const both = paired(act, reason);
  return [...single, {
    ...at,
    parameter: "span=act-reason",
    n: both.length,
    tokens: counts(act).tokens + counts(reason).tokens,
    ...tInterval(both, "paired t"),
    ...differenceOf(withoutInterval(null)),
  }];
}

type Values = Map<string, SpanValue>;

const means = (values: Values) => [...values.values()].map(({ mean }) => mean);

function counts(values: Values): { n: number; tokens: number } {
  return {
    n: values.size,
    tokens: [...values.values()].reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

/** Differences over the samples that both have. */
function paired(of: Values, from: Values): number[] {
  return [...of].flatMap(([sample, { mean }]) => {
    const other = from.get(sample);
    return other === undefined ? [] : [mean - other.mean];
  });
}

function within(estimate: Estimate, { low = -Infinity, high = Infinity }): Estimate {
  const cut = (end: number | null) => end === null ? null : Math.min(Math.max(end, low), high);
  return { ...estimate, low: cut(estimate.low), high: cut(estimate.high) };
}

function differenceOf({ mean, low, high, interval }: Estimate) {
  return {
    difference: mean,
    difference_low: low,
    difference_high: high,
    difference_interval: interval,
  };
}
