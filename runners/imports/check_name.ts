import { UserError } from "../errors.ts";

/**
 * Names stand in tables, plans and messages: one line of 1 to 200 characters.
 *
 * @param place What the name is of, for the message.
 * @throws {UserError} For any other.
 */
export function checkName(place: string, name: string): void {
  if (/^\P{Cc}{1,200}$/u.test(name) && name.trim() === name) return;
  throw new UserError(
    `${place}: found ${
      JSON.stringify(name.slice(0, 200))
    }, expected 1 to 200 characters on one line, ` +
      "without blanks at its ends",
  );
}
