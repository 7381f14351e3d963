/**
 * Values by position to values by span.
 *
 * @module
 */
import type { EpisodeSpans, Span } from "./span_tokens.ts";

/** What a span of an episode says: the mean over its tokens that have a value. */
export interface SpanValue {
  mean: number;
  tokens: number;
}

/** Values by span, then by sample. */
export type SpanValues = Map<Span, Map<string, SpanValue>>;

/** Averages the values of an episode's tokens by the span that they stand in. Tokens outside of spans are left out. */
export function spanValues(
  values: Iterable<{ sampleId: string; position: number; value: number | null }>,
  episodes: EpisodeSpans,
): SpanValues {
  const sums: SpanValues = new Map([["reason", new Map()], ["act", new Map()]]);
  for (const { sampleId, position, value } of values) {
    if (value === null) continue;
    const found = episodes.get(sampleId)?.find(({ begin, end }) =>
      position >= begin && position < end
    );
    if (found === undefined) continue;
    const own = sums.get(found.span)!;
    const { mean, tokens } = own.get(sampleId) ?? { mean: 0, tokens: 0 };
    own.set(sampleId, { mean: mean + (value - mean) / (tokens + 1), tokens: tokens + 1 });
  }
  return sums;
}

/** Several sampling seeds as one: a sample's mean over the seeds that have a value. */
export function overSamplingSeeds(seeds: SpanValues[]): SpanValues {
  const spans: Span[] = ["reason", "act"];
  return new Map(spans.map((span) => {
    const samples = new Set(seeds.flatMap((values) => [...values.get(span)!.keys()]));
    return [
      span,
      new Map(
        [...samples].sort().map((sample) => {
          const own = seeds.flatMap((values) => values.get(span)!.get(sample) ?? []);
          return [sample, {
            mean: own.reduce((sum, { mean }) => sum + mean, 0) / own.length,
            tokens: own.reduce((sum, { tokens }) => sum + tokens, 0),
          }];
        }),
      ),
    ];
  }));
}
