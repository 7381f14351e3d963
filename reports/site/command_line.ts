/**
 * Argument arrays as a line for a shell.
 *
 * @module
 */
import { plainLine } from "../render/plain_line.ts";

/** Quotes each argument that a POSIX shell would not take as it stands. */
export function commandLine(command: readonly string[]): string {
  return command.map((argument) => {
    const shown = plainLine(argument);
    return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
  }).join(" ");
}
