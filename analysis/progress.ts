/**
 * How far the building of results is.
 *
 * @module
 */

/** What is being done, and which share of it is. */
export interface Progress {
  doing: string;
  /** From 0 to 1; measuring by the bytes of the logs. */
  share: number;
}

/** Milliseconds between two turns. */
const BETWEEN = 200;

/**
 * Gives a function for the middle of long work: now and then it reports, and lets signals through, which ends the work
 * where it was aborted.
 */
export function turns(signal: AbortSignal | undefined): (report: () => void) => Promise<void> {
  let next = 0;
  return async (report) => {
    if (performance.now() < next) return;
    report();
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    next = performance.now() + BETWEEN;
  };
}
