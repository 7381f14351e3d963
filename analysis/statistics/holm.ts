/**
 * Many tests at once.
 *
 * @module
 */

/**
 * Holm's adjusted p values (1979): comparing them with a level keeps the chance of any false finding in the family
 * below it. Never below the raw ones, and in their order. Null where there was no test, which is not counted.
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const order = values.flatMap((value, index) => value === null ? [] : [{ value, index }])
    .sort((a, b) => a.value - b.value || a.index - b.index);
  const adjusted: (number | null)[] = values.map(() => null);
  let least = 0;
  order.forEach(({ value, index }, rank) => {
    least = Math.max(least, Math.min(1, (order.length - rank) * value));
    adjusted[index] = least;
  });
  return adjusted;
}
