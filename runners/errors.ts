/** A mistake of the user's: the message says what was found, what was expected and how to mend it. Exit code 2. */
export class UserError extends Error {
  override name = "UserError";
}
