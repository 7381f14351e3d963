/**
 * How numbers and lists are written for readers, in sentences, tables and figures.
 *
 * @module
 */

const MINUS = "−";

/** A number with a fixed count of decimals and a true minus sign; infinities as ∞. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** The same with a plus sign in front of what is above 0: for differences. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A number with so many significant digits, in plain notation from 0.001 to a million. */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  const magnitude = Math.floor(Math.log10(Number(size.toPrecision(digits))));
  if (magnitude < -3 || magnitude > 5) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    const sign = exponent!.startsWith("-") ? MINUS : "";
    return `${value < 0 ? MINUS : ""}${mantissa}e${sign}${exponent!.slice(1)}`;
  }
  return fixed(value, Math.max(0, digits - 1 - magnitude));
}

/** A count with thin groups: 12 345 678. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** Bytes in the decimal unit that keeps three digits: 4.21 MB. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (count >= 999.5 && unit < units.length - 1) {
    count /= 1000;
    unit++;
  }
  return `${
    unit === 0
      ? count
      : Number(count.toPrecision(3)) < 10
      ? count.toFixed(2)
      : count.toFixed(count < 99.95 ? 1 : 0)
  } ${units[unit]}`;
}

/** A value with its interval: `0.812 [0.750, 0.864]`. */
export function withInterval(
  mean: number,
  low: number | null,
  high: number | null,
  write: (value: number) => string,
): string {
  return low === null || high === null
    ? write(mean)
    : `${write(mean)} [${write(low)}, ${write(high)}]`;
}

/** `1 sample`, `2 samples`. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function infinite(value: number): string {
  return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : `${MINUS}∞`;
}
