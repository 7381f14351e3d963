/**
 * Means by span, and how the spans differ.
 *
 * @module
 */
import type { SpanLine } from "../../data/result_schema.ts";
import { differenceColumns, type Estimate, within } from "../statistics/estimate.ts";
import { tIntervalOverSeeds } from "../statistics/t_interval_over_seeds.ts";
import type { Span } from "./span_tokens.ts";
import type { SpanValue, SpanValues } from "./span_values.ts";

/**
 * Lines of one method and metric: each span, and actions less reasoning of the same episode. Episodes are the
 * independent units: a span's value is the mean over episodes of their means over tokens. An episode that was measured
 * under several calibration seeds is one, at its mean over them; one that a seed lacks is left out.
 *
 * @param draws Values of each calibration seed, at least one.
 * @param baseline The baseline's values of the same metric; null where the metric compares already.
 * @param range Values that the metric can have; intervals of a span do not reach beyond them.
 */
export function spanLines(
  at: Pick<SpanLine, "variant" | "benchmark" | "metric">,
  draws: readonly SpanValues[],
  baseline: SpanValues | null,
  range: { low?: number; high?: number } = {},
): SpanLine[] {
  const of = (span: Span) => draws.map((values) => values.get(span)!);
  const [reason, act] = [of("reason"), of("act")];
  const single = (["reason", "act"] as const).map((span) => {
    const own = of(span);
    const theirs = baseline?.get(span);
    const samples = inAll(own);
    return {
      ...at,
      parameter: `span=${span}` as const,
      n: samples.length,
      calibration_seeds: draws.length,
      tokens: tokensOf(own, samples),
      ...within(tIntervalOverSeeds(own.map((values) => meansOf(values, samples))), range),
      ...differenceColumns(theirs ? paired(own, own.map(() => theirs)).estimate : null),
    };
  });
  const { samples, estimate } = paired(act, reason);
  return [...single, {
    ...at,
    parameter: "span=act-reason",
    n: samples.length,
    calibration_seeds: draws.length,
    tokens: tokensOf([...act, ...reason], samples),
    ...estimate,
    ...differenceColumns(null),
  }];
}

type Values = ReadonlyMap<string, SpanValue>;

/** Episodes that all have. */
function inAll(draws: readonly Values[]): string[] {
  return [...draws[0]!.keys()].filter((sample) => draws.every((values) => values.has(sample)));
}

function meansOf(values: Values, samples: readonly string[]): number[] {
  return samples.map((sample) => values.get(sample)!.mean);
}

function tokensOf(draws: readonly Values[], samples: readonly string[]): number {
  return draws.reduce(
    (sum, values) => samples.reduce((own, sample) => own + values.get(sample)!.tokens, sum),
    0,
  );
}

/** The differences, seed by seed, over the episodes that all have. */
function paired(
  of: readonly Values[],
  from: readonly Values[],
): { samples: string[]; estimate: Estimate } {
  const samples = inAll([...of, ...from]);
  const differences = of.map((values, seed) => {
    const theirs = meansOf(from[seed]!, samples);
    return meansOf(values, samples).map((mean, sample) => mean - theirs[sample]!);
  });
  return { samples, estimate: tIntervalOverSeeds(differences, "paired t") };
}
