/**
 * A part of a benchmark's samples that stands for the whole.
 *
 * @module
 */

/**
 * Elements at even distances, in their order.
 *
 * @param count How many; all of them when there are no more.
 */
export function pickEvenly<T>(list: readonly T[], count: number): T[] {
  if (count >= list.length) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);
}

/**
 * Samples of every subtask, as many of each as of the others where it has so many, in their order.
 *
 * Files list subtask by subtask and length by length: their first samples would be of one kind.
 *
 * @param count How many; undefined takes all.
 */
export function pickSamples<T extends { subtask: string }>(
  samples: readonly T[],
  count: number | undefined,
): T[] {
  if (count === undefined || count >= samples.length) return [...samples];
  const groups = [...Map.groupBy(samples, ({ subtask }) => subtask).values()];
  const quotas = groups.map(() => 0);
  for (let left = count; left > 0;) {
    for (let g = 0; g < groups.length && left > 0; g++) {
      if (quotas[g]! === groups[g]!.length) continue;
      quotas[g]!++;
      left--;
    }
  }
  const picked = new Set(groups.flatMap((group, g) => pickEvenly(group, quotas[g]!)));
  return samples.filter((sample) => picked.has(sample));
}
