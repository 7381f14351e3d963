/**
 * A call as text, in the two forms that the suite asks for.
 *
 * @module
 */

/** A call of a tool; the arguments are in the order of the tool's parameters. */
export interface Call {
  name: string;
  args: Record<string, string | number>;
}

/**
 * The JSON form: a space after every colon and comma, as Python's `json.dumps` writes it.
 *
 * @example
 * ```ts
 * renderJsonCall({ name: "book_hotel", args: { city: "Oslo", nights: 3 } });
 * // {"name": "book_hotel", "args": {"city": "Oslo", "nights": 3}}
 * ```
 */
export function renderJsonCall({ name, args }: Call): string {
  const fields = Object.entries(args).map(([key, value]) =>
    `${JSON.stringify(key)}: ${JSON.stringify(value)}`
  );
  return `{"name": ${JSON.stringify(name)}, "args": {${fields.join(", ")}}}`;
}

/**
 * The string form: `name(arg=value, arg=value)`. Texts are JSON strings (double quotes, `\` escapes),
 * integers are bare decimal digits, a comma and a space stand between arguments.
 *
 * @example
 * ```ts
 * renderStringCall({ name: "book_hotel", args: { city: "Oslo", nights: 3 } });
 * // book_hotel(city="Oslo", nights=3)
 * ```
 */
export function renderStringCall({ name, args }: Call): string {
  const fields = Object.entries(args).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${name}(${fields.join(", ")})`;
}
