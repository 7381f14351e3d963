/**
 * Work for several processes: which takes what, and how they end together.
 *
 * @module
 */

/**
 * Shares work out so that the shares end at about the same time: the longest first, each to the share that has
 * least. Within a share the work keeps its order.
 *
 * @param first Work that goes before all other of its share, because others wait for it.
 */
export function shareOut<T>(
  work: readonly T[],
  shares: number,
  seconds: (part: T) => number,
  first: (part: T) => boolean = () => false,
): T[][] {
  const given = Array.from({ length: shares }, () => ({ total: 0, parts: new Set<T>() }));
  const sorted = [...work].sort((a, b) =>
    Number(first(b)) - Number(first(a)) || seconds(b) - seconds(a)
  );
  for (const part of sorted) {
    const share = given.reduce((least, other) => other.total < least.total ? other : least);
    share.parts.add(part);
    share.total += seconds(part);
  }
  return given.filter(({ parts }) => parts.size > 0).map(({ parts }) => [
    ...work.filter((part) => parts.has(part) && first(part)),
    ...work.filter((part) => parts.has(part) && !first(part)),
  ]);
}

/**
 * Does all at once. When one fails, the others are asked to stop, and are waited for.
 *
 * @param signal Asks all of them to stop.
 * @throws What the first of them threw.
 */
export async function sideBySide(
  signal: AbortSignal,
  work: ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failure = new AbortController();
  const both = AbortSignal.any([signal, failure.signal]);
  let first: { error: unknown } | null = null;
  await Promise.all(work.map((part) =>
    part(both).catch((error) => {
      first ??= { error };
      failure.abort(error);
    })
  ));
  if (first) throw (first as { error: unknown }).error;
}
