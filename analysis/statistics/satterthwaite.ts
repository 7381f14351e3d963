/**
 * Degrees of freedom of a variance that is a sum of estimated ones.
 *
 * @module
 */
import { sum } from "simple-statistics";

/** A variance and what it is worth. */
export interface Source {
  variance: number;
  /** Degrees of freedom behind it; infinite where it is known. */
  degrees: number;
}

/** Degrees of freedom of the sum of the variances (Satterthwaite 1946); infinite where all of them are 0. */
export function satterthwaite(sources: Source[]): number {
  const variance = sum(sources.map((source) => source.variance));
  const doubt = sum(sources.map((source) => source.variance ** 2 / source.degrees));
  return doubt === 0 ? Infinity : variance ** 2 / doubt;
}
