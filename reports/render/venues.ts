/**
 * Widths that venues give to figures, from their style files.
 *
 * @module
 */

/** Points in an inch. */
const POINTS = 72;

/** Smallest text in a figure at its final size, in pt. */
export const SMALLEST_TEXT = 7;

/** A venue's figure widths in pt. */
export interface Venue {
  name: string;
  /** Width of one column. */
  column: number;
  /** Width of the text block. */
  full: number;
}

/** Venues by name. */
export const VENUES = {
  icml: { name: "ICML", column: 3.25 * POINTS, full: 6.75 * POINTS },
  neurips: { name: "NeurIPS", column: 5.5 * POINTS, full: 5.5 * POINTS },
  iclr: { name: "ICLR", column: 5.5 * POINTS, full: 5.5 * POINTS },
  acl: { name: "ACL", column: 3.3 * POINTS, full: 6.8 * POINTS },
} satisfies Record<string, Venue>;

/** Key of a venue. */
export type VenueName = keyof typeof VENUES;

/**
 * Finds a venue by its key.
 *
 * @throws {TypeError} When there is no such venue; the message lists those there are.
 */
export function findVenue(name: string): Venue {
  const venue = (VENUES as Record<string, Venue>)[name.toLowerCase()];
  if (venue) return venue;
  throw new TypeError(
    `No venue ${JSON.stringify(name)}. Known venues: ${Object.keys(VENUES).join(", ")}`,
  );
}
