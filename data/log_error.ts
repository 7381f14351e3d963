/** A log that cannot be trusted: truncated, of another schema, or holding a value that its schema forbids. */
export class LogError extends Error {
  /** @param path The file. @param found What is wrong with it. @param mend What the user can do. */
  constructor(readonly path: string, found: string, mend: string, options?: ErrorOptions) {
    super(`${path}: ${found}. ${mend}`, options);
    this.name = "LogError";
  }
}
