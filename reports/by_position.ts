/**
 * Measured values along the answers.
 *
 * @module
 */
import { type ResultBlock, valueAt } from "../data/logs.ts";

/** One value at a position of a sample; null where it is missing. */
export interface PlacedValue {
  sampleId: string | null;
  position: number;
  value: number | null;
}

/** The values of one variant by position, of all its seeds and subtasks. */
export interface PositionValues {
  benchmark: string;
  metric: string;
  parameter: string | null;
  variant: string;
  /** The values at the continuation's positions. */
  values(): Iterable<PlacedValue>;
}

/** Blocks with positions in the continuation, by benchmark, metric, parameter and variant, in the order of their first. */
export function byPosition(blocks: ResultBlock[]): PositionValues[] {
  const groups = new Map<string, ResultBlock[]>();
  for (const block of blocks) {
    const { benchmark, metric, parameter, variant, position } = block;
    if (position === null || !position.some((position) => position >= 0)) continue;
    const key = JSON.stringify([benchmark, metric, parameter, variant]);
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return [...groups.values()].map((group) => {
    const { benchmark, metric, parameter, variant } = group[0]!;
    return { benchmark, metric, parameter, variant, values: () => placed(group) };
  });
}

function* placed(blocks: ResultBlock[]): Iterable<PlacedValue> {
  for (const block of blocks) {
    const { samples, sample, position } = block;
    for (let index = 0; index < sample.length; index++) {
      if (position![index]! < 0) continue;
      yield {
        sampleId: samples[sample[index]!]!,
        position: position![index]!,
        value: valueAt(block, index),
      };
    }
  }
}
