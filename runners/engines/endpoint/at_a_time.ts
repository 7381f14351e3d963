/**
 * Works off items, so many at a time, in their order. The first error ends the others.
 *
 * @param work Is given a signal that aborts when another item failed, or the outer one aborts.
 */
export async function atATime<T>(
  items: readonly T[],
  count: number,
  outer: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([outer, failed.signal]);
  let next = 0;
  let first: { error: unknown } | null = null;
  async function worker(): Promise<void> {
    while (next < items.length && !signal.aborted) {
      try {
        await work(items[next++]!, signal);
      } catch (error) {
        first ??= { error };
        failed.abort();
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
  outer.throwIfAborted();
  if (first) throw (first as { error: unknown }).error;
}
